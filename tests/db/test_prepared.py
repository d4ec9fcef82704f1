"""Prepared queries: the SQL is kept, the answer never; and who waits where on SQLite."""

import asyncio
import sqlite3

import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from plenary.db import patience
from plenary.db.config import sqlite_path
from plenary.db.prepared import Prepared, PreparedUpdate
from tests.databases import HANGS
from tests.db.models import Position, Question, Tally

OF = Prepared(
    lambda delegation, title: Position.filter(
        delegation=delegation, question__title=title
    ).select_related("question")
)
VALUE = Prepared(lambda number: Tally.filter(id=number))
RAISE = PreparedUpdate(lambda number, value: Tally.filter(id=number).update(value=value))


async def create() -> None:
    async with in_transaction():
        await Tally.create()


async def test_the_sql_is_kept_and_the_answer_is_not(db: str) -> None:
    await Tally.create(id=1, value=5)
    assert [row.value for row in await VALUE.all(1)] == [5]
    assert await RAISE.do(1, 6) == 1
    assert [row.value for row in await VALUE.all(1)] == [6]
    await Tally.filter(id=1).delete()
    assert await VALUE.first(1) is None
    assert await RAISE.do(1, 7) == 0


async def test_each_call_has_its_own_arguments_and_brings_what_is_joined(db: str) -> None:
    for title in ("Seals", "Dues"):
        question = await Question.create(title=title)
        await Position.create(question=question, delegation="ALD", stance=title.lower())
    for title in ("Seals", "Dues", "Seals"):
        found = await OF.first("ALD", title)
        assert found is not None
        assert (found.stance, found.question.title) == (title.lower(), title)
    assert await OF.first("BEL", "Seals") is None


async def test_it_asks_inside_the_transaction_that_is_open(db: str) -> None:
    async def undone() -> None:
        async with in_transaction():
            await Tally.create(id=1, value=5)
            assert await RAISE.do(1, 6) == 1
            found = await VALUE.first(1)
            assert found is not None
            assert found.value == 6
            await Tally.create(id=1)

    with pytest.raises(IntegrityError):
        await undone()
    assert await VALUE.first(1) is None


async def test_an_argument_that_the_query_lost_is_refused(db: str) -> None:
    lost = Prepared(lambda number: Tally.filter(value=int(number) + 1))
    with pytest.raises(ValueError, match="as it was given"):
        await lost.all(1)


@pytest.mark.only("sqlite")
async def test_while_a_writer_waits_for_another_process_the_loop_goes_on(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Statements run in the loop; a BEGIN that may wait must not."""
    monkeypatch.setattr(patience, "PATIENCE", HANGS)
    await Tally.all()  # opens the connection
    other = sqlite3.connect(sqlite_path(db), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    writing = asyncio.create_task(create())
    for _ in range(20):
        await asyncio.sleep(0)
    assert not writing.done()
    other.execute("COMMIT")
    other.close()
    async with asyncio.timeout(HANGS):
        await writing
    assert await Tally.all().count() == 1


@pytest.mark.only("sqlite")
async def test_a_change_outside_a_transaction_waits_without_stopping_the_loop(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "PATIENCE", HANGS)
    await Tally.create(id=1)
    other = sqlite3.connect(sqlite_path(db), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    changing = asyncio.create_task(RAISE.do(1, 9))
    for _ in range(20):
        await asyncio.sleep(0)
    assert not changing.done()
    other.execute("COMMIT")
    other.close()
    async with asyncio.timeout(HANGS):
        assert await changing == 1


@pytest.mark.only("postgres")
async def test_a_connection_goes_back_to_the_pool_with_no_transaction_open(db: str) -> None:
    """Our pool skips RESET ALL; what asyncpg does before it, the rollback, must still be done."""
    client = get_connection("default")
    await client.execute_script("BEGIN; INSERT INTO tally (id, value) VALUES (1, 1)")
    assert await VALUE.first(1) is None
