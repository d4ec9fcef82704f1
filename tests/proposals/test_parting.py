"""A paragraph that is divided, and two that are joined: what hangs on them goes with its words."""

import pytest

from plenary.proposals.clauses import Clause, Draft, carry
from plenary.proposals.parting import MOST_PAIRS, Parting, parting
from plenary.proposals.reading import lines_of, version_of
from plenary.proposals.redline import redline
from tests.client import Site
from tests.world import SECRETARIAT, found_world

FIRST = "Decides that rough stones are sealed"
SECOND = "and that each seal is entered in a register which is open to every Participant"
WHOLE = f"1. {FIRST} {SECOND}.\n2. Thanks the host.\n"
PARTS = f"1. {FIRST}.\n2. {SECOND.capitalize()}.\n3. Thanks the host.\n"
FRENCH = "1. Décide que les pierres sont scellées et inscrites.\n2. Remercie l’hôte.\n"


def texts(*clauses: Clause) -> dict[str, str]:
    return {clause.key: clause.text for clause in clauses}


def versions(*each: list[str]) -> list[tuple[Clause, ...]]:
    found: list[tuple[Clause, ...]] = []
    for version in each:
        before = found[-1] if found else ()
        found.append(carry(before, [Draft("operative", text) for text in version], ()))
    return found


OTHER = "Thanks the host of the meeting"


@pytest.mark.parametrize("first, second", [(FIRST, SECOND), (SECOND, FIRST), (FIRST, FIRST[::-1])])
def test_a_part_is_known_to_be_one_whichever_part_keeps_the_key(first: str, second: str) -> None:
    whole, parts = versions([f"{first} {second}", OTHER], [first, second, OTHER])
    new = ({one.key for one in parts} - {one.key for one in whole}).pop()
    assert parting(texts(*whole), texts(*parts)) == Parting({new: whole[0].key}, {})
    assert parting(texts(*parts), texts(*whole)) == Parting({}, {new: whole[0].key})


def test_what_is_merely_new_gone_or_moved_was_no_part() -> None:
    old, new = versions([FIRST, OTHER], [SECOND, FIRST + " at once", OTHER])
    assert parting(texts(*old), texts(*new)) == Parting({}, {})
    assert parting(texts(*new), texts(*old)) == Parting({}, {})
    assert parting({"p1": f"{FIRST} {SECOND}"}, {"p1": FIRST, "p2": "and that"}).divided == {}


def test_too_many_to_compare_are_said_to_be_nothing() -> None:
    old = {f"p{n}": f"{FIRST} {n} {SECOND} {n}" for n in range(60)}
    new = {f"p{n}": f"{FIRST} {n}" for n in range(60)}
    new |= {f"q{n}": f"{SECOND} {n}" for n in range(60)}
    assert MOST_PAIRS < 60 * 60
    assert parting(old, new) == Parting({}, {})


def test_a_redline_says_what_was_divided_and_what_was_joined() -> None:
    whole, parts = versions([f"{FIRST} {SECOND}", OTHER], [FIRST, SECOND, OTHER])
    added = [one for one in redline(whole, parts) if one.kind == "added"]
    assert [one.other for one in added] == [whole[0]]
    gone = [one for one in redline(parts, whole) if one.kind == "removed"]
    assert [one.other for one in gone] == [whole[0]]
    assert {one.other for one in redline(whole, parts) if one.kind != "added"} == {None}


@pytest.mark.usefixtures("db")
async def test_no_old_translation_stands_beside_a_part_that_it_does_not_translate() -> None:
    world = await found_world()
    one = await world.table_proposal(WHOLE)
    await one.revise(FRENCH, language="fr", by=SECRETARIAT, authentic=True)
    await one.revise(PARTS)
    proposal = await one.proposal()
    lines = await lines_of(proposal, await version_of(proposal, 2), "fr")
    assert [line.translation for line in lines] == ["", "", "Remercie l’hôte."]
    assert [line.undivided for line in lines if line.undivided] == [
        "Décide que les pierres sont scellées et inscrites."
    ]
    first = await lines_of(proposal, await version_of(proposal, 1), "fr")
    assert first[0].translation.startswith("Décide que les pierres"), "where it is whole it stays"


async def test_the_pages_say_that_it_was_divided_and_keep_what_was_translated(site: Site) -> None:
    world = await found_world()
    one = await world.table_proposal(WHOLE)
    await one.revise(FRENCH, language="fr", by=SECRETARIAT)
    await one.revise(PARTS)
    browser = await site.browser("secretariat@example.org")
    at = f"/proposals/{one.year}/{one.number}"
    shown = await browser.page(f"{at}/v1..v2")
    assert "Divided from paragraph 1." in shown.words
    assert "divided from paragraph 1" in shown.words
    assert "Joined to paragraph 1." in (await browser.page(f"{at}/v2..v1")).words
    for path in (f"/fr{at}", f"/fr{at}/v2?with=fr"):
        page = await browser.page(path)
        assert "pierres" not in page.words, path
        assert "Divisé depuis la traduction de la version 1" in page.words, path
        assert any("/v1" in link and "#p1" in link for link in page.links()), path
    form = (await browser.page(f"{at}/versions?language=fr")).form("/versions")
    assert "Décide que les pierres" in form.fields["text"]
