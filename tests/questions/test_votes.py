"""Recorded votes, consensus minus one, double majorities, ladders, quorum."""

from typing import Any

import pytest

from plenary.bodies.models import Body, Delegation, Presence
from plenary.procedures.in_force import procedures_of
from plenary.procedures.terms import standard
from plenary.questions.models import Late
from plenary.refusal import Invalid, Refused, Whose
from tests.world import AMENDED, World, adopt, found_world

pytestmark = pytest.mark.anyio


async def voting(**more: Any) -> World:
    world = await found_world()
    await world.put(procedure=more.pop("procedure", "vote"), **more)
    return world


async def refused(act: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await act
    return caught.value


async def answers(world: World, **said: str) -> None:
    for code, stance in said.items():
        await world.state(code, stance)


async def test_more_than_half_of_those_casting_carries_a_vote(db: str) -> None:
    world = await voting()
    await answers(world, ALD="yes", BEL="no", COR="abstain")
    assert (await refused(world.declare("adopted"))).reason == "short"  # a tie
    await world.state("COR", "yes")
    assert (await world.declare("adopted")).procedure["kind"] == "vote"


async def test_abstentions_count_where_the_base_is_the_roll(db: str) -> None:
    world = await voting(chosen={"threshold": "2/3", "base": "roll"})
    await answers(world, ALD="yes", BEL="abstain")
    refusal = await refused(world.declare("adopted"))
    assert (refusal.facts["have"], refusal.facts["needed"]) == (1, 2)
    await world.state("BEL", "yes")
    assert (await world.declare("adopted")).outcome == "adopted"


async def test_a_vote_that_fails_is_not_adopted_and_nobody_sought_consensus(db: str) -> None:
    world = await voting()
    await answers(world, ALD="no", BEL="no", COR="yes")
    assert (await refused(world.declare("no_consensus"))).reason == "no_consensus_sought"
    assert (await world.declare("not_adopted")).outcome == "not_adopted"


async def test_a_vote_that_carries_cannot_be_declared_lost(db: str) -> None:
    world = await voting()
    await answers(world, ALD="yes")
    assert (await refused(world.declare("not_adopted"))).reason == "nobody_objects"


async def test_a_vote_takes_no_objections_and_consensus_no_votes(db: str) -> None:
    world = await voting()
    assert (await refused(world.object())).reason == "answer_not_asked"
    other = await world.table_proposal()
    await other.put()
    assert (await refused(other.state("ALD", "yes"))).reason == "answer_not_asked"


async def test_the_chair_ends_the_voting_and_declares_afterwards(db: str) -> None:
    world = await voting()
    await world.state("ALD", "yes")
    await world.end()
    assert (await refused(world.state("BEL", "no"))).reason == "too_late_after"
    assert await Late.all().count() == 1
    assert (await refused(world.revise(AMENDED))).reason == "text_held"
    assert (await world.declare("adopted")).outcome == "adopted"


async def test_the_text_is_held_while_it_is_voted_on(db: str) -> None:
    world = await voting()
    assert (await refused(world.revise(AMENDED))).reason == "text_held"


async def test_a_consensus_question_is_ended_by_its_declaration_only(db: str) -> None:
    world = await voting(procedure="consensus")
    assert (await refused(world.end())).reason == "declared_only"


async def test_consensus_minus_one_bears_one_objection_and_not_two(db: str) -> None:
    world = await voting(procedure="consensus_minus")
    await world.object("COR")
    await world.object("BEL")
    assert (await refused(world.declare("adopted"))).reason == "objection_stands"
    await world.state("BEL")
    assert (await world.declare("adopted")).outcome == "adopted"


async def test_the_party_concerned_cannot_prevent_consensus_about_itself(db: str) -> None:
    world = await (await found_world()).table_proposal(matter="standing", party="COR")
    await world.put(procedure="consensus_minus", chosen={"without": "COR"})
    await world.object("COR")
    await world.object("BEL")
    assert (await refused(world.declare("adopted"))).facts["objectors"] == Whose(["BEL"])
    await world.state("BEL")
    assert (await world.declare("adopted")).outcome == "adopted"


async def test_a_party_that_is_not_on_the_roll_cannot_be_left_out_of_it(db: str) -> None:
    world = await found_world()
    other = await world.table_proposal(matter="other", party="DEL")  # an Observer
    with pytest.raises(Invalid) as caught:
        await other.put(procedure="consensus_minus", chosen={"without": "DEL"})
    assert caught.value.errors["without"].name == "unknown_choice"
    nobody = await refused(other.put(procedure="consensus_minus", chosen={"without": "XX"}))
    assert nobody.reason == "not_the_party_concerned"


async def test_nobody_asks_for_more_supports_than_there_are_participants(db: str) -> None:
    world = await found_world()
    with pytest.raises(Invalid) as caught:
        await world.put(procedure="written", hours=241, chosen={"min_support": 4})
    assert caught.value.errors["min_support"].facts == {"most": 3}
    await world.put(procedure="written", hours=241, chosen={"min_support": 3})


async def test_nobody_misses_a_consensus_that_was_not_sought(db: str) -> None:
    world = await voting(procedure="double")
    assert (await refused(world.declare("no_consensus"))).reason == "no_consensus_sought"


async def test_a_double_majority_needs_both(db: str) -> None:
    """More than half of the roll, and two thirds of those answering yes or no."""
    world = await voting(procedure="double")
    await answers(world, ALD="yes", BEL="abstain", COR="abstain")
    assert (await refused(world.declare("adopted"))).reason == "short"
    await world.state("BEL", "yes")
    assert (await world.declare("adopted")).outcome == "adopted"


async def test_a_quorum_counts_who_is_in_the_room_and_on_the_roll(db: str) -> None:
    await found_world()
    await adopt("consensus", standard("consensus") | {"quorum": "1/2"}, names={"en": "C"})
    world = World(2019, 1)
    await world.put(meeting="2019-m")
    await _present("ALD", "DEL")  # one of three, and an Observer
    refusal = await refused(world.declare("adopted"))
    assert (refusal.reason, refusal.facts) == ("no_quorum", {"present": 1, "needed": 2})
    assert (await refused(world.declare("noted"))).reason == "no_quorum"
    await _present("BEL")
    assert (await world.declare("adopted")).outcome == "adopted"


async def test_a_procedure_adopted_later_leaves_a_running_question_alone(db: str) -> None:
    world = await voting()
    await answers(world, ALD="yes", BEL="yes", COR="no")
    stricter = standard("vote") | {"threshold": "1/1", "choose": {}}
    made = await adopt("vote", stricter, names={"en": "Unanimity"})
    assert made.number == 2
    decision = await world.declare("adopted")
    assert decision.procedure["number"] == 1
    assert (await procedures_of(await Body.get(key="plenary")))["vote"]["number"] == 2
    other = await world.table_proposal()
    await other.put(procedure="vote")
    await answers(other, ALD="yes", BEL="yes", COR="no")
    assert (await refused(other.declare("adopted"))).reason == "short"


async def test_on_a_ladder_a_vote_follows_a_consensus_that_failed(db: str) -> None:
    world = await found_world()
    rung = standard("vote") | {"after": "consensus"}
    await adopt("vote", rung, names={"en": "Vote"})
    assert (await refused(world.put(procedure="vote"))).facts == {"after": "consensus"}
    await world.put()
    await world.declare("deferred")
    assert (await refused(world.put(procedure="vote"))).reason == "ladder"  # that is no failure
    await world.put()
    await world.object()
    await world.declare("no_consensus")
    await world.put(procedure="vote")
    await answers(world, ALD="yes", BEL="yes", COR="no")
    assert (await world.declare("adopted")).outcome == "adopted"


async def _present(*codes: str) -> None:
    body = await Body.get(key="plenary")
    for code in codes:
        delegation = await Delegation.get(code=code)
        question = await World(2019, 1).question()
        await Presence.create(
            body=body, meeting="2019-m", delegation=delegation, arrived=question.opens, entry=0
        )
