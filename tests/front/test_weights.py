"""What a page weighs as it is sent: bytes under gzip, which are the same on every machine."""

import gzip
import random
from datetime import date

import pytest

from plenary.bodies.actions.admissions import Admission, enter_delegation
from plenary.bodies.actions.seats import enter_seat
from plenary.record.act import act, door
from tests.client import Browser, Site
from tests.world import PARTICIPANTS, SEAT, World, found_world

pytestmark = pytest.mark.anyio
MANY = 200
CODES = [*PARTICIPANTS, *(f"P{n:03}" for n in range(MANY - len(PARTICIPANTS)))]
OBJECTIONS = 10  # every tenth position is one
# The first flight of a connection, ten segments, less what the answer's headers take. Whoever reads
# a proposal of so many positions has the stylesheet, which is kept for ever, of the page before.
FLIGHT = 14_000
# What a position adds to the page of its proposal: a mark with a name and an address that no other
# has; and every tenth, that objects, its words.
A_MARK = 40
COUNTED = 200  # what any number of them adds to the first page: figures and a strip
WORDS = random.Random(2019)


@door
async def _seat() -> None:
    since = date.fromisoformat(SEAT)
    async with act(by="system") as record:
        for code in CODES[len(PARTICIPANTS) :]:
            name = _words(2).title()
            names = {"en": name, "fr": name}
            admission = Admission(code, code.lower(), "participant", names, since=since)
            await enter_delegation(record, admission)
            await enter_seat(record, "plenary", code, "member", since=since)


def _words(many: int) -> str:
    """Unlike any other, so that nothing is saved by repeating itself."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return " ".join("".join(WORDS.choices(letters, k=WORDS.randint(3, 9))) for _ in range(many))


async def _state(world: World, codes: list[str]) -> None:
    """Each explains itself; every tenth objects, and says what would let it join."""
    for code in codes:
        objects = CODES.index(code) % OBJECTIONS == 0
        more = {"would_join": _words(20)} if objects else {}
        await world.state(code, "object" if objects else "support", explanation=_words(40), **more)


async def _weight(browser: Browser, path: str) -> int:
    answer = await browser.get(path)
    assert answer.status_code == 200
    return len(gzip.compress(answer.content, 9, mtime=0))


async def test_a_proposal_with_two_hundred_positions_fits_the_first_flight(site: Site) -> None:
    """Each adds no more than its mark, its words stand at an address of their own; and nothing to
    the first page, whose weight with its stylesheet is bounded in tests/browser."""
    world = await found_world()
    await _seat()
    await world.put()
    browser, path = await site.browser(), f"/proposals/{world.year}/{world.number}"
    unspoken = await _weight(browser, "/")
    await _state(world, CODES[: MANY // 2])
    half = await _weight(browser, path)
    await _state(world, CODES[MANY // 2 :])
    whole = await _weight(browser, path)
    assert whole - half <= MANY // 2 * A_MARK
    assert max(whole, await _weight(browser, f"/fr{path}")) <= FLIGHT
    assert await _weight(browser, "/") - unspoken <= COUNTED
