"""Distance to consensus: who is not clear, on what, since when; and to whom it is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plenary.bodies.viewers import PUBLIC
from plenary.proposals.models import Version
from plenary.proposals.reading import clauses_of
from plenary.questions.distance import Distance, Matter, distance, missing, run
from plenary.questions.earlier import with_earlier
from plenary.questions.rules import Stance
from plenary.questions.stand import Party, Stated, stand_of
from plenary.texts.clauses import Clause
from tests.client import Page, Site, squeezed
from tests.world import BRACKETED, TEXT, World, found_world

ONE = "/proposals/2019/1/distance"
CHAIR, COR, ALD = "chair@example.org", "head.cor@example.org", "head.ald@example.org"
NAMES = ("Aldoria", "Belmark", "Corvania", "Delmonia", "ALD", "BEL", "COR", "DEL")
START = datetime(2019, 11, 18, 9, tzinfo=UTC)
CORVANIA = Party("COR", "corvania", {"en": "Corvania"})

# --- runs through versions -----------------------------------------------------------------------


def told(*story: tuple[int, str] | tuple[int, str, str]) -> list[Stated]:
    """Statements an hour apart, as (version, stance, clause); the newest first, as a Stand has."""
    said = [
        Stated(
            party=CORVANIA,
            stance=Stance(stance),
            version=version,
            clause=clause[0] if clause else "p1",
            explanation="",
            would_join="",
            language="en",
            at=START + timedelta(hours=hour),
            entry=hour,
            current=hour == len(story) - 1,
            ad_referendum=stance == "accept",
        )
        for hour, (version, stance, *clause) in enumerate(story)
    ]
    return said[::-1]


RUNS: dict[str, tuple[list[Stated], int, int, int]] = {  # since which hour, version; versions
    "kept from version 1 to 3": (told((1, "object"), (2, "object"), (3, "object")), 0, 1, 3),
    "lifted, then made again": (
        told((1, "object"), (2, "object"), (2, "support"), (3, "object")), 3, 3, 1
    ),
    "made once": (told((2, "object")), 0, 2, 1),
    "said twice on one version": (told((1, "object"), (1, "object"), (2, "object")), 0, 1, 2),
    "softened to a reservation": (told((1, "object"), (2, "reservation")), 0, 1, 2),
    "silent on version 2": (told((1, "object"), (3, "object")), 0, 1, 2),
    "turned to another clause": (
        told((1, "object", "p2"), (2, "object", "p1"), (3, "object", "p1")), 1, 2, 2
    ),
    "stood aside between": (told((1, "object"), (1, "stand_aside"), (2, "object")), 2, 2, 1),
    "waits for its capital": (told((1, "object"), (1, "accept"), (2, "accept")), 1, 1, 2),
}  # fmt: skip


@pytest.mark.parametrize("story", RUNS)
def test_an_objection_counts_from_the_first_statement_of_its_unbroken_run(story: str) -> None:
    said, hour, version, versions = RUNS[story]
    found = run(said[0], said[1:])
    assert found.since == START + timedelta(hours=hour)
    assert (found.version, found.versions) == (version, versions)


def test_a_run_says_as_what_it_began() -> None:
    said = told((1, "reservation"), (2, "object"))
    assert run(said[0], said[1:]).stance is Stance.RESERVATION


# --- from the record -----------------------------------------------------------------------------


async def seen(world: World) -> Distance:
    """To the public, under the rule of publication `now`."""
    proposal = await world.proposal()
    stand = await stand_of(proposal, PUBLIC)
    assert stand is not None
    (stand,) = await with_earlier([stand], PUBLIC)
    version = await Version.get(proposal=proposal, number=proposal.newest)
    return distance(stand, await clauses_of(version), {})


async def test_the_list_is_alphabetical_whoever_spoke_first(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.state("BEL", "reservation")
    await world.object("ALD", clause=await world.clause(2))
    found = await seen(world)
    assert [obstacle.said.party.code for obstacle in found.held] == ["ALD", "BEL", "COR"]
    assert [party.code for party in found.holders] == ["ALD", "BEL", "COR"]


async def test_an_observer_is_heard_beside_the_table_and_never_in_it(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.hear("DEL", "object")
    found = await seen(world)
    assert [obstacle.said.party.code for obstacle in found.held] == ["COR"]
    assert {code for row in found.rows for code in row.held} == {"COR"}
    assert [(p.number, [s.said.party.code for s in on]) for p, on in found.heard] == [(1, ["DEL"])]


async def test_what_an_observer_favours_is_no_concern(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.hear("DEL", "support")
    assert (await seen(world)).heard == ()


async def test_each_is_not_clear_in_its_own_way(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.state("BEL", "support")
    await world.revise()
    await world.state("ALD", "accept", ad_referendum=True)
    found = await seen(world)
    assert [(obstacle.said.party.code, obstacle.matter) for obstacle in found.held] == [
        ("ALD", Matter.AD_REFERENDUM),
        ("COR", Matter.EARLIER),
    ]
    assert [spoken.party.code for spoken in found.earlier_only] == ["BEL"]
    assert [party.code for party in found.holders] == ["COR"], "a capital is no objection"
    assert found.objected == [], "an objection to version 1 does not stand on version 2"
    await world.state("BEL", "support")
    await world.state("ALD", "accept")
    await world.state("COR", "stand_aside")
    assert (await seen(world)).held == ()
    assert (await seen(world)).earlier_only == ()


async def test_a_bracket_nobody_objects_to_is_told_apart(db: str) -> None:
    world = await found_world()
    text = BRACKETED.replace("to report", "to report [every year]")
    await world.revise(text)
    await world.put()
    await world.object("COR", clause=await world.clause(1))
    rows = {row.place.number: row for row in (await seen(world)).rows}
    assert [bracket.number for bracket in rows[1].place.brackets] == [1]
    assert [bracket.number for bracket in rows[2].place.brackets] == [2]
    assert (rows[1].unopposed, rows[2].unopposed) == (False, True)


async def test_rows_stand_in_the_order_of_the_text_with_the_whole_last(db: str) -> None:
    world = await found_world(text=BRACKETED)
    await world.put()
    await world.state("ALD", "reservation", clause="")
    await world.object("BEL", clause=await world.clause(2))
    rows = (await seen(world)).rows
    assert [(row.place.kind, row.place.number) for row in rows] == [
        ("operative", 1),
        ("operative", 2),
        ("whole", None),
    ]
    assert rows[0].held == {}, "there for its bracket alone"


# --- the page ------------------------------------------------------------------------------------


async def page_for(site: Site, email: str = "") -> Page:
    return await (await site.browser(email)).page(ONE)


async def json_for(site: Site, email: str = "") -> Any:
    answer = await (await site.browser(email)).get(f"{ONE}.json")
    assert answer.status_code == 200
    return answer.json()


def table(page: Page) -> str:
    found = page.by_id("distance_table")
    return squeezed(found.text) if found else ""


async def test_the_page_says_in_plain_words_what_is_missing(site: Site) -> None:
    world = await found_world(text=BRACKETED)
    await world.put()
    await world.object("COR", explanation="It costs too much.", would_join="Only some stones.")
    await world.object("BEL", clause=await world.clause(2))
    page = await page_for(site)
    assert "2 delegations object, on paragraphs 1 and 2. 1 bracket is open." in page.words
    corvania = page.by_id("corvania")
    assert corvania is not None
    for words in ("Object", "paragraph 1; bracket 1 is open in it", "on version 1",
                  "Only some stones.", "It costs too much."):  # fmt: skip
        assert words in squeezed(corvania.text), words
    assert {"#belmark", "#corvania", "/proposals/2019/1/v1#b1"} <= set(page.links())
    assert f"/proposals/2019/1#{await world.clause(1)}" in page.links()
    assert ONE in (await (await site.browser()).page("/proposals/2019/1")).links()


async def test_the_page_counts_versions_and_says_when_it_began(site: Site) -> None:
    world = await found_world()
    await world.put()
    for number in (1, 2, 3):
        if number > 1:
            await world.revise(TEXT.replace("report", f"report {number} times"))
        await world.object("COR", clause=await world.clause(1))
    corvania = (await page_for(site)).by_id("corvania")
    assert corvania is not None
    assert "on version 1; kept through 3 versions" in squeezed(corvania.text)
    (held,) = (await json_for(site))["not_clear"]
    assert (held["since_version"], held["versions"], held["version"]) == (1, 3, 3)


async def test_a_clause_that_was_taken_out_is_said_to_be(site: Site) -> None:
    world = await found_world()
    await world.put()
    gone = await world.clause(2)
    await world.object("COR", clause=gone)
    await world.hear("DEL", "object", clause=gone)
    await world.revise(TEXT.replace("2. Requests the secretariat to report.\n", ""))
    await world.revise(TEXT.partition("2. ")[0] + "2. Invites Participants to seal gems.\n")
    page = await page_for(site)
    corvania = page.by_id("corvania")
    assert corvania is not None
    assert "paragraph 2 of version 1 taken out in version 2" in squeezed(corvania.text)
    assert f"/proposals/2019/1/v1#{gone}" in page.links()
    assert "taken out in version 2" in table(page)
    found = await json_for(site)
    assert [row["taken_out_in"] for row in found["not_clear"] + found["observers"]] == [2, 2]


async def test_nobody_asks_for_a_clause_that_stands(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.state("BEL", "reservation", clause="")
    proposal = await world.proposal()
    stand = await stand_of(proposal, PUBLIC)
    assert stand is not None
    clauses = await clauses_of(await Version.get(proposal=proposal, number=1))
    assert missing(stand, clauses) == frozenset()
    assert missing(stand, clauses[:1]) == {await world.clause()}


async def test_before_a_question_there_are_brackets_only(site: Site) -> None:
    await found_world(text=BRACKETED)
    page = await page_for(site)
    assert "No question has been put yet" in page.words
    assert "bracket 1 [before]" in page.words
    assert page.by_id("distance_table") is None
    found = await json_for(site)
    assert (found["question"], found["not_clear"], found["clauses"]) == (None, [], None)
    assert [bracket["words"] for bracket in found["brackets"]] == ["before"]


async def test_after_the_decision_the_last_state_stands_and_is_called_so(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.declare("no_consensus")
    page = await page_for(site)
    assert "The question is closed: No consensus" in page.words
    assert "What stands here is its last state, on version 1" in page.words
    assert page.by_id("corvania") is not None
    await world.revise()
    page = await page_for(site)
    assert "Version 2 was issued since; no question has been put on it" in page.words
    assert "Who is not clear on version 1" in page.words


async def test_a_question_for_yes_and_no_takes_no_objection(site: Site) -> None:
    world = await found_world(text=BRACKETED)
    await world.put(procedure="vote")
    await world.state("COR", "no")
    page = await page_for(site)
    assert "This question asks for yes, no or abstain" in page.words
    assert "No delegation objects" not in page.words
    assert "bracket 1 [before]" in page.words
    found = await json_for(site)
    assert (found["not_clear"], found["counts"]) == (
        [],
        {"brackets": 1, "clauses_with_brackets": 1},
    )


async def test_a_draft_has_no_distance_for_the_public(site: Site) -> None:
    world = await found_world()
    await world.table_proposal(draft=True)
    public = await site.browser()
    for path in ("/proposals/2019/2/distance", "/proposals/2019/2/distance.json"):
        assert (await public.get(path)).status_code == 404


# --- the rule of publication ---------------------------------------------------------------------

HIDDEN = [("decided", False), ("never", False), ("never", True)]


async def the_room(publication: str, *, closed: bool) -> World:
    world = await found_world(text=BRACKETED)
    await world.put(publication)
    await world.object("COR")
    await world.state("BEL", "reservation")
    await world.state("ALD", "accept", ad_referendum=True)
    await world.hear("DEL", "object")
    if closed:
        await world.declare("no_consensus")
    return world


@pytest.mark.parametrize("publication, closed", HIDDEN)
async def test_the_public_reads_no_name_where_none_is_published(
    site: Site, publication: str, closed: bool
) -> None:
    """But the Observer's, which spoke in public."""
    await the_room(publication, closed=closed)
    public = await site.browser()
    for path in (ONE, f"{ONE}.json", f"/fr{ONE}"):
        text = (await public.get(path)).text
        assert {name for name in NAMES if name in text} <= {"Delmonia", "DEL"}, path
    page = await page_for(site)
    assert "Under the rule of publication of this question" in page.words
    assert table(page) == ""
    assert "nobody has objected" not in page.words, "it would tell where the objection points"
    assert ("1 delegation objects." in page.words) == closed, "counts come with the outcome"
    assert "bracket 1 [before]" in page.words
    found = await json_for(site)
    assert (found["not_clear"], found["clauses"]) == ([], None)
    assert [view["delegation"] for view in found["observers"]] == ["DEL"], "an Observer is public"
    assert ("object" in found["counts"]) == closed


