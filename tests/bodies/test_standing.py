"""Standing over time: at most one on a day, and no gap; and who is on the roll."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary import clock
from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import seat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.days import day_of, holding, not_over
from plenary.bodies.models import Body, Delegation, Spell
from plenary.bodies.rolls import roll_today
from plenary.bodies.rules import (
    Candidate,
    Standing,
    bar_to_stand,
    left_of,
    overlap,
    roll_of,
    standing_on,
)
from plenary.record.models import Entry
from plenary.refusal import Missing, Refused
from tests.mandate import mandate
from tests.world import SECRETARIAT, found_world

FIRST = date(2019, 1, 1)
DAYS = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))
NAMES = st.sampled_from(["active", "provisional", "suspended"])
ACTS = st.lists(st.builds(Standing, NAMES, DAYS, st.none() | DAYS), max_size=12)


def laid(spells: list[Standing], new: Standing) -> list[Standing]:
    """The whole history with one more act on it, as the door does it."""
    if bar_to_stand(spells, new) is not None:
        return spells
    return [*(left for spell in spells for left in left_of(spell, new)), new]


@given(ACTS)
def test_on_every_day_there_is_exactly_one_standing(acts: list[Standing]) -> None:
    spells = [Standing("active", FIRST)]
    for new in acts:
        spells = laid(spells, new)
    for n in range(80):
        day = FIRST + timedelta(days=n)
        assert len([spell for spell in spells if spell.holds(day)]) == 1
    assert not any(spell.holds(FIRST - timedelta(days=1)) for spell in spells)


@given(ACTS, st.builds(Standing, NAMES, DAYS, st.none() | DAYS))
def test_the_newest_act_holds_and_the_other_days_stay_as_they_were(
    acts: list[Standing], new: Standing
) -> None:
    spells = [Standing("active", FIRST)]
    for act in acts:
        spells = laid(spells, act)
    after = laid(spells, new)
    for n in range(80):
        day = FIRST + timedelta(days=n)
        kept = standing_on(spells, day)
        changed = bar_to_stand(spells, new) is None and new.holds(day)
        assert standing_on(after, day) == (new.name if changed else kept)


@given(DAYS, st.none() | DAYS, DAYS, st.none() | DAYS)
def test_two_spans_overlap_if_and_only_if_they_share_a_day(
    since: date, until: date | None, other: date, end: date | None
) -> None:
    mine, two = Standing("active", since, until), Standing("active", other, end)
    days = [FIRST + timedelta(days=n) for n in range(80)]
    assert overlap(since, until, other, end) == any(mine.holds(d) and two.holds(d) for d in days)


KINDS = st.sampled_from(["participant", "observer", "applicant", "guest"])
SEATS = st.sampled_from(["member", "provisional", "observer"])
SPELLS = st.lists(st.builds(Standing, NAMES, DAYS, st.none() | DAYS), max_size=4).map(tuple)


@given(
    st.lists(
        st.builds(Candidate, st.sampled_from("ABCDEF"), KINDS, st.integers(1, 28), SEATS, SPELLS),
        unique_by=lambda candidate: candidate.code,
    ),
    DAYS,
)
def test_an_observer_is_never_on_a_roll(candidates: list[Candidate], day: date) -> None:
    roll = roll_of(candidates, day)
    for candidate in candidates:
        active = standing_on(candidate.spells, day) == "active"
        decides = candidate.kind == "participant" and candidate.seat == "member" and active
        assert (candidate.code in roll.participating) == decides


async def spells() -> list[tuple[str, date, date | None]]:
    rows = await Spell.filter(delegation__code="ALD").order_by("since")
    return [(row.standing, row.since, row.until) for row in rows]


async def stand(standing: str, since: str, until: str = "", **more: Any) -> int:
    end = date.fromisoformat(until) if until else None
    day = date.fromisoformat(since)
    return await set_standing(SECRETARIAT, "ALD", standing, since=day, until=end, **more)


async def test_a_suspension_with_an_end_is_cut_out_and_the_standing_before_resumes(db: str) -> None:
    await found_world()
    await stand("suspended", "2019-03-01", "2019-06-01", basis=await mandate())
    assert await spells() == [
        ("active", date(2019, 1, 1), date(2019, 3, 1)),
        ("suspended", date(2019, 3, 1), date(2019, 6, 1)),
        ("active", date(2019, 6, 1), None),
    ]


async def test_a_later_suspension_replaces_what_was_foreseen(db: str) -> None:
    await found_world()
    await stand("suspended", "2019-08-01")
    await stand("provisional", "2019-03-01")
    assert await spells() == [
        ("active", date(2019, 1, 1), date(2019, 3, 1)),
        ("provisional", date(2019, 3, 1), None),
    ]
    assert await Entry.filter(type="participant.standing").count() == 2  # both acts stay


async def test_the_same_standing_twice_is_refused_and_the_same_form_twice_is_one_act(
    db: str,
) -> None:
    await found_world()
    first = await stand("suspended", "2019-03-01", key="form")
    assert await stand("suspended", "2019-03-01", key="form") == first
    with pytest.raises(Refused, match="standing_unchanged"):
        await stand("suspended", "2019-03-01", key="another form")
    assert await Entry.filter(type="participant.standing").count() == 1


async def test_what_cannot_be_is_refused(db: str) -> None:
    await found_world()
    with pytest.raises(Refused, match="not_yet_admitted"):
        await stand("suspended", "2018-12-31")
    with pytest.raises(Refused, match="ends_before_it_begins"):
        await stand("suspended", "2019-03-01", "2019-03-01")
    with pytest.raises(Missing, match="unknown_delegation"):
        await set_standing(SECRETARIAT, "DEL", "suspended", since=FIRST)


async def test_a_suspended_participant_leaves_the_roll_and_comes_back(db: str) -> None:
    await found_world()
    plenary = await Body.get(key="plenary")
    await stand("suspended", "2019-03-01", "2019-06-01")
    on = {
        day: (await roll_today(plenary, date.fromisoformat(day))).participating
        for day in ("2019-02-28", "2019-03-01", "2019-05-31", "2019-06-01")
    }
    assert [("ALD" in roll) for roll in on.values()] == [True, False, False, True]
    assert all({"BEL", "COR"} <= roll for roll in on.values())


async def test_an_observer_chairs_a_body_has_a_members_seat_and_is_not_on_its_roll(db: str) -> None:
    await found_world()
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Diamond Experts"})
    await appoint(SECRETARIAT, "experts", "chair", code="DEL")
    await seat(SECRETARIAT, "experts", "DEL", "member")
    await seat(SECRETARIAT, "experts", "BEL", "member")
    roll = await roll_today(await Body.get(key="experts"), await day_of(clock.now()))
    assert roll.participating == {"BEL"}


async def test_a_days_beginning_is_the_midnight_of_the_seat(db: str) -> None:
    await found_world()
    await Body.filter(key="plenary").update(zone="Asia/Kolkata")
    at = clock.now().replace(hour=20, minute=0)  # 01:30 of the next day in New Delhi
    assert await day_of(at) == at.date() + timedelta(days=1)


async def test_an_observer_needs_a_constituency_and_a_code_is_taken_once(db: str) -> None:
    await found_world()
    admission = Admission("EGL", "eagland", "observer", {"en": "Eagland"})
    with pytest.raises(Refused, match="invalid"):
        await admit(SECRETARIAT, admission)
    with pytest.raises(Refused, match="code_taken"):
        await admit(SECRETARIAT, Admission("ALD", "other", "participant", {"en": "Other"}))
    assert await Delegation.filter(slug="other").exists() is False


async def test_the_filter_of_what_holds_on_a_day_says_what_the_value_says(db: str) -> None:
    await found_world()
    since, until = date(2019, 3, 4), date(2019, 3, 7)
    await set_standing(SECRETARIAT, "BEL", "suspended", since=since, until=until)
    rows = await Spell.all()
    for day in (since + timedelta(days=n) for n in range(-2, 6)):
        held = [Standing(row.standing, row.since, row.until).holds(day) for row in rows]
        filtered = {row.id for row in await Spell.filter(holding(day))}
        assert filtered == {row.id for row, holds in zip(rows, held, strict=True) if holds}, day
        coming = {row.id for row in await Spell.filter(not_over(day))}
        assert coming == {row.id for row in rows if row.until is None or row.until > day}, day
