"""A text belongs to its authors: no office tables, rewrites or withdraws it (cases/office.md 5)."""

import pytest

from plenary.proposals.authorship import bar_to_issue, bar_to_own, hand_of
from plenary.proposals.models import Version
from plenary.proposals.rules import Stage
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Refused
from tests.client import Site
from tests.world import (
    ALD,
    AMENDED,
    BEL,
    CHAIR,
    SECRETARIAT,
    TEXT,
    World,
    found_world,
)

OFFICES = {"chair": "chair@example.org", "secretariat": "secretariat@example.org"}


def at(world: World) -> str:
    return f"/proposals/{world.year}/{world.number}"


async def size() -> int:
    return (await Head.get(id=1)).size


def test_who_tables_withdraws_and_issues() -> None:
    """Who × act, whole: on Aldoria's text before the Plenary, and on that of a group's chair."""
    authors = frozenset({ALD})
    owns = {who for who in HANDS if bar_to_own(who, authors, "plenary") is None}
    issues = {who for who in HANDS if bar_to_issue(who, authors, "plenary") is None}
    assert (owns, issues) == ({ALD}, {ALD, CHAIR})
    in_group = {who for who in HANDS if bar_to_issue(who, authors, "wgm") is None}
    assert in_group == {ALD, CHAIR, "chair:wgm"}
    own = frozenset({"chair:wgm"})
    assert {who for who in HANDS if bar_to_own(who, own, "wgm") is None} == {"chair:wgm"}
    assert {who for who in HANDS if bar_to_own(who, own, "plenary") is None} == set()
    assert [hand_of(who).value for who in (ALD, CHAIR, SECRETARIAT)] == ["", "chair", ""]


HANDS = (ALD, BEL, CHAIR, "chair:wgm", SECRETARIAT)


@pytest.mark.parametrize("office", OFFICES)
async def test_no_office_withdraws_a_delegation_s_text_or_tables_its_draft(
    site: Site, office: str
) -> None:
    world = await found_world()
    draft = await world.table_proposal(draft=True)
    before = await size()
    browser = await site.browser(OFFICES[office])
    withdrawn = await browser.post(
        f"{at(world)}/withdrawal", {"reason": "Away.", "version": "1", "confirmed": "1"}
    )
    tabled = await browser.post(f"{at(draft)}/tabling", {"version": "1"})
    assert (withdrawn.status_code, tabled.status_code) in {(403, 403), (403, 404)}
    assert "belongs to its authors" in withdrawn.text
    page = await browser.page(at(world))
    assert not any("/withdrawal" in link for link in page.links())
    assert await size() == before
    assert (await world.proposal()).stage == Stage.BEFORE_PLENARY


async def test_the_secretariat_rewrites_no_text_and_translates_it(site: Site) -> None:
    world = await found_world()
    browser = await site.browser(OFFICES["secretariat"])
    form = {"text": "1. Decides nothing at all.", "language": "en", "base": "1"}
    answer = await browser.post(f"{at(world)}/versions", form)
    assert (answer.status_code, await world.newest()) == (403, 1)
    assert "belongs to its authors" in answer.text
    french = {"text": TEXT, "language": "fr", "base": "1"}
    assert (await browser.post(f"{at(world)}/versions", french)).status_code == 303


async def test_what_the_chair_issues_is_a_chair_s_text_and_says_so_everywhere(site: Site) -> None:
    world = await found_world()
    chair = await site.browser(OFFICES["chair"])
    form = {"text": AMENDED, "language": "en", "base": "1", "hand": "chair"}
    assert "Whose text is it?" in (await chair.get(f"{at(world)}/versions")).text
    assert (await chair.post(f"{at(world)}/versions", form)).status_code == 303
    reader = await site.browser()
    for path in ("", "/v2", "/v1..v2", "/history"):
        assert "Chair’s text" in (await reader.page(at(world) + path)).words, path
    assert "Chair’s text" in (await reader.page("/proposals")).words
    assert "A Chair’s text of" in (await reader.page("/changes")).words
    told = (await reader.get(f"{at(world)}.json")).json()
    assert [version["hand"] for version in told["versions"]] == [None, "chair"]
    assert (told["author"], told["authors"], told["hand"]) == (ALD, [ALD], "chair")
    entry = await Entry.get(type="version.issued", topic=world.symbol, actor=CHAIR)
    assert read_entry(bytes(entry.written))["hand"] == "chair"


async def test_an_adopted_chair_s_text_is_called_so_on_its_decision(site: Site) -> None:
    world = await found_world()
    await world.revise(AMENDED, by=CHAIR, hand="body")
    await world.put()
    await world.state("ALD")
    decision = await world.declare()
    reader = await site.browser()
    for end in ("", ".md", ".txt"):
        answer = await reader.get(f"/decisions/{decision.source_id}{end}")
        assert "text of the body" in answer.text, end
    assert (await reader.get(f"/decisions/{decision.source_id}.json")).json()["hand"] == "body"


@pytest.mark.usefixtures("db")
async def test_a_chair_s_text_is_put_beside_what_is_on_the_table_and_not_into_a_draft() -> None:
    world = await found_world()
    draft = await world.table_proposal(draft=True)
    with pytest.raises(Refused, match="proposal_not_on_the_table"):
        await draft.revise(by=CHAIR)
    await world.revise(by=CHAIR)
    assert (await world.revise(TEXT)).number == 3  # its authors answer with their own
    versions = await Version.all().order_by("number").values_list("hand", flat=True)
    assert sorted(map(str, versions)) == ["", "", "", "chair"]
    for deed in (world.revise, world.withdraw):
        with pytest.raises(Forbidden, match="not_the_author"):
            await deed(by=BEL)


@pytest.mark.usefixtures("db")
async def test_what_a_chair_hands_in_is_the_chair_s_own_to_rewrite_and_withdraw() -> None:
    world = await (await found_world()).table_proposal(by=CHAIR)
    assert (await world.revise(by=CHAIR)).hand == "chair"
    with pytest.raises(Forbidden, match="not_the_author"):
        await world.withdraw(by=SECRETARIAT)
    await world.withdraw(by=CHAIR)