async def test_never_by_name_the_chair_still_has_the_table(site: Site) -> None:
    await the_room("never", closed=False)
    page = await page_for(site, CHAIR)
    assert "Belmark" in table(page)
    assert "Corvania" in table(page)
    assert "1 delegation objects, on paragraph 1." in page.words
    file = await json_for(site, CHAIR)
    assert (file["not_clear"], file["counts"]["object"]) == ([], 1), "a file is passed on"


async def test_never_by_name_a_delegation_reads_its_own_words_alone(site: Site) -> None:
    await the_room("never", closed=False)
    page = await page_for(site, COR)
    assert page.by_id("corvania") is not None
    assert page.by_id("belmark") is None
    assert table(page) == ""
    assert (await json_for(site, COR))["not_clear"] == [], "a file that is passed on names it"


async def test_what_is_public_when_decided_is_read_in_the_room_at_once(site: Site) -> None:
    await the_room("decided", closed=False)
    assert (await page_for(site, ALD)).by_id("corvania") is not None
    assert (await page_for(site)).by_id("corvania") is None


# --- nothing ranks a state -----------------------------------------------------------------------


async def test_the_table_holds_delegations_alphabetically_and_no_figure_of_any(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.state("BEL", "reservation", clause=await world.clause(2))
    await world.hear("DEL", "object")
    page = await page_for(site)
    heads = [squeezed(tag.text) for tag in page.all("th") if tag["scope"] == "col"]
    assert heads == ["Paragraph", "Belmark", "Corvania"]
    cells = [squeezed(tag.text) for tag in page.all("td")]
    assert [cell for cell in cells if any(sign.isdigit() for sign in cell)] == []
    assert "Delmonia" not in table(page)
    assert "Delmonia" in page.words


class Compared(str):
    """A key that counts how often it is compared."""

    times = 0
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        Compared.times += 1
        return str.__eq__(self, other)


def comparisons(clauses: int) -> int:
    Compared.times = 0
    distance(
        None, [Clause(Compared(f"p{n}"), "operative", n, "Decides [that].") for n in range(clauses)]
    )
    return Compared.times


def test_a_text_of_twice_as_many_brackets_is_twice_as_much_work() -> None:
    """Each bracket was looked for in each clause: of two thousand, a third of a second."""
    assert comparisons(400) <= 3 * comparisons(200)
