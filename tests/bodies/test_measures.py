"""The roll is in no one hand: an act on it rests on a decision, or ends by itself.

cases/office.md 4.
"""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from plenary import clock
from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.actions.appeals import answer_appeal, appeal
from plenary.bodies.actions.seats import leave_seat, seat, unseat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.days import day_of
from plenary.bodies.measures import Basis, bar_to_interim
from plenary.bodies.models import Body, Measure, Seat, Spell
from plenary.bodies.rolls import roll_today
from plenary.bodies.rules import Standing
from plenary.questions.models import Question
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Invalid, Refused
from tests.client import Browser, Page, Site
from tests.mandate import mandate
from tests.world import ALD, CHAIR, COR, DEL, SECRETARIAT, World, found_world

TODAY = date(2026, 3, 3)
NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
GROUND = Basis(ground="Its shipments are not certified.")


def days(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture
async def world(db: str) -> AsyncIterator[World]:
    """On 3 March 2026 a question has been put already: the founding is over."""
    with clock.pretending(NOON - timedelta(days=2)):
        world = await found_world()
        await world.put()
    with clock.pretending(NOON):
        yield world


async def suspend(code: str = "COR", *, by: str = CHAIR, **more: Any) -> int:
    given = {"since": TODAY, "until": days(30), "basis": GROUND}
    return await set_standing(by, code, "suspended", **given | more)


async def roll_on(day: date) -> frozenset[str]:
    return (await roll_today(await Body.get(key="plenary"), day)).participating


# --- the rule ---


def test_an_interim_measure_has_a_bound_and_all_of_a_year_are_counted_together() -> None:
    before = [Standing("suspended", days(-20), days(-10))]
    assert bar_to_interim(TODAY, days(30), TODAY, [], 30) is None
    assert bar_to_interim(TODAY, days(20), TODAY, before, 30) is None
    long = bar_to_interim(TODAY, days(31), TODAY, [], 30)
    again = bar_to_interim(TODAY, days(21), TODAY, before, 30)
    assert [bar and bar.reason for bar in (long, again)] == ["interim_too_long"] * 2
    assert again
    assert again.facts == {"most": 30, "used": 10}
    years_ago = [Standing("suspended", days(-400), days(-370))]
    assert bar_to_interim(TODAY, days(30), TODAY, years_ago, 30) is None
    backdated = bar_to_interim(days(-1), days(5), TODAY, [], 30)
    assert backdated
    assert backdated.reason == "interim_backdated"


# --- what each act rests on ---


async def test_nobody_is_suspended_without_a_decision_or_by_one_that_does_not_exist(
    world: World,
) -> None:
    size = (await Head.get(id=1)).size
    for basis, reason in (
        (Basis(), "decision_needed"),
        (Basis("NO SUCH DECISION 99"), "unknown_decision"),
        (Basis("NO SUCH DECISION 99", ground="And a ground."), "unknown_decision"),
    ):
        with pytest.raises(Refused, match=reason):
            await suspend(by=SECRETARIAT, basis=basis)
    with pytest.raises(Refused, match="interim_too_long"):
        await suspend(until=days(31))
    with pytest.raises(Invalid):
        await suspend(until=None)
    assert (await Head.get(id=1)).size == size
    assert await roll_on(TODAY) == {"ALD", "BEL", "COR"}


async def test_a_decision_that_was_not_adopted_carries_nothing(world: World) -> None:
    await world.object()
    failed = await world.declare("no_consensus")
    with pytest.raises(Refused, match="decision_not_adopted"):
        await suspend(by=SECRETARIAT, basis=Basis(failed.source_id))


async def test_admissions_and_seats_rest_on_decisions_as_suspensions_do(world: World) -> None:
    fifth = Admission("ELV", "elvaria", "participant", {"en": "Elvaria"})
    with pytest.raises(Refused, match="decision_needed"):
        await admit(SECRETARIAT, fifth)
    with pytest.raises(Refused, match="decision_needed"):
        await unseat(SECRETARIAT, "plenary", "COR")
    with pytest.raises(Refused, match="decision_needed"):
        await seat(SECRETARIAT, "plenary", "COR", "provisional")
    guest = Admission("GUE", "guest", "guest", {"en": "A guest"})
    await admit(SECRETARIAT, guest)  # is invited, and on no roll
    cited = await mandate()
    await unseat(SECRETARIAT, "plenary", "COR", basis=cited)
    assert (await Measure.get(kind="seat_ended")).decision == cited.decision
    assert await roll_on(TODAY) == {"ALD", "BEL"}


async def test_the_founding_is_on_the_record_and_ends_with_the_first_question(db: str) -> None:
    world = await found_world()
    today = await day_of(clock.now())
    await set_standing(SECRETARIAT, "COR", "provisional", since=today)
    entry = await Entry.get(type="participant.standing")
    assert b'"basis":"founding"' in bytes(entry.written)
    await world.put()
    with pytest.raises(Refused, match="decision_needed"):
        await set_standing(SECRETARIAT, "COR", "active", since=today)


# --- an interim measure ---


async def test_an_interim_measure_ends_by_itself_and_the_next_roll_is_whole(world: World) -> None:
    await suspend()
    assert await roll_on(days(29)) == {"ALD", "BEL"}
    assert await roll_on(days(30)) == {"ALD", "BEL", "COR"}
    midnight = datetime(2026, 4, 2, tzinfo=UTC)  # nothing has to have run
    for at, roll in ((midnight - timedelta(milliseconds=1), 2), (midnight, 3)):
        with clock.pretending(at):
            other = await world.table_proposal()
            question = await other.put()
            assert await question.roll.all().count() == roll, at
            assert len(question.absent or ()) == 3 - roll


async def test_no_office_strings_its_measures_together(world: World) -> None:
    await suspend(until=days(20))
    with clock.pretending(NOON + timedelta(days=20)):
        with pytest.raises(Refused, match="interim_too_long"):
            await suspend(by=SECRETARIAT, since=days(20), until=days(31))
        await suspend(since=days(20), until=days(30))
    cited = await mandate()
    with clock.pretending(NOON + timedelta(days=29)):
        await suspend(since=days(29), until=None, basis=cited)  # the body may go on


async def test_no_office_gives_back_what_a_decision_took_and_none_backdates(world: World) -> None:
    await suspend(until=None, basis=await mandate())
    with pytest.raises(Refused, match="decision_needed"):
        await set_standing(CHAIR, "COR", "active", since=TODAY, until=days(10), basis=GROUND)
    await unseat(SECRETARIAT, "plenary", "BEL", basis=await mandate())
    with pytest.raises(Refused, match="decision_needed"):
        await seat(CHAIR, "plenary", "BEL", "member", until=days(10), basis=GROUND)
    with pytest.raises(Refused, match="interim_backdated"):
        await suspend("ALD", since=days(-1), until=days(10))


async def test_an_office_lifts_its_own_measure(world: World) -> None:
    await suspend()
    await set_standing(CHAIR, "COR", "active", since=TODAY, until=days(30), basis=GROUND)
    assert await roll_on(TODAY) == {"ALD", "BEL", "COR"}
    assert {spell.standing for spell in await Spell.filter(delegation__code="COR")} == {"active"}


async def test_a_seat_that_was_ended_for_a_time_is_its_seat_again(world: World) -> None:
    await unseat(CHAIR, "plenary", "COR", until=days(10), basis=GROUND)
    assert await roll_on(TODAY) == {"ALD", "BEL"}
    assert await roll_on(days(10)) == {"ALD", "BEL", "COR"}
    assert await Seat.filter(delegation__code="COR").count() == 2
    await unseat(SECRETARIAT, "plenary", "COR", basis=await mandate())  # for good, meanwhile
    assert await roll_on(days(10)) == {"ALD", "BEL"}


async def test_a_delegation_gives_up_its_own_seat_and_nobody_says_so_for_it(world: World) -> None:
    with pytest.raises(Forbidden, match="seat_of_another"):
        await leave_seat(SECRETARIAT, "plenary")
    await leave_seat(COR, "plenary")
    assert await roll_on(TODAY) == {"ALD", "BEL"}
    left = await Entry.get(type="seat.left")
    assert left.actor == COR
    assert not await Measure.filter(kind="seat_ended").exists()


async def test_the_put_and_the_suspension_follow_each_other(world: World) -> None:
    """Whichever the lock lets in first: what a question keeps of its absent fits its roll."""
    import asyncio

    other = await world.table_proposal()
    await asyncio.gather(suspend(), other.put())
    question = await other.question()
    absent = {kept["delegation"] for kept in question.absent or ()}
    called = {
        call.delegation.code for call in await question.roll.all().prefetch_related("delegation")
    }
    assert absent | called == {"ALD", "BEL", "COR"}
    assert absent & called == set()


# --- beside it ---


async def test_the_delegation_appeals_and_the_office_answers_in_public(world: World) -> None:
    measure = await suspend()
    with pytest.raises(Forbidden, match="appeal_of_another"):
        await appeal(ALD, measure, "Unfair.")
    with pytest.raises(Refused, match="no_appeal_yet"):
        await answer_appeal(CHAIR, measure, "It is fair.")
    await appeal(COR, measure, "They are certified.")
    with pytest.raises(Forbidden, match="not_an_office"):
        await answer_appeal("chair:monitoring", measure, "No.")
    with pytest.raises(Refused, match="unknown_decision"):
        await answer_appeal(CHAIR, measure, "By decision.", decision="AD 99")
    await answer_appeal(CHAIR, measure, "We look into it.")
    beside = await Measure.get(entry=measure).prefetch_related("appeals")
    assert [(said.kind, said.by) for said in beside.appeals] == [("appeal", COR), ("answer", CHAIR)]


async def test_an_observer_whose_seat_ended_is_heard_through_it_no_more(world: World) -> None:
    await unseat(CHAIR, "plenary", "DEL", until=days(10), basis=GROUND)
    with pytest.raises(Forbidden, match="seat_has_ended"):
        await world.hear("DEL")
    with clock.pretending(NOON + timedelta(days=10)):
        await world.hear("DEL")
    assert await Question.all().count() == 1
    assert DEL


# --- the whole case, over HTTP ---


async def forms(browser: Browser, path: str, **typed: str) -> Page:
    return Page(await browser.press(await browser.page(path), **typed))


async def test_the_roll_is_in_no_one_hand(site: Site) -> None:
    """cases/office.md 4, whole."""
    world = await found_world()
    await world.put()
    secretary, chair = await site.browser("secretariat@example.org"), await site.browser(CHAIR_MAIL)
    standings, today = "/secretariat/standings", await day_of(clock.now())
    until = (today + timedelta(days=20)).isoformat()
    refusals = {
        "NO SUCH DECISION 99": "There is no decision NO SUCH DECISION 99",
        "": "rests on a decision of the body",
    }
    for decision, words in refusals.items():
        typed = {"code": "COR", "standing": "suspended", "decision": decision}
        answer = await secretary.post(standings, typed)
        assert answer.status_code == 409
        page = Page(answer)
        assert words in page.words
        assert page.form("standings").fields["decision"] == decision
        assert (await secretary.post(standings, typed | {"confirmed": "1"})).status_code == 409
    # The Chair takes an interim measure: shown first, then done.
    typed = {"code": "COR", "standing": "suspended", "until": until, "ground": "Not certified."}
    check = Page(await chair.press_once(await chair.page(standings), **typed))
    assert "Interim measure of the Chair" in check.words
    assert "on the roll of no question" in check.words
    assert not await Spell.filter(standing="suspended").exists()
    done = await chair.press(check, confirmed="1")
    assert done.status_code == 303
    # What follows says so, wherever it is read.
    other = await world.table_proposal(text="1. Decides that stones are sealed.\n")
    at = f"/proposals/2019/{other.number}"
    form = await chair.page(f"{at}/question")
    said = "1 Participant is off the roll: Corvania since"
    assert said in Page(await chair.press_once(form, "/question")).words
    await chair.press(form, "/question")
    public = await site.browser()
    assert said in (await public.page(at)).words
    declaring = await chair.page(f"{at}/declaration")
    assert said in Page(await chair.press_once(declaring, "/declaration", outcome="adopted")).words
    decided = await other.declare()
    for ending in ("", ".md", ".txt"):
        text = (await public.get(f"/decisions/{decided.source_id}{ending}")).text
        assert "Corvania" in text
        assert "interim measure of the Chair" in " ".join(text.split()), ending
    data = (await public.get(f"/decisions/{decided.source_id}.json")).json()
    [absent] = data["absent"]
    assert (absent["delegation"], absent["office"]) == ("COR", "chair:plenary")
    # The delegation reads it on its desk, appeals, and is answered, in public.
    corvania = await site.browser("head.cor@example.org")
    desk = await corvania.page("/desk")
    assert "Corvania was suspended by the Chair, on the ground “Not certified”" in desk.words
    path = f"/measures/{absent['measure']}"
    appealed = await corvania.press(await corvania.page(f"{path}/appeal"), text="They are.")
    assert appealed.status_code == 303
    assert "Appeals without an answer" in (await chair.page("/desk")).words
    await chair.press(await chair.page(f"{path}/answer"), text="We look into it.")
    for where in (path, "/participants/corvania"):
        words = (await public.page(where)).words
        assert "They are." in words
        assert "We look into it." in words


CHAIR_MAIL = "chair@example.org"


async def test_a_delegation_gives_up_its_own_seat_in_two_presses(site: Site) -> None:
    await found_world()
    corvania, public = await site.browser("head.cor@example.org"), await site.browser()
    group = await corvania.page("/groups/plenary")
    assert "/groups/plenary/leaving" in group.links()
    form = await corvania.page("/groups/plenary/leaving")
    check = Page(await corvania.press_once(form, "leaving"))
    assert "Give up your seat" in check.words
    assert await Seat.filter(delegation__code="COR", until=None).exists()
    done = await corvania.press(check, "leaving", confirmed="1")
    assert done.status_code == 303
    assert "Corvania left Plenary" in (await public.page("/changes")).words
    assert (await corvania.get("/groups/plenary/leaving")).status_code == 409


async def test_a_decision_about_one_delegation_carries_no_act_about_another(world: World) -> None:
    other = await world.table_proposal(
        text="1. Suspends Belmark.\n", matter="standing", party="BEL"
    )
    await other.put()
    decided = await other.declare()
    with pytest.raises(Refused, match="decision_about_another"):
        await suspend(by=SECRETARIAT, until=None, basis=Basis(decided.source_id))
    await suspend("BEL", by=SECRETARIAT, until=None, basis=Basis(decided.source_id))
