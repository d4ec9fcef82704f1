"""Acts and requests that are broken off at a random moment, and whether all is well after them."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from tortoise.backends.asyncpg.client import AsyncpgDBClient
from tortoise.backends.sqlite.client import SqliteClient
from tortoise.transactions import in_transaction

from plenary.db.config import connect, dialect, disconnect
from plenary.db.postgres import PostgresClient
from plenary.db.sqlite import ImmediateClient
from plenary.hooks import wire
from plenary.proposals.models import Comment
from plenary.record import act
from plenary.record.act import drain
from plenary.record.models import Entry, Receipt
from plenary.settings import MODELS
from tests.record.whole import whole
from tests.world import World

POOL = 5  # connections; so many transactions at once must still be served
CROWD = 10  # twice as many as there are connections
PATIENCE = 10.0  # seconds for what takes milliseconds when nothing has leaked
Act = Callable[[], Awaitable[Any]]


@asynccontextmanager
async def small_pool(url: str) -> AsyncIterator[None]:
    wire()
    await connect(url, MODELS, pool=(1, POOL))
    try:
        yield
    finally:
        try:
            async with asyncio.timeout(PATIENCE):
                await disconnect()
        except TimeoutError:
            await disconnect()  # those that leaked never come back, but have been cut off now


async def break_off(acts: Sequence[Act], longest: float) -> int:
    """Cancel each at a moment of its own: half of them one by one, half in a crowd.

    `longest` is the seconds that one takes at most. Returns how many were not answered yet.
    """
    chance, half = random.Random("moments"), len(acts) // 2
    alone = await _break_off(acts[:half], chance, longest, at_once=1)
    return alone + await _break_off(acts[half:], chance, longest, at_once=CROWD)


async def _break_off(
    acts: Iterable[Act], chance: random.Random, longest: float, *, at_once: int
) -> int:
    crowd, cancelled = asyncio.Semaphore(at_once), 0

    async def one(begin: Act) -> None:
        nonlocal cancelled
        async with crowd:
            task = asyncio.ensure_future(begin())
            await _a_moment(chance, longest)
            task.cancel()
            try:
                await task
            except asyncio.CancelledError:
                cancelled += 1

    await asyncio.gather(*(one(begin) for begin in acts))
    return cancelled


async def _a_moment(chance: random.Random, longest: float) -> None:
    """Some turns of the loop, for the awaits at the beginning, or some milliseconds."""
    if chance.random() < 0.5:
        for _ in range(chance.randrange(40)):
            await asyncio.sleep(0)
    else:
        await asyncio.sleep(chance.uniform(0, longest))


async def all_is_well(world: World) -> None:
    """Nothing is locked or lost, and every act is there wholly or not at all."""
    async with asyncio.timeout(PATIENCE):
        await drain()
        await every_connection()
        await world.comment(text="Still here?")
    await whole()
    made = await Entry.filter(type="comment.made").values_list("n", flat=True)
    assert sorted(await Comment.all().values_list("entry", flat=True)) == sorted(made)
    assert await Receipt.filter(entry__in=made).count() == len(made)


async def every_connection() -> None:
    """All of them are to be had at one time; SQLite has one."""
    many = POOL if dialect() == "postgres" else 1
    all_here = asyncio.Barrier(many)

    async def hold() -> None:
        async with in_transaction():
            await Entry.all().count()
            await all_here.wait()

    await asyncio.gather(*(hold() for _ in range(many)))


class Unshielded:
    """asyncio as the door sees it, but for its shield: the red run."""

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    @staticmethod
    def shield(task: Awaitable[Any]) -> Awaitable[Any]:
        return task


def take_the_shield_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """And our engines' own care, which by itself is enough."""
    monkeypatch.setattr(act, "asyncio", Unshielded())
    monkeypatch.setattr(ImmediateClient, "_in_transaction", SqliteClient._in_transaction)
    monkeypatch.setattr(PostgresClient, "_in_transaction", AsyncpgDBClient._in_transaction)
    monkeypatch.setattr(PostgresClient, "acquire_connection", AsyncpgDBClient.acquire_connection)
