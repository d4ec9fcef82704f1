"""Silence and written procedure: what the clock decides, and what it never overlooks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plenary import clock
from plenary.decisions.actions.closing import beat, close_due
from plenary.decisions.actions.declaring import Declaration, check_declaration
from plenary.decisions.models import Decision, Interruption, Pulse
from plenary.questions.models import Late, Position, Question
from plenary.questions.rules import Outcome
from plenary.record.models import Entry, Receipt
from plenary.refusal import Invalid, Refused
from tests.world import AMENDED, CHAIR, SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio
OPENS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MS = timedelta(milliseconds=1)


@contextmanager
def at(hours: float = 0, *, ms: int = 0) -> Iterator[None]:
    """So many hours after the opening."""
    with clock.pretending(OPENS + timedelta(hours=hours) + ms * MS):
        yield


async def opened(procedure: str = "silence", hours: float = 72, **more: Any) -> World:
    with at(-24):
        world = await found_world()
    with at():
        await world.put(procedure=procedure, hours=hours, **more)
    return world


async def test_a_declaration_is_judged_at_the_instant_of_its_act(db: str) -> None:
    """The closing instant comes while the act is under way: for the act it is still to come."""
    world = await opened()
    proposal, began = await world.proposal(), OPENS + timedelta(hours=72) - MS
    with at(72):
        said = check_declaration(CHAIR, began, proposal, Declaration(Outcome.ADOPTED))
        refusal = await refused(said)
    assert refusal.reason == "window_open"


async def kinds(world: World) -> list[str]:
    rows = await Entry.filter(topic=world.symbol).order_by("n")
    return [row.type for row in rows]


async def refused(act: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await act
    return caught.value


# --- a silence ------------------------------------------------------------------------------------


async def test_a_silence_that_nobody_breaks_is_adopted_at_its_instant(db: str) -> None:
    world = await opened()
    with at(72):
        assert await close_due() == 1
    decision = await Decision.get(register="own").prefetch_related("question")
    assert (decision.outcome, decision.declared_by) == ("adopted", "system")
    assert decision.question.ended == "ran_out"
    assert decision.question.closed == OPENS + timedelta(hours=72)
    assert (await world.proposal()).stage == "decided"


async def test_nothing_is_adopted_a_millisecond_before_its_instant(db: str) -> None:
    await opened()
    with at(72, ms=-1):
        assert await close_due() == 0
    assert not await Decision.filter(register="own").exists()


@pytest.mark.parametrize("ms, counts", [(-1, True), (0, False), (1, False)])
async def test_what_arrives_before_the_instant_counts_and_nothing_at_it_or_after(
    db: str, ms: int, counts: bool
) -> None:
    world = await opened()
    with at(72, ms=ms):
        if counts:
            await world.object()
        else:
            refusal = await refused(world.object())
            assert refusal.reason == "too_late"
            assert refusal.facts["closed"] == OPENS + timedelta(hours=72)
    question = await world.question()
    assert (question.ended == "broken") is counts
    assert await Decision.filter(register="own").exists() is not counts
    assert await Position.filter(question=question).count() == int(counts)


async def test_a_late_arrival_stands_on_the_record_with_its_time_and_after_the_closing(
    db: str,
) -> None:
    world = await opened()
    with at(72, ms=412):
        refusal = await refused(world.object(key="once"))
    late = await Late.get().prefetch_related("delegation")
    assert (late.delegation.code, late.at) == ("COR", OPENS + timedelta(hours=72) + 412 * MS)
    assert (await Receipt.get(code=refusal.facts["receipt"])).entry == late.entry
    assert (await kinds(world))[-3:] == ["question.closed", "decision.declared", "position.late"]
    with at(73):
        again = await world.object(key="once")  # the same form again is the same act
    assert again.code == refusal.facts["receipt"]
    assert await Late.all().count() == 1


async def test_an_observer_who_comes_late_is_heard_as_late(db: str) -> None:
    world = await opened()
    with at(72):
        assert (await refused(world.hear())).reason == "too_late"
    assert await Late.filter(delegation__code="DEL").count() == 1


async def test_the_first_objection_breaks_a_silence_at_once(db: str) -> None:
    world = await opened()
    with at(30):
        await world.object("BEL")
    question = await world.question()
    assert (question.ended, question.closed) == ("broken", OPENS + timedelta(hours=30))
    with at(31):
        assert (await refused(world.object("COR"))).reason == "too_late_after"
        assert (await refused(world.state("BEL"))).reason == "too_late_after"  # nor taken back
    with at(80):
        assert await close_due() == 0
    assert not await Decision.filter(register="own").exists()
    assert (await world.proposal()).stage == "before_plenary"


async def test_a_reservation_or_an_observers_objection_breaks_no_silence(db: str) -> None:
    world = await opened()
    with at(30):
        await world.state("ALD", "reservation")
        await world.hear("DEL", "object")
    with at(72):
        assert await close_due() == 1
    assert (await Decision.get(register="own")).outcome == "adopted"


async def test_who_joined_subject_to_its_capital_makes_it_ad_referendum(db: str) -> None:
    world = await opened()
    with at(30):
        await world.state("ALD", ad_referendum=True)
    with at(72):
        await close_due()
    assert (await Decision.get(register="own")).outcome == "adopted_ad_referendum"


async def test_the_chair_declares_nothing_while_a_silence_runs(db: str) -> None:
    world = await opened()
    with at(10):
        for outcome in ("adopted", "no_consensus", "deferred", "noted"):
            assert (await refused(world.declare(outcome))).reason == "window_open"


async def test_after_a_broken_silence_the_chair_may_declare_anything_but_adoption(db: str) -> None:
    world = await opened()
    with at(10):
        await world.object()
    with at(11):
        assert (await refused(world.declare("adopted"))).reason == "objection_stands"
        decision = await world.declare("no_consensus")
    assert (decision.outcome, decision.procedure["kind"]) == ("no_consensus", "silence")


async def test_after_a_broken_silence_the_next_procedure_can_be_put(db: str) -> None:
    world = await opened()
    with at(10):
        await world.object()
    with at(11):
        await world.put()
        await world.state("COR")
        decision = await world.declare("adopted")
    assert decision.procedure["kind"] == "consensus"


async def test_the_text_cannot_change_under_silence(db: str) -> None:
    world = await opened()
    with at(10):
        assert (await refused(world.revise(AMENDED))).reason == "text_held"
        await world.object()
        assert (await world.revise(AMENDED)).number == 2  # it can once the silence is broken


async def test_the_text_stays_between_the_end_of_a_consensus_and_its_declaration(db: str) -> None:
    """What is declared is what was asked about, and nothing newer stands on the table by then."""
    world = await opened("consensus", 48)
    with at(48):
        assert await close_due() == 1
        assert (await refused(world.revise(AMENDED))).reason == "text_held"
        decision = await world.declare("adopted")
    assert (decision.version, (await world.proposal()).newest) == (1, 1)


async def test_the_text_can_change_under_consensus(db: str) -> None:
    world = await found_world()
    await world.put()
    assert (await world.revise(AMENDED)).number == 2


async def test_whoever_acts_after_the_instant_finds_it_written_down_first(db: str) -> None:
    """No worker ran: the first act of anybody closes it, in its order."""
    world = await opened()
    with at(100):
        other = await world.table_proposal(by="delegation:BEL")
    assert (await kinds(world))[-2:] == ["question.closed", "decision.declared"]
    closed, tabled = [
        await Entry.get(type=kind, topic=topic)
        for kind, topic in (("question.closed", world.symbol), ("proposal.tabled", other.symbol))
    ]
    assert closed.n < tabled.n
    assert closed.actor == "system"


async def test_a_proposal_withdrawn_under_silence_is_not_adopted_by_it(db: str) -> None:
    world = await opened()
    with at(10):
        await world.withdraw()
    with at(72):
        await close_due()
    assert not await Decision.filter(register="own").exists()
    assert (await world.question()).ended == "withdrawn"


# --- its window -----------------------------------------------------------------------------------


async def test_a_window_shorter_than_the_bodys_least_is_refused_and_says_what_would_do(
    db: str,
) -> None:
    with at():
        world = await found_world()
        refusal = await refused(world.put(procedure="silence", hours=71.99))
    assert refusal.reason == "window_too_short"
    assert refusal.facts["earliest"] == OPENS + timedelta(hours=72)
    assert not await Question.all().exists()


async def test_a_window_that_is_not_named_is_the_bodys_usual_one(db: str) -> None:
    with at():
        world = await found_world()
        question = await world.put(procedure="silence")
    assert question.closes == OPENS + timedelta(days=5)
    assert question.deadline["calendar"]["zone"] == "UTC"


async def test_the_chair_extends_a_window_once_and_not_twice(db: str) -> None:
    world = await opened()
    later = OPENS + timedelta(hours=96)
    with at(10):
        assert (await refused(world.extend(OPENS + timedelta(hours=71)))).reason == "not_later"
        question = await world.extend(later)
        assert (question.closes, question.deadline["moved"][0]["why"]) == (later, "extended")
        refusal = await refused(world.extend(later + timedelta(hours=1)))
        assert refusal.reason == "extended_enough"
    with at(95):
        assert await close_due() == 0
        await world.object()
    assert (await world.question()).ended == "broken"


async def test_nobody_extends_a_window_that_is_over(db: str) -> None:
    world = await opened()
    with at(72):
        assert (await refused(world.extend(OPENS + timedelta(hours=96)))).reason in (
            "no_window",
            "question_closed",
        )


async def test_a_silence_opens_only_with_every_authentic_language_level(db: str) -> None:
    with at():
        world = await found_world()
        french = "La Plénière,\n\nRappelant son mandat,\n\n1. Décide [avant].\n2. Prie.\n"
        await world.revise(french, by=SECRETARIAT, language="fr", base=1, authentic=True)
        await world.revise(AMENDED)
        refusal = await refused(world.put(procedure="silence", hours=72))
        assert (refusal.reason, refusal.facts["languages"]) == ("languages_uneven", ["fr"])
        question = await world.put(procedure="silence", hours=72, uneven="Paris agreed by phone.")
    assert question.uneven == "Paris agreed by phone."


async def test_a_courtesy_translation_that_lags_holds_nothing_up(db: str) -> None:
    with at():
        world = await found_world()
        french = "La Plénière,\n\nRappelant son mandat,\n\n1. Décide [avant].\n2. Prie.\n"
        await world.revise(french, by=SECRETARIAT, language="fr", base=1)
        await world.revise(AMENDED)
        await world.put(procedure="silence", hours=72)


# --- an outage ------------------------------------------------------------------------------------


async def test_an_outage_in_the_last_hours_moves_the_closing_and_says_so(db: str) -> None:
    world = await opened()
    with at(69):
        await beat()
    with at(71):
        await beat()  # two hours without a sign of life
    question = await world.question()
    assert question.closes == OPENS + timedelta(hours=71 + 24)
    assert question.deadline["moved"][0]["why"] == "outage"
    assert (await kinds(world))[-1] == "question.extended"
    assert await Interruption.all().count() == 1
    with at(94):
        await world.object()
    assert (await world.question()).ended == "broken"


async def test_an_outage_over_the_closing_itself_adopts_nothing(db: str) -> None:
    """The service was down when the window ran out; the first act after it moves the closing."""
    world = await opened()
    with at(71):
        await beat()
    with at(74):
        await world.comment()
        assert (await world.question()).closed is None
        await world.object()
    assert (await world.question()).ended == "broken"


@pytest.mark.parametrize("down, up", [(60, 65), (71.5, 71.6)])
async def test_an_outage_long_before_the_closing_or_a_short_one_moves_nothing(
    db: str, down: float, up: float
) -> None:
    world = await opened()
    for hours in (down, up):
        with at(hours):
            await beat()
    assert (await world.question()).closes == OPENS + timedelta(hours=72)
    assert not await Interruption.all().exists()
    assert (await Pulse.get(id=1)).at == OPENS + timedelta(hours=up)


# --- a written procedure --------------------------------------------------------------------------


async def test_a_written_procedure_carries_with_enough_supports_and_no_objection(db: str) -> None:
    world = await opened("written", 240)
    with at(10):
        await world.state("ALD")
        await world.state("BEL")
    with at(240):
        assert await close_due() == 1
    assert (await Decision.get(register="own")).outcome == "adopted"


async def test_silence_is_no_support_in_a_written_procedure(db: str) -> None:
    world = await opened("written", 240)
    with at(10):
        await world.state("ALD")  # one of three; more than half are two
        await world.state("BEL", "accept")
    with at(240):
        assert await close_due() == 1
    assert not await Decision.filter(register="own").exists()
    with at(241):
        refusal = await refused(world.declare("adopted"))
        assert (refusal.reason, refusal.facts["by"]) == ("short", 1)
        assert (await world.declare("not_adopted")).outcome == "not_adopted"


async def test_the_chair_may_ask_for_more_supports(db: str) -> None:
    world = await opened("written", 240, chosen={"min_support": 3})
    with at(10):
        await world.state("ALD")
        await world.state("BEL")
    with at(240):
        await close_due()
    assert not await Decision.filter(register="own").exists()


async def test_an_objection_can_be_lifted_while_a_written_procedure_runs(db: str) -> None:
    world = await opened("written", 240)
    with at(10):
        await world.object("COR")
        assert (await world.question()).closed is None
        for code in ("ALD", "BEL", "COR"):
            await world.state(code)
    with at(240):
        await close_due()
    assert (await Decision.get(register="own")).outcome == "adopted"


async def test_a_term_that_the_procedure_fixes_is_not_the_chairs_to_choose(db: str) -> None:
    with at():
        world = await found_world()
        with pytest.raises(Invalid) as caught:
            await world.put(procedure="silence", hours=72, chosen={"min_support": 1})
    assert caught.value.errors["min_support"].name == "bad_term"
