"""What people do with a text, on the record and on both databases."""

import pytest

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.models import Body
from plenary.bodies.powers import Role
from plenary.bodies.viewers import PUBLIC, Viewer
from plenary.proposals.actions.moves import refer, table
from plenary.proposals.comments import Remarks, remarks_on
from plenary.proposals.models import ClauseText, Comment, Proposal, Translation, Version
from plenary.proposals.reading import clauses_of, first_brackets, lines_of, proposal_for, version_of
from plenary.proposals.rules import Stage
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Invalid, Missing, Refused
from tests.world import (
    ALD,
    AMENDED,
    BEL,
    BRACKETED,
    CHAIR,
    COR,
    SECRETARIAT,
    TEXT,
    World,
    found_world,
)

pytestmark = pytest.mark.usefixtures("db")

OBSERVER = Viewer(person=1, kind="observer", code="DEL", roles=frozenset({Role.OBSERVER}))
DELEGATE = Viewer(person=2, kind="participant", code="COR", roles=frozenset({Role.DELEGATE}))
GROUP = "chair:monitoring"


async def group() -> None:
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Monitoring"})
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Diamond Experts"})


async def size() -> int:
    return (await Head.get(id=1)).size


async def keys(world: World, number: int = 0) -> list[str]:
    version = await version_of(await world.proposal(), number or await world.newest())
    return [clause.key for clause in await clauses_of(version)]


async def test_a_draft_is_read_by_those_it_is_shown_to_and_by_nobody_else() -> None:
    world = await found_world()
    draft = await world.table_proposal(by=BEL, draft=True, shown=(COR,))
    proposal = await draft.proposal()
    assert (proposal.stage, proposal.tabled) == (Stage.DRAFT, None)
    for outside in (PUBLIC, OBSERVER):
        with pytest.raises(Missing) as missing:
            await proposal_for(outside, draft.year, draft.number)
        assert missing.value.reason == "unknown_proposal"
    assert (await proposal_for(DELEGATE, draft.year, draft.number)).id == proposal.id
    veils = await Entry.filter(topic=draft.symbol).values_list("veil", flat=True)
    assert set(veils) == {f"draft:{draft.symbol}", f"readers:{draft.symbol}"}


async def test_a_draft_goes_on_the_table_and_everyone_reads_it() -> None:
    world = await found_world()
    draft = await world.table_proposal(by=BEL, draft=True)
    await table(BEL, draft.year, draft.number)
    assert (await proposal_for(PUBLIC, draft.year, draft.number)).stage == Stage.BEFORE_PLENARY
    with pytest.raises(Refused, match="already_tabled"):
        await table(BEL, draft.year, draft.number)


async def test_symbols_are_counted_within_the_year() -> None:
    world = await found_world()
    second = await world.table_proposal()
    assert [world.symbol, second.symbol] == ["KP/2019/P.1", "KP/2019/P.2"]
    assert (await second.proposal()).symbol == "KP/2019/P.2"


async def test_a_proposal_before_a_body_that_is_not_there_is_refused_whole() -> None:
    world = await found_world()
    before = await size()
    with pytest.raises(Missing, match="unknown_body"):
        await world.table_proposal(body="nowhere")
    assert await size() == before
    assert await Proposal.all().count() == 1


async def test_a_new_text_is_a_new_version_and_the_old_one_stays() -> None:
    world = await found_world(text=BRACKETED)
    amended = BRACKETED.replace("to report", "to report every year")
    version = await world.revise(amended, note={"en": "A rhythm."})
    assert (version.number, await world.newest()) == (2, 2)
    old = await version_of(await world.proposal(), 1)
    assert "to report." in [c.text[-10:] for c in await clauses_of(old)]
    assert version.brackets == old.brackets == 1
    assert old.fingerprint != version.fingerprint


async def test_a_text_written_on_an_overtaken_version_is_refused_with_both_numbers() -> None:
    world = await found_world()
    await world.revise()
    with pytest.raises(Refused) as refused:
        await world.revise(TEXT + "\n3. Thanks the host.\n", base=1)
    assert refused.value.status == 409
    assert (refused.value.reason, refused.value.facts) == (
        "version_overtaken",
        {"base": 1, "latest": 2},
    )
    assert await Version.all().count() == 2


async def test_a_text_without_a_change_is_no_version() -> None:
    world = await found_world()
    before = await size()
    with pytest.raises(Invalid) as invalid:
        await world.revise(TEXT)
    assert invalid.value.status == 422
    assert invalid.value.errors["text"].name == "unchanged"
    assert await size() == before


async def test_a_text_that_cannot_be_taken_names_its_first_fault() -> None:
    world = await found_world()
    with pytest.raises(Invalid) as invalid:
        await world.revise("1. Decides [nothing.")
    assert invalid.value.errors["text"].name == "bracket_unclosed"


