"""What is long is laid out beside the event loop, whichever page prints it."""

import re
import threading
from collections import defaultdict

import pytest
from starlette.routing import Route

from plenary.aside import A_THING, SHORT, weight_of
from plenary.bodies.powers import Role
from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.models import Decision
from plenary.decisions.rules import StatementKind
from plenary.front import searching
from plenary.registers.actions import import_register
from plenary.web import answers, render
from tests.client import Site
from tests.registers.registers import SEALS, register
from tests.web.house import WHO, House, build, routes
from tests.world import BEL, SECRETARIAT, World

MOST = 100_000  # characters of a page that is laid out where everybody waits
LONG = "\n\n".join(f"{n}. Decides [that] seal number {n} is kept." for n in range(1, 1_200))
KIND = re.compile(r":\w+(?=\})")
READERS = (Role.PUBLIC, Role.CHAIR, Role.SECRETARIAT, Role.HEAD)
# Of a group; this house has decided in the Plenary alone.
OUTCOME = "/groups/{key}/outcomes/{year}/{number}"
OUTCOMES = {OUTCOME, *(f"{OUTCOME}{end}" for end in (".json", ".md", ".txt", "/text.txt"))}
# What is no page: it leads to one; and the form of somebody else's browser, which nobody reads.
NO_PAGE = {
    303: {"/p/{number}"},
    308: {
        "/p/{year}/{number}", "/proposal/{year}/{number}", "/decision/{year}/{number}",
        "/ad/{year}/{number}", "/{symbol}",
    },
    403: {"/secretariat/procedures/end"},  # of the body whose procedure it is, named by a link
    404: {"/kept/{token}", *OUTCOMES},
}  # fmt: skip


@pytest.mark.only("sqlite")  # what is laid out does not depend on the database
async def test_no_page_is_laid_out_at_length_where_everybody_waits(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await build()
    proposal, decided = await _long_one(house.world)
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
    await import_register(SECRETARIAT, "kp", register(SEALS))
    past = await Decision.get(register="kp")
    browsers = [await site.browser(WHO[role]) for role in READERS]
    for browser in browsers[:2]:
        for place in _of_the_long_one(proposal, decided):
            assert (await browser.get(place)).status_code < 500, place
    none = defaultdict[int, set[str]](set)
    for route in routes("GET"):
        place, status = _filled(house, route, past.source_id), 0
        for browser in browsers:  # until one reads it
            status = (await browser.get(place)).status_code
            if status == 200:
                break
        else:
            none[status].add(KIND.sub("", route.path))
    assert dict(none) == NO_PAGE
    assert {at: length for at, length in found.items() if length > MOST} == {}
    long = {at for at, length in made.items() if length > MOST}
    assert {
        proposal, f"{proposal}.json", f"{proposal}/v1", decided, f"{decided}.json",
        f"{proposal}/distance.json",
    } <= long  # fmt: skip


async def _long_one(world: World) -> tuple[str, str]:
    """A long text on which much was said, and the decision on it: their addresses."""
    world = await world.table_proposal(LONG)
    await world.put()
    await world.object("COR", explanation="We cannot. " * 300)
    decision = await world.declare("no_consensus")
    for _ in range(30):
        await state_beside(
            BEL, decision.source_id, Draft(StatementKind.EXPLANATION, "As we read it. " * 250)
        )
    return f"/proposals/{world.year}/{world.number}", f"/decisions/{decision.source_id}"


def _of_the_long_one(proposal: str, decided: str) -> list[str]:
    """Every address of it that is read, whatever stands there."""
    known = {"version": 1, "old": 1, "new": 1, "k": 1, "n": 1, "entry": 1, "id": 1}
    found = [
        "/search?q=seal",
        "/search?q=cannot",
        f"/fr{proposal}",
        "/",
        "/proposals",
        "/decisions",
    ]
    for route in routes("GET"):
        for begin, at in (("/proposals/", proposal), ("/decisions/", decided)):
            path = route.path.replace(f"{begin}{{year:int}}/{{number:int}}", at)
            if path != route.path:
                found.append(re.sub(r"\{(\w+)(?::\w+)?\}", lambda m: str(known[m[1]]), path))
    return [*dict.fromkeys(found)]


def _filled(house: House, route: Route, past: str) -> str:
    """Where something stands; of what has a register, an old decision that was imported."""
    path = route.path.replace("{register}", "kp").replace("{source_id:path}", past)
    return house.path(Route(path, route.endpoint, name=route.name), _number(path))


def _number(path: str) -> int:
    """Of the house: the proposal on which there is what an address is of."""
    if "/comments/{entry" in path:
        return 9
    if "certificate" in path or "extension" in path:
        return 7
    return 8 if "on-behalf/" in path else 1


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
