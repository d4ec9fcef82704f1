"""The page of a decision: what it says, to whom, and in which files."""

from hashlib import sha256

import pytest

from plenary.decisions.models import Decision, Link
from plenary.proposals.reading import load
from tests.client import Page, Site
from tests.registers.registers import FRENCH
from tests.world import BRACKETED, TEXT, World, found_world

PATH = "/decisions/2019/1"
CONTRACT = {
    "symbol", "title", "register", "source_id", "body", "meeting", "date", "outcome", "procedure",
    "version", "roll", "counts", "positions", "observers", "text", "statements", "links",
    "record", "sample",
}  # fmt: skip
PRIVATE = "Our capital cannot seal every stone."


async def adopted(publication: str = "now") -> World:
    world = await found_world()
    await world.put(publication)
    await world.object("COR")
    await world.state("ALD", "support")
    await world.state("BEL", "reservation", clause=await world.clause(2), explanation=PRIVATE)
    await world.hear("DEL", "object", explanation="Miners were never asked.")
    await world.state("COR", "accept")
    await world.declare("adopted", place="Sealand")
    return world


async def failed(publication: str = "now") -> World:
    world = await found_world(text=BRACKETED)
    await world.put(publication)
    await world.object("COR")
    await world.declare("no_consensus")
    return world


async def test_an_adopted_decision_tells_its_whole_story(site: Site) -> None:
    await adopted()
    page = await (await site.browser()).page(PATH)
    for words in (
        "KP/2019/Plenary/AD.1", "Adopted by consensus in Sealand on", "Reservations on the record",
        PRIVATE, "Corvania objected on version 1", "Corvania lifted its objection: can accept",
        "The Chair declared: Adopted", "Observers heard", "Delmonia Opposed", "1 reservation",
    ):  # fmt: skip
        assert words in page.words, words


