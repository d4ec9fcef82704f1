"""The engine: writers queue, savepoints nest, a failed beginning leaves nothing behind."""

import asyncio
import sqlite3

import pytest
from tortoise.connection import get_connection, get_connections
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from plenary.db import immediate, patience
from plenary.db.config import sqlite_path
from plenary.refusal import Unavailable
from tests.databases import HANGS
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
async def test_a_refused_beginning_gives_the_connection_back(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.02)
    other = sqlite3.connect(sqlite_path(db), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="database_busy"):
        await create(1)
    other.close()
    monkeypatch.undo()
    async with asyncio.timeout(HANGS):
        await create(1)


@pytest.mark.only("sqlite")
async def test_where_nobody_else_writes_a_transaction_begins_without_going_to_the_thread(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each way there and back is a turn of the loop, in which every reader is answered first."""
    await create(1)

    def refused(*_: object) -> None:
        raise AssertionError("it went to the thread to begin")

    monkeypatch.setattr(immediate, "patient", refused)
    await create(2)
    assert await Tally.all().count() == 2


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
    async with asyncio.timeout(HANGS), in_transaction():
        before = await Tally.all().count()
        await Tally.create()
    assert await Tally.all().count() == before + 1


@pytest.mark.only("sqlite")
async def test_a_reader_waits_neither_for_another_process_nor_for_its_own(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 2 * HANGS)  # of the writer, who is there till the end
    await create(1)
    other = sqlite3.connect(sqlite_path(db), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        waiting = asyncio.create_task(create(2))
        while not get_connection("default")._lock.locked():  # noqa: ASYNC110 (no event tells)
            await asyncio.sleep(0)
        async with asyncio.timeout(HANGS):
            assert await Tally.all().values_list("id", flat=True) == [1]
        assert not waiting.done()
    finally:
        other.close()
    await waiting
    assert await Tally.all().count() == 2


async def test_nobody_reads_what_is_not_committed_and_everybody_what_is(db: str) -> None:
    written, read = asyncio.Event(), asyncio.Event()

    async def write() -> None:
        async with in_transaction():
            await Tally.create(id=1)
            assert await Tally.all().count() == 1  # inside, one's own
            written.set()
            await read.wait()

    writer = asyncio.create_task(write())
    await written.wait()
    assert await Tally.all().count() == 0
    read.set()
    await writer
    assert await Tally.all().count() == 1


async def test_a_process_sees_at_once_what_another_committed(db: str) -> None:
    await Tally.create(id=1, value=0)
    for _ in range(2):
        before = (await Tally.get(id=1)).value
        await asyncio.to_thread(together, "count_up", db, "5", times=1)
        assert (await Tally.get(id=1)).value == before + 5


@pytest.mark.only("sqlite")
async def test_what_asks_cannot_write(db: str) -> None:
    await Tally.all()
    with immediate.translated(), pytest.raises(sqlite3.OperationalError, match="readonly"):
        get_connection("default")._reader.execute("DELETE FROM tally")  # type: ignore[attr-defined]


@pytest.mark.only("sqlite")
async def test_who_waits_too_long_for_his_own_process_is_refused(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 0.05)
    async with in_transaction():
        with pytest.raises(Unavailable, match="database_busy"):
            await asyncio.create_task(create_outside(1))
    await create(2)


async def create_outside(number: int) -> None:
    """As somebody else would, whose task has no part in the transaction."""
    get_connections()._storage = {"default": get_connection("default")._parent}
    await create(number)


@pytest.mark.only("sqlite")
async def test_a_commit_without_room_is_undone_and_the_next_one_succeeds(db: str) -> None:
    client = get_connection("default")
    await Tally.all()
    (pages,) = await client.execute_query_dict("PRAGMA page_count")
    await client.execute_query(f"PRAGMA max_page_count = {pages['page_count']}")
    with pytest.raises(Unavailable, match="database_full"):
        await create(*range(2000))
    assert await Tally.all().count() == 0
    await client.execute_query("PRAGMA max_page_count = 100000")
    await create(*range(2000))
    assert await Tally.all().count() == 2000
