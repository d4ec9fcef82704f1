"""What is long is laid out beside the event loop, whichever page prints it."""

import threading

import pytest

from plenary.archive import searching
from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.beside import Kind
from plenary.web import render
from tests.client import Site
from tests.world import BEL, found_world

MOST = 100_000  # characters of a page that is laid out where everybody waits
LONG = "\n\n".join(f"{n}. Decides [that] seal number {n} is kept." for n in range(1, 1_500))
ONE, DECIDED = "/proposals/2019/2", "/decisions/2019/1"


@pytest.mark.only("sqlite")  # what is laid out does not depend on the database
async def test_no_page_is_laid_out_at_length_where_everybody_waits(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await (await found_world()).table_proposal(LONG)
    await world.put()
    await world.object("COR", explanation="We cannot. " * 300)
    await world.declare("no_consensus")
    for _ in range(30):
        await state_beside(BEL, "2019/1", Draft(Kind.EXPLANATION, "As we read it. " * 250))
    main, found, place = threading.main_thread(), dict[str, int](), ""
    said, excerpt = render.said, searching.excerpt

    def noted(text: str) -> str:
        if threading.current_thread() is main:
            found[place] = max(found.get(place, 0), len(text))
        return said(text)

    def cut(*asked):  # type: ignore[no-untyped-def]
        assert threading.current_thread() is not main
        return excerpt(*asked)

    monkeypatch.setattr(render, "said", noted)
    monkeypatch.setattr(searching, "excerpt", cut)
    browser = await site.browser()
    for place in (
        ONE, f"{ONE}/v1", f"{ONE}/v1..v1", f"{ONE}/distance", f"{ONE}/positions", f"{ONE}/comments",
        f"{ONE}/history", f"{ONE}/certificate", f"{ONE}/on-behalf", DECIDED, f"{DECIDED}.md",
        f"{DECIDED}.txt", f"{DECIDED}/statements", f"{DECIDED}/statements.txt",
        f"{DECIDED}/corrections", f"{DECIDED}/follow-up", "/participants/belmark",
        "/positions/2019",
        "/search?q=seal", "/search?q=cannot", "/fr" + ONE,
    ):  # fmt: skip
        assert (await browser.get(place)).status_code == 200, place
    assert {at: length for at, length in found.items() if length > MOST} == {}