async def test_clauses_keep_their_keys_when_one_is_put_in_split_or_moved() -> None:
    world = await found_world()
    first = await keys(world)
    decides, requests = await world.clause(1), await world.clause(2)
    inserted = TEXT.replace("2. Requests", "2. Welcomes the offer of the host.\n3. Requests")
    await world.revise(inserted)
    second = await keys(world)
    assert [key for key in second if key in first] == first
    assert (await world.clause(1), await world.clause(3)) == (decides, requests)
    fresh = await world.clause(2)
    assert fresh not in first

    split = inserted.replace(
        "stones are sealed before shipment.", "stones are sealed.\n2. [Before] shipment."
    )
    await world.revise(split)
    assert await world.clause(1) == decides
    assert await world.clause(2) not in second

    opening = "The Plenary,\n\nRecalling its mandate,\n\n"
    decided = "Decides that rough stones are sealed.\n"
    moved = f"{opening}1. Requests the secretariat to report.\n2. {decided}"
    await world.revise(moved)
    assert (await world.clause(1), await world.clause(2)) == (requests, decides)
    await world.revise(moved + "3. Welcomes the offer of the host.\n")
    everything = set(await ClauseText.all().values_list("key", flat=True))
    assert everything == set((await world.proposal()).keys)
    assert await world.clause(3) not in (fresh, *second), "a key is never given twice"


async def test_a_translation_follows_its_version_and_says_where_it_lags() -> None:
    world = await found_world()
    french = TEXT.replace(
        "Requests the secretariat to report", "Prie le secrétariat de faire rapport"
    )
    await world.revise(french, language="fr", by=SECRETARIAT)
    assert await world.newest() == 1
    proposal = await world.proposal()
    lines = await lines_of(proposal, await version_of(proposal, 1), "fr")
    assert [(line.follows, line.lags) for line in lines] == [(1, False)] * len(lines)
    await world.revise(AMENDED)
    proposal = await world.proposal()
    lines = await lines_of(proposal, await version_of(proposal, 2), "fr")
    assert [line.clause.number for line in lines if line.lags] == [2]
    assert all(line.follows == 1 for line in lines)
    assert "Prie" in lines[-1].translation
    untouched = await lines_of(proposal, await version_of(proposal, 1), "fr")
    assert not any(line.lags for line in untouched)
    assert await Translation.all().count() == len(lines)


async def test_a_clause_that_came_later_is_not_translated_yet() -> None:
    world = await found_world()
    await world.revise(TEXT, language="fr", by=SECRETARIAT)
    await world.revise(TEXT + "3. Thanks the host.\n")
    proposal = await world.proposal()
    last = (await lines_of(proposal, await version_of(proposal, 2), "fr"))[-1]
    assert (last.follows, last.translation, last.lags) == (0, "", False)


async def test_a_translation_with_other_paragraphs_is_refused() -> None:
    world = await found_world()
    with pytest.raises(Invalid) as invalid:
        await world.revise("1. Décide.", language="fr", by=SECRETARIAT)
    fault = invalid.value.errors["text"]
    assert (fault.name, fault.facts) == (
        "translation_clause_count",
        {"original": 4, "translation": 1},
    )


async def test_comments_follow_their_clause_or_are_left_behind() -> None:
    world = await found_world()
    clause = await world.clause(2)
    await world.comment("BEL", "How often?", clause=clause)
    await world.comment("DEL", "On the whole, yes.")
    await world.revise(
        TEXT.replace("2. Requests", "2. Welcomes the offer of the host.\n3. Requests")
    )
    proposal = await world.proposal()
    now = await _remarks(proposal, 2)
    assert [c.text for c in now.by_clause[clause]] == ["How often?"]
    assert [c.text for c in now.whole] == ["On the whole, yes."]
    await world.revise(
        "The Plenary,\n\nRecalling its mandate,\n\n1. Decides that rough stones are sealed.\n"
    )
    proposal = await world.proposal()
    later = await _remarks(proposal, 3)
    assert [(c.text, c.version) for c in later.left_behind] == [("How often?", 1)]
    assert (later.count, await Comment.all().count()) == (2, 2)


async def test_comments_are_numbered_and_receipted_once_for_each_key() -> None:
    world = await found_world()
    first = await world.comment("BEL", key="k")
    again = await world.comment("BEL", key="k")
    assert again.code == first.code
    with pytest.raises(Refused, match="key_used"):
        await world.comment("BEL", "Something else", key="k")
    assert [c.number for c in await Comment.all()] == [1]
    other = await world.comment("COR", key="k")  # another sender's key is another key
    assert other.code != first.code
    assert other.path.endswith("/comments#c2")


async def test_a_comment_on_a_clause_that_is_not_there_is_refused() -> None:
    world = await found_world()
    with pytest.raises(Invalid) as invalid:
        await world.comment(clause="p99")
    assert invalid.value.errors["clause"].name == "unknown_clause"


async def test_a_comment_stands_on_the_version_it_was_written_on() -> None:
    """Written on version 1, sent after version 2 came: it is on 1, and follows its clause."""
    world = await found_world()
    clause = await world.clause(1)
    await world.revise()
    await world.comment("BEL", "Ninety days.", clause=clause, version=1)
    made = await Comment.get(text="Ninety days.")
    assert made.version == 1
    assert read_entry((await Entry.get(n=made.entry)).written)["version"] == 1
    proposal = await world.proposal()
    found = await _remarks(proposal, 2)
    assert [comment.number for comment in found.by_clause[clause]] == [made.number]
    with pytest.raises(Missing, match="unknown_version"):
        await world.comment(version=9)


