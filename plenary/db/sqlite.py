"""The SQLite engine: every transaction takes the write lock when it begins.

Stock Tortoise begins deferred. A transaction that has read then asks for the write lock too late:
when another process wrote meanwhile, SQLite answers "database is locked" at once, and no busy
timeout helps. BEGIN IMMEDIATE queues writers instead, so that reading, judging and writing are one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import aiosqlite
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

BUSY_MS = 10_000  # how long a writer waits for another process before it is refused

# In this order: the timeout first, because the change to WAL needs a lock of its own.
PRAGMAS: dict[str, str | int] = {
    "busy_timeout": BUSY_MS,
    "journal_mode": "WAL",  # readers never wait for the writer
    "synchronous": "FULL",  # in WAL anything less may forget a commit that was acknowledged
    "foreign_keys": "ON",
    "recursive_triggers": "ON",  # else INSERT OR REPLACE deletes past an append-only trigger
}


@contextmanager
def translated() -> Iterator[None]:
    """What sqlite3 raises, by the names that Tortoise has for it on every database."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OperationalError(error) from error
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error


class Here(SqliteClient):
    """Statements that wait for nobody run here and now, and not in aiosqlite's thread.

    A statement takes 20 µs; the way to the thread and back takes 100, and the thread would give
    nothing for it: there is one connection, so whoever asks next waits for it in any case.
    """

    @property
    def _here(self) -> sqlite3.Connection:
        connection: sqlite3.Connection = self._connection._conn  # type: ignore[union-attr]
        return connection

    def _run(self, query: str, values: list[Any] | None) -> tuple[int, list[Any]]:
        """How many rows it changed, or else found; and the rows."""
        self.log.debug("%s: %s", query, values)
        before = self._here.total_changes
        with translated():
            rows = self._here.execute(query, values or ()).fetchall()
        return (self._here.total_changes - before) or len(rows), rows


class ImmediateWrapper(Here, SqliteTransactionWrapper):
    """A transaction that holds the write lock from its first moment.

    BEGIN may wait for another process, and COMMIT for the disk: those two run in the thread.
    """

    async def begin(self) -> None:
        with translated():
            await self._connection.execute("BEGIN IMMEDIATE")

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, list[Any]]:
        return self._run(query, values)

    async def execute_query_dict(
        self, query: str, values: list[Any] | None = None
    ) -> list[dict[str, Any]]:
        return [dict(row) for row in self._run(query, values)[1]]

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        self.log.debug("%s: %s", query, values)
        with translated():
            return self._here.execute(query, values).lastrowid or 0

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        self.log.debug("%s: %s", query, values)
        with translated():
            self._here.executemany(query, values)


class ImmediateContext(SqliteTransactionContext):
    """Entering either succeeds or leaves nothing behind.

    Stock Tortoise takes the connection's one lock and keeps it for ever when `begin` fails (the
    busy timeout) or is cancelled: every later query of the process would wait without end.
    """

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        try:
            return await self._begun()
        except BaseException:
            self._trxlock.release()
            raise

    async def _begun(self) -> TransactionalDBClient:
        await self.ensure_connection()
        client: TransactionalDBClient = self.connection
        try:
            await client.begin()
        except BaseException:
            # A cancelled BEGIN still runs in the worker thread; this rollback queues behind it.
            await self.connection._connection.rollback()
            raise
        self.token = get_connections().set(self.connection_name, client)
        return client


class ImmediateClient(Here):
    """Tortoise's SQLite client with our pragmas and our transactions."""

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        # The configuration may say one differently: the migrator turns foreign_keys off.
        self.pragmas = PRAGMAS | {name: kwargs[name] for name in PRAGMAS if name in kwargs}

    async def create_connection(self, with_db: bool) -> None:
        """As stock does, but for a connection that two threads may use, by turns."""
        if self._connection:
            return
        self._connection = await aiosqlite.connect(
            self.filename, isolation_level=None, check_same_thread=False
        )
        self._connection._conn.row_factory = sqlite3.Row
        for name, value in self.pragmas.items():
            await self._connection.execute_fetchall(f"PRAGMA {name}={value}")
        await self._post_connect()

    async def execute_query(self, query: str, values: list[Any] | None = None) -> tuple[int, Any]:
        """In WAL a SELECT waits for nobody; a change outside a transaction may, for both."""
        if not query.startswith("SELECT "):
            changed: tuple[int, Any] = await super().execute_query(query, values)
            return changed
        async with self.acquire_connection():
            return self._run(query, values)

    def _in_transaction(self) -> TransactionContext:
        return ImmediateContext(ImmediateWrapper(self), self._lock)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """As one transaction of ours: when stock is cancelled here, its transaction stays open."""
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)


client_class = ImmediateClient
