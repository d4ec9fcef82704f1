"""Migrations that would break something are undone whole and say what; what may go, goes."""

import re
import sys
from pathlib import Path

import pytest

from plenary.db.config import connect, disconnect
from plenary.db.editors import MigrationRefused
from plenary.db.migrate import migrate, pending
from tests.db.conftest import MODELS
from tests.db.models import Tally
from tests.db.steps import NEXT, filled, package, run

only_sqlite = pytest.mark.only("sqlite")


@only_sqlite
async def test_a_migration_that_orphans_rows_is_undone_and_named(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = await filled(empty_database_url)
    later = package(tmp_path, monkeypatch, "Sql(sqlite=('DELETE FROM question',))")
    with pytest.raises(MigrationRefused) as refused:
        await migrate(url, MODELS, migrations=later)
    assert refused.value.reason == "foreign_keys_broken"
    assert refused.value.facts == {"tables": ["position -> question"]}
    assert await pending(url, MODELS, migrations=later) == ["0004_next"]
    assert (await run(url, "SELECT count(*) AS n FROM question"))[0]["n"] == 1


@only_sqlite
async def test_a_new_column_of_an_append_only_table_must_be_guarded_too(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = "ops.AddField('Act', 'place', fields.CharField(max_length=9, null=True))"
    later = package(tmp_path, monkeypatch, add)
    with pytest.raises(MigrationRefused) as refused:
        await migrate(database_url, MODELS, migrations=later)
    assert refused.value.facts == {"columns": ["act.place"]}
    guarded = NEXT.format(operations=f"{add}, AppendOnly('act', except_update=('hidden',))")
    (tmp_path / later / "0004_next.py").write_text(guarded)
    monkeypatch.delitem(sys.modules, f"{later}.0004_next")
    assert await migrate(database_url, MODELS, migrations=later) == ["0004_next"]


@only_sqlite
async def test_an_index_that_cannot_be_restored_stops_the_migration(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop = (
        "ops.RemoveConstraint('Question', name='question_status'), "
        "ops.RemoveField('Question', 'status')"
    )
    with pytest.raises(MigrationRefused) as refused:
        await migrate(database_url, MODELS, migrations=package(tmp_path, monkeypatch, drop))
    assert refused.value.reason == "not_restored"
    assert refused.value.facts["index"] == "question_one_open"
    assert await run(database_url, "SELECT status FROM question") == []


@only_sqlite
async def test_a_trigger_that_names_a_column_no_more_stops_the_migration(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop = "ops.RemoveField('Act', 'said')"
    with pytest.raises(MigrationRefused) as refused:
        await migrate(database_url, MODELS, migrations=package(tmp_path, monkeypatch, drop))
    assert (refused.value.reason, refused.value.facts["table"]) == ("trigger_broken", "act")


async def test_a_removed_check_is_gone(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stock Tortoise rebuilds the SQLite table with it."""
    drop = "ops.RemoveConstraint('Question', name='question_status')"
    await migrate(database_url, MODELS, migrations=package(tmp_path, monkeypatch, drop))
    await run(database_url, "INSERT INTO question (title, status) VALUES ('Scope', 'perhaps')")


async def test_an_index_goes_with_its_column(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = "('CREATE INDEX tally_value ON tally (value)',)"
    drop = f"Sql(sqlite={index}, postgres={index}), ops.RemoveField('Tally', 'value')"
    later = package(tmp_path, monkeypatch, drop)
    assert await migrate(database_url, MODELS, migrations=later) == ["0004_next"]


def write(values: str) -> str:
    """A migration step that makes one tally through the ORM."""
    model = "apps.get_model('plenary', 'Tally')"
    return f"ops.RunPython(lambda apps, ed: {model}.create(using_db=ed.client, {values}))"


async def test_rows_written_in_migrations_and_after_them_have_every_column(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stock Tortoise goes on inserting what the first model of that table had."""
    add = "ops.AddField('Tally', 'note', fields.CharField(max_length=9, null=True))"
    drop = "ops.RemoveField('Tally', 'value')"
    steps = (write("value=1"), add, write("value=2, note='two'"), drop, write("note='three'"))
    later = package(tmp_path, monkeypatch, ", ".join(steps))
    await migrate(database_url, MODELS, migrations=later)
    await run(database_url, "ALTER TABLE tally ADD COLUMN value INT")
    await connect(database_url, MODELS)
    try:
        await Tally.create(value=4)
    finally:
        await disconnect()
    rows = await run(database_url, "SELECT note, value FROM tally ORDER BY id")
    assert [(row["note"], row["value"]) for row in rows] == [
        (None, None),
        ("two", None),
        ("three", None),
        (None, 4),
    ]


async def test_a_field_that_is_added_has_its_index(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_kind: str
) -> None:
    text = "fields.CharField(max_length=9, null=True, db_index=True)"
    key = "fields.ForeignKeyField('plenary.Question', null=True, db_index=True, related_name='x')"
    add = f"ops.AddField('Tally', 'place', {text}), ops.AddField('Tally', 'about', {key})"
    await migrate(database_url, MODELS, migrations=package(tmp_path, monkeypatch, add))
    named = "SELECT indexdef AS made FROM pg_indexes WHERE tablename = 'tally'"
    if database_kind == "sqlite":
        named = "SELECT sql AS made FROM sqlite_master WHERE tbl_name = 'tally'"
    made = " ".join(str(row["made"]) for row in await run(database_url, named))
    assert re.search(r'CREATE INDEX [^()]+\("?place"?\)', made)
    assert re.search(r'CREATE INDEX [^()]+\("?about_id"?\)', made)
