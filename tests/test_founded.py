"""A copy of the standing cast is what was laid, row for row, and it is laid where it must be."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from plenary import clock
from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.people.models import Person
from plenary.record.models import Head
from tests import founded, world
from tests.databases import Databases, Schema
from tests.world import BEL, found_world

pytestmark = pytest.mark.anyio
Another = Callable[[], AbstractAsyncContextManager[None]]


@pytest.fixture
def another(
    databases: Databases, database_kind: str, database_schema: Schema, tmp_path: Path
) -> Another:
    """One migrated database after another."""

    @asynccontextmanager
    async def opened() -> AsyncIterator[None]:
        wire()
        with databases.fresh(database_kind, database_schema, tmp_path) as url:
            await connect(url, database_schema.models)
            try:
                yield
            finally:
                await disconnect()

    return opened


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Each time that the cast came in by the doors; nothing was kept before."""
    times, really = [], world._found

    async def found(*, by: str, year: int) -> None:
        times.append(year)
        await really(by=by, year=year)

    monkeypatch.setattr(world, "_found", found)
    monkeypatch.setattr(founded, "_copies", {})
    return times


async def test_a_copy_is_row_for_row_what_was_laid_and_goes_on_alike(
    another: Another, laid: list[int]
) -> None:
    found = []
    for _ in range(2):
        async with another():
            first = await found_world()
            rows = await founded._everything()
            rows.pop("installation")  # each database has a key of its own
            second = await first.table_proposal(by=BEL)
            await second.put()
            await second.object("COR")
            numbers = [person.id for person in await Person.all().order_by("id")]
            found.append((rows, first, second, numbers, (await Head.get(id=1)).size))
    assert found[0] == found[1]
    assert sum(map(len, found[0][0].values())) > 80
    assert laid == [2019]


async def test_it_is_laid_again_for_another_year_an_older_copy_and_a_pretended_time(
    another: Another, laid: list[int]
) -> None:
    for year in (2019, 2020, 2020):
        async with another():
            assert (await found_world(year=year)).year == year
    assert laid == [2019, 2020]
    with clock.pretending(clock.now() - timedelta(days=3)):
        async with another():
            await found_world()
    assert laid == [2019, 2020, 2019]
    kept = founded._copies
    for key, copy in list(kept.items()):
        kept[key] = replace(copy, laid=copy.laid - founded.FRESH)
    async with another():
        await found_world()
    assert laid == [2019, 2020, 2019, 2019]


async def test_where_somebody_is_already_it_is_laid_beside_them(
    another: Another, laid: list[int]
) -> None:
    async with another():
        await found_world()
    async with another():
        await Person.create(email="somebody@example.org", name="Somebody", created=clock.now())
        await found_world()
        assert await Person.all().count() == 7
    assert laid == [2019, 2019]
