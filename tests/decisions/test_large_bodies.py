"""A body of a thousand members with a calendar of two thousand holidays works as one of three."""

from datetime import date, timedelta
from itertools import islice

import pytest

from plenary.bodies import actions as bodies
from plenary.bodies.models import Body, Delegation, Holiday, Seat, Spell
from plenary.bodies.rules import DAYS_AT_ONCE, MOST_DAYS
from plenary.decisions.actions import close_due
from plenary.decisions.models import Decision, Question, RollCall
from plenary.record.entry import LIMIT, read_entry, read_payload, whole
from plenary.record.models import Entry, Payload
from plenary.refusal import Fault, Invalid
from tests.client import Site
from tests.decisions.test_silence import OPENS, at
from tests.world import PARTICIPANTS, SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio
MEMBERS, HOLIDAYS = 1_000, 2_000


async def large() -> World:
    """With the cast's three, a thousand Participants; and holidays on every second day."""
    with at(-24):
        world = await found_world()
        since = date(2019, 1, 1)
        codes = [f"LONGCODE{n:04}" for n in range(MEMBERS - len(PARTICIPANTS))]
        await Delegation.bulk_create(
            [
                Delegation(code=code, slug=code.lower(), kind="participant", names={"en": code})
                for code in codes
            ]
        )
        made = await Delegation.filter(code__in=codes)
        await Spell.bulk_create(
            [Spell(delegation=one, standing="active", since=since, entry=0) for one in made]
        )
        chamber = await Body.get(key="plenary")
        await Seat.bulk_create(
            [
                Seat(body=chamber, delegation=one, kind="member", since=since, entry=0)
                for one in made
            ]
        )
        days = [OPENS.date() + timedelta(days=2 * n - HOLIDAYS) for n in range(HOLIDAYS)]
        for first in range(0, HOLIDAYS, DAYS_AT_ONCE):
            named = {day: {"en": "A day of rest"} for day in days[first : first + DAYS_AT_ONCE]}
            await bodies.set_holidays(SECRETARIAT, "plenary", named)
    return world


async def test_a_thousand_members_and_two_thousand_holidays_are_asked_and_decide(
    site: Site,
) -> None:
    world = await large()
    with at():
        await world.put(procedure="silence", hours=24 * 30)
    question = await Question.get()
    assert await RollCall.filter(question=question).count() == MEMBERS
    frozen = question.deadline["calendar"]["holidays"]
    assert len(frozen) == 16  # those of the window's thirty days, of two thousand
    entry = await Entry.get(n=question.entry)
    facts = read_entry(bytes(entry.written))
    assert len(entry.written) < LIMIT / 4
    assert (facts["roll_size"], facts["states"]) == (MEMBERS, MEMBERS)
    kept = read_payload(bytes((await Payload.get(commitment=entry.payload)).content))
    told = whole(facts, kept)
    assert len(told["roll"]) == MEMBERS
    assert told["window"]["calendar"]["holidays"] == frozen
    with at(1):
        browser = await site.browser()
        for path in ("", "/positions", "/history", "/certificate", ".json"):
            await browser.page(f"/proposals/{world.year}/{world.number}{path}")
    with at(24 * 30):
        assert await close_due() == 1
    assert (await Decision.get(register="own")).outcome == "adopted"


async def test_a_calendar_is_refused_by_name_before_it_is_too_much(db: str) -> None:
    await found_world()
    every = (date(1900, 1, 1) + timedelta(days=n) for n in range(100_000))
    many = {day: {"en": "Rest"} for day in islice(every, DAYS_AT_ONCE + 1)}
    with pytest.raises(Invalid) as refused:
        await bodies.set_holidays(SECRETARIAT, "plenary", many)
    assert refused.value.errors == {"days": Fault("too_many_lines", most=DAYS_AT_ONCE)}
    chamber = await Body.get(key="plenary")
    await Holiday.bulk_create(
        [Holiday(body=chamber, day=day, names={}, entry=0) for day in islice(every, MOST_DAYS)]
    )
    with pytest.raises(Invalid) as refused:
        await bodies.set_holidays(SECRETARIAT, "plenary", {date(2200, 1, 1): {"en": "Rest"}})
    assert refused.value.errors["days"].name == "too_many_holidays"
