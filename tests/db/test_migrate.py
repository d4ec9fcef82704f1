"""Migrations keep every row, index and trigger. Red with stock Tortoise 1.1.9: on SQLite the six
positions are gone, and so is every index and trigger of the rebuilt table."""

import asyncio
import os
import sqlite3
from pathlib import Path

import pytest
from tortoise.exceptions import IntegrityError

from plenary.db.config import connect, disconnect, sqlite_path
from plenary.db.editors import MigrationRefused
from plenary.db.migrate import migrate, pending
from tests.db.conftest import MODELS
from tests.db.models import Position, Question
from tests.db.processes import together
from tests.db.steps import FIRST, SECOND, filled, run

only_sqlite = pytest.mark.only("sqlite")


async def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(empty_database_url: str) -> None:
    url = await filled(empty_database_url)
    assert await migrate(url, MODELS, migrations=SECOND) == ["0002_status", "0003_note"]
    await connect(url, MODELS)
    try:
        assert await Position.all().count() == 6
        assert (await Question.get()).status == "open"
        with pytest.raises(IntegrityError):  # the new check
            await Question.create(title="Other", status="perhaps")
        with pytest.raises(IntegrityError):  # the partial unique index
            await Question.create(title="Scope", round=2)
        with pytest.raises(IntegrityError):  # the old unique_together
            await Question.create(title="Scope", status="closed")
    finally:
        await disconnect()


@only_sqlite
async def test_rebuilding_a_table_keeps_its_indexes_and_triggers(empty_database_url: str) -> None:
    url = await filled(empty_database_url)
    hung = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
    before = {row["name"]: row["sql"] for row in await run(url, hung)}
    await migrate(url, MODELS, migrations=SECOND)
    after = {row["name"]: row["sql"] for row in await run(url, hung)}
    kept = {name for name in before if not str(name).startswith("sqlite_autoindex_question")}
    assert {"question_found", "position_closed", "question_one_open"} <= kept
    assert {name: after.get(name) for name in kept} == {name: before[name] for name in kept}


@only_sqlite
async def test_an_id_once_given_is_not_given_again(empty_database_url: str) -> None:
    url = await filled(empty_database_url)
    await run(
        url,
        "INSERT INTO question (id, title) VALUES (9, 'Withdrawn')",
        "DELETE FROM question WHERE id = 9",
    )
    await migrate(url, MODELS, migrations=SECOND)
    (row,) = await run(url, "INSERT INTO question (title) VALUES ('Next') RETURNING id")
    assert row["id"] == 10


@only_sqlite
async def test_a_filled_database_is_copied_first_and_three_copies_stay(
    empty_database_url: str, tmp_path: Path
) -> None:
    def copies() -> list[Path]:
        return sorted(tmp_path.glob("*.backup-*"))

    for number in range(3):
        (tmp_path / f"plenary.sqlite3.backup-2019010{number}T000000").write_text("older")
    url = await filled(empty_database_url)
    assert len(copies()) == 3  # nothing to copy yet
    await migrate(url, MODELS, migrations=SECOND)
    newest = copies()
    assert len(newest) == 3
    assert newest[-1].name.endswith("-before-0002_status")
    copy = sqlite3.connect(newest[-1])
    assert copy.execute("SELECT count(*) FROM position").fetchone() == (6,)
    copy.close()


async def test_two_migrators_at_once_both_end_well(empty_database_url: str) -> None:
    url = await filled(empty_database_url)
    applied = await asyncio.to_thread(together, "bring_up", url, SECOND)
    assert sorted(applied) == [[], ["0002_status", "0003_note"]]
    (row,) = await run(url, "SELECT count(*) AS n FROM tortoise_migrations")
    assert row["n"] == 3


async def test_two_migrators_at_once_from_nothing(empty_database_url: str) -> None:
    applied = await asyncio.to_thread(together, "bring_up", empty_database_url, SECOND)
    assert sorted(map(len, applied)) == [0, 3]


async def test_nothing_pending_opens_no_orm_and_copies_nothing(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("plenary.db.migrate.TortoiseContext", None)
    before = os.listdir(tmp_path)
    assert await migrate(database_url, MODELS, migrations=SECOND) == []
    assert os.listdir(tmp_path) == before


@only_sqlite
async def test_asking_what_is_pending_makes_no_file(empty_database_url: str) -> None:
    assert await pending(empty_database_url, MODELS, migrations=FIRST) == ["0001_initial"]
    assert not sqlite_path(empty_database_url).exists()


async def test_a_database_newer_than_the_program_is_refused(database_url: str) -> None:
    with pytest.raises(MigrationRefused) as refused:
        await migrate(database_url, MODELS, migrations=FIRST)
    assert refused.value.reason == "newer_database"
    assert refused.value.facts == {"names": ["0002_status", "0003_note"]}
