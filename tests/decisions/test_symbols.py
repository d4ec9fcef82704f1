"""A symbol belongs to one text for good: nothing that looks like it can be declared or imported."""

import pytest
from tortoise import connections

from plenary.bodies.models import Symbol
from plenary.decisions.models import Decision
from plenary.migrations import __name__ as migrations
from plenary.record.models import Head
from plenary.refusal import Invalid, Refused
from plenary.registers.actions import import_register
from tests.client import Page, Site
from tests.registers.registers import HEADER, SEALS, register
from tests.world import BEL, World, found_world

pytestmark = pytest.mark.usefixtures("db")
TAKEN = (
    "KP/2019/plenary/AD.1",
    "КР/2019/Plenary/AD.1",
    "ＫＰ/2019/Plenary/AD.1",
    "KP/2019/Plenary/AD. 1",
    "KP/2O19/Plenary/AD.l",
    "KP/2019/Plenary/AD.1",
)
OF_PROPOSALS = ("KP/2019/P.1", "KP/2019/P.9", "kp/2019/p.1/Rev.1", "KP/2019/Р.2")


async def decided() -> World:
    world = await found_world()
    await world.put()
    await world.declare("adopted")
    second = await world.table_proposal()
    await second.put()
    return second


@pytest.mark.parametrize("symbol", [*TAKEN, *OF_PROPOSALS])
async def test_a_symbol_that_looks_like_another_keeps_the_gavel_up(symbol: str) -> None:
    second = await decided()
    before = (await Head.get(id=1)).size
    with pytest.raises(Refused) as refused:
        await second.declare("adopted", symbol=symbol)
    assert refused.value.reason in ("symbol_taken", "symbol_of_proposals")
    if refused.value.reason == "symbol_taken":
        assert refused.value.facts["holder"] in ("KP/2019/Plenary/AD.1", "KP/2019/P.1")
    assert (await Head.get(id=1)).size == before
    assert await Decision.all().count() == 1


async def test_an_address_stays_with_its_text_however_the_symbol_is_typed(site: Site) -> None:
    second = await decided()
    await second.declare("adopted", symbol="KP/2019/Plenary/Special")
    browser = await site.browser()
    for typed in ("KP/2019/Plenary/AD.1", "kp/2019/plenary/ad.1", "KP/2019/Plenary/AD.%20l"):
        answer = await browser.get(f"/{typed}")
        assert answer.headers["location"] == "/decisions/2019/1", typed
    answer = await browser.get("/KP/2019/plenary/special")
    assert answer.headers["location"] == "/decisions/2019/2"


async def test_the_next_number_of_a_series_steps_over_what_looks_like_it() -> None:
    second = await decided()
    await second.declare("adopted", symbol="KP/2019/Plenary/AD.2")
    third = await second.table_proposal()
    await third.put()
    assert (await third.declare("adopted")).symbol == "KP/2019/Plenary/AD.3"


@pytest.mark.parametrize("symbol", [*TAKEN, *OF_PROPOSALS])
async def test_an_imported_symbol_that_looks_like_ours_is_refused_by_its_line(symbol: str) -> None:
    await decided()
    named = f"{SEALS.replace('Seals', 'More')},{symbol}"
    past = register(SEALS + ",", named, header=HEADER + ",symbol")
    with pytest.raises(Refused) as refused:
        await import_register("secretariat", "past", past)
    facts = refused.value.facts
    assert (facts["line"], facts["column"]) == (3, "symbol")
    assert await Decision.filter(register="past").count() == 0


async def test_a_draft_is_not_given_away_by_its_symbol(site: Site) -> None:
    world = await found_world()
    draft = await world.table_proposal(by=BEL, draft=True, shown=("delegation:ALD",))
    for outside in ("", "head.cor@example.org", "secretariat@example.org", "chair@example.org"):
        browser = await site.browser(outside)
        assert (await browser.get(f"/{draft.symbol}")).status_code == 404, outside
    for reader in ("head.bel@example.org", "head.ald@example.org"):
        browser = await site.browser(reader)
        answer = await browser.get(f"/{draft.symbol}")
        assert answer.headers["location"] == "/proposals/2019/2", reader


async def test_a_title_that_begins_like_a_symbol_is_refused_and_kept(site: Site) -> None:
    world = await found_world()
    for title in ("KP/2019/P.1 adopted", "ＫＰ/2019/P.1 adopted"):
        with pytest.raises(Invalid):
            await world.table_proposal(title={"en": title})
        browser = await site.browser("head.ald@example.org")
        page = await browser.page("/proposals/new")
        answer = await browser.press(page, title=title, sense="It is.", text="1. Decides.\n")
        assert answer.status_code == 422
        assert "begins like an official symbol" in Page(answer).words
        assert Page(answer).form("/proposals").fields["title"] == title


async def test_an_older_database_gives_each_symbol_to_whoever_came_first() -> None:
    """As the migration finds it: two decisions whose symbols look the same."""
    from importlib import import_module

    second = await decided()
    await second.declare("adopted", symbol="KP/2019/Plenary/Twin")
    client = connections.get("default")
    dialect = "sqlite" if client.capabilities.dialect == "sqlite" else "postgres"
    found = import_module(f"{migrations}.0007_symbols")

    class Editor:
        DIALECT = dialect

        class client:  # noqa: N801
            written: list[list[str]] = []

            @staticmethod
            async def execute_query_dict(query: str) -> list[dict[str, object]]:
                rows = [dict(row) for row in await client.execute_query_dict(query)]
                return [
                    row | {"symbol": str(row["symbol"]).replace("Twin", "ad.1")} for row in rows
                ]

            @classmethod
            async def execute_many(cls, _: str, rows: list[list[str]]) -> None:
                cls.written = rows

    await found.fill(None, Editor)
    assert [row[1:] for row in Editor.client.written] == [
        ["KP/2019/P.1", "/proposals/2019/1"],
        ["KP/2019/P.2", "/proposals/2019/2"],
        ["KP/2019/Plenary/AD.1", "/decisions/2019/1"],
    ]
    kept = await Symbol.all().order_by("id").values_list("path", flat=True)
    assert list(kept) == [
        "/proposals/2019/1", "/decisions/2019/1", "/proposals/2019/2", "/decisions/2019/2",
    ]  # fmt: skip
