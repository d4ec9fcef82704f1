"""Nothing is adopted of which something is open: brackets in the text, whatever the rule."""

import pytest

from plenary.questions.models import Question
from plenary.questions.rules import FAILURES
from plenary.refusal import Refused
from tests.client import Page, Site
from tests.world import BRACKETED, TEXT, found_world

ONE = "/proposals/2019/1"
CHAIR_DECLARES = ("consensus", "vote", "consensus_minus", "double")


@pytest.mark.parametrize("procedure", CHAIR_DECLARES)
@pytest.mark.parametrize("outcome", ["adopted", "adopted_ad_referendum"])
async def test_the_gavel_adopts_no_text_with_an_open_bracket_under_any_rule(
    db: str, procedure: str, outcome: str
) -> None:
    world = await found_world(text=BRACKETED)
    question = await world.put(procedure=procedure)
    stance = "support" if "support" in question.procedure["rule"]["answers"] else "yes"
    for code in ("ALD", "BEL", "COR"):
        await world.state(code, stance)
    with pytest.raises(Refused, match="brackets_open") as refused:
        await world.declare(outcome)
    assert refused.value.facts == {"brackets": 1}
    await world.declare("deferred")


async def test_without_its_brackets_the_same_question_is_adopted(db: str) -> None:
    world = await found_world(text=BRACKETED)
    await world.put()
    await world.revise(TEXT)
    assert (await world.declare("adopted")).version == 2


async def test_an_objection_is_named_before_a_bracket(db: str) -> None:
    world = await found_world(text=BRACKETED)
    await world.put()
    await world.object("COR")
    with pytest.raises(Refused, match="objection_stands"):
        await world.declare("adopted")


@pytest.mark.parametrize("outcome", sorted(FAILURES))
async def test_a_text_with_open_brackets_may_fail_though_nobody_objects(
    db: str, outcome: str
) -> None:
    world = await found_world(text=BRACKETED)
    await world.put()
    assert (await world.declare(outcome)).outcome == outcome


@pytest.mark.parametrize("procedure", ["silence", "written"])
async def test_the_clock_is_not_set_on_a_text_with_an_open_bracket(db: str, procedure: str) -> None:
    world = await found_world(text=BRACKETED)
    with pytest.raises(Refused, match="brackets_open"):
        await world.put(procedure=procedure, hours=24 * 30)
    assert not await Question.all().exists()


async def test_the_chair_is_told_what_is_open_and_is_offered_no_adoption(site: Site) -> None:
    world = await found_world(text=BRACKETED)
    await world.put()
    chair = await site.browser("chair@example.org")
    page = await chair.page(f"{ONE}/declaration")
    assert "1 bracket is open in this text, so adoption cannot be declared." in page.words
    assert 'value="adopted"' not in page.source
    refused = await chair.post(f"{ONE}/declaration", {"outcome": "adopted", "confirmed": "1"})
    assert refused.status_code == 409
    assert "1 bracket is open in this text" in Page(refused).words
