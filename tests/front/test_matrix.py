"""Every proposal of a year can be reached in the matrix, however many there are."""

import csv
import io

import pytest

from plenary.front.pages.matrix import MOST_COLUMNS
from tests.client import Site
from tests.reads import reads
from tests.world import found_world

pytestmark = pytest.mark.anyio
MANY = 2 * MOST_COLUMNS + 1


async def test_the_matrix_says_how_many_there_are_and_leads_to_all_of_them(site: Site) -> None:
    world = await found_world()
    await world.put()
    for _ in range(MANY - 1):
        other = await world.table_proposal()
        await other.put()
        await other.object()
    browser = await site.browser()
    seen: list[str] = []
    for page in (1, 2, 3):
        with reads() as found:
            shown = await browser.page(f"/positions/2019?page={page}&show=object")
        assert (
            found.of("question") <= 3 * MOST_COLUMNS
        )  # each again for its procedure, and with those before it
        last = min(MANY, page * MOST_COLUMNS)
        assert f"to {last} of {MANY}." in shown.words
        assert (f"page={page + 1}" in shown.source) == (page < 3)
        assert "show=object" in shown.source
        seen += [f"P.{n}" for n in range(1, MANY + 1) if f">P.{n}<" in shown.source]
    assert seen == [f"P.{n}" for n in range(1, MANY + 1)]
    table = csv.DictReader(io.StringIO((await browser.get("/positions/2019.csv")).text))
    assert len({row["proposal"] for row in table}) == MANY - 1
    whole = (await browser.get("/positions/2019.json")).json()
    assert len(whole["proposals"]) == MANY
