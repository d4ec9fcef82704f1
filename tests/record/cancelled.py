"""Acts and requests that are broken off at each of their awaits, and whether all is well after."""

import asyncio
import types
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar
from itertools import count
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
from tests.databases import HANGS
from tests.record.whole import whole
from tests.world import World

POOL = 5  # connections; so many transactions at once must still be served
CROWD = 10  # twice as many as there are connections
MOST = 1_000  # awaits of one act
PATIENCE = HANGS  # for what takes milliseconds when nothing has leaked
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


async def break_off(acts: Sequence[Act]) -> list[int]:
    """Cancel each act at each of its awaits: one by one, and then in crowds.

    An await is counted wherever the act waits, in a task that it began as well. How many there are
    may differ by one or two from one time to the next, as a thread answers sooner or later; an act
    is over when the next one was not reached. Returns how many times each act was cut off.
    """
    moments, times = [], []
    for begin in acts:
        for at in count():
            assert at < MOST, f"{begin} has no end"
            if not await _broken_off(begin, at):
                break
            moments.append((begin, at))
        times.append(at)
    crowd = asyncio.Semaphore(CROWD)

    async def in_turn(begin: Act, at: int) -> None:
        async with crowd:
            await _broken_off(begin, at)

    await asyncio.gather(*(in_turn(*moment) for moment in moments))
    return times


async def _broken_off(begin: Act, at: int) -> bool:
    """Whether the act came as far as its await number `at`, where it was cancelled."""
    moment = Moment(at)
    loop = asyncio.get_running_loop()
    loop.set_task_factory(_counting)
    token = _moment.set(moment)
    try:
        moment.task = asyncio.ensure_future(_of(begin))
    finally:
        _moment.reset(token)
    with suppress(asyncio.CancelledError):
        async with asyncio.timeout(PATIENCE):
            await moment.task
    return moment.passed > at


async def _of(begin: Act) -> None:
    await begin()


class Moment:
    """Where an act is, in awaits, and where it is to be cancelled."""

    def __init__(self, at: int) -> None:
        self.at, self.passed = at, 0
        self.task: asyncio.Task[None] | None = None

    def one_more(self) -> None:
        if self.passed == self.at and self.task:
            self.task.cancel()
        self.passed += 1


_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)


def _counting(loop: asyncio.AbstractEventLoop, begun: Any, **more: Any) -> asyncio.Task[Any]:
    """A task like any other; where it belongs to an act, its awaits are counted."""
    moment = _moment.get()
    task = asyncio.Task(_counted(begun, moment) if moment else begun, loop=loop, **more)
    task.add_done_callback(lambda _: begun.close())  # where it was cancelled before it began
    return task


async def _counted(begun: Any, moment: Moment) -> Any:
    return await _each_await(begun, moment)


@types.coroutine
def _each_await(begun: Any, moment: Moment) -> Generator[Any, Any, Any]:
    thrown: BaseException | None = None
    while True:
        try:
            waited = begun.throw(thrown) if thrown else begun.send(None)
        except StopIteration as done:
            return done.value
        thrown = None
        moment.one_more()
        try:
            yield waited
        except GeneratorExit:
            begun.close()
            raise
        except BaseException as error:
            thrown = error


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