async def test_a_referral_moves_the_proposal_to_the_other_body() -> None:
    world = await found_world()
    await group()
    await refer(CHAIR, world.year, world.number, body="monitoring")
    proposal = await world.proposal()
    assert (proposal.stage, proposal.body.key) == (Stage.WORKING_GROUP, "monitoring")
    await refer(GROUP, world.year, world.number, body="plenary")
    assert (await world.proposal()).stage == Stage.BEFORE_PLENARY
    with pytest.raises(Missing, match="unknown_body"):
        await refer(CHAIR, world.year, world.number, body="nowhere")
    draft = await world.table_proposal(draft=True)
    with pytest.raises(Refused, match="proposal_not_on_the_table"):
        await refer(CHAIR, draft.year, draft.number, body="monitoring")
    await world.put()
    with pytest.raises(Refused, match="question_open"):
        await refer(CHAIR, world.year, world.number, body="monitoring")


async def test_a_withdrawn_proposal_is_closed_and_keeps_its_reason() -> None:
    world = await found_world()
    await world.withdraw(reason="The host offers more.")
    assert (await world.proposal()).stage == Stage.WITHDRAWN
    assert await Entry.filter(type="proposal.withdrawn", topic=world.symbol).exists()
    for again in (world.withdraw, world.revise, world.comment):
        with pytest.raises(Refused, match="proposal_closed"):
            await again()


async def test_nobody_but_the_author_changes_a_text_not_even_a_sponsor() -> None:
    world = await found_world()
    proposal = await world.table_proposal()
    await proposal.join("BEL")
    before = await size()
    for other in (COR, "delegation:DEL", BEL):
        for deed in (proposal.revise, proposal.withdraw):
            with pytest.raises(Forbidden) as forbidden:
                await deed(by=other)
            assert (forbidden.value.status, forbidden.value.reason) == (403, "not_the_author")
    assert await size() == before
    assert (await proposal.revise(by=ALD)).number == 2


async def test_a_groups_chair_moves_only_what_is_before_its_group_or_its_own() -> None:
    world = await found_world()
    await group()
    before = await size()
    with pytest.raises(Forbidden, match="not_the_chair"):
        await world.revise(by=GROUP)
    with pytest.raises(Forbidden, match="not_the_author"):
        await world.withdraw(by=GROUP)
    with pytest.raises(Forbidden, match="not_the_chair"):
        await refer(GROUP, world.year, world.number, body="experts")
    draft = await world.table_proposal(draft=True)
    with pytest.raises(Forbidden, match="not_the_author"):
        await table(GROUP, draft.year, draft.number)
    assert await Entry.filter(actor=GROUP).count() == 0
    assert await size() > before  # Aldoria's draft, and nothing of the chair's
    await refer(CHAIR, world.year, world.number, body="monitoring")
    await world.revise(by=GROUP)
    with pytest.raises(Forbidden, match="not_the_chair"):
        await world.revise(TEXT, by="chair:experts")
    with pytest.raises(Forbidden, match="not_the_chair"):
        await world.table_proposal(by=GROUP)  # before the Plenary, which is the Chair's
    own = await world.table_proposal(by=GROUP, body="monitoring")
    await own.revise(by=GROUP)
    await refer(GROUP, own.year, own.number, body="plenary")
    with pytest.raises(Forbidden, match="not_the_chair"):
        await own.revise(TEXT, by=GROUP)  # out of its hands


async def test_a_delegation_refers_nothing_not_even_its_own() -> None:
    world = await found_world()
    await group()
    with pytest.raises(Forbidden, match="not_the_chair"):
        await refer(ALD, world.year, world.number, body="monitoring")


async def test_the_same_proposal_sent_twice_is_one() -> None:
    world = await found_world()
    first = await world.table_proposal(key="once")
    again = await world.table_proposal(key="once")
    assert first == again
    assert await Proposal.all().count() == 2


async def test_brackets_are_numbered_through_the_whole_text() -> None:
    world = await found_world()
    await world.revise("1. One [two] three [four].\n2. Five.\n3. Six [seven].\n")
    proposal = await world.proposal()
    clauses = await clauses_of(await version_of(proposal, 2))
    assert list(first_brackets(clauses).values()) == [1, 3, 3]


async def test_a_proposal_before_a_group_is_in_that_group() -> None:
    world = await found_world()
    await group()
    tabled = await world.table_proposal(body="monitoring")
    proposal = await tabled.proposal()
    assert proposal.stage == Stage.WORKING_GROUP
    assert proposal.body.id == (await Body.get(key="monitoring")).id


async def _remarks(proposal: Proposal, version: int) -> Remarks:
    clauses = await clauses_of(await version_of(proposal, version))
    return await remarks_on(Comment.filter(proposal=proposal), clauses)
