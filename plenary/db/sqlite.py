"""The SQLite engine: transactions take the write lock as they begin, and readers wait for nobody.

Stock Tortoise begins deferred. A transaction that has read then asks for the write lock too late:
when another process wrote meanwhile, SQLite answers "database is locked" at once, and no busy
timeout helps. BEGIN IMMEDIATE queues writers instead, so that reading, judging and writing are one.

And stock Tortoise has one connection for everything, so that a page waits for whoever writes. Here
what is asked outside a transaction is asked on a connection that only reads: in WAL it sees what
was committed last, by this process or another, while somebody writes.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiosqlite
from tortoise.backends.base.client import TransactionContext
from tortoise.backends.sqlite.client import SqliteClient

from plenary.db import patience
from plenary.db.immediate import ImmediateContext, ImmediateWrapper, Queue, patient, translated
from plenary.refusal import Unavailable

AGAIN = 0.02  # seconds after which a reader that met a lock (a recovery after a crash) asks again

PRAGMAS: dict[str, str | int] = {
    "journal_mode": "WAL",  # readers never wait for the writer
    "synchronous": "FULL",  # in WAL anything less may forget a commit that was acknowledged
    "foreign_keys": "ON",
    "recursive_triggers": "ON",  # else INSERT OR REPLACE deletes past an append-only trigger
}


class ImmediateClient(SqliteClient):
    """Tortoise's SQLite client with our pragmas and our transactions, and a reader beside it."""

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        # The configuration may say one differently: the migrator turns foreign_keys off.
        self.pragmas = PRAGMAS | {name: kwargs[name] for name in PRAGMAS if name in kwargs}
        self._lock = Queue()
        self._opening = asyncio.Lock()
        self._reader: sqlite3.Connection | None = None

    async def create_connection(self, with_db: bool) -> None:
        """As stock does, but for a connection that two threads may use, by turns."""
        async with self._opening:  # a reader may come while the first writer still opens
            if self._connection:
                return
            with translated():
                await self._open()
            await self._post_connect()

    async def _open(self) -> None:
        connection = await aiosqlite.connect(
            self.filename, isolation_level=None, check_same_thread=False
        )
        try:
            connection._conn.row_factory = sqlite3.Row
            # The change to WAL needs a lock of its own.
            async with patient(connection):
                for name, value in self.pragmas.items():
                    await connection.execute_fetchall(f"PRAGMA {name}={value}")
            self._reader = reading(self.filename)
        except BaseException:
            await connection.close()  # its thread would keep the process alive
            raise
        self._connection = connection

    async def close(self) -> None:
        if self._reader:
            self._reader.close()
            self._reader = None
        await super().close()

    async def execute_query(
        self, query: str, values: list[Any] | None = None
    ) -> tuple[int, list[Any]]:
        """A question waits for nobody; a change outside a transaction is one by itself."""
        if query.startswith(("SELECT ", "WITH ")):
            rows = await self._ask(query, values)
            return len(rows), rows
        async with self._alone() as connection:
            before = connection.total_changes
            rows = [*await connection.execute_fetchall(query, values or ())]
            return (connection.total_changes - before) or len(rows), rows

    async def execute_query_dict(
        self, query: str, values: list[Any] | None = None
    ) -> list[dict[str, Any]]:
        return [dict(row) for row in (await self.execute_query(query, values))[1]]

    async def execute_insert(self, query: str, values: list[Any]) -> int:
        async with self._alone() as connection:
            row = await connection.execute_insert(query, values)
            return int(row[0]) if row else 0

    async def execute_script(self, query: str) -> None:
        async with self._alone() as connection:
            await connection.executescript(query)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """As one transaction of ours: when stock is cancelled here, its transaction stays open."""
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)

    def _in_transaction(self) -> TransactionContext:
        return ImmediateContext(ImmediateWrapper(self), self._lock)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[aiosqlite.Connection]:
        """The connection that writes, in its thread, since another process may hold the lock."""
        async with self.acquire_connection() as connection:
            async with patient(connection):
                yield connection

    async def _ask(self, query: str, values: list[Any] | None) -> list[Any]:
        """Read here and now. Only a recovery after a crash can lock a reader out, for a moment."""
        if self._reader is None:
            await self.create_connection(with_db=True)
        with patience.waiting() as seconds:
            until = asyncio.get_running_loop().time() + seconds
            while True:
                try:
                    with translated():
                        assert self._reader is not None
                        return self._reader.execute(query, values or ()).fetchall()
                except Unavailable as away:
                    busy = away.reason == "database_busy"
                    if not busy or asyncio.get_running_loop().time() > until:
                        raise
                await asyncio.sleep(AGAIN)


def reading(path: str) -> sqlite3.Connection:
    """A connection that only reads, and never keeps the loop waiting for a lock."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA query_only = ON")
    return connection


client_class = ImmediateClient
