"""The engine: writers queue, savepoints nest, a failed beginning leaves nothing behind."""

import asyncio
import sqlite3

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError, OperationalError
from tortoise.transactions import in_transaction

from plenary.db.config import sqlite_path
from tests.db.models import Tally
from tests.db.processes import together


async def test_two_processes_count_to_six_hundred(db: str) -> None:
    """Red by hand, on SQLite: `together('count_up', url, '300', 'tortoise.backends.sqlite')`
    answers [147, 182] failed and counts to 271: "database is locked"."""
    await Tally.create(id=1, value=0)
    failed = await asyncio.to_thread(together, "count_up", db, "300")
    assert failed == [0, 0]
    assert (await Tally.get(id=1)).value == 600


async def create(*ids: int) -> None:
    async with in_transaction():
        for number in ids:
            await Tally.create(id=number)


async def test_an_inner_transaction_is_undone_and_the_outer_one_kept(db: str) -> None:
    async with in_transaction():
        await Tally.create(id=1)
        with pytest.raises(IntegrityError):
            await create(2, 2)
        await create(3)
    assert await Tally.all().order_by("id").values_list("id", flat=True) == [1, 3]


async def test_an_outer_transaction_takes_its_inner_ones_with_it(db: str) -> None:
    async def outer() -> None:
        async with in_transaction():
            await create(1)
            await Tally.create(id=1)

    with pytest.raises(IntegrityError):
        await outer()
    assert not await Tally.all()


@pytest.mark.only("sqlite")
async def test_a_refused_beginning_gives_the_connection_back(db: str) -> None:
    await get_connection("default").execute_query("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(sqlite_path(db), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"):
        await create(1)
    other.close()
    async with asyncio.timeout(5):
        await create(1)


@pytest.mark.only("sqlite")
async def test_a_transaction_cancelled_anywhere_leaves_nothing_open(db: str) -> None:
    async def write() -> None:
        async with in_transaction():
            await Tally.create()

    async def write_many() -> None:
        insert = "INSERT INTO tally (value) VALUES (?)"
        await get_connection("default").execute_many(insert, [[1], [2]])

    await Tally.all()  # opens the connection
    for act in (write, write_many):
        for turns in range(40):
            task = asyncio.create_task(act())
            for _ in range(turns):
                await asyncio.sleep(0)
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    async with asyncio.timeout(5), in_transaction():
        before = await Tally.all().count()
        await Tally.create()
    assert await Tally.all().count() == before + 1
