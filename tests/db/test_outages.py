"""What cannot be served has one name, whichever driver says it."""

import errno
import sqlite3
from pathlib import Path

import asyncpg
import pytest

from plenary.db.outages import outage


@pytest.mark.parametrize(
    "error, reason",
    [
        (asyncpg.LockNotAvailableError("canceling statement due to lock timeout"), "database_busy"),
        (asyncpg.TooManyConnectionsError("sorry, too many clients already"), "database_busy"),
        (TimeoutError(), "database_busy"),
        (asyncpg.DiskFullError("could not extend file"), "database_full"),
        (OSError(errno.ENOSPC, "No space left on device"), "database_full"),
        (asyncpg.ReadOnlySQLTransactionError("cannot execute UPDATE"), "database_read_only"),
        (asyncpg.InvalidPasswordError("password authentication failed"), "database_refuses"),
        (asyncpg.InvalidCatalogNameError("no such database"), "database_refuses"),
        (asyncpg.AdminShutdownError("terminating connection"), "database_away"),
        (asyncpg.CannotConnectNowError("the database system is starting up"), "database_away"),
        (asyncpg.ConnectionDoesNotExistError("connection was closed"), "database_away"),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), "database_away"),
        (asyncpg.InterfaceError("pool is closing"), "database_away"),
        (asyncpg.InternalClientError("cannot switch to state 12"), "database_away"),
        (asyncpg.PostgresIOError("could not read block"), "database_disk"),
    ],
)  # fmt: skip
def test_an_outage_of_postgresql_has_its_name(error: Exception, reason: str) -> None:
    away = outage(error)
    assert away is not None
    assert (away.reason, away.status) == (reason, 503)


@pytest.mark.parametrize(
    "error",
    [
        asyncpg.UniqueViolationError("duplicate key"),
        asyncpg.PostgresSyntaxError("syntax error"),
        asyncpg.InterfaceError("cannot use Connection.transaction()"),
        ValueError("anything else"),
    ],
)
def test_a_fault_of_our_own_is_no_outage(error: Exception) -> None:
    assert outage(error) is None


def failing(sql: str, path: Path, **options: object) -> sqlite3.Error:
    database = sqlite3.connect(path, timeout=0, isolation_level=None, **options)  # type: ignore[call-overload]
    try:
        database.execute(sql)
    except sqlite3.Error as error:
        return error
    finally:
        database.close()
    raise AssertionError(f"{sql} was done")


def test_an_outage_of_sqlite_has_its_name(tmp_path: Path) -> None:
    path = tmp_path / "some.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as held:
        held.execute("CREATE TABLE some (one)")
        held.execute("BEGIN IMMEDIATE")
        busy = failing("INSERT INTO some VALUES (1)", path)
    held.close()
    (tmp_path / "text").write_text("This is no database, however long one reads it. " * 100)
    said = {
        "database_busy": busy,
        "database_read_only": failing(
            "INSERT INTO some VALUES (1)",
            f"file:{path}?mode=ro",
            uri=True,  # type: ignore[arg-type]
        ),
        "database_broken": failing("SELECT * FROM some", tmp_path / "text"),
    }
    assert {reason: getattr(outage(e), "reason", None) for reason, e in said.items()} == {
        reason: reason for reason in said
    }
    assert outage(failing("SELECT * FROM another", path)) is None
