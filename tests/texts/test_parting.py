"""A paragraph that is divided, and two that are joined: what hangs on them goes with its words."""

import pytest

from plenary.disclosure.removing import remove_words
from plenary.proposals.reading import lines_of, version_of
from plenary.texts.clauses import Clause, Draft, carry
from plenary.texts.parting import MOST_PAIRS, Parting, parting
from plenary.texts.redline import redline
from tests.client import Site, squeezed
from tests.disclosure.nouns import newest, order
from tests.world import SECRETARIAT, World, found_world

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
    new = ({clause.key for clause in parts} - {clause.key for clause in whole}).pop()
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
    added = [change for change in redline(whole, parts) if change.kind == "added"]
    assert [change.other for change in added] == [whole[0]]
    gone = [change for change in redline(parts, whole) if change.kind == "removed"]
    assert [change.other for change in gone] == [whole[0]]
    assert {change.other for change in redline(whole, parts) if change.kind != "added"} == {None}


@pytest.mark.usefixtures("db")
async def test_no_old_translation_stands_beside_a_part_that_it_does_not_translate() -> None:
    world = await found_world()
    tabled = await world.table_proposal(WHOLE)
    await tabled.revise(FRENCH, language="fr", by=SECRETARIAT, authentic=True)
    await tabled.revise(PARTS)
    proposal = await tabled.proposal()
    lines = await lines_of(proposal, await version_of(proposal, 2), "fr")
    assert [line.translation for line in lines] == ["", "", "Remercie l’hôte."]
    assert [line.undivided for line in lines if line.undivided] == [
        "Décide que les pierres sont scellées et inscrites."
    ]
    first = await lines_of(proposal, await version_of(proposal, 1), "fr")
    assert first[0].translation.startswith("Décide que les pierres"), "where it is whole it stays"


async def test_the_pages_say_that_it_was_divided_and_keep_what_was_translated(site: Site) -> None:
    world = await found_world()
    tabled = await world.table_proposal(WHOLE)
    await tabled.revise(FRENCH, language="fr", by=SECRETARIAT)
    await tabled.revise(PARTS)
    browser = await site.browser("secretariat@example.org")
    at = f"/proposals/{tabled.year}/{tabled.number}"
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


# --- what was said of them -----------------------------------------------------------------------


async def _said_on_parts(divide: bool = False) -> World:
    """Comments on each of two paragraphs, which are parts of one or will be divided."""
    tabled = await (await found_world()).table_proposal(WHOLE if divide else PARTS)
    for number, code in ((1, "BEL"), (2, "COR")):
        await tabled.comment(code, f"Of number {number}.", clause=await tabled.clause(number))
    return tabled


async def test_a_comment_goes_where_its_paragraph_was_joined_and_says_where_it_was_made(
    site: Site,
) -> None:
    tabled = await _said_on_parts()
    gone, at = await tabled.clause(1), f"/proposals/{tabled.year}/{tabled.number}"
    await tabled.revise(WHOLE)
    home = await tabled.clause(1)
    assert gone != home, "the longer part goes on under its key"
    browser = await site.browser()
    page = await browser.page(f"{at}/comments")
    section = page.by_id(f"on-{home}")
    assert section is not None
    assert "Of number 1." in section.text
    assert "Left behind" not in page.words
    assert "Made on paragraph 1 of version 1, which was joined to this one." in page.words
    assert f"{at}/v1#{gone}" in page.links()
    assert page.words.count("which was joined to this one") == 1, "the other stands where it stood"
    for on in (home, gone):  # the address of its paragraph from before is good for ever
        assert "Of number 1." in (await browser.page(f"{at}/comments?on={on}")).words, on
    assert "2 comments on this paragraph" in (await browser.page(f"{at}/comments?on={home}")).words
    shown = await browser.page(at)
    [link] = [tag for tag in shown.all("a") if tag["href"].endswith(f"?on={home}#on-{home}")]
    assert "2" in link.text, "and is counted there"
    assert (
        "Fait sur le paragraphe 1 de la version 1, qui a été joint à celui-ci."
        in (await browser.page(f"/fr{at}/comments")).words
    )


async def test_a_comment_follows_its_words_through_every_later_version(site: Site) -> None:
    """Joined in the second version, and the words all changed in the third."""
    tabled = await _said_on_parts()
    await tabled.revise(WHOLE)
    rewritten = f"1. {FIRST}, which no Participant may open, cut or sell.\n2. Thanks the host.\n"
    await tabled.revise(rewritten)
    page = await (await site.browser()).page(f"/proposals/{tabled.year}/{tabled.number}/comments")
    section = page.by_id(f"on-{await tabled.clause(1)}")
    assert section is not None
    assert "Of number 1." in section.text
    await tabled.revise("1. Thanks the host.\n")
    page = await (await site.browser()).page(f"/proposals/{tabled.year}/{tabled.number}/comments")
    assert "Left behind" in page.words, "and what it was joined to is gone in its turn"
    assert "joined to this one" not in page.words


async def test_a_comment_on_a_paragraph_that_was_divided_says_so(site: Site) -> None:
    tabled = await _said_on_parts(divide=True)
    key, at = await tabled.clause(1), f"/proposals/{tabled.year}/{tabled.number}"
    await tabled.revise(PARTS)
    browser = await site.browser()
    page = await browser.page(f"{at}/comments")
    section = page.by_id(f"on-{key}")
    assert section is not None
    assert "Made on the undivided paragraph, as it stood in version 1." in squeezed(section.text)
    assert page.words.count("undivided") == 1, "of the other paragraph no part was taken"
    assert f"{at}/v1#{key}" in page.links()
    assert (
        "Fait sur le paragraphe non divisé, tel qu’il était dans la version 1."
        in (await browser.page(f"/fr{at}/comments")).words
    )
    await tabled.revise(WHOLE)
    assert "undivided" not in (await browser.page(f"{at}/comments")).words, "it is whole again"


@pytest.mark.parametrize("divide", [False, True])
async def test_every_process_says_where_it_went_before_and_after_its_words_were_removed(
    site: Site, divide: bool
) -> None:
    """From what stands in the database alone: of the words only marks are left."""
    tabled = await _said_on_parts(divide)
    first = await newest("version.issued")
    await tabled.revise(PARTS if divide else WHOLE)
    await remove_words(SECRETARIAT, first, order())
    await tabled.revise(f"{PARTS if divide else WHOLE}{9}. Adjourns.\n")
    page = await (await site.browser()).page(f"/proposals/{tabled.year}/{tabled.number}/comments")
    assert "Left behind" not in page.words
    assert ("undivided paragraph" if divide else "which was joined to this one") in page.words
