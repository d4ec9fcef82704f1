"""What is long is laid out beside the event loop, whichever page prints it."""

import re
import threading

import pytest

from plenary.app import PAGES
from plenary.archive import searching
from plenary.aside import A_THING, SHORT, weight_of
from plenary.bodies.powers import Role
from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.beside import Kind
from plenary.web import answers, render
from tests.client import Site
from tests.web.house import WHO
from tests.world import BEL, found_world

MOST = 100_000  # characters of a page that is laid out where everybody waits
LONG = "\n\n".join(f"{n}. Decides [that] seal number {n} is kept." for n in range(1, 1_200))
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
    made, said, excerpt = dict[str, int](), render.said, searching.excerpt
    written = answers.written

    def noted(text: str) -> str:
        made[place] = max(made.get(place, 0), len(text))
        if threading.current_thread() is main:
            found[place] = max(found.get(place, 0), len(text))
        return said(text)

    def cut(*asked):  # type: ignore[no-untyped-def]
        assert threading.current_thread() is not main
        return excerpt(*asked)

    def dumped(content: object) -> str:
        return noted(written(content))

    monkeypatch.setattr(render, "said", noted)
    monkeypatch.setattr(answers, "written", dumped)
    monkeypatch.setattr(searching, "excerpt", cut)
    for role in (Role.PUBLIC, Role.CHAIR):
        browser = await site.browser(WHO[role])
        for place in addresses():
            await browser.get(place)
    assert {at: length for at, length in found.items() if length > MOST} == {}
    long = {at for at, length in made.items() if length > MOST}
    assert {
        ONE,
        f"{ONE}.json",
        f"{ONE}/v1",
        DECIDED,
        f"{DECIDED}.json",
        f"{ONE}/distance.json",
    } <= long


def addresses() -> list[str]:
    """Every address that is read, of the long text and of what was decided on it."""
    known = {"year": 2019, "version": 1, "old": 1, "new": 1, "key": "plenary", "register": "own",
             "procedure": "consensus", "published": "kp_consensus", "slug": "belmark",
             "source_id": "2019/1", "symbol": "KP/2019/P.2", "token": "none",
             "code": "none"}  # fmt: skip
    found = ["/search?q=seal", "/search?q=cannot", "/fr" + ONE]
    for route in PAGES:
        if "GET" in (route.methods or ()):
            known["number"] = 1 if route.path.startswith("/decisions/") else 2
            found.append(
                re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: str(known.get(m[1], 1)), route.path)
            )
    return [*dict.fromkeys(found)]


class Row:
    def __init__(self, text: str) -> None:
        self.text, self.other = text, self  # rows know each other


@pytest.mark.parametrize("much", [
    "x" * (SHORT + 1), ["x" * 100] * 300, {"a": [{"b": Row("x" * 30_000)}]},
    [Row("") for _ in range(SHORT // A_THING)],
])  # fmt: skip
def test_what_holds_much_weighs_much_whatever_holds_it(much: object) -> None:
    assert weight_of({"page": much}) > SHORT
    assert weight_of([Row("x" * 100), len, Row, pytest, {"n": 5}]) < 300
