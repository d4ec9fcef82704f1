"""All that one request waits for draws on one patience, on either database."""

import asyncio
import sqlite3

import pytest
from tortoise.connection import get_connection
from tortoise.transactions import in_transaction

from plenary.db import patience
from plenary.db.config import sqlite_path
from plenary.db.patience import LEAST, PATIENCE, of_its_own, patiently, waiting
from plenary.refusal import Unavailable
from tests.db.models import Tally

POOL = 10  # connections


class Hand:
    """A clock that goes on when it is told to."""

    shown = 0.0

    def monotonic(self) -> float:
        return self.shown


@pytest.fixture
def hand(monkeypatch: pytest.MonkeyPatch) -> Hand:
    hand = Hand()
    monkeypatch.setattr(patience, "time", hand)
    return hand


async def test_what_one_request_waits_for_first_is_missing_for_what_comes_next(hand: Hand) -> None:
    async def wait(seconds: float) -> float:
        with waiting() as allowed:
            hand.shown += seconds
        return allowed

    @patiently
    async def answer() -> list[float]:
        allowed = [await wait(2), await asyncio.create_task(wait(1))]
        hand.shown += 100  # work is no waiting
        with of_its_own():
            beside = asyncio.create_task(wait(3))
        allowed += [await beside, await wait(2)]
        with waiting(LEAST) as statement:
            return [*allowed, statement]

    left = [PATIENCE, PATIENCE - 2, PATIENCE, PATIENCE - 3, LEAST]
    assert await answer() == left
    assert await answer() == left, "the next request has one of its own"
    assert await wait(2) == await wait(2) == PATIENCE, "a command waits for each thing anew"


@pytest.mark.only("sqlite")
async def test_who_queued_for_long_waits_less_for_another_process(
    db: str, hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.2)

    @patiently
    async def write() -> None:
        with waiting():
            hand.shown += 0.15
        async with in_transaction():
            await Tally.create()

    await Tally.all()
    other = sqlite3.connect(sqlite_path(db), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="database_busy"):
        await write()
    other.close()
    client = get_connection("default")
    pragma = await client._connection.execute_fetchall("PRAGMA busy_timeout")
    assert [tuple(row) for row in pragma] == [(50,)]


@pytest.mark.only("postgres")
@pytest.mark.parametrize("inside", [False, True], ids=["alone", "in a transaction"])
async def test_a_server_that_does_not_answer_is_left_and_its_connection_cut_off(
    db: str, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    """All of them at once, and none is lost."""
    unanswered = "SELECT pg_sleep(600)"

    @patiently
    async def ask() -> None:
        if not inside:
            await get_connection("default").execute_query(unanswered)
            return
        async with in_transaction(), in_transaction():
            await Tally.create()
            await get_connection("default").execute_query(unanswered)

    await asyncio.gather(*[counted() for _ in range(POOL)])  # opens them
    with monkeypatch.context() as short:
        short.setattr(patience, "PATIENCE", 0.3)
        said = await asyncio.gather(*[ask() for _ in range(POOL)], return_exceptions=True)
    assert [str(refusal) for refusal in said] == ["database_busy"] * POOL
    assert await asyncio.gather(*[counted() for _ in range(POOL)]) == [0] * POOL


async def counted() -> int:
    async with in_transaction():
        return await Tally.all().count()
