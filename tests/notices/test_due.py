"""What is told, when, to whom, and once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from plenary import clock
from plenary.bodies.actions import accreditations
from plenary.bodies.actions.accreditations import end_accreditation
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import seat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.models import Accreditation
from plenary.decisions.actions.closing import beat as sign_of_life
from plenary.decisions.actions.follow_ups import Order, Report, open_follow_up, report_progress
from plenary.decisions.rules import Owner, Status
from plenary.notices.due import queue_follow_ups
from plenary.notices.models import Notice
from plenary.notices.rules import Course, Occasion, occasions
from plenary.procedures.deadlines import reminders
from tests.mandate import mandate
from tests.notices.post import EVERYBODY, MS, OPENS, at, beat, opened
from tests.world import BEL, SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio
HOUR = timedelta(hours=1)


async def told(name: str) -> set[str]:
    """The addresses of those for whom a notice of this name is queued."""
    rows = await Notice.filter(name=name).prefetch_related("person")
    assert len(rows) == len({row.person_id for row in rows})
    return {row.person.email for row in rows}


# --- when -----------------------------------------------------------------------------------------


async def test_the_opening_is_told_to_the_roll_the_observers_and_the_officers(db: str) -> None:
    await opened()
    assert await beat(0) == ["opened"]
    assert await told("opened") == EVERYBODY


@pytest.mark.parametrize("hours", [72, 96, 30, 3])
async def test_a_notice_is_due_exactly_when_a_reminder_is(db: str, hours: float) -> None:
    await opened("vote", hours)
    await beat(0)
    for reminder in reminders(OPENS, OPENS + hours * HOUR):
        since = (reminder.at - OPENS) / HOUR
        assert await beat(since, ms=-1) == []
        assert await beat(since) == [reminder.name]
        assert await beat(since, ms=1) == []
        assert await told(reminder.name) == EVERYBODY
        assert {row.due for row in await Notice.filter(name=reminder.name)} == {reminder.at}


async def test_the_key_names_the_question_the_notice_and_its_instant(db: str) -> None:
    world = await opened()
    await beat(70)
    question = await world.question()
    keys = set(await Notice.filter(name="two_hours").values_list("key", flat=True))
    assert keys == {f"question:{question.id} two_hours 2026-03-05T07:00:00.000Z"}


async def test_after_an_extension_the_new_instants_are_told_and_the_old_ones_are_not(
    db: str,
) -> None:
    world = await opened()
    assert await beat(36) == ["opened", "half"]
    with at(40):
        await world.extend(OPENS + 96 * HOUR)
    assert await beat(40) == ["extended"]
    assert await beat(47.9) == []  # a day before the old closing
    assert await beat(48) == ["half"]  # of the new window
    assert await beat(71) == []
    assert await beat(72) == ["day"]
    assert await beat(94) == ["two_hours"]
    assert await Notice.filter(name="half").count() == 2 * len(EVERYBODY)


async def test_no_reminder_of_the_time_before_a_move_is_told_after_it(db: str) -> None:
    world = await opened()
    await beat(0)
    with at(71):
        await world.extend(OPENS + 96 * HOUR)
    assert await beat(71) == ["extended"]


async def test_a_closing_that_an_outage_moved_is_told(db: str) -> None:
    await opened()
    with at(69):
        await sign_of_life()
    with at(71):
        await sign_of_life()
    assert await beat(71) == ["opened", "outage"]
    assert await told("outage") == EVERYBODY
    assert await beat(71 + 22) == ["two_hours"]


async def test_after_a_pause_only_the_newest_reminder_is_told(db: str) -> None:
    await opened()
    assert await beat(71) == ["opened", "two_hours"]


async def test_a_broken_silence_is_told_at_once_and_nothing_of_its_window_after_it(
    db: str,
) -> None:
    world = await opened()
    await beat(0)
    with at(30):
        await world.object("BEL")
    assert await beat(30) == ["broken"]
    assert await told("broken") == EVERYBODY
    assert await beat(36) == []
    assert await beat(80) == []


async def test_a_silence_that_nobody_broke_is_told_as_adopted(db: str) -> None:
    await opened()
    await beat(70)
    assert await beat(72) == ["adopted"]
    assert await beat(73) == []


async def test_a_written_procedure_that_falls_short_is_told(db: str) -> None:
    world = await opened("written", 240)
    with at(1):
        await world.state("ALD")
    await beat(239)
    assert await beat(240) == ["ran_out"]
    with at(250):
        await world.declare("not_adopted")
    assert await beat(250) == ["declared"]


async def test_nothing_is_told_between_the_instant_and_its_being_written_down(db: str) -> None:
    """Committed rows are what is told; here no worker has closed anything yet."""
    from plenary.notices.due import queue_questions

    await opened()
    with at(72):
        assert await queue_questions() == 0


async def test_a_vote_that_the_clock_ended_waits_for_the_chair_and_both_are_told(db: str) -> None:
    world = await opened("vote", 30)
    await beat(29)
    assert await beat(30) == ["closed"]
    with at(31):
        await world.declare("not_adopted")
    assert await beat(31) == ["declared"]


async def test_a_proposal_withdrawn_under_silence_is_told_once(db: str) -> None:
    world = await opened()
    await beat(0)
    with at(10):
        await world.withdraw()
    assert await beat(10) == ["withdrawn"]
    assert await beat(72) == []


async def test_of_a_question_without_a_closing_instant_only_the_outcome_is_told(db: str) -> None:
    with at():
        world = await found_world()
        await world.put()
    assert await beat(1) == []
    with at(2):
        await world.declare()
    assert await beat(2) == ["declared"]


async def test_what_is_older_than_a_week_is_no_news_to_a_new_server(db: str) -> None:
    world = await opened()
    with at(30):
        await world.object()
    assert await beat(30 + 7 * 24) == []
    assert await beat(30 + 7 * 24, ms=-1) == ["broken"]


async def test_an_opening_of_more_than_a_week_ago_is_told_while_the_window_runs(db: str) -> None:
    await opened(hours=20 * 24)
    assert await beat(8 * 24) == ["opened"]
    assert await beat(10 * 24) == ["half"]


def test_occasions_are_those_that_have_come_and_no_later_one() -> None:
    course = Course(OPENS, OPENS + 72 * HOUR)
    assert occasions(course, OPENS - MS) == ()
    assert occasions(course, OPENS) == (Occasion("opened", OPENS),)


# --- to whom --------------------------------------------------------------------------------------


async def test_a_second_look_queues_nothing_again(db: str) -> None:
    await opened()
    await beat(36)
    before = await Notice.all().count()
    for hours in (36, 36.5, 40):
        assert await beat(hours) == []
    assert await Notice.all().count() == before == 2 * len(EVERYBODY)


async def test_heads_and_alternates_are_told_and_delegates_are_not(db: str) -> None:
    await opened()
    await accredit("alternate")
    await accredit("delegate")
    await beat(1)
    assert await told("opened") == EVERYBODY | {"alternate@example.org"}


async def accredit(role: str, until: date | None = None) -> None:
    with at():
        await accreditations.accredit(
            SECRETARIAT,
            "BEL",
            f"{role}@example.org",
            role.title(),
            role,
            since=date(2019, 1, 1),
            until=until,
        )


async def test_nobody_whose_accreditation_has_ended_is_told(db: str) -> None:
    await opened()
    await accredit("alternate", until=date(2026, 3, 3))  # the first day on which it no longer holds
    await beat(14)
    assert "alternate@example.org" in await told("opened")
    await beat(36)
    assert await told("half") == EVERYBODY
    head = await Accreditation.get(person__email="head.bel@example.org")
    with at(40):
        await end_accreditation(SECRETARIAT, head.id)
    await beat(48)
    assert await told("day") == EVERYBODY - {"head.bel@example.org"}


async def test_who_is_not_on_the_roll_is_not_told(db: str) -> None:
    with at(-24):
        world = await found_world()
        await set_standing(SECRETARIAT, "COR", "suspended", since=date(2026, 3, 1))
    with at():
        await world.put(procedure="silence", hours=72)
    await beat(0)
    assert await told("opened") == EVERYBODY - {"head.cor@example.org"}


async def test_of_a_group_its_members_its_observers_and_its_chair_are_told(db: str) -> None:
    with at(-24):
        world = await group()
    with at():
        await world.put(procedure="silence", hours=72, by="chair:monitoring")
    await beat(0)
    assert await told("opened") == {
        "head.ald@example.org", "head.bel@example.org", "group@example.org", "chair@example.org",
        "secretariat@example.org",
    }  # fmt: skip
    with at(1):
        since, cited = date(2026, 3, 2), await mandate()
        await seat(SECRETARIAT, "monitoring", "DEL", "observer", since=since, basis=cited)
    await beat(36)
    assert "head.del@example.org" in await told("half")


async def group() -> World:
    await found_world()
    since = date(2019, 1, 1)
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Monitoring"})
    await appoint(
        SECRETARIAT, "monitoring", "chair", email="group@example.org", name="Chair", since=since
    )
    for code in ("ALD", "BEL"):
        await seat(SECRETARIAT, "monitoring", code, "member", since=since)
    return await World(2019, 1).table_proposal(by="chair:monitoring", body="monitoring")


# --- follow-up ------------------------------------------------------------------------------------

DUE = date(2026, 4, 1)


@pytest.fixture
def on() -> Callable[[date], datetime]:
    return lambda day: datetime(day.year, day.month, day.day, 8, tzinfo=UTC)


async def owed(by: str = "BEL") -> World:
    with at():
        world = await found_world()
        await world.put()
        decision = await world.declare()
        order = Order({"en": "Send the list."}, Owner(code=by), due=DUE)
        await open_follow_up(SECRETARIAT, "own", decision.source_id, order)
    return world


async def test_a_follow_up_is_told_at_fourteen_days_at_three_and_when_it_is_overdue(
    db: str, on: Callable[[date], datetime]
) -> None:
    await owed()
    seen = []
    for ahead in range(20, -4, -1):
        with clock.pretending(on(DUE - timedelta(days=ahead))):
            if await queue_follow_ups():
                seen.append(ahead)
    assert seen == [14, 3, -1]
    owner = {"head.bel@example.org", "secretariat@example.org"}
    for name in ("fourteen_days", "three_days", "overdue"):
        assert await told(name) == owner


async def test_of_what_is_done_nobody_is_reminded(db: str, on: Callable[[date], datetime]) -> None:
    await owed()
    with at(1):
        await report_progress(BEL, 1, Report(Status.DONE, "Sent."))
    with clock.pretending(on(DUE)):
        assert await queue_follow_ups() == 0
