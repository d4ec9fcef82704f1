"""By which rules a body decides: those that it adopted, and no other."""

import pytest

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.models import Body
from plenary.procedures.actions import adopt_procedure, end_procedure
from plenary.procedures.grounds import Ground
from plenary.procedures.in_force import in_force, numbers_of, procedures_of
from plenary.procedures.models import Procedure
from plenary.procedures.presets import PRESETS
from plenary.procedures.terms import KINDS, standard
from plenary.record.act import act, door
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.refusal import Refused
from tests.world import SECRETARIAT, World, adopt, found_world

pytestmark = pytest.mark.usefixtures("db")

TWO_THIRDS = standard("vote") | {"threshold": "2/3", "choose": {}}


async def refused(doing: object) -> Refused:
    with pytest.raises(Refused) as caught:
        await doing  # type: ignore[misc]
    return caught.value


async def decided(world: World, matter: str = "rules") -> str:
    """An adopted decision of the Plenary, by its symbol."""
    asked = await world.table_proposal(matter=matter)
    await asked.put()
    return (await asked.declare()).symbol


async def own(body: str = "plenary") -> dict[str, dict[str, object]]:
    return await procedures_of(await Body.get(key=body))


# --- none, and no other ---


@door
async def _without_rules(*, by: str) -> None:
    """As if the body was founded by hand, before it could adopt anything."""
    async with act(by=by) as record:
        day = record.now.date()
        await Procedure.all().update(until=day, ended_by="AD.0", ending=0)


async def test_a_body_without_a_procedure_puts_no_question() -> None:
    world = await found_world()
    await _without_rules(by="system")
    assert await own() == {}
    bar = await refused(world.put())
    assert (bar.reason, bar.facts) == ("no_procedure_adopted", {"body": "plenary"})


async def test_a_group_has_the_rules_of_the_plenary_until_it_has_its_own() -> None:
    await found_world()
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Monitoring"})
    assert set(await own("monitoring")) == set(KINDS)
    group = await Body.get(key="monitoring")
    assert not any(way.is_of(group) for way in await in_force(group))
    await adopt("two_thirds", TWO_THIRDS, body="monitoring")
    assert set(await own("monitoring")) == {"two_thirds"}


# --- on which decision ---


async def test_a_procedure_is_adopted_by_a_decision_of_the_register_and_by_nothing_else() -> None:
    world = await found_world()

    async def attempt(decision: str) -> str:
        names = {"en": "Two thirds"}
        bar = await refused(
            adopt_procedure(
                SECRETARIAT, "plenary", "two_thirds", TWO_THIRDS, names=names, decision=decision
            )
        )
        return bar.reason

    assert await attempt("") == "decision_needed"
    assert await attempt("NO SUCH DECISION 99") == "unknown_decision"
    failed = await world.table_proposal()
    await failed.put()
    await failed.object("COR")
    lost = await failed.declare("no_consensus")
    assert await attempt(lost.symbol or lost.source_id) == "decision_not_adopted"
    symbol = await decided(world)
    made = await adopt_procedure(
        SECRETARIAT, "plenary", "two_thirds", TWO_THIRDS, names={"en": "T"}, decision=symbol
    )
    assert (made.number, made.ground, made.decision) == (1, Ground.DECISION, symbol)
    entry = await Entry.get(n=made.entry)
    assert read_entry(entry.written)["decision"] == symbol
    assert (await world.put(procedure="two_thirds")).procedure["key"] == "two_thirds"


async def test_a_group_sets_no_rules_for_the_plenary() -> None:
    world = await found_world()
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Monitoring"})
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Experts"})
    symbol = await decided(world)
    from plenary.decisions.models import Decision

    group = await Body.get(key="monitoring")
    source = await Decision.get(symbol=symbol)
    await Decision.create(
        register="kp",
        source_id="2012-1",
        year=2012,
        title={"en": "Ours"},
        outcome="adopted",
        date="2012",
        procedure={},
        at=source.at,
        entry=source.entry,
        words="",
        body=group,
    )
    names = {"en": "Ours"}
    for body in ("plenary", "experts"):
        bar = await refused(
            adopt_procedure(
                SECRETARIAT, body, "ours", TWO_THIRDS, names=names, decision="kp/2012-1"
            )
        )
        assert bar.reason == "decision_of_another_body"
    for decision in ("kp/2012-1", symbol):  # its own, and one of the body above
        await adopt_procedure(
            SECRETARIAT, "monitoring", "ours", TWO_THIRDS, names=names, decision=decision
        )


# --- ended ---


