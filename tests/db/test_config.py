"""DATABASE_URL, and the settings that the server refuses to run without."""

from pathlib import Path

import pytest
from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from plenary.db.config import (
    Finding,
    dialect,
    judge,
    postgres_arguments,
    sqlite_path,
    unsafe,
    url_dialect,
)


def test_a_path_after_three_slashes_is_relative_and_after_four_absolute() -> None:
    assert sqlite_path("sqlite:///var/a%20b.sqlite3") == Path("var/a b.sqlite3")
    assert sqlite_path("sqlite:////srv/a.sqlite3") == Path("/srv/a.sqlite3")


@pytest.mark.parametrize("url", ["sqlite://:memory:", "sqlite:///:memory:", "sqlite:///"])
def test_a_database_that_forgets_is_no_database(url: str) -> None:
    with pytest.raises(ValueError, match="must name a file"):
        sqlite_path(url)


def test_postgres_is_reached_by_host_or_by_socket() -> None:
    assert postgres_arguments("postgresql://u:p%40w@h:6000/name") == {
        "user": "u", "password": "p@w", "host": "h", "port": 6000, "database": "name",
    }  # fmt: skip
    assert postgres_arguments("postgres://u@/name?host=/run/pg&sslmode=disable") == {
        "user": "u", "host": "/run/pg", "port": 5432, "database": "name", "ssl": "disable",
    }  # fmt: skip
    with pytest.raises(ValueError, match="unknown options: fsync"):
        postgres_arguments("postgres://u@h/name?fsync=off")


def test_another_database_is_refused() -> None:
    with pytest.raises(ValueError, match="must begin with"):
        url_dialect("mysql://u@h/name")


async def test_the_databases_of_this_suite_are_safe(db: str, database_kind: str) -> None:
    assert dialect() == database_kind
    assert await unsafe() == []


@pytest.mark.only("sqlite")
@pytest.mark.parametrize(
    "pragma, finding",
    [
        ("synchronous = NORMAL", Finding("synchronous", "1", "2")),
        ("foreign_keys = OFF", Finding("foreign_keys", "0", "1")),
        ("journal_mode = DELETE", Finding("journal_mode", "delete", "wal")),
    ],
)
async def test_an_unsafe_pragma_is_found(db: str, pragma: str, finding: Finding) -> None:
    await get_connection("default").execute_query(f"PRAGMA {pragma}")
    assert await unsafe() == [finding]


@pytest.mark.only("postgres")
async def test_an_unsafe_commit_is_found(db: str) -> None:
    async with in_transaction() as transaction:
        await transaction.execute_query("SET LOCAL synchronous_commit = off")
        assert await unsafe() == [Finding("synchronous_commit", "off", "on")]


def test_a_server_without_fsync_is_found() -> None:
    live = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "remote_apply"}
    found = judge("postgres", live)
    assert [finding.name for finding in found] == ["fsync", "full_page_writes"]
