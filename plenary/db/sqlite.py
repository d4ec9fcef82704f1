"""The SQLite engine: every transaction takes the write lock when it begins.

Stock Tortoise begins deferred. A transaction that has read then asks for the write lock too late:
when another process wrote meanwhile, SQLite answers "database is locked" at once, and no busy
timeout helps. BEGIN IMMEDIATE queues writers instead, so that reading, judging and writing are one.
"""

import sqlite3
from typing import Any

from tortoise.backends.base.client import TransactionalDBClient, TransactionContext
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
)
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError

BUSY_MS = 10_000  # how long a writer waits for another process before it is refused

# In this order: the timeout first, because the change to WAL needs a lock of its own.
PRAGMAS: dict[str, str | int] = {
    "busy_timeout": BUSY_MS,
    "journal_mode": "WAL",  # readers never wait for the writer
    "synchronous": "FULL",  # in WAL anything less may forget a commit that was acknowledged
    "foreign_keys": "ON",
    "recursive_triggers": "ON",  # else INSERT OR REPLACE deletes past an append-only trigger
}


class ImmediateWrapper(SqliteTransactionWrapper):
    """A transaction that holds the write lock from its first moment."""

    async def begin(self) -> None:
        try:
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            raise OperationalError(error) from error


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


class ImmediateClient(SqliteClient):
    """Tortoise's SQLite client with our pragmas and our transactions."""

    def __init__(self, file_path: str, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        # The configuration may say one differently: the migrator turns foreign_keys off.
        self.pragmas = PRAGMAS | {name: kwargs[name] for name in PRAGMAS if name in kwargs}

    def _in_transaction(self) -> TransactionContext:
        return ImmediateContext(ImmediateWrapper(self), self._lock)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """As one transaction of ours: when stock is cancelled here, its transaction stays open."""
        async with self._in_transaction() as transaction:
            await transaction.execute_many(query, values)


client_class = ImmediateClient
