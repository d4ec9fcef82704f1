"""What a proposal is about, and whom it concerns: said when it is handed in."""

import pytest

from plenary.bodies.rules import MATTERS
from plenary.proposals.models import Proposal
from plenary.proposals.rules import CONCERNING, fault_of_matter
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.refusal import Invalid
from tests.client import Page, Site
from tests.world import ALD, found_world

HEAD = "head.ald@example.org"
TYPED = {"title": "Corvania", "sense": "Corvania is suspended.", "text": "1. Suspends Corvania."}


@pytest.mark.parametrize("matter", MATTERS)
def test_a_party_concerned_is_named_only_where_the_matter_may_concern_one(matter: str) -> None:
    bar = fault_of_matter(matter, "COR", {"COR"})
    assert (bar is None) == (matter in CONCERNING)
    assert fault_of_matter(matter, "", {"COR"}) is None


@pytest.mark.parametrize(
    "matter, party, field, fault",
    [
        ("weather", "", "matter", "unknown_choice"),
        ("text", "COR", "party", "no_party_concerned"),
        ("standing", "XYZ", "party", "unknown_choice"),
    ],
)
@pytest.mark.usefixtures("db")
async def test_a_proposal_with_a_false_matter_is_not_taken(
    matter: str, party: str, field: str, fault: str
) -> None:
    world = await found_world()
    with pytest.raises(Invalid) as refused:
        await world.table_proposal(matter=matter, party=party)
    assert refused.value.errors[field].name == fault
    assert await Proposal.all().count() == 1


@pytest.mark.usefixtures("db")
async def test_the_record_says_what_a_proposal_is_about_when_it_is_tabled() -> None:
    world = await found_world()
    other = await world.table_proposal(matter="standing", party="COR", draft=True)
    await other.table(by=ALD)
    entries = await Entry.filter(topic=other.symbol, type__startswith="proposal.").order_by("n")
    told = {
        entry.type: (read_entry(entry.written).get("matter"), read_entry(entry.written)["party"])
        for entry in entries
        if entry.type != "proposal.sponsored"
    }
    assert told == dict.fromkeys(["proposal.drafted", "proposal.tabled"], ("standing", "COR"))
    first = await world.proposal()
    assert (first.matter, first.party) == ("text", "")


async def test_a_head_says_whom_a_proposal_concerns_and_everyone_reads_it(site: Site) -> None:
    await found_world()
    browser, public = await site.browser(HEAD), await site.browser()
    form = await browser.page("/proposals/new")
    wrong = await browser.press(form, "/proposals", **TYPED, matter="text", party="COR")
    assert wrong.status_code == 422
    assert "names no delegation concerned" in Page(wrong).words
    typed = TYPED | {"matter": "standing", "party": "COR"}
    assert (await browser.press(Page(wrong), "/proposals", **typed)).status_code == 303
    await browser.press(await browser.page("/proposals/2019/2"), "/tabling")
    page = await public.page("/proposals/2019/2")
    assert "Matterstanding of a delegation" in page.words
    assert "Party concernedCorvania" in page.words
    told = (await public.get("/proposals/2019/2.json")).json()
    assert (told["matter"], told["party"]) == ("standing", "COR")
    text = (await public.get("/proposals/2019/1.json")).json()
    assert (text["matter"], text["party"]) == ("text", None)
