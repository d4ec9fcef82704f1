"""Questions, positions, outcomes: what happens in the room, on both databases."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plenary.bodies.actions import admissions
from plenary.bodies.actions.admissions import Admission
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.seats import seat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.models import Body
from plenary.bodies.powers import Role
from plenary.bodies.viewers import PUBLIC, Viewer
from plenary.clock import pretending
from plenary.decisions.models import Decision
from plenary.proposals.actions.moves import refer
from plenary.proposals.models import Version
from plenary.proposals.reading import clauses_of
from plenary.proposals.rules import Stage
from plenary.questions.actions.answering import be_heard, state_position
from plenary.questions.earlier import with_earlier
from plenary.questions.models import Position, RollCall, View
from plenary.questions.publication import may_name
from plenary.questions.rules import Blocked, Carries, Outcome, Stance
from plenary.questions.stand import Stand, stand_of
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Invalid, Refused, Whose
from plenary.texts.clauses import fingerprint, plain
from tests.mandate import mandate
from tests.world import AMENDED, CHAIR, SECRETARIAT, World, found_world, head

pytestmark = pytest.mark.usefixtures("db")
GROUP = "chair:monitoring"


async def stand(world: World, viewer: Viewer = PUBLIC) -> Stand:
    found = await stand_of(await world.proposal(), viewer)
    assert found is not None
    return (await with_earlier([found], viewer))[0]


async def size() -> int:
    return (await Head.get(id=1)).size


async def admit(code: str, name: str) -> None:
    cited = await mandate()
    admission = Admission(code, name.lower(), "participant", {"en": name}, decision=cited.decision)
    await admissions.admit(SECRETARIAT, admission)
    await seat(SECRETARIAT, "plenary", code, "member", basis=cited)


async def group() -> None:
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Monitoring"})
    await seat(SECRETARIAT, "monitoring", "ALD", "member", since=date(2019, 1, 1))


# --- the question ---


async def test_the_roll_is_frozen_with_the_question() -> None:
    world = await found_world()
    await world.put()
    since = date(2019, 6, 1)
    await set_standing(SECRETARIAT, "COR", "suspended", since=since, basis=await mandate())
    await admit("ELV", "Elvaria")
    now = await stand(world)
    assert now.roll.participating == {"ALD", "BEL", "COR"}
    await world.object("COR")  # suspended since, and still on this roll
    assert (await stand(world)).standing == Blocked(frozenset({"COR"}))
    with pytest.raises(Forbidden, match="not_on_the_roll"):
        await world.state("ELV")
    await world.declare("no_consensus")
    await world.put()
    assert (await stand(world)).roll.participating == {"ALD", "BEL", "ELV"}
    assert await RollCall.all().count() == 6


async def test_a_question_is_put_once_and_on_the_newest_version() -> None:
    world = await found_world()
    await world.revise()
    with pytest.raises(Refused) as refused:
        await world.put(version=1)
    assert refused.value.facts == {"base": 1, "latest": 2}
    await world.put()
    with pytest.raises(Refused, match="question_open"):
        await world.put()


async def test_no_question_is_put_on_a_draft_or_a_closed_proposal() -> None:
    world = await found_world()
    draft = await world.table_proposal(draft=True)
    with pytest.raises(Refused, match="proposal_not_on_the_table"):
        await draft.put()
    await world.withdraw()
    with pytest.raises(Refused, match="proposal_not_on_the_table"):
        await world.put()


async def test_nobody_but_the_chair_puts_or_declares() -> None:
    world = await found_world()
    for by in (head("ALD"), head("DEL"), SECRETARIAT, "chair:reform"):
        with pytest.raises(Forbidden, match="not_the_chair"):
            await world.put(by=by)
    await world.put()
    for by in (head("ALD"), head("DEL"), SECRETARIAT, "chair:reform"):
        with pytest.raises(Forbidden, match="not_the_chair"):
            await world.declare(by=by)


async def test_a_groups_chair_presides_over_its_own_group_only() -> None:
    world = await found_world()
    await group()
    with pytest.raises(Forbidden, match="not_the_chair"):
        await world.put(by=GROUP)
    await refer(CHAIR, world.year, world.number, body="monitoring")
    await world.put(by=GROUP)
    assert (await stand(world)).roll.participating == {"ALD"}
    outcome = await world.declare("agreed", by=GROUP)
    assert outcome.symbol == "KP/2019/WGM/R.1"


async def test_a_body_without_a_member_cannot_be_asked() -> None:
    world = await found_world()
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Experts"})
    await refer(CHAIR, world.year, world.number, body="experts")
    with pytest.raises(Refused, match="nobody_on_the_roll"):
        await world.put()


async def test_the_roll_is_of_the_day_at_the_seat() -> None:
    """At 01:30 in New Delhi a suspension from that day holds; in UTC it is still yesterday."""
    world = await found_world()
    await Body.filter(key="plenary").update(zone="Asia/Kolkata")
    tomorrow = datetime.now(UTC) + timedelta(days=2)
    night = tomorrow.replace(hour=20, minute=0)  # 01:30 of the next day at the seat
    at_the_seat = night.date() + timedelta(days=1)
    await set_standing(SECRETARIAT, "COR", "suspended", since=at_the_seat)
    with pretending(night):
        await world.put()
        decision = await world.declare()
    assert (await stand(world)).roll.participating == {"ALD", "BEL"}
    assert decision.date == at_the_seat.isoformat()


# --- positions ---


async def test_a_later_position_supersedes_and_both_are_kept() -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.state("COR", "accept")
    now = await stand(world)
    assert now.spoken["COR"].stance is Stance.ACCEPT
    assert [spoken.stance for spoken in now.earlier["COR"]] == [Stance.OBJECT]
    assert await Position.filter(current=True).count() == 1
    assert await Position.all().count() == 2
    assert now.counts == {
        "support": 0, "accept": 1, "reservation": 0, "stand_aside": 0, "object": 0,
        "not_stated": 2,
    }  # fmt: skip


async def test_a_new_version_makes_positions_stale_until_they_are_confirmed() -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.state("ALD", "support")
    await world.revise(AMENDED)
    now = await stand(world)
    assert (now.version, set(now.stale), now.spoken) == (2, {"ALD", "COR"}, {})
    assert now.standing == Carries()
    assert now.counts["not_stated"] == 3
    old = now.stale["COR"]
    again = await world.answer(
        "object", clause=old.clause, explanation=old.explanation, would_join=old.would_join
    )
    await state_position(head("COR"), world.year, world.number, again)
    assert (await stand(world)).standing == Blocked(frozenset({"COR"}))


async def test_an_answer_to_the_version_before_is_refused_with_both_numbers() -> None:
    world = await found_world()
    await world.put()
    await world.revise()
    with pytest.raises(Refused) as refused:
        await world.state("ALD", version=1)
    assert (refused.value.reason, refused.value.facts) == (
        "version_moved",
        {"version": 1, "asked": 2},
    )
    with pytest.raises(Refused, match="unknown_version"):
        await world.state("ALD", version=9)


async def test_who_joins_ad_referendum_is_named_in_the_standing() -> None:
    world = await found_world()
    await world.put()
    await world.state("BEL", "support", ad_referendum=True)
    assert (await stand(world)).standing == Carries(ad_referendum=frozenset({"BEL"}))
    await world.state("BEL", "support")
    assert (await stand(world)).standing == Carries()


async def test_an_observer_objects_in_a_ledger_of_its_own_and_the_text_is_adopted() -> None:
    world = await found_world()
    await world.put()
    before = await stand(world)
    await world.hear("DEL", "object")
    after = await stand(world)
    assert (after.standing, after.counts) == (before.standing, before.counts)
    assert [spoken.party.code for spoken in after.heard] == ["DEL"]
    assert (await Position.all().count(), await View.all().count()) == (0, 1)
    assert (await world.declare("adopted")).outcome == Outcome.ADOPTED


async def test_nobody_enters_the_others_ledger() -> None:
    world = await found_world()
    await world.put()
    with pytest.raises(Forbidden, match="not_on_the_roll"):
        await world.state("DEL")
    with pytest.raises(Forbidden, match="not_on_the_roll"):
        await world.hear("ALD")
    answer = await world.answer("support")
    for office in (CHAIR, SECRETARIAT):
        with pytest.raises(Forbidden, match="not_a_delegation"):
            await state_position(office, world.year, world.number, answer)
        with pytest.raises(Forbidden, match="not_a_delegation"):
            await be_heard(office, world.year, world.number, answer)


async def test_an_observer_that_speaks_again_supersedes_itself() -> None:
    world = await found_world()
    await world.put()
    await world.hear("DEL", "object")
    await world.hear("DEL", "support")
    now = await stand(world)
    assert [spoken.stance for spoken in now.heard] == [Stance.SUPPORT]
    assert [spoken.stance for spoken in now.heard_earlier["DEL"]] == [Stance.OBJECT]


@pytest.mark.parametrize(
    "stance, missing, fields",
    [
        ("object", {"clause": ""}, {"clause": "clause_needed"}),
        ("object", {"explanation": " "}, {"explanation": "explanation_needed"}),
        (
            "object", {"clause": "", "explanation": ""},
            {"clause": "clause_needed", "explanation": "explanation_needed"},
        ),
        ("reservation", {"explanation": ""}, {"explanation": "explanation_needed"}),
        ("support", {"clause": "p99"}, {"clause": "unknown_clause"}),
    ],
)  # fmt: skip
async def test_an_objection_names_its_clause_and_its_reason(
    stance: str, missing: dict[str, str], fields: dict[str, str]
) -> None:
    world = await found_world()
    await world.put()
    before = await size()
    for deed in (
        lambda: world.state("COR", stance, **missing),
        lambda: world.hear("DEL", stance, **missing),
    ):
        with pytest.raises(Invalid) as invalid:
            await deed()
        assert {name: fault.name for name, fault in invalid.value.errors.items()} == fields
    assert await size() == before


async def test_the_same_position_sent_twice_is_one_act() -> None:
    world = await found_world()
    await world.put()
    first = await world.object("COR", key="once")
    before = await size()
    again = await world.object("COR", key="once")
    assert (again.code, await size()) == (first.code, before)
    heard = await world.hear("DEL", key="once")
    assert heard.code != first.code
    assert (await world.hear("DEL", key="once")).code == heard.code


async def test_an_objection_never_vanishes_behind_the_receipt_of_another_position() -> None:
    world = await found_world()
    await world.put()
    first = await world.state("COR", "accept", key="once")
    before = await size()
    for stance in ("object", "support"):
        with pytest.raises(Refused, match="key_used") as refused:
            await world.state("COR", stance, key="once")
        assert refused.value.facts == {"receipt": first.code}
    assert await size() == before


async def test_a_position_that_was_recorded_is_answered_again_after_the_gavel() -> None:
    world = await found_world()
    await world.put()
    first = await world.state("ALD", key="once")
    await world.declare()
    assert (await world.state("ALD", key="once")).code == first.code


async def test_after_closing_a_position_is_refused_by_name() -> None:
    world = await found_world()
    with pytest.raises(Refused, match="no_question"):
        await world.state("ALD")
    await world.put()
    await world.declare()
    before = await size()
    for deed in (world.state("ALD"), world.hear("DEL"), world.declare()):
        with pytest.raises(Refused, match="question_closed") as refused:
            await deed
        assert refused.value.status == 409
    assert await size() == before


async def test_a_withdrawn_proposal_takes_no_more_positions() -> None:
    world = await found_world()
    await world.put()
    await world.withdraw()
    with pytest.raises(Refused, match="question_closed"):
        await world.state("BEL")


# --- the gavel ---


async def test_adoption_over_an_objection_is_refused_and_names_who_objects() -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    before = await size()
    for outcome in ("adopted", "adopted_ad_referendum"):
        with pytest.raises(Refused) as refused:
            await world.declare(outcome)
        assert refused.value.reason == "objection_stands"
        assert refused.value.facts["objectors"] == Whose(["COR"])
    assert (await size(), (await stand(world)).open) == (before, True)


async def test_no_consensus_is_refused_while_nobody_objects() -> None:
    world = await found_world()
    await world.put()
    await world.hear("DEL", "object")
    for outcome in ("no_consensus", "not_adopted"):
        with pytest.raises(Refused, match="nobody_objects"):
            await world.declare(outcome)


async def test_no_consensus_is_a_full_record_and_the_proposal_returns() -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.state("ALD")
    decision = await world.declare("no_consensus", note="Consultations go on.")
    assert (decision.symbol, decision.version, decision.note) == (
        "KP/2019/Plenary/OC.1",
        1,
        "Consultations go on.",
    )
    assert decision.fingerprint["en"]
    closed = await stand(world)
    assert (closed.open, closed.counts["object"], closed.counts["support"]) == (False, 1, 1)
    assert (await world.proposal()).stage == Stage.BEFORE_PLENARY
    await world.revise(AMENDED)
    kept = await stand(world)  # the closed question stays on the version it was closed on
    assert (kept.version, set(kept.spoken)) == (1, {"ALD", "COR"})
    await world.put()
    assert (await stand(world)).counts["not_stated"] == 3
    adopted = await world.declare("adopted")
    assert adopted.symbol == "KP/2019/Plenary/AD.1"
    assert await Decision.filter(proposal=await world.proposal()).count() == 2


@pytest.mark.parametrize(
    "outcome, stage",
    [
        ("adopted", Stage.DECIDED), ("adopted_ad_referendum", Stage.DECIDED),
        ("noted", Stage.DECIDED), ("deferred", Stage.DEFERRED),
        ("referred_back", Stage.WORKING_GROUP),
    ],
)  # fmt: skip
async def test_where_each_outcome_leaves_the_proposal(outcome: str, stage: Stage) -> None:
    world = await found_world()
    await world.put()
    await world.declare(outcome)
    assert (await world.proposal()).stage == stage
    if stage != Stage.DECIDED:
        await world.put()  # it comes back


async def test_symbols_of_decisions_are_counted_in_two_series_and_never_twice() -> None:
    world = await found_world()
    symbols = []
    for outcome in ("adopted", "noted", "adopted_ad_referendum", "deferred"):
        proposal = await world.table_proposal()
        await proposal.put()
        symbols.append((await proposal.declare(outcome)).symbol)
    assert symbols == [f"KP/2019/Plenary/{s}" for s in ("AD.1", "OC.1", "AD.2", "OC.2")]
    await world.put()
    with pytest.raises(Refused) as refused:
        await world.declare(symbol="KP/2019/Plenary/AD.1")
    taken = "KP/2019/Plenary/AD.1"
    assert refused.value.facts == {"symbol": taken, "holder": taken}
    assert (await world.declare(symbol="KP/2019/Plenary/AD.3")).number == 5
    last = await world.table_proposal()
    await last.put()
    assert (await last.declare()).symbol == "KP/2019/Plenary/AD.4"


async def test_the_decision_fixes_the_text_the_chair_saw() -> None:
    world = await found_world()
    await world.put()
    await world.revise(AMENDED)
    decision = await world.declare()
    version = await Version.get(proposal=await world.proposal(), number=2)
    text = plain(await clauses_of(version)).rstrip()
    printed = f"{decision.symbol}\nSeals\n\n{text}\n"
    assert decision.version == 2
    assert decision.fingerprint == {"en": fingerprint(printed)}
    facts = read_entry(bytes((await Entry.get(n=decision.entry)).written))
    assert facts["text"] == f"sha256:{decision.fingerprint['en']}"


# --- the rule of publication ---

READERS = {
    "public": PUBLIC,
    "delegate": Viewer(1, code="ALD", kind="participant", roles=frozenset({Role.HEAD})),
    "observer": Viewer(2, code="DEL", kind="observer", roles=frozenset({Role.OBSERVER})),
    "chair": Viewer(3, roles=frozenset({Role.CHAIR}), offices=frozenset({("chair", "plenary")})),
    "secretariat": Viewer(
        4, roles=frozenset({Role.SECRETARIAT}), offices=frozenset({("secretariat", "plenary")})
    ),
    "its own group's chair": Viewer(
        5, roles=frozenset({Role.GROUP_CHAIR}), offices=frozenset({("chair", "monitoring")})
    ),
    # The World Diamond Council, an Observer, chairs the Working Group of Diamond Experts.
    "an observer that chairs another group": Viewer(
        6, code="DEL", kind="observer", roles=frozenset({Role.OBSERVER, Role.GROUP_CHAIR}),
        offices=frozenset({("chair", "experts")}),
    ),
}  # fmt: skip


async def test_under_never_names_are_read_by_the_presiding_chair_and_the_secretariat_only() -> None:
    world = await found_world()
    await group()
    await refer(CHAIR, world.year, world.number, body="monitoring")
    await world.put("never", by=GROUP)
    await world.object("ALD")
    readers = set()
    for name, viewer in READERS.items():
        seen = await stand(world, viewer)
        if seen.named:
            readers.add(name)
        assert (seen.counts["object"] == 1) is seen.counted is (name != "public")
        assert ("ALD" in seen.spoken) == (seen.named or viewer.code == "ALD")
    assert readers == {"chair", "secretariat", "its own group's chair"}
    question = await world.question()
    named = {n for n, viewer in READERS.items() if may_name(question, viewer, decided=True)}
    assert named == readers
