"""Nothing is adopted before those who decide have had the text, and objectors have been asked."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from plenary.bodies.actions.attendance import enter_absence, enter_presence
from plenary.decisions.actions.closing import close_due
from plenary.decisions.models import Decision
from plenary.questions.actions.time import ask_for_time
from plenary.questions.models import Question
from plenary.record.act import act, door
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.refusal import Forbidden, Refused
from tests.client import Page, Site
from tests.notices.post import at
from tests.world import SECRETARIAT, World, adopt, found_world, head

ONE = "/proposals/2026/1"
TERMS: dict[str, dict[str, Any]] = {
    "consensus": {"kind": "consensus", "closing": "chair", "text": "moves"},
    "vote": {"kind": "vote", "closing": "chair", "text": "fixed"},
    "silence": {
        "kind": "silence", "closing": "clock", "text": "fixed", "broken_by": ["objection"],
        "window": {"least": {"hours": 2}},
    },
}  # fmt: skip
MEETING = "2026-sealand"
_NTH = count(1)  # the same words twice are one request


async def world_with_notice(hours: float = -2, kind: str = "consensus", **more: Any) -> World:
    """Tabled so many hours ago; its Plenary has adopted a procedure that says nothing of notice."""
    with at(hours):
        world = await found_world(year=2026)
        terms = TERMS[kind] | more
        await adopt(kind, terms, names={"en": "Ours"}, notice=True)
    return world


async def sit(*codes: str) -> None:
    """So many are in the room of a meeting of the Plenary."""
    await _arrived(codes or ("ALD", "BEL", "COR"))


@door
async def _arrived(codes: Iterable[str], *, by: str = SECRETARIAT) -> None:
    async with act(by=by) as record:
        await enter_presence(record, "plenary", MEETING, codes)


@door
async def _left(codes: Iterable[str], *, by: str = SECRETARIAT) -> None:
    async with act(by=by) as record:
        await enter_absence(record, "plenary", MEETING, codes)


async def refused(world: World, reason: str, **more: Any) -> Refused:
    with pytest.raises(Refused, match=reason) as found:
        await world.declare("adopted", **more)
    return found.value


# --- notice ---


async def test_outside_a_sitting_nothing_is_adopted_for_a_day_and_nobody_waives_it(db: str) -> None:
    world = await world_with_notice()
    with at():
        question = await world.put()
        found = await refused(world, "notice_running", waived=True)
        assert found.facts["until"] == question.opens + timedelta(hours=24)
    with at(23.9):
        await refused(world, "notice_running")
    with at(24):
        decision = await world.declare("adopted", waived=True)
    assert decision.notice == "", "there was nothing to waive"


async def test_a_new_text_begins_the_notice_anew(db: str) -> None:
    world = await world_with_notice()
    with at():
        await world.put()
    with at(20):
        await world.revise()
    with at(24):
        await refused(world, "notice_running")
    with at(44):
        await world.declare("adopted")


async def test_in_a_sitting_a_text_circulated_an_hour_before_is_adopted(db: str) -> None:
    world = await world_with_notice(-1)
    with at():
        await sit()
        await world.put()
        await world.declare("adopted")


async def test_one_whom_an_office_lets_into_the_room_alone_is_no_sitting(db: str) -> None:
    """Else whoever keeps the room adopts in the minute in which the question was put."""
    world = await world_with_notice(-1)
    with at():
        await sit("ALD")
        await world.put()
        found = await refused(world, "notice_running", waived=True)
        assert found.facts["sitting"] is False
        await sit("BEL")  # two of three
        await world.declare("adopted", waived=True)


async def test_in_a_sitting_the_chair_waives_the_notice_on_the_record(db: str) -> None:
    world = await world_with_notice(-0.5)
    with at():
        await sit()
        await world.put()
        found = await refused(world, "notice_running")
        assert found.facts["sitting"] is True
        decision = await world.declare("adopted", waived=True)
    assert decision.notice == "waived"
    facts = read_entry(bytes((await Entry.get(n=decision.entry)).written))
    assert facts["notice"] == "waived"


async def test_whoever_is_in_the_room_and_asks_for_time_is_given_it(db: str) -> None:
    world = await world_with_notice(-0.5)
    with at():
        await sit("ALD", "COR")
        await world.put()
        await asks(world, "COR")
        found = await refused(world, "notice_running", waived=True)
        assert found.facts["time"] == 1
    with at(0.5):
        await world.declare("adopted")


async def asks(world: World, code: str) -> None:
    version, reason = await world.newest(), f"Our capital is asleep. {next(_NTH)}"
    await ask_for_time(head(code), world.year, world.number, version=version, reason=reason)


async def test_time_is_asked_for_in_the_room_once_and_by_those_on_the_roll(db: str) -> None:
    world = await world_with_notice()
    with at():
        await sit("ALD", "DEL")
        await world.put()
        await asks(world, "ALD")
        for code, reason in (("ALD", "time_asked_already"), ("BEL", "not_in_the_room")):
            with pytest.raises(Refused, match=reason):
                await asks(world, code)
        with pytest.raises(Forbidden, match="not_on_the_roll"):
            await asks(world, "DEL")


async def test_a_sitting_that_everybody_has_left_is_none(db: str) -> None:
    world = await world_with_notice(-0.5)
    with at():
        await sit("ALD")
        await world.put()
    with at(0.1):
        await _left(["ALD"])
        found = await refused(world, "notice_running", waived=True)
        assert found.facts["sitting"] is False


async def test_a_question_from_before_there_was_notice_has_none(db: str) -> None:
    world = await found_world()
    question = await world.put()
    procedure = {name: v for name, v in question.procedure.items() if name != "notice"}
    await Question.filter(id=question.id).update(procedure=procedure)
    await world.declare("adopted")


async def test_what_is_not_adopted_needs_no_notice(db: str) -> None:
    world = await world_with_notice()
    with at():
        await world.put()
        await world.declare("deferred")


async def test_a_body_may_say_that_it_needs_none(db: str) -> None:
    none = {"sitting": {"hours": 0}, "outside": {"hours": 0}}
    world = await world_with_notice(notice=none)
    with at():
        await world.put()
        await world.declare("adopted")


# --- earlier objections ---


async def moved(world: World) -> None:
    """Corvania objects to version 1; two days later there is version 2."""
    with at():
        await world.put()
        await world.object("COR")
    with at(48):
        await world.revise()


async def test_who_objected_to_the_last_text_is_asked_before_the_gavel_falls(db: str) -> None:
    world = await world_with_notice()
    await moved(world)
    with at(50):
        found = await refused(world, "earlier_objection_unanswered")
        assert found.facts["objectors"].codes == {"COR"}
    with at(72):
        assert (await world.declare("adopted")).version == 2


async def test_an_answer_on_the_new_text_ends_the_wait_and_another_objection_does_not(
    db: str,
) -> None:
    world = await world_with_notice(notice={"outside": {"hours": 0}})
    world = await world_with_notice_of_a_day(world)
    await moved(world)
    with at(49):
        await world.object("COR")
        await refused(world, "objection_stands")
        await world.state("COR", "accept")
        await refused(world, "notice_running")


async def world_with_notice_of_a_day(world: World) -> World:
    with at(-1):
        await adopt("consensus", TERMS["consensus"], names={"en": "Ours"}, notice=True)
    return world


async def test_deferred_and_put_again_on_a_new_text_the_objector_is_still_asked(db: str) -> None:
    world = await world_with_notice()
    with at():
        await world.put()
        await world.object("COR")
        await world.declare("deferred")
        await world.revise()
    with at(30):
        question = await world.put()
        found = await refused(world, "earlier_objection_unanswered")
        assert found.facts["until"] == question.opens + timedelta(hours=24)


async def test_the_chair_cannot_waive_what_an_objector_is_owed(db: str) -> None:
    world = await world_with_notice(-0.5)
    with at():
        await sit()
        await world.put()
        await world.object("COR")
        await world.revise()
        await refused(world, "earlier_objection_unanswered", waived=True)


async def test_a_vote_on_a_new_text_counts_votes(db: str) -> None:
    world = await world_with_notice(kind="vote")
    with at():
        await world.put()
        await world.object("COR")
        await world.declare("deferred")
        await world.revise()
        await world.put(procedure="vote")
        for code in ("ALD", "BEL"):
            await world.state(code, "yes")
        await refused(world, "notice_running")
    with at(24):
        await world.declare("adopted")


async def test_the_clock_does_not_adopt_while_an_objector_is_waited_for(db: str) -> None:
    world = await world_with_notice(kind="silence")
    with at():
        await world.put()
        await world.object("COR")
        await world.declare("deferred")
        await world.revise()
        await world.put(procedure="silence", hours=2)
    with at(3):
        assert await close_due() == 1
        closed = await Entry.filter(type="question.closed").first()
        assert closed is not None
        found = read_entry(bytes(closed.written))
        assert found["standing"] == "earlier_objection_unanswered"
        assert not await Decision.filter(outcome="adopted").exists()
    with at(4):
        await world.put(procedure="silence", hours=26)
    with at(31):
        await close_due()
        assert await Decision.filter(outcome="adopted").exists()


# --- on the pages ---


async def test_the_pages_say_who_was_asked_and_the_decision_who_did_not_answer(site: Site) -> None:
    world = await world_with_notice()
    await moved(world)
    with at(50):
        public, chair = await site.browser(), await site.browser("chair@example.org")
        asked = "objected to version 1; asked at Wednesday 4 March 2026, 09:00"
        for page in (await public.page(ONE), await chair.page(f"{ONE}/declaration")):
            assert asked in page.words
        early = await chair.post(f"{ONE}/declaration", {"outcome": "adopted"})
        assert early.status_code == 409
        assert "have not answered on this one: Corvania" in Page(early).words
    with at(73):
        chair = await site.browser("chair@example.org")
        await chair.press(await chair.page(f"{ONE}/declaration"), "/declaration", outcome="adopted")
        browser = await site.browser()
        for ending in ("", ".md", ".txt"):
            text = (await browser.get(f"/decisions/2026/2{ending}")).text
            text += (await browser.get(f"/decisions/2026/1{ending}")).text
            assert "did not answer on this one" in text, ending
            assert "Corvania" in text, ending
        found = (await browser.get("/decisions/2026/1.json")).json()
        assert found["objected_before"]["count"] == 1
        assert found["objected_before"]["positions"][0]["delegation"] == "COR"


async def test_a_head_asks_for_time_and_the_chair_is_shown_it(site: Site) -> None:
    world = await world_with_notice(-0.5)
    with at():
        await sit("ALD", "COR")
        await world.put()
        corvania, chair = (
            await site.browser("head.cor@example.org"),
            await site.browser("chair@example.org"),
        )
        assert f"{ONE}/time" in (await corvania.page(ONE)).links()
        assert (
            f"{ONE}/time"
            not in (await (await site.browser("head.bel@example.org")).page(ONE)).links()
        )
        assert 'value="waived"' in (await chair.page(f"{ONE}/declaration")).source
        empty = await corvania.post(f"{ONE}/time", {"reason": ""})
        assert empty.status_code == 422
        done = await corvania.press(await corvania.page(f"{ONE}/time"), "/time", reason="Asleep.")
        assert done.status_code == 303
        page = await chair.page(f"{ONE}/declaration")
        assert "Asleep." in page.words
        assert 'value="waived"' not in page.source
        waived = {"outcome": "adopted", "notice": "waived", "confirmed": "1"}
        assert (await chair.post(f"{ONE}/declaration", waived)).status_code == 409
        assert "Asleep." in (await (await site.browser()).page(ONE)).words
