"""What a database says when it cannot serve, by one name for both of them. Pure.

Every driver has its own words and its own moments for them: a lock that is held, a full disk, a
file that may not be written, a server that is away or has no connection left. Whoever asked needs
to know only whether to come back, and the operator which of these it is.
"""

import errno
import sqlite3

import asyncpg  # type: ignore[import-untyped]

from plenary.refusal import Unavailable

# By SQLite's primary result code, the low byte of the extended one.
SQLITE = {
    sqlite3.SQLITE_BUSY: "database_busy",
    sqlite3.SQLITE_LOCKED: "database_busy",
    sqlite3.SQLITE_FULL: "database_full",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_PERM: "database_read_only",
    sqlite3.SQLITE_CANTOPEN: "database_away",
    sqlite3.SQLITE_IOERR: "database_disk",
    sqlite3.SQLITE_CORRUPT: "database_broken",
    sqlite3.SQLITE_NOTADB: "database_broken",
}
# Room that ran out is told as an input/output error where SQLite wrote through the system.
ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

POSTGRES: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    ((asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError), "database_busy"),
    ((asyncpg.TooManyConnectionsError, asyncpg.QueryCanceledError), "database_busy"),
    (asyncpg.SerializationError, "database_busy"),
    (asyncpg.DiskFullError, "database_full"),
    (asyncpg.InsufficientResourcesError, "database_busy"),
    (asyncpg.ReadOnlySQLTransactionError, "database_read_only"),
    (asyncpg.InvalidAuthorizationSpecificationError, "database_refuses"),
    (asyncpg.InvalidCatalogNameError, "database_refuses"),
    (asyncpg.PostgresConnectionError, "database_away"),
    (asyncpg.OperatorInterventionError, "database_away"),  # shutting down, starting up
    (asyncpg.IdleInTransactionSessionTimeoutError, "database_away"),
    # The driver's own: a server that says goodbye between two statements leaves it in a muddle.
    (asyncpg.InternalClientError, "database_away"),
    (asyncpg.PostgresIOError, "database_disk"),
    (asyncpg.DataCorruptedError, "database_broken"),
    (TimeoutError, "database_busy"),
    (OSError, "database_away"),
)


def outage(error: BaseException) -> Unavailable | None:
    """The name of the outage that an error of a driver tells of; None where it tells of none."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        reason = SQLITE.get(code & 0xFF) if code is not None else None
    else:
        reason = _named(error)
    return Unavailable(reason, said=str(error)) if reason else None


def _named(error: BaseException) -> str | None:
    if isinstance(error, OSError) and error.errno in ROOM:
        return "database_full"
    if isinstance(error, asyncpg.InterfaceError):
        # A connection that was lost under a question; another interface error is a fault of ours.
        return "database_away" if _lost(error) else None
    return next((reason for kind, reason in POSTGRES if isinstance(error, kind)), None)


def _lost(error: asyncpg.InterfaceError) -> bool:
    words = str(error)
    return any(sign in words for sign in ("closed", "closing", "connection was", "terminated"))
