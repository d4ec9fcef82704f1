"""Names under a text: asked for, accepted, confirmed over each version, and taken off again."""

from itertools import product

import pytest

from plenary.proposals.models import Sponsor
from plenary.proposals.names import names_at, names_under
from plenary.proposals.rules import CLOSED, ON_THE_TABLE, Stage
from plenary.proposals.sponsorship import (
    Name,
    Names,
    Role,
    State,
    bar_to_ask,
    bar_to_confirm,
    bar_to_leave,
)
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Missing, Refused
from tests.client import Page, Site
from tests.world import AMENDED, BEL, CHAIR, COR, SECRETARIAT, TEXT, World, found_world

DB = pytest.mark.usefixtures("db")
HEADS = {code: f"head.{code.lower()}@example.org" for code in ("ALD", "BEL", "COR", "DEL")}


def at(world: World) -> str:
    return f"/proposals/{world.year}/{world.number}"


async def under(world: World) -> Names:
    return await names_under(await world.proposal())


async def told(world: World) -> Names:
    """The same by the record alone."""
    return await names_at(await world.proposal(), (await Head.get(id=1)).size)


def standing(names: Names) -> dict[str, tuple[str, tuple[int, ...]]]:
    return {name.code: (name.role.value, name.versions) for name in names.standing}


# --- the rules, over every stage ---

AUTHOR = Name("ALD", Role.AUTHOR, versions=(1,))
SPONSOR = Name("BEL", Role.SPONSOR, versions=(1,))


@pytest.mark.parametrize("stage", Stage)
def test_names_come_and_go_until_a_text_is_over(stage: Stage) -> None:
    names = Names((AUTHOR, SPONSOR))
    asks = bar_to_ask(stage, None, Role.SPONSOR, "delegation:ALD") is None
    assert asks == (stage in {*ON_THE_TABLE, Stage.DRAFT})
    leaves = bar_to_leave(stage, SPONSOR, names, "delegation:ALD") is None
    confirms = bar_to_confirm(stage, SPONSOR, 2) is None
    assert (leaves, confirms) == (stage not in CLOSED, stage not in CLOSED)
    alone = bar_to_leave(stage, AUTHOR, names, "delegation:ALD")
    assert alone is not None
    assert (alone.reason == "only_author") == (stage not in CLOSED)


def test_a_name_that_stands_or_was_asked_for_is_not_asked_for_again() -> None:
    for state, role in product(State, Role):
        name = Name("BEL", role, state)
        bar = bar_to_ask(Stage.TABLED, name, Role.SPONSOR, "delegation:ALD")
        assert (bar is None) == (state in (State.LEFT, State.DECLINED))
    office = bar_to_ask(Stage.TABLED, None, Role.AUTHOR, CHAIR)
    assert office is not None
    assert office.reason == "office_is_the_author"


# --- the acts ---


@DB
async def test_a_sponsor_joins_by_asking_and_being_accepted_by_an_author() -> None:
    world = await found_world()
    await world.ask("BEL")
    assert standing(await under(world)) == {"ALD": ("author", (1,))}
    with pytest.raises(Refused, match="sponsor_asked"):
        await world.ask("BEL")
    for other in (COR, BEL, CHAIR, SECRETARIAT):
        with pytest.raises(Forbidden, match="not_the_author"):
            await world.answer_asking("BEL", by=other)
    await world.answer_asking("BEL")
    assert standing(await under(world)) == {"ALD": ("author", (1,)), "BEL": ("sponsor", (1,))}
    with pytest.raises(Refused, match="sponsor_already"):
        await world.ask("BEL")
    with pytest.raises(Refused, match="nobody_asked"):
        await world.answer_asking("COR")
    with pytest.raises(Forbidden, match="authors_are_participants"):
        await world.ask("DEL")


@DB
async def test_whoever_was_declined_may_ask_again() -> None:
    world = await found_world()
    await world.ask("BEL")
    await world.answer_asking("BEL", accepted=False)
    assert set(standing(await under(world))) == {"ALD"}
    await world.join("BEL")
    assert set(standing(await under(world))) == {"ALD", "BEL"}
    assert await Sponsor.all().count() == 2


