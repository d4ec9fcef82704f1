"""A text as it is read: who sees it, how it is translated, where its brackets stand."""

import pytest

from plenary.bodies.powers import Role
from plenary.bodies.viewers import Viewer
from plenary.proposals.comments import remarks_on
from plenary.proposals.models import Comment, Proposal
from plenary.proposals.reading import (
    clauses_of,
    first_brackets,
    languages_of,
    lines_of,
    open_to,
    proposal_for,
    version_of,
)
from plenary.refusal import Missing
from plenary.texts.clauses import Clause, brackets
from tests.world import ALD, BEL, BRACKETED, CHAIR, DEL, SECRETARIAT, TEXT, World, found_world

DB = pytest.mark.usefixtures("db")


@DB
@pytest.mark.parametrize("shown", [(), (BEL,), (SECRETARIAT, DEL), (CHAIR,)], ids=str)
async def test_a_draft_is_there_for_its_authors_and_those_they_show_it_to(
    shown: tuple[str, ...],
) -> None:
    world = await found_world()
    draft = await world.table_proposal(draft=True, shown=shown)
    for actor, viewer in VIEWERS.items():
        await _reads_exactly(draft, viewer, there=actor in (ALD, *shown))


VIEWERS = {
    ALD: Viewer(code="ALD", kind="participant", roles=frozenset({Role.DELEGATE})),
    BEL: Viewer(code="BEL", kind="participant", roles=frozenset({Role.HEAD})),
    DEL: Viewer(code="DEL", kind="observer", roles=frozenset({Role.OBSERVER})),
    CHAIR: Viewer(offices=frozenset({("chair", "plenary")}), roles=frozenset({Role.CHAIR})),
    SECRETARIAT: Viewer(
        offices=frozenset({("secretariat", "plenary")}), roles=frozenset({Role.SECRETARIAT})
    ),
    "": Viewer(),
}


async def _reads_exactly(draft: World, viewer: Viewer, *, there: bool) -> None:
    listed = await Proposal.filter(open_to(viewer), symbol=draft.symbol).count()
    assert listed == there
    if there:
        assert (await proposal_for(viewer, draft.year, draft.number)).symbol == draft.symbol
    else:
        with pytest.raises(Missing) as hidden:
            await proposal_for(viewer, draft.year, draft.number)
        with pytest.raises(Missing) as absent:
            await proposal_for(viewer, draft.year, 99)
        assert hidden.value.reason == absent.value.reason, "what is hidden looks like what is not"


@DB
async def test_the_original_has_no_translation_and_does_not_lag() -> None:
    world = await found_world(text=BRACKETED)
    proposal = await world.proposal()
    lines = await lines_of(proposal, await version_of(proposal, 1), "en")
    assert [line.translation for line in lines] == [""] * 4
    assert not any(line.lags for line in lines)
    assert [line.first_bracket for line in lines] == [1, 1, 1, 2]


@DB
async def test_a_second_translation_of_a_version_takes_the_place_of_the_first() -> None:
    world = await found_world()
    await world.revise(TEXT.replace("mandate", "mandat"), language="fr", by=SECRETARIAT)
    await world.revise(TEXT.replace("mandate", "MANDAT"), language="fr", by=SECRETARIAT)
    proposal = await world.proposal()
    lines = await lines_of(proposal, await version_of(proposal, 1), "fr")
    assert "MANDAT" in lines[1].translation
    assert await languages_of(proposal) == ["fr"]


@DB
async def test_a_translation_of_a_later_version_says_nothing_of_an_earlier_one() -> None:
    world = await found_world()
    await world.revise()
    await world.revise(TEXT, language="fr", by=SECRETARIAT)
    proposal = await world.proposal()
    first = await lines_of(proposal, await version_of(proposal, 1), "fr")
    assert [line.follows for line in first] == [0] * 4


@DB
async def test_a_translated_clause_that_comes_back_to_its_old_words_no_longer_lags() -> None:
    world = await found_world()
    await world.revise(TEXT, language="fr", by=SECRETARIAT)
    await world.revise()
    await world.revise(TEXT)
    proposal = await world.proposal()
    lines = await lines_of(proposal, await version_of(proposal, 3), "fr")
    assert not any(line.lags for line in lines)


@DB
async def test_remarks_stand_with_their_clauses_in_the_order_they_were_made() -> None:
    world = await found_world()
    key = await world.clause(1)
    for text in ("One.", "Two."):
        await world.comment("BEL", text, clause=key)
    proposal = await world.proposal()
    clauses = await clauses_of(await version_of(proposal, 1))
    remarks = await remarks_on(Comment.filter(proposal=proposal), clauses)
    assert [c.text for c in remarks.by_clause[key]] == ["One.", "Two."]
    assert remarks.count == 2


def test_the_first_bracket_of_each_clause_is_where_the_whole_count_stands() -> None:
    texts = ("[a] and [b [c]]", "none", "[d]")
    clauses = [Clause(f"p{n}", "operative", n, text) for n, text in enumerate(texts, 1)]
    firsts = first_brackets(clauses)
    assert firsts == {"p1": 1, "p2": 4, "p3": 4}
    numbers: dict[str, int] = {}
    for bracket in brackets(clauses):
        numbers.setdefault(bracket.clause, bracket.number)
    assert all(firsts[clause] == number for clause, number in numbers.items())