async def test_the_fingerprint_on_the_page_is_of_the_decided_text(site: Site) -> None:
    await adopted()
    browser = await site.browser()
    answer = await browser.get(f"{PATH}/text.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    found = sha256(answer.content).hexdigest()
    assert answer.text.startswith("KP/2019/Plenary/AD.1\nSeals\n\n")
    page = await browser.page(PATH)
    section = page.source.partition('id="verify"')[2]
    printed = Page(section).all("p")[2].text
    assert printed.replace(" ", "") == found
    assert all(len(group) == 4 for group in printed.split())
    assert (await browser.get(f"{PATH}.json")).json()["fingerprint"] == {"en": found}
    assert (await browser.get(f"/fr{PATH}/text.txt")).content == answer.content


async def test_the_json_keeps_the_contract(site: Site) -> None:
    await adopted()
    decision = (await (await site.browser()).get(f"{PATH}.json")).json()
    assert set(decision) >= CONTRACT
    assert decision["procedure"]["kind"] == "consensus"
    assert decision["roll"] == {"participants": 3, "represents": 3}
    assert set(decision["record"]) == {"entry", "leaf", "payload"}
    assert set(decision["links"]) >= {"amends", "supersedes"}
    assert {"delegation", "stance", "version", "clause", "explanation", "at"} <= set(
        decision["positions"][0]
    )
    assert {(p["delegation"], p["stance"]) for p in decision["positions"]} == {
        ("ALD", "support"),
        ("BEL", "reservation"),
        ("COR", "accept"),
    }
    assert decision["text"]["en"].startswith("The Plenary,")
    assert decision["sample"] is False


async def test_an_observer_is_in_no_count(site: Site) -> None:
    await adopted()
    decision = (await (await site.browser()).get(f"{PATH}.json")).json()
    assert sum(decision["counts"].values()) == 3
    assert decision["counts"]["object"] == 0
    assert [(o["delegation"], o["constituency"], o["stance"]) for o in decision["observers"]] == [
        ("DEL", "industry", "object")
    ]


@pytest.mark.parametrize("reader", ["", "head.bel@example.org", "chair@example.org"])
async def test_under_never_there_are_counts_and_no_positions(site: Site, reader: str) -> None:
    await adopted("never")
    browser = await site.browser(reader)
    decision = (await browser.get(f"{PATH}.json")).json()
    assert decision["counts"]["reservation"] == 1
    assert (decision["positions"], decision["statements"]) == ([], [])
    assert [view["delegation"] for view in decision["observers"]] == ["DEL"], "who spoke in public"


async def test_under_never_the_public_page_names_no_participant(site: Site) -> None:
    await adopted("never")
    browser = await site.browser()
    for ending in ("", ".md"):
        text = (await browser.get(PATH + ending)).text
        assert PRIVATE not in text
        for name in ("Aldoria objected", "Belmark", "Corvania"):
            assert name not in text, name
        assert "Delmonia" in text
    assert "only counts are public" in (await browser.page(PATH)).words


async def test_under_decided_everything_is_public_once_it_is(site: Site) -> None:
    await adopted("decided")
    assert PRIVATE in (await (await site.browser()).page(PATH)).words


async def test_no_consensus_is_a_full_page(site: Site) -> None:
    await failed()
    page = await (await site.browser()).page(PATH)
    for words in (
        "KP/2019/Plenary/OC.1", "No consensus was found", "The last text", "Corvania",
        "Objections on the record", "Would join if Without “every”.", "Bracket 1",
        "1 pair of brackets was open.",
        "before", "The proposal is still on the table.",
    ):  # fmt: skip
        assert words in page.words, words
    assert "/proposals/2019/1" in page.links()


async def test_a_proposal_that_came_back_is_linked_and_each_decision_keeps_its_own_story(
    site: Site,
) -> None:
    world = await failed()
    await world.revise(TEXT)
    await world.put()
    await world.state("COR", "support")
    await world.declare("adopted")
    browser = await site.browser()
    first, second = await browser.page(PATH), await browser.page("/decisions/2019/2")
    assert "The proposal came back: Adopted." in first.words
    assert "/decisions/2019/2" in first.links()
    assert "No consensus: 1 Participant objects" in first.words
    assert (await browser.get(f"{PATH}.json")).json()["counts"]["object"] == 1
    assert "Objections on the record" not in second.words
    assert (await browser.get("/decisions/2019/2.json")).json()["counts"]["support"] == 1


async def test_the_page_is_in_its_readers_language_and_names_the_authentic_text(
    site: Site,
) -> None:
    world = await found_world()
    await world.revise(FRENCH, language="fr")
    await world.put()
    await world.declare("adopted")
    browser = await site.browser()
    page = await browser.page(f"/fr{PATH}")
    assert "Demande un rapport." in page.words
    assert "Requests the secretariat" not in page.words
    assert PATH in page.links()
    decision = (await browser.get(f"{PATH}.json")).json()
    assert decision["text"]["fr"].endswith("2. Demande un rapport.\n")


async def test_what_amends_is_linked_both_ways(site: Site) -> None:
    world = await adopted()
    second = await world.table_proposal()
    await second.put()
    newer = await second.declare("adopted")
    older = await Decision.get(source_id="2019/1")
    await Link.create(decision=newer, kind="amends", target=older, entry=0)
    browser = await site.browser()
    assert "Amended by" in (await browser.page(PATH)).words
    assert (await browser.get("/decisions/own/2019/1")).headers["location"] == PATH
    assert PATH in (await browser.page("/decisions/2019/2")).links()
    decision = (await browser.get("/decisions/2019/2.json")).json()
    assert decision["links"]["amends"] == ["KP/2019/Plenary/AD.1"]


async def test_a_decision_that_is_not_there_is_missing_in_every_format(site: Site) -> None:
    await found_world()
    browser = await site.browser()
    for ending in ("", ".json", ".txt", ".md"):
        assert (await browser.get(f"/decisions/2019/9{ending}")).status_code == 404
    assert (await browser.get("/decisions/own/2019/1")).status_code == 404


async def test_markdown_holds_the_text_as_written(site: Site) -> None:
    world = await found_world()
    await world.revise("The Plenary,\n\n1. *Decides* that R&D goes on; a < b.\n")
    await world.put()
    await world.declare("adopted")
    text = (await (await site.browser()).get(f"{PATH}.md")).text
    assert "\n1. *Decides* that R&D goes on; a < b.\n" in text


async def test_the_page_reads_the_markup_of_nobody(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.state("BEL", "reservation", explanation="<script>alert(1)</script>")
    await world.declare("adopted")
    page = await (await site.browser()).page(PATH)
    assert not [t for t in page.all("script") if not t["src"].startswith("/static/")]
    assert isinstance(page, Page)
    assert await load(2019, 1)
