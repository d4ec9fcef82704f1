"""The PostgreSQL engine: nobody waits without end for a connection, a lock or a lost server.

Stock Tortoise waits for a free connection for ever, loses the one whose transaction could not
begin, and lets the driver's errors through raw. Here each wait has a bound, a connection is given
back whatever happens, and what the server cannot do is told by the name of the outage.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, cast

import asyncpg  # type: ignore[import-untyped]
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import (
    NestedTransactionContext,
    TransactionalDBClient,
    TransactionContext,
    TransactionContextPooled,
)
from tortoise.connection import get_connections
from tortoise.exceptions import TransactionManagementError

from plenary.db import patience
from plenary.db.outages import outage
from plenary.db.patience import LEAST, answered_in_time, in_time
from plenary.refusal import Unavailable

LOCK = "2s"  # so long the server itself lets somebody wait for whoever holds the head
STATEMENT = 4.0  # seconds for one statement of the web process; a command may take its time


@contextmanager
def translated() -> Iterator[None]:
    """What the driver raises, as an outage where it is one."""
    try:
        yield
    except Exception as error:
        if away := outage(error):
            raise away from error
        raise


@contextmanager
def doubtful() -> Iterator[None]:
    """A commit whose answer did not come may have been made: nobody can say, and nobody does."""
    try:
        with translated():
            yield
    except Unavailable as away:
        raise Unavailable(away.reason, doubtful=True) from away


def is_cut(connection: Any) -> bool:
    return connection._con is None or connection.is_closed()


def cut_off(connection: Any) -> None:
    """Whatever the server is still doing with it: nobody waits for that."""
    if not is_cut(connection):
        connection.terminate()


class Pool(asyncpg.Pool):  # type: ignore[misc]
    """asyncpg's pool, whose connections are waited for so long and no longer."""

    def acquire(self, *, timeout: float | None = None) -> Any:
        return super().acquire(timeout=timeout or patience.PATIENCE)


class TranslatingClient(AsyncpgDBClient):
    """Every statement says which outage it met; what is none, stock translates as before."""

    async def _translate_exceptions(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        async def asked(client: Any, *given: Any, **more: Any) -> Any:
            with translated():
                async with answered_in_time():
                    return await func(client, *given, **more)

        return await super()._translate_exceptions(asked, *args, **kwargs)


class Transaction(TranslatingClient, TransactionWrapper):
    """A transaction, and inside it savepoints of the same kind."""

    async def _translate_exceptions(self, func: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return await super()._translate_exceptions(func, *args, **kwargs)
        except Unavailable as away:
            if not isinstance(away.__cause__, asyncpg.PostgresError):
                cut_off(self._connection)  # no answer: the server undoes what it was told
            raise

    async def commit(self) -> None:
        async with answered_in_time():
            await super().commit()

    async def rollback(self) -> None:
        """What was cut off is undone already, and the server may never say so."""
        if is_cut(self._connection):
            self._finalized = True
            return
        async with answered_in_time():
            await super().rollback()

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(Transaction(self))


class PooledContext(TransactionContextPooled):
    """Entering either succeeds or gives the connection back; so does leaving."""

    async def __aenter__(self) -> TransactionalDBClient:
        parent = self._parent
        with translated():
            async with in_time(LEAST):
                await self.ensure_connection()
                assert parent._pool is not None
                self.client._connection = await parent._pool.acquire()
        try:
            await self.client.begin()
        except BaseException:
            await self._give_back(cut=True)
            raise
        self.token = get_connections().set(self.connection_name, self.client)
        return self.client

    async def __aexit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        get_connections().reset(self.token)
        well = False
        try:
            with translated():
                well = await self._end(exc_type)
        finally:
            await self._give_back(cut=not well)

    async def _end(self, exc_type: Any) -> bool:
        """Whether the connection is sound afterwards."""
        if self.client._finalized or exc_type is TransactionManagementError:
            return True
        if not exc_type:
            with doubtful():
                await self.client.commit()
            return True
        try:
            await self.client.rollback()
        except Exception as error:
            if not outage(error):  # a server that is away has undone it, or will
                raise
            return False
        return True

    async def _give_back(self, *, cut: bool) -> None:
        parent = self._parent
        await parent.give_back(self.client._connection, cut=cut)

    @property
    def _parent(self) -> "PostgresClient":
        return cast(PostgresClient, cast(Transaction, self.client)._parent)


class PostgresClient(TranslatingClient):
    """Tortoise's PostgreSQL client over a pool that refuses in time."""

    async def create_pool(self, **kwargs: Any) -> asyncpg.Pool:
        kept = {"max_queries": 50_000, "max_inactive_connection_lifetime": 300.0}
        return await Pool(record_class=asyncpg.Record, **kept, **kwargs)

    async def create_connection(self, with_db: bool) -> None:
        """A pool begins with one connection made: without a server it waits no longer either."""
        with translated():
            async with asyncio.timeout(patience.PATIENCE):
                await super().create_connection(with_db)

    def acquire_connection(self) -> Any:
        return self._borrowed()

    @asynccontextmanager
    async def _borrowed(self) -> AsyncIterator[Any]:
        if not self._pool:
            async with self._pool_init_lock:
                if not self._pool:
                    await self.create_connection(with_db=True)
        assert self._pool is not None
        connection = await self._pool.acquire()
        well = False
        try:
            yield connection
            well = True
        except asyncpg.PostgresError:  # an answer: the connection is sound
            well = True
            raise
        finally:
            await self.give_back(connection, cut=not well)

    async def give_back(self, connection: Any, *, cut: bool) -> None:
        """To the pool; `cut` off first where nobody knows what it is still doing."""
        if cut:
            cut_off(connection)
        if self._pool:
            try:
                await self._pool.release(connection)
            except Exception as error:
                if not outage(error):  # the pool has cut it off by itself
                    raise

    def _in_transaction(self) -> TransactionContext:
        return PooledContext(Transaction(self), self._pool_init_lock)


client_class = PostgresClient
