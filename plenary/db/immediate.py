"""One transaction on SQLite: it holds the write lock from its first moment, and says what failed.

Whoever begins one waits for those of this process and for other processes, for as long as patience
lasts and no longer. Beginning and ending leave nothing behind, whatever happens.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Literal

import aiosqlite
from tortoise.backends.base.client import TransactionalDBClient
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections
from tortoise.exceptions import IntegrityError, OperationalError

from plenary.db.outages import outage
from plenary.db.patience import in_time, waiting
from plenary.refusal import Unavailable


@contextmanager
def translated() -> Iterator[None]:
    """What sqlite3 raises, as an outage or by the names that Tortoise has on every database."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if away := outage(error):
            raise away from error
        if isinstance(error, sqlite3.OperationalError):
            raise OperationalError(error) from error
        if isinstance(error, sqlite3.IntegrityError):
            raise IntegrityError(error) from error
        raise


class Queue(asyncio.Lock):
    """The writers of this process, one behind the other; who would wait too long is refused."""

    async def acquire(self) -> Literal[True]:
        try:
            async with in_time():
                return await super().acquire()
        except TimeoutError:
            raise Unavailable("database_busy")


@asynccontextmanager
async def patient(connection: aiosqlite.Connection) -> AsyncIterator[None]:
    """Another process that holds the write lock is waited for as long as patience still lasts."""
    with waiting() as seconds, translated():
        await connection.execute_fetchall(f"PRAGMA busy_timeout = {round(seconds * 1000)}")
        yield


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

    BEGIN runs in the thread where it must wait for another process, and COMMIT, which waits for
    the disk, always: beside readers each way there and back is a queue that an act stands in.
    """

    async def begin(self) -> None:
        if self._begun_at_once():
            return
        async with patient(self._connection):
            await self._connection.execute("BEGIN IMMEDIATE")

    def _begun_at_once(self) -> bool:
        """Whether nobody else holds the write lock; nothing is waited for."""
        self._here.execute("PRAGMA busy_timeout = 0")
        try:
            self._here.execute("BEGIN IMMEDIATE")
        except sqlite3.Error:  # whatever it is, it is tried again in the thread, and told there
            return False
        return True

    async def commit(self) -> None:
        """What cannot be committed (no room, a disk that fails) is undone, and says which it was.

        Stock leaves it open then, and the next writer of this process begins inside it.
        """
        try:
            with translated():
                await super().commit()
        except BaseException:
            await self._connection.rollback()
            raise

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
