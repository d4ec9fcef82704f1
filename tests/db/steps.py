"""Databases at one migration or another, for the tests of migrations."""

from pathlib import Path

import pytest
from tortoise.connection import get_connection

from plenary.db.config import connect, disconnect
from plenary.db.migrate import migrate
from tests.db.conftest import MODELS

FIRST, SECOND = "tests.db.first", "tests.db.second"
DELEGATIONS = ("AO", "BW", "CA", "EU", "IN", "ZA")


async def run(url: str, *scripts: str) -> list[dict[str, object]]:
    await connect(url, MODELS)
    try:
        client = get_connection("default")
        return [row for sql in scripts for row in await client.execute_query_dict(sql)]
    finally:
        await disconnect()


async def filled(url: str) -> str:
    """A database at the first migration: one question, six positions, no status yet."""
    await migrate(url, MODELS, migrations=FIRST)
    rows = ", ".join(f"(1, '{delegation}', 'support')" for delegation in DELEGATIONS)
    await run(
        url,
        "INSERT INTO question (id, title, note) VALUES (1, 'Scope', 'old')",
        f"INSERT INTO position (question_id, delegation, stance) VALUES {rows}",
    )
    return url


NEXT = """
from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from plenary.db.ops import AppendOnly, Sql

class Migration(migrations.Migration):
    dependencies = [("plenary", "0003_note")]
    operations = [{operations}]
"""


def package(folder: Path, monkeypatch: pytest.MonkeyPatch, operations: str) -> str:
    """A migrations package like the second one, with one more migration."""
    name = f"later_{folder.name}"
    (folder / name).mkdir()
    (folder / name / "__init__.py").touch()
    for number in ("0001_initial", "0002_status", "0003_note"):
        found = f"import_module('{SECOND}.{number}').Migration"
        source = f"from importlib import import_module\nMigration = {found}\n"
        (folder / name / f"{number}.py").write_text(source)
    (folder / name / "0004_next.py").write_text(NEXT.format(operations=operations))
    monkeypatch.syspath_prepend(folder)
    return name
