"""No page reads more than it shows: what is over, or of another year or body, costs nothing."""

import re
from collections.abc import Iterable
from datetime import timedelta

import pytest

from plenary import clock
from plenary.bodies.actions.chambers import form_body
from plenary.front.activity import ANSWERS
from plenary.meetings.actions.calling import call_meeting
from plenary.proposals.models import Proposal, Version
from plenary.questions.models import Question, RollCall
from plenary.record import remembered
from plenary.web.paging import SIZE
from tests.client import Site
from tests.reads import reads
from tests.world import SECRETARIAT, World, found_world

MANY = 150
PAGES = {
    "/": "", "/desk": "head.bel@example.org", "/procedures/plenary/consensus": "",
    "/groups/monitoring": "", "/meetings/soon": "", "/deadlines": "",
}  # fmt: skip


async def decided_before(world: World) -> None:
    """So many proposals of the years before, each with the question that was put on it."""
    proposal, question = await world.proposal(), await world.question()
    version = await Version.get(proposal=proposal, number=1)
    proposals = [
        Proposal(**_of(proposal) | {"year": 2018 - n // 50, "number": n % 50 + 1,
                                    "symbol": f"KP/{n}", "stage": "decided",
                                    "body_id": proposal.body.id})
        for n in range(MANY)
    ]  # fmt: skip
    await Proposal.bulk_create(proposals)
    made = await Proposal.filter(year__lt=2019).order_by("id")
    await Version.bulk_create([Version(**_of(version) | {"proposal": each}) for each in made])
    await Question.bulk_create([Question(**_of(question) | {"proposal": each}) for each in made])


async def test_proposals_stand_in_pages_and_a_page_reads_its_own(site: Site) -> None:
    world, browser = await found_world(), await site.browser()
    await world.put()
    await decided_before(world)
    found = []
    for n in range(1, 5):
        with reads() as each:
            page = await browser.page(f"/proposals?page={n}")
        assert each.of("proposal") <= 2 * SIZE + 5
        assert (
            each.of("question") <= 3 * SIZE
        )  # each again for its procedure, and with those before it
        found.append(len([tag for tag in page.all("h3") if tag.text]))
    assert found == [SIZE, SIZE, SIZE, 1]
    assert "151 proposals" in page.words
    decided = await browser.page("/proposals?stage=decided")
    assert "stage=decided&page=2" in "".join(decided.links())
    assert "No proposal has this state" in (await browser.page("/proposals?stage=none")).words


@pytest.mark.parametrize("path", ["/participants/aldoria", "/observers/delmonia"])
async def test_what_a_delegation_was_asked_stands_in_pages(site: Site, path: str) -> None:
    world, browser = await found_world(), await site.browser()
    await world.put()
    await world.state("ALD")
    await decided_before(world)
    await on_the_same_roll(world)
    found = []
    for n in range(1, 9):
        with reads() as each:
            page = await browser.page(f"{path}?page={n}")
        assert each.of("proposal") <= ANSWERS + 5
        assert each.of("question") <= 3 * ANSWERS + 5
        found.append(sum("/proposals/" in link for link in page.links()))
    assert "141 to 151 of 151." in page.words
    assert len(set(found[:7])) == 1
    assert found[7] < found[0]


async def test_the_file_of_a_delegation_is_turned_until_nothing_is_left(site: Site) -> None:
    world, browser = await found_world(), await site.browser()
    await world.put()
    for n in range(60):
        await world.comment(text=f"Number {n}.")
    await decided_before(world)
    await on_the_same_roll(world)
    address: str | None = "/participants/aldoria.json"
    asked, comments = list[str](), list[int]()
    while address:
        told = (await browser.get(address)).json()
        asked += [answer["proposal"] for answer in told["positions"]]
        comments += [comment["number"] for comment in told["comments"]]
        address = told["next"]
    assert len(asked) == len(set(asked)) == told["positions_total"] == MANY + 1
    assert sorted(comments) == [*range(1, told["comments_total"] + 1)]


async def on_the_same_roll(world: World) -> None:
    first = await world.question()
    called = await RollCall.filter(question=first)
    await RollCall.bulk_create(
        [
            RollCall(**_of(call) | {"question_id": question.id})
            for question in await Question.exclude(id=first.id)
            for call in called
        ]
    )


async def test_what_is_closed_in_a_body_stands_in_pages(site: Site) -> None:
    world, browser = await found_world(), await site.browser()
    await world.put()
    await decided_before(world)
    found = []
    for n in range(1, 4):
        with reads() as each:
            page = await browser.page(f"/groups/plenary?page={n}")
        assert each.of("proposal") <= SIZE + 5
        found += [link for link in page.links() if re.fullmatch(r"/proposals/\d+/\d+", link)]
    assert len(found) == 3 * 1 + MANY  # what is before it now stands on each page
    assert len(set(found)) == MANY + 1


async def test_a_search_reads_what_it_shows(site: Site) -> None:
    world, browser = await found_world(), await site.browser()
    await world.put()
    await decided_before(world)
    await browser.get("/search?q=report&first")
    await world.state("ALD")
    await browser.get("/search?q=nowhere")
    with reads() as found:
        assert "Seals" in (await browser.page("/search?q=seals&kind=proposal&page=2")).words
    assert found.of("proposal") <= SIZE + 5
    assert found.of("question") == 0


def _of(row: Iterable[tuple[str, object]]) -> dict[str, object]:
    return {name: value for name, value in row if name != "id"}


@pytest.mark.parametrize("path", PAGES)
async def test_what_was_decided_before_is_not_read(site: Site, path: str) -> None:
    world = await found_world()
    await world.put()
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Monitoring"})
    await call_meeting(
        SECRETARIAT,
        slug="soon",
        names={"en": "Soon"},
        body="plenary",
        place={"en": "Geneva"},
        zone="Europe/Zurich",
        begins=clock.now(),
        ends=clock.now() + timedelta(days=1),
    )
    browser = await site.browser(PAGES[path])
    found = []
    for many in (False, True):
        if many:
            await decided_before(world)
        await browser.get(f"{path}?{many}=first")
        remembered.forget()
        with reads() as each:  # at another address, which no memory of pages holds
            await browser.get(f"{path}?{many}=second")
        found.append(each)
    few, many_of = found
    assert few.queries >= 2
    assert many_of.queries <= few.queries
    assert many_of.rows < few.rows + 10