@DB
async def test_nobody_s_name_stands_over_a_version_that_it_did_not_say() -> None:
    """Neither that of the Chair, nor that of another author, until each confirms it."""
    world = await found_world()
    await world.join("BEL")
    await world.join("COR", role="author")
    await world.revise(by=CHAIR)
    assert (await under(world)).over(2) == ()
    assert [name.code for name in (await under(world)).of_earlier(2)[1]] == ["ALD", "COR", "BEL"]
    await world.confirm("BEL")
    assert [name.code for name in (await under(world)).over(2)] == ["BEL"]
    await world.revise(TEXT + "3. Thanks the host.\n", by=COR)
    assert [name.code for name in (await under(world)).over(3)] == ["COR"]
    assert standing(await under(world)) == standing(await told(world))
    with pytest.raises(Refused, match="confirmed_already"):
        await world.confirm("COR")
    with pytest.raises(Missing, match="no_name_here"):
        await world.confirm("DEL")


@DB
async def test_a_sponsor_steps_back_whenever_it_wishes_and_never_after_the_decision() -> None:
    world = await found_world()
    await world.join("BEL")
    await world.join("COR")
    await world.put()
    await world.step_back("BEL", reason="Our capital asks us to.")
    assert set(standing(await under(world))) == set(standing(await told(world))) == {"ALD", "COR"}
    left = await Entry.get(type="sponsor.left")
    assert (left.actor, left.veil, bool(left.payload)) == (BEL, "", True)
    await world.revise(AMENDED)
    await world.state("ALD")
    decision = await world.declare()
    with pytest.raises(Refused, match="decided_with_its_names"):
        await world.step_back("COR")
    names = await names_at(await world.proposal(), decision.entry)
    assert [name.code for name in names.over(2)] == ["ALD"]
    assert [name.code for name in names.of_earlier(2)[1]] == ["COR"]


@DB
async def test_a_text_is_withdrawn_when_all_of_its_authors_have_agreed() -> None:
    world = await found_world()
    await world.join("BEL", role="author")
    await world.join("COR")
    await world.withdraw()
    assert (await world.proposal()).stage == Stage.BEFORE_PLENARY
    with pytest.raises(Refused, match="withdrawal_agreed"):
        await world.withdraw()
    for other in (COR, CHAIR, SECRETARIAT):
        with pytest.raises(Forbidden, match="not_the_author"):
            await world.withdraw(by=other)
    await world.revise(TEXT + "3. Thanks the host.\n", by=CHAIR)
    with pytest.raises(Refused, match="withdrawal_agreed"):  # a text beside it undoes nothing
        await world.withdraw()
    await world.revise(by=BEL)  # what was agreed to was another text
    await world.withdraw(by=BEL)
    assert (await world.proposal()).stage == Stage.BEFORE_PLENARY
    await world.withdraw()
    assert (await world.proposal()).stage == Stage.WITHDRAWN
    assert await Entry.filter(type="withdrawal.agreed").count() == 2


@DB
async def test_an_author_steps_back_where_another_stays_and_then_writes_no_more() -> None:
    world = await found_world()
    with pytest.raises(Refused, match="only_author"):
        await world.step_back("ALD")
    await world.join("BEL", role="author")
    await world.step_back("ALD")
    assert (await world.proposal()).author == BEL
    with pytest.raises(Forbidden, match="not_the_author"):
        await world.revise()
    assert (await world.revise(by=BEL)).number == 2


@DB
async def test_a_chair_s_text_is_sponsored_and_has_no_other_author() -> None:
    world = await (await found_world()).table_proposal(by=CHAIR)
    with pytest.raises(Refused, match="office_is_the_author"):
        await world.ask("BEL", role="author")
    await world.join("BEL", by=CHAIR)
    assert standing(await under(world)) == {"BEL": ("sponsor", (1,))}
    await world.step_back("BEL")


@DB
async def test_an_old_record_says_no_more_than_who_and_reads_as_it_did() -> None:
    """An office issued a version, and a sponsor stood on the text that it joined."""
    world = await found_world()
    written = await Entry.filter(topic=world.symbol, type="proposal.sponsored").first()
    assert written
    facts = read_entry(bytes(written.written))
    old = {name: facts[name] for name in ("delegation",)}
    from plenary.proposals.sponsorship import told_by

    names = told_by(
        [
            ("proposal.tabled", "delegation:ALD", {}),
            ("version.issued", "delegation:ALD", {"version": 1}),
            ("proposal.sponsored", "delegation:ALD", old),
            ("proposal.sponsored", "delegation:BEL", {"delegation": "BEL"}),
            ("version.issued", "chair:plenary", {"version": 2}),
        ]
    )
    assert standing(names) == {"ALD": ("author", (1,)), "BEL": ("sponsor", (1,))}


