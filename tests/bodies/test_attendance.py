"""Who is in the room, whose credentials are in order, and what both mean for the roll."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tortoise.exceptions import IntegrityError

from plenary import clock
from plenary.bodies.actions import attendance
from plenary.bodies.actions.attendance import close_room
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.credentials import record_credentials
from plenary.bodies.actions.seats import seat, unseat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.attendance import credentials_of, in_session, roll_called
from plenary.bodies.days import day_of
from plenary.bodies.models import Body, Credential, Delegation, Presence
from plenary.bodies.rolls import off_roll, roll_today
from plenary.bodies.rules import Candidate, Roll, Room, Standing, bar_to_enter, roll_of, why_not
from plenary.questions.models import RollCall
from plenary.record.models import Entry
from plenary.refusal import Forbidden, Invalid, Missing, Refused
from tests.world import ALD, CHAIR, DEL, SECRETARIAT, found_world

TEN = (datetime.now(UTC) + timedelta(days=2)).replace(hour=10, minute=0, second=0, microsecond=0)
HALF_PAST = TEN + timedelta(minutes=30)
TICK = timedelta(milliseconds=1)
ROOM = Room("plenary", "spring", TEN - timedelta(days=1), TEN + timedelta(days=1))


async def arrive(*codes: str, by: str = CHAIR, at: datetime = TEN, **more: str) -> int:
    with clock.pretending(at):
        return await attendance.arrive(by, ROOM, codes, **more)


async def leave(*codes: str, by: str = CHAIR, at: datetime = HALF_PAST, **more: str) -> int:
    with clock.pretending(at):
        return await attendance.leave(by, ROOM, codes, **more)


async def present(at: datetime) -> set[str]:
    return set(await roll_called("spring", at) or ())


async def test_who_arrived_at_ten_and_left_at_half_past_is_absent_at_half_past(db: str) -> None:
    await found_world()
    await arrive("ALD", "BEL")
    await leave("ALD")
    assert await present(TEN - TICK) == set()
    assert await present(TEN) == {"ALD", "BEL"}
    assert await present(HALF_PAST - TICK) == {"ALD", "BEL"}
    assert await present(HALF_PAST) == {"BEL"}
    await arrive("ALD", at=HALF_PAST + TICK)
    assert await present(HALF_PAST) == {"BEL"}
    assert await present(HALF_PAST + TICK) == {"ALD", "BEL"}


async def test_many_arrive_in_one_act_and_each_has_an_entry_of_its_own(db: str) -> None:
    await found_world()
    first = await arrive("ALD", "BEL", "DEL", "ALD")
    entries = await Entry.filter(type="room.entered").order_by("n")
    assert [entry.n for entry in entries] == [first, first + 1, first + 2]
    assert {entry.actor for entry in entries} == {CHAIR}
    with pytest.raises(Refused, match="in_the_room_already"):
        await arrive("BEL")
    assert await arrive("BEL", "COR") == first + 3  # Belmark stays as it was
    assert await Entry.filter(type="room.entered").count() == 4


async def test_a_delegation_is_in_a_room_once_at_a_time(db: str) -> None:
    """The last wall, should an act ever forget to look."""
    await found_world()
    await arrive("ALD")
    fact = {"body": await Body.get(key="plenary"), "delegation": await Delegation.get(code="ALD")}
    with pytest.raises(IntegrityError):
        await Presence.create(**fact, meeting="spring", arrived=HALF_PAST, entry=0)
    await leave("ALD")
    await Presence.create(**fact, meeting="spring", arrived=HALF_PAST, entry=0)


async def test_two_acts_at_once_on_one_delegation_end_as_one_presence(db: str) -> None:
    await found_world()
    acts = (arrive("ALD", by=CHAIR), arrive("ALD", by=SECRETARIAT), arrive("ALD", by=ALD))
    told = await asyncio.gather(*acts, return_exceptions=True)
    refused = [answer for answer in told if isinstance(answer, Refused)]
    assert [refusal.reason for refusal in refused] == ["in_the_room_already"] * 2
    assert await Presence.all().count() == 1
    assert await Entry.filter(type="room.entered").count() == 1


async def test_the_same_form_twice_is_one_act(db: str) -> None:
    await found_world()
    first = await arrive("ALD", key="form")
    assert await arrive("ALD", key="form") == first
    gone = await leave("ALD", key="another")
    assert await leave("ALD", key="another") == gone
    with pytest.raises(Refused, match="nobody_in_the_room"):
        await leave("ALD")


async def test_a_delegation_reports_itself_and_nobody_else(db: str) -> None:
    await found_world()
    await arrive("ALD", by=ALD)
    await leave("ALD", by=ALD)
    for act in (arrive, leave):
        with pytest.raises(Forbidden, match="not_the_keeper_of_the_room"):
            await act("BEL", by=ALD)
        with pytest.raises(Forbidden, match="not_the_keeper_of_the_room"):
            await act("ALD", "BEL", by=ALD)
    with pytest.raises(Forbidden, match="not_the_keeper_of_the_room"):
        await arrive("ALD", by="chair:monitoring")  # presides elsewhere
    with pytest.raises(Missing, match="unknown_delegation"):
        await arrive("XXX")


async def test_a_guest_without_a_seat_is_reported_by_those_who_invited_it(db: str) -> None:
    await found_world()
    await unseat(SECRETARIAT, "plenary", "DEL")
    with pytest.raises(Refused, match="no_seat_here"):
        await arrive("DEL", by=DEL)
    await arrive("DEL", by=CHAIR)
    await leave("DEL", by=DEL)


def test_nobody_is_in_a_room_before_its_day_or_long_after_its_end() -> None:
    for at, reason in (
        (ROOM.opens - TICK, "room_not_open"), (ROOM.opens, ""), (ROOM.closes - TICK, ""),
        (ROOM.closes, "meeting_over"), (ROOM.closes + TICK, "meeting_over"),
    ):  # fmt: skip
        bar = bar_to_enter(ROOM, at)
        assert (bar.reason if bar else "") == reason


async def test_closing_the_room_ends_every_presence_in_it_and_in_no_other(db: str) -> None:
    await found_world()
    await arrive("ALD", "BEL", "DEL")
    with clock.pretending(TEN):
        other = Room("plenary", "autumn", ROOM.opens, ROOM.closes)
        await attendance.arrive(CHAIR, other, ["COR"])
    with clock.pretending(HALF_PAST):
        with pytest.raises(Forbidden, match="not_the_keeper_of_the_room"):
            await close_room(ALD, ROOM)
        first = await close_room(SECRETARIAT, ROOM)
        with pytest.raises(Refused, match="nobody_in_the_room"):
            await close_room(SECRETARIAT, ROOM)
    assert await present(HALF_PAST) == set()
    assert await roll_called("autumn", HALF_PAST) == {"COR"}
    assert await Entry.filter(type="room.left", n__gte=first).count() == 3


async def test_a_meeting_is_in_session_while_somebody_is_in_its_room(db: str) -> None:
    await found_world()
    assert await in_session("plenary", TEN) == ""
    await arrive("ALD")
    assert await in_session("plenary", TEN) == "spring"
    assert await in_session("monitoring", TEN) == ""
    await leave("ALD")
    assert await in_session("plenary", HALF_PAST - TICK) == "spring"
    assert await in_session("plenary", HALF_PAST) == ""


# --- the roll ---

ROLLS = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 28)).map(Roll)


@given(ROLLS, st.sets(st.sampled_from("ABCDEFGHXYZ")))
def test_a_quorum_counts_those_of_the_roll_who_are_in_the_room(roll: Roll, there: set[str]) -> None:
    """X, Y and Z are Observers: on no roll, whatever the room holds."""
    counted = roll.among(there)
    assert counted.participating == roll.participating & there
    assert counted.states == sum(roll.represents[code] for code in counted.participating)
    assert roll.among(there | {"X"}) == roll.among(there - {"X"})


async def test_an_observer_in_the_room_is_in_no_quorum(db: str) -> None:
    await found_world()
    await arrive("ALD", "DEL")
    roll = await roll_today(await Body.get(key="plenary"), TEN.date(), "spring")
    assert await present(TEN) == {"ALD", "DEL"}
    assert roll.among(await present(TEN)).participating == {"ALD"}


ACTIVE = (Standing("active", date(2019, 1, 1)),)
DAY = date(2019, 11, 20)


@pytest.mark.parametrize(
    "change, reason",
    [
        ({}, ""), ({"kind": "observer", "spells": ()}, "heard"), ({"seat": ""}, "seat"),
        ({"seat": "provisional"}, "seat"), ({"credentials": "refused"}, "credentials"),
        ({"credentials": "presented"}, ""), ({"credentials": "accepted"}, ""),
        ({"spells": (*ACTIVE, Standing("suspended", DAY))}, "suspended"),
        ({"spells": (Standing("provisional", DAY),)}, "provisional"),
        ({"spells": (Standing("active", DAY + timedelta(1)),)}, "not_active"),
        ({"spells": (*ACTIVE, Standing("suspended", DAY)), "credentials": "refused"}, "suspended"),
    ],
)  # fmt: skip
def test_a_delegation_is_on_the_roll_or_there_is_a_reason(
    change: dict[str, object], reason: str
) -> None:
    fact = {"kind": "participant", "represents": 1, "seat": "member", "spells": ACTIVE} | change
    candidate = Candidate("ALD", **fact)  # type: ignore[arg-type]
    assert why_not(candidate, DAY) == reason
    assert ("ALD" in roll_of([candidate], DAY).participating) == (not reason)


async def test_suspended_and_provisional_participants_are_off_the_roll_with_the_reason(
    db: str,
) -> None:
    await found_world()
    plenary, since = await Body.get(key="plenary"), date(2019, 3, 1)
    await set_standing(SECRETARIAT, "ALD", "suspended", since=since)
    await set_standing(SECRETARIAT, "BEL", "provisional", since=since)
    today = await day_of(clock.now())
    assert (await roll_today(plenary, today)).participating == {"COR"}
    assert await off_roll(plenary, today) == {"ALD": "suspended", "BEL": "provisional"}


async def test_a_participant_without_a_seat_is_looked_for_in_the_plenary_only(db: str) -> None:
    await found_world()
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Diamond Experts"})
    await seat(SECRETARIAT, "experts", "BEL", "member")
    await unseat(SECRETARIAT, "plenary", "ALD")
    today = await day_of(clock.now())
    assert await off_roll(await Body.get(key="experts"), today) == {}
    assert await off_roll(await Body.get(key="plenary"), today) == {"ALD": "seat"}


async def credentials(code: str, status: str, note: str = "", **more: Any) -> int:
    by = more.pop("by", SECRETARIAT)
    return await record_credentials(by, ROOM, code, status, note, **more)


async def test_refused_credentials_bar_from_the_next_roll_and_not_from_the_running_one(
    db: str,
) -> None:
    world = await found_world()
    await world.put()
    tomorrow = await day_of(clock.now()) + timedelta(days=1)
    await credentials("ALD", "refused", "Unsigned.", until=tomorrow)
    running = await RollCall.filter(question=await world.question()).prefetch_related("delegation")
    assert {presence.delegation.code for presence in running} == {"ALD", "BEL", "COR"}
    await world.state("ALD")  # and it may still answer
    plenary, today = await Body.get(key="plenary"), await day_of(clock.now())
    assert (await roll_today(plenary, today, "spring")).participating == {"BEL", "COR"}
    assert await off_roll(plenary, today, "spring") == {"ALD": "credentials"}
    everyone = {"ALD", "BEL", "COR"}
    assert (await roll_today(plenary, today, "autumn")).participating == everyone
    assert (await roll_today(plenary, today)).participating == everyone
    await credentials("ALD", "accepted")
    assert (await roll_today(plenary, today, "spring")).participating == everyone


async def test_a_refusal_of_credentials_gives_its_reason_and_every_status_stays_on_the_record(
    db: str,
) -> None:
    await found_world()
    with pytest.raises(Invalid):
        await credentials("ALD", "refused")
    with pytest.raises(Forbidden, match="not_the_keeper_of_the_room"):
        await credentials("ALD", "accepted", by=ALD)
    await credentials("ALD", "presented")
    await credentials("ALD", "refused", "Unsigned.")
    with pytest.raises(Refused, match="credentials_unchanged"):
        await credentials("ALD", "refused", "Unsigned.")
    newest = await credentials("ALD", "accepted", key="form")
    assert await credentials("ALD", "accepted", key="form") == newest
    assert await credentials_of("spring", await day_of(clock.now())) == {"ALD": "accepted"}
    assert (await Credential.get(delegation__code="ALD")).entry == newest
    assert await Entry.filter(type="credentials.recorded").count() == 3
