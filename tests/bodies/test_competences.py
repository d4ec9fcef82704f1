"""The power to decide a matter: given by a decision of the parent, and for that matter alone."""

import pytest

from plenary.bodies.actions.competences import change_power
from plenary.bodies.actions.offices import appoint
from plenary.bodies.models import Competence
from plenary.bodies.rules import Authority, bar_to_empower
from plenary.decisions.models import Decision
from plenary.proposals.actions.moves import refer
from plenary.refusal import Refused
from tests.client import Page, Site
from tests.groups import EMAIL, GROUP, KEY, found_group, in_the_group
from tests.world import CHAIR, SECRETARIAT, World, found_world

ADOPTED = Authority("AD 1", "own/2019/1", "/decisions/2019/1", True, "2019-11-20", "plenary")
PATH = "/secretariat/powers"


async def empowered(matter: str = "text") -> World:
    """The Plenary has decided that the group decides on this matter."""
    world = await found_world()
    await found_group("ALD", "BEL")
    await world.put()
    await world.state("ALD")
    decision = await world.declare()
    await change_power(SECRETARIAT, KEY, matter, "given", decision.symbol)
    return world


async def before_the_group(world: World, **more: str) -> World:
    asked = await world.table_proposal(title={"en": "Locks"}, body=KEY, **more)
    await asked.put(by=GROUP)
    await asked.state("ALD")
    return asked


def test_a_power_rests_on_a_decision_of_the_body_above() -> None:
    for parent, held, change, reason in (
        ("", False, "given", "decides_already"), ("other", False, "given", "not_the_parents"),
        ("plenary", True, "given", "power_unchanged"),
        ("plenary", False, "taken", "power_unchanged"),
    ):  # fmt: skip
        bar = bar_to_empower(ADOPTED, parent, change, matter="text", held=held)
        assert bar
        assert bar.reason == reason
    assert not bar_to_empower(ADOPTED, "plenary", "given", matter="text", held=False)
    assert not bar_to_empower(ADOPTED, "plenary", "taken", matter="text", held=True)


async def test_a_group_with_the_power_decides_and_its_outcome_stands_in_the_register(
    db: str,
) -> None:
    asked = await before_the_group(await empowered())
    question = await asked.question()
    assert (question.decides, question.power) == (True, "KP/2019/Plenary/AD.1")
    with pytest.raises(Refused, match="outcome_of_a_group"):
        await asked.declare("agreed", by=GROUP)
    decided = await asked.declare("adopted", by=GROUP)
    assert (decided.symbol, decided.path) == ("KP/2019/WGM/D.1", "/decisions/2019/2")
    assert (await asked.proposal()).stage == "decided"


async def test_on_every_other_matter_it_agrees(db: str) -> None:
    asked = await before_the_group(await empowered("agenda"))
    with pytest.raises(Refused, match="outcome_of_the_parent"):
        await asked.declare("adopted", by=GROUP)
    other = await before_the_group(await empowered_again(asked), matter="agenda")
    assert (await other.declare("adopted", by=GROUP)).symbol == "KP/2019/WGM/D.1"


async def empowered_again(world: World) -> World:
    await world.declare("agreed", by=GROUP)
    return world


async def test_a_power_that_was_taken_back_leaves_the_question_that_runs_as_it_was_put(
    db: str,
) -> None:
    asked = await before_the_group(await empowered())
    await change_power(SECRETARIAT, KEY, "text", "taken", "KP/2019/Plenary/AD.1")
    assert (await asked.declare("adopted", by=GROUP)).symbol == "KP/2019/WGM/D.1"
    later = await before_the_group(asked)
    assert (await later.declare("agreed", by=GROUP)).symbol == "KP/2019/WGM/R.1"
    assert await Competence.filter(ended__isnull=False).count() == 1


@pytest.mark.parametrize("decision", ["", "NO SUCH DECISION 99", "KP/2019/WGM/R.1"])
async def test_no_power_comes_of_no_decision_nor_of_what_a_group_agreed(
    db: str, decision: str
) -> None:
    world = await in_the_group()
    await world.put(by=GROUP)
    await world.state("ALD")
    await world.declare("agreed", by=GROUP)
    with pytest.raises(Refused, match=r"decision_needed|unknown_decision"):
        await change_power(SECRETARIAT, KEY, "text", "given", decision)
    assert not await Competence.exists()


async def test_no_power_comes_of_a_text_that_was_not_adopted(db: str) -> None:
    world = await found_world()
    await found_group("ALD")
    await world.put()
    await world.object("COR")
    failed = await world.declare("no_consensus")
    with pytest.raises(Refused, match="decision_not_adopted"):
        await change_power(SECRETARIAT, KEY, "text", "given", failed.symbol)


async def test_a_group_gives_itself_no_power_by_what_it_decided(db: str) -> None:
    """Nor the Plenary's chair by it: only the body above gives one."""
    asked = await before_the_group(await empowered())
    own = await asked.declare("adopted", by=GROUP)
    with pytest.raises(Refused, match="not_the_parents"):
        await change_power(SECRETARIAT, KEY, "rules", "given", own.symbol)


async def test_the_secretariat_enters_a_power_and_every_page_says_so(site: Site) -> None:
    world = await found_world()
    await found_group("ALD", "BEL")
    await world.put()
    await world.declare()
    await appoint(SECRETARIAT, KEY, "secretariat", email="s@example.org", name="S")
    browser, public = await site.browser("secretariat@example.org"), await site.browser()
    fields = {"body": KEY, "matter": "text", "change": "given", "decision": "2019/1"}
    for given, reason in (("OC 1", "There is no decision"), ("", "decision")):
        answer = await browser.post(PATH, fields | {"decision": given})
        assert answer.status_code in (404, 409, 422), reason
    page = await browser.page(PATH)
    first = await browser.press_once(page, PATH, **fields)
    assert "stands in the register of decisions" in Page(first).words
    assert not await Competence.exists()
    assert (await browser.confirm(first)).status_code == 303
    assert "Decides by itself on: text" in (await public.page(f"/groups/{KEY}")).words
    assert "decides on this matter: text" in (await public.page("/changes")).words
    asked = await world.table_proposal(title={"en": "Locks"}, body=KEY)
    delmonia = await site.browser(EMAIL)
    check = await delmonia.press_once(
        await delmonia.page(f"/proposals/2019/{asked.number}/question"), "/question"
    )
    assert "This body decides on this matter, by decision" in Page(check).words
    await delmonia.confirm(check)
    await asked.state("ALD")
    form = (await delmonia.get(f"/proposals/2019/{asked.number}/declaration")).text
    assert 'value="adopted"' in form
    assert 'value="agreed"' not in form
    assert await Decision.filter(body__key=KEY).count() == 0
    refused = await public.post(PATH, fields)
    assert refused.status_code in (401, 403)


async def test_a_proposal_that_goes_up_meanwhile_is_decided_by_the_plenary(db: str) -> None:
    world = await empowered()
    asked = await world.table_proposal(title={"en": "Locks"}, body=KEY)
    await refer(CHAIR, 2019, asked.number, body="plenary")
    question = await asked.put()
    assert (question.decides, question.power) == (True, "")