# --- over HTTP ---


async def test_a_delegation_asks_the_author_s_desk_tells_and_the_author_accepts(
    site: Site,
) -> None:
    world = await found_world()
    sponsor, author = await site.browser(HEADS["BEL"]), await site.browser(HEADS["ALD"])
    page = await sponsor.page(f"{at(world)}/sponsors")
    held = await sponsor.press_once(page, "/sponsors")
    assert "Check before it is recorded" in held.text
    assert await Entry.filter(type="sponsor.asked").count() == 0
    answer = await sponsor.press(Page(held), "/sponsors")
    assert answer.status_code == 303
    assert "Receipt" in (await sponsor.page(answer.headers["location"])).words
    assert "Belmark asks to join it" in (await author.page("/desk")).words
    answer = await author.press(await author.page(f"{at(world)}/sponsors"), "/acceptance")
    assert answer.status_code == 303
    assert "asks to join" not in (await author.page("/desk")).words
    reader = await site.browser()
    assert "Belmark" in (await reader.page(at(world))).words
    other = await site.browser(HEADS["COR"])
    assert "/acceptance" not in (await other.get(f"{at(world)}/sponsors")).text


async def test_the_page_says_sponsors_of_version_1_until_each_has_confirmed(site: Site) -> None:
    world = await found_world()
    await world.join("BEL")
    await world.revise(AMENDED, by=CHAIR)
    reader, sponsor = await site.browser(), await site.browser(HEADS["BEL"])
    words = (await reader.page(at(world))).words
    assert "Authors and sponsors of version 1 Aldoria, Belmark not confirmed over" in words
    assert "There is a version 2" in (await sponsor.page("/desk")).words
    page = await sponsor.page(f"{at(world)}/sponsors")
    await world.revise(TEXT + "3. Thanks the host.\n", by=CHAIR)
    late = await sponsor.press(page, "/confirmation")
    assert late.status_code == 409
    answer = await sponsor.press(Page(late), "/confirmation")
    assert answer.status_code == 303
    file = (await reader.get(f"{at(world)}.json")).json()["sponsorships"]
    assert {name["delegation"]: name["confirmed"] for name in file} == {"ALD": False, "BEL": True}


async def test_a_decision_and_its_files_say_whose_name_stands_over_what(site: Site) -> None:
    world = await found_world()
    await world.join("BEL")
    await world.revise(AMENDED, by=CHAIR, hand="body")
    await world.confirm("BEL")
    await world.put()
    await world.state("ALD")
    decision = await world.declare()
    reader = await site.browser()
    for end in ("", ".md", ".txt"):
        text = (await reader.get(f"/decisions/{decision.source_id}{end}")).text
        assert "Names over version 2: Belmark." in text, end
        assert "Over version 1, and not confirmed: Aldoria." in text, end
    told = (await reader.get(f"/decisions/{decision.source_id}.json")).json()
    assert [name["confirmed"] for name in told["sponsorships"]] == [False, True]


async def test_stepping_back_takes_two_presses_and_after_the_decision_is_refused(
    site: Site,
) -> None:
    world = await found_world()
    await world.join("BEL")
    sponsor = await site.browser(HEADS["BEL"])
    page = await sponsor.page(f"{at(world)}/sponsors/departure")
    held = await sponsor.press_once(page, "/departure", reason="Our capital asks us to.")
    assert held.status_code == 200
    assert await Entry.filter(type="sponsor.left").count() == 0
    assert (await sponsor.press(Page(held), "/departure")).status_code == 303
    assert "Belmark stepped back" in (await sponsor.page(f"{at(world)}/history")).words
    other = await world.table_proposal()
    await other.join("BEL")
    await other.put()
    await other.state("ALD")
    await other.declare()
    late = await sponsor.post(f"{at(other)}/sponsors/departure", {"confirmed": "1"})
    assert late.status_code == 409
    assert "decided with the names" in late.text


async def test_the_earlier_address_of_sponsorship_still_takes_the_form(site: Site) -> None:
    world = await found_world()
    sponsor = await site.browser(HEADS["BEL"])
    answer = await sponsor.post(f"{at(world)}/sponsorship", {"version": "1", "confirmed": "1"})
    assert (answer.status_code, answer.headers["location"]) == (308, f"{at(world)}/sponsors")
