"""A body of a thousand members with a calendar of two thousand holidays works as one of three."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest

from plenary import clock
from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.holidays import set_holidays
from plenary.bodies.actions.offices import appoint
from plenary.bodies.models import (
    Accreditation,
    Body,
    Delegation,
    Holiday,
    Officer,
    Presence,
    Seat,
    Spell,
)
from plenary.bodies.rules import DAYS_AT_ONCE, MOST, MOST_DAYS
from plenary.decisions.actions.closing import close_due
from plenary.decisions.actions.follow_ups import Order, open_follow_up
from plenary.decisions.actions.statements import Draft, Note, correct_record, state_beside
from plenary.decisions.models import Correction, Decision, FollowUp, Statement
from plenary.decisions.rules import CorrectionMatter, Owner, StatementKind
from plenary.meetings.actions.calling import call_meeting
from plenary.procedures.models import Procedure
from plenary.procedures.terms import standard
from plenary.questions.models import Question, RollCall
from plenary.record.entry import LIMIT, read_entry, read_payload, whole
from plenary.record.models import Entry, Head, Payload
from plenary.refusal import Fault, Invalid, Refused
from plenary.web.forms import FIELDS
from tests.client import Site
from tests.questions.test_silence import OPENS, at
from tests.world import PARTICIPANTS, SECRETARIAT, World, adopt, found_world

pytestmark = pytest.mark.anyio
MEMBERS, HOLIDAYS = 1_000, 2_000
SINCE = date(2019, 1, 1)


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
            [
                Spell(delegation=delegation, standing="active", since=since, entry=0)
                for delegation in made
            ]
        )
        chamber = await Body.get(key="plenary")
        await Seat.bulk_create(
            [
                Seat(body=chamber, delegation=delegation, kind="member", since=since, entry=0)
                for delegation in made
            ]
        )
        days = [OPENS.date() + timedelta(days=2 * n - HOLIDAYS) for n in range(HOLIDAYS)]
        for first in range(0, HOLIDAYS, DAYS_AT_ONCE):
            named = {day: {"en": "A day of rest"} for day in days[first : first + DAYS_AT_ONCE]}
            await set_holidays(SECRETARIAT, "plenary", named)
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
        await set_holidays(SECRETARIAT, "plenary", many)
    assert refused.value.errors == {"days": Fault("too_many_lines", most=DAYS_AT_ONCE)}
    chamber = await Body.get(key="plenary")
    await Holiday.bulk_create(
        [Holiday(body=chamber, day=day, names={}, entry=0) for day in islice(every, MOST_DAYS)]
    )
    with pytest.raises(Invalid) as refused:
        await set_holidays(SECRETARIAT, "plenary", {date(2200, 1, 1): {"en": "Rest"}})
    assert refused.value.errors["days"].name == "too_many_holidays"


# --- a roll call of all of them, and the bounds of what is entered by hand ---


async def test_a_thousand_members_are_called_in_one_form(site: Site) -> None:
    """With a field for each of them; whoever is not signed in any more finds it filled in."""
    await large()
    begins = clock.now() - timedelta(hours=1)
    await call_meeting(
        SECRETARIAT,
        slug="autumn",
        names={"en": "Autumn"},
        body="plenary",
        place={"en": "Geneva"},
        zone="Europe/Zurich",
        begins=begins,
        ends=begins + timedelta(days=2),
    )
    browser = await site.browser("secretariat@example.org")
    sheet = (await browser.page("/meetings/autumn/arrivals")).form("/arrivals")
    boxes = [name for name in sheet.names if name.startswith("d-")]
    assert len(boxes) >= MEMBERS
    answer = await browser.post(sheet.action, sheet.fields | dict.fromkeys(boxes, "1"))
    assert answer.status_code == 303, answer.text[:500]
    assert await Presence.filter(meeting="autumn", left=None).count() == len(boxes)


def test_a_form_has_room_for_every_delegation_there_can_be() -> None:
    assert MOST["delegations"] + 50 <= FIELDS


async def test_one_delegations_statements_leave_room_for_every_other(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await found_world()
    await world.put()
    decision = await world.declare()
    monkeypatch.setitem(MOST, "statements", 1)
    for by in ("delegation:BEL", "delegation:COR"):
        await state_beside(
            by, decision.source_id, Draft(StatementKind.EXPLANATION, "As we read it.")
        )
    with pytest.raises(Refused, match="list_full"):
        await state_beside(
            "delegation:BEL", decision.source_id, Draft(StatementKind.EXPLANATION, "Again.")
        )


@pytest.mark.parametrize("kind", MOST)
async def test_what_is_entered_by_hand_is_refused_by_name_at_its_bound(
    db: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bound set to what is there already: one more is refused, and one less is not."""
    world = await found_world()
    await world.put()
    decision = await world.declare()
    rows, one_more = BOUNDED[kind]
    there = await rows()
    monkeypatch.setitem(MOST, kind, there)
    before = (await Head.get(id=1)).size
    with pytest.raises(Refused, match="list_full") as refused:
        await one_more(decision)
    assert refused.value.facts == {"kind": kind, "most": there}
    assert ((await Head.get(id=1)).size, await rows()) == (before, there)
    monkeypatch.setitem(MOST, kind, there + 1)
    await one_more(decision)
    assert await rows() == there + 1


# How many there are, and one more of them.
BOUNDED: dict[str, tuple[Callable[[], Awaitable[int]], Callable[[Decision], Awaitable[Any]]]] = {
    "delegations": (
        lambda: Delegation.all().count(),
        lambda decision: admit(SECRETARIAT, Admission(
            "ELV", "elvaria", names={"en": "Elvaria"}, kind="participant", since=SINCE,
            decision=decision.source_id,
        )),
    ),
    "bodies": (
        lambda: Body.all().count(),
        lambda _: form_body(SECRETARIAT, "experts", "WGX", {"en": "Experts"}),
    ),
    "offices": (
        lambda: Officer.filter(body__key="plenary", until=None).count(),
        lambda _: appoint(SECRETARIAT, "plenary", "vice_chair", code="BEL"),
    ),
    "speakers": (
        lambda: Accreditation.filter(delegation__code="BEL", until=None).count(),
        lambda _: accredit(SECRETARIAT, "BEL", "new@example.org", "New", "adviser"),
    ),
    "procedures": (
        lambda: Procedure.filter(body__key="plenary").count(),
        lambda _: adopt("two_thirds", standard("vote"), names={"en": "Two"}
        ),
    ),
    "follow_ups": (
        lambda: FollowUp.all().count(),
        lambda decision: open_follow_up(
            SECRETARIAT, "own", decision.source_id, Order({"en": "Report."}, Owner(code="BEL"))
        ),
    ),
    "statements": (
        lambda: Statement.filter(delegation__code="BEL").count(),
        lambda decision: state_beside(
            "delegation:BEL", decision.source_id, Draft(StatementKind.EXPLANATION, "As we read it.")
        ),
    ),
    "corrections": (
        lambda: Correction.filter(by=SECRETARIAT).count(),
        lambda decision: correct_record(
            SECRETARIAT, decision.source_id, Note(CorrectionMatter.CLERICAL, "A slip.")
        ),
    ),
}  # fmt: skip