async def test_a_procedure_is_ended_by_a_decision_and_its_numbers_stay() -> None:
    world = await found_world()
    running = await world.table_proposal()
    await running.put(procedure="vote")
    symbol = await decided(world)
    bar = await refused(end_procedure(SECRETARIAT, "plenary", "vote", decision=""))
    assert bar.reason == "decision_needed"
    seen = await refused(end_procedure(SECRETARIAT, "plenary", "vote", decision=symbol, seen=7))
    assert seen.reason == "moved_since_seen"
    ended = await end_procedure(SECRETARIAT, "plenary", "vote", decision=symbol, seen=1)
    assert (ended.ended_by, ended.number) == (symbol, 1)
    assert "vote" not in await own()
    plenary = await Body.get(key="plenary")
    assert [way.adopted.number for way in await numbers_of(plenary, "vote")] == [1]
    assert (await running.state("ALD", "yes")).entry
    assert (await refused(world.put(procedure="vote"))).status == 422
    again = await refused(end_procedure(SECRETARIAT, "plenary", "vote", decision=symbol))
    assert again.reason == "procedure_not_in_force"
    back = await adopt_procedure(
        SECRETARIAT, "plenary", "vote", standard("vote"), names={"en": "Vote"}, decision=symbol
    )
    assert back.number == 2
    assert (await own())["vote"]["number"] == 2


# --- what a procedure may decide ---


async def test_an_election_is_not_decided_in_silence_where_the_rules_say_so() -> None:
    world = await found_world()
    await adopt("silence", PRESETS["kimberley"]["silence"])
    election = await world.table_proposal(matter="election")
    bar = await refused(election.put(procedure="silence", hours=100))
    assert bar.reason == "matter_not_decided_here"
    assert {"en": "Consensus", "fr": "Consensus"} in bar.facts["procedures"]  # type: ignore[operator]
    assert (await world.put(procedure="silence", hours=100)).procedure["number"] == 2


# --- what is left to the Chair ---


async def test_a_chair_who_asks_for_two_supports_of_three_is_told_the_bound() -> None:
    """Case office 2: `min_support=2` of 55, and `allowed=54`, were taken."""
    world = await found_world()
    await adopt("written", standard("written"))
    bar = await refused(world.put(procedure="written", hours=241, chosen={"min_support": 1}))
    assert bar.reason == "past_its_bound"
    assert bar.facts == {
        "term": "min_support",
        "value": "1",
        "bound": {"from": "1/2", "to": "1/1"},
    }
    over = await refused(world.put(procedure="consensus_minus", chosen={"allowed": 54}))
    assert over.reason == "past_its_bound"
    await world.put(procedure="written", hours=241, chosen={"min_support": 2})


async def test_what_an_old_procedure_left_open_has_the_usual_bounds() -> None:
    world = await found_world()
    row = await Procedure.get(key="consensus_minus")
    old = row.terms | {"choose": ["allowed", "without"]}
    await Procedure.create(
        body=await Body.get(key="plenary"),
        key="consensus_minus",
        number=2,
        names=row.names,
        terms=old,
        ground="before",
        since=row.since,
    )
    bar = await refused(world.put(procedure="consensus_minus", chosen={"allowed": 2}))
    assert bar.reason == "past_its_bound"


# --- the party concerned ---


@pytest.mark.parametrize(
    "matter, party, chosen, taken",
    [
        ("standing", "COR", "COR", True),
        ("other", "COR", "COR", True),
        ("standing", "COR", "BEL", False),
        ("standing", "", "COR", False),
        ("election", "COR", "COR", False),
        ("text", "", "COR", False),
    ],
)
async def test_nobody_is_left_out_but_the_party_that_the_proposal_named(
    matter: str, party: str, chosen: str, taken: bool
) -> None:
    """Case office 2: `without=ZA`, with the objector named as "party concerned"."""
    world = await found_world()
    asked = await world.table_proposal(matter=matter, party=party)
    putting = asked.put(procedure="consensus_minus", chosen={"without": chosen})
    if not taken:
        assert (await refused(putting)).reason == "not_the_party_concerned"
        return
    question = await putting
    assert question.procedure["rule"]["without"] == [chosen]


async def test_a_procedure_that_leaves_nobody_out_cannot_be_put_without_anybody() -> None:
    world = await found_world()
    asked = await world.table_proposal(matter="standing", party="COR")
    await adopt("consensus_minus", standard("consensus_minus") | {"party": False})
    bar = await refused(asked.put(procedure="consensus_minus", chosen={"without": "COR"}))
    assert bar.status == 422
