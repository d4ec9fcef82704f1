"""A body below the Plenary agrees, does not agree, recommends or reports; it decides nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.seats import seat
from plenary.clock import pretending
from plenary.decisions.actions import series
from plenary.decisions.actions.closing import close_due
from plenary.decisions.models import Decision
from plenary.disclosure.removing import remove_words
from plenary.procedures.terms import Terms, complete, standard
from plenary.proposals.actions.moves import refer
from plenary.proposals.models import Version
from plenary.proposals.rules import Stage
from plenary.questions.bars import allowed, bar_by_body
from plenary.questions.models import Question
from plenary.questions.rules import (
    ADOPTIONS,
    DECLARABLE,
    FAILED,
    OF_A_GROUP,
    Blocked,
    Carries,
    NoQuorum,
    Outcome,
)
from plenary.refusal import Forbidden, Invalid, Refused
from tests.client import Page, Site
from tests.disclosure.nouns import order
from tests.groups import GROUP, KEY, SINCE, in_the_group
from tests.world import ALD, CHAIR, SECRETARIAT, World, adopt

pytestmark = pytest.mark.anyio


async def place(world: World) -> tuple[str, str]:
    """The body that has the proposal, and its stage."""
    proposal = await world.proposal()
    return proposal.body.key, proposal.stage


async def test_a_group_agrees_and_the_proposal_is_before_the_plenary_with_its_text(
    db: str,
) -> None:
    world = await in_the_group()
    await world.revise(by=ALD)
    await world.put(by=GROUP)
    await world.state("ALD")
    agreed = await world.declare("agreed", by=GROUP)
    assert (agreed.symbol, agreed.register) == ("KP/2019/WGM/R.1", "groups")
    assert agreed.path == f"/groups/{KEY}/outcomes/2019/1"
    assert await place(world) == ("plenary", Stage.BEFORE_PLENARY)
    assert await world.newest() == 2
    assert await Decision.filter(register="own").count() == 0


@pytest.mark.parametrize(
    "outcome, body, stage",
    [
        ("recommended", "plenary", Stage.BEFORE_PLENARY),
        ("reported", "plenary", Stage.BEFORE_PLENARY),
        ("deferred", KEY, Stage.DEFERRED),
    ],
)
async def test_each_outcome_leaves_the_proposal_where_it_says(
    db: str, outcome: str, body: str, stage: Stage
) -> None:
    world = await in_the_group()
    await world.put(by=GROUP)
    await world.state("ALD")
    await world.declare(outcome, by=GROUP)
    assert await place(world) == (body, stage)


async def test_a_group_that_does_not_agree_keeps_the_text_and_may_report_it_as_it_stands(
    db: str,
) -> None:
    world = await in_the_group()
    await world.put(by=GROUP)
    await world.object("BEL")
    for outcome in ("agreed", "recommended"):
        with pytest.raises(Refused, match="objection_stands"):
            await world.declare(outcome, by=GROUP)
    await world.declare("not_agreed", by=GROUP)
    assert await place(world) == (KEY, Stage.WORKING_GROUP)
    await world.put(by=GROUP)
    await world.object("BEL")
    reported = await world.declare("reported", by=GROUP)
    assert reported.symbol == "KP/2019/WGM/R.2"
    assert await place(world) == ("plenary", Stage.BEFORE_PLENARY)


@pytest.mark.parametrize("by", [GROUP, CHAIR])
@pytest.mark.parametrize("outcome", ["adopted", "adopted_ad_referendum", "not_adopted", "noted"])
async def test_nobody_adopts_rejects_or_notes_a_proposal_in_a_group(
    db: str, outcome: str, by: str
) -> None:
    world = await in_the_group()
    await world.put(by=GROUP)
    await world.state("ALD")
    with pytest.raises(Refused, match="outcome_of_the_parent"):
        await world.declare(outcome, by=by)
    assert (await world.question()).closed is None


async def test_the_plenary_decides_and_agrees_to_nothing(db: str) -> None:
    world = await in_the_group()
    await refer(CHAIR, world.year, world.number, body="plenary")
    await world.put()
    for outcome in ("agreed", "recommended", "not_agreed", "reported"):
        with pytest.raises(Refused, match="outcome_of_a_group"):
            await world.declare(outcome)


async def test_a_proposal_agreed_in_a_group_is_put_in_the_plenary_and_adopted(db: str) -> None:
    world = await in_the_group()
    await world.put(by=GROUP)
    await world.state("ALD")
    await world.declare("agreed", by=GROUP)
    with pytest.raises(Forbidden, match="not_the_chair"):
        await world.put(by=GROUP)
    question = await world.put()
    assert question.decides
    await world.state("COR")
    adopted = await world.declare()
    assert (adopted.symbol, adopted.register) == ("KP/2019/Plenary/AD.1", "own")
    assert await place(world) == ("plenary", Stage.DECIDED)


async def test_what_a_group_agreed_can_be_sent_back_to_it_and_agreed_again(db: str) -> None:
    world = await in_the_group()
    for symbol in ("KP/2019/WGM/R.1", "KP/2019/WGM/R.2"):
        await world.put(by=GROUP)
        await world.state("ALD")
        assert (await world.declare("agreed", by=GROUP)).symbol == symbol
        await refer(CHAIR, world.year, world.number, body=KEY)
    assert await place(world) == (KEY, Stage.WORKING_GROUP)


async def test_a_group_below_a_group_reports_to_the_one_above_it(db: str) -> None:
    world = await in_the_group()
    await form_body(SECRETARIAT, "drafters", "DG", {"en": "Drafting group"}, parent=KEY)
    await seat(SECRETARIAT, "drafters", "COR", "member", since=SINCE)
    await refer(CHAIR, world.year, world.number, body="drafters")
    await world.put()
    await world.state("COR")
    await world.declare("recommended")
    assert await place(world) == (KEY, Stage.WORKING_GROUP)


async def test_a_silence_in_a_group_ends_agreed_and_goes_up(db: str) -> None:
    opens = datetime(2026, 3, 2, 9, tzinfo=UTC)
    with pretending(opens):
        world = await in_the_group()
        await world.put(by=GROUP, procedure="silence", hours=72)
    with pretending(opens + timedelta(hours=72)):
        await close_due()
    agreed = await Decision.get(proposal=await world.proposal())
    assert (agreed.outcome, agreed.register, agreed.declared_by) == ("agreed", "groups", "system")
    assert await place(world) == ("plenary", Stage.BEFORE_PLENARY)


async def test_a_group_numbers_its_own_outcomes(db: str) -> None:
    world = await in_the_group()
    await world.put(by=GROUP)
    await world.state("ALD")
    with pytest.raises(Invalid) as refused:
        await world.declare("agreed", by=GROUP, symbol="KP/2019/Plenary/AD.1")
    assert refused.value.errors["symbol"].name == "symbol_of_a_group"


async def test_the_question_of_a_group_is_not_declared_once_the_plenary_has_the_proposal(
    db: str,
) -> None:
    world = await in_the_group()
    await world.put(by=GROUP, procedure="silence", hours=240)
    await world.object("BEL")  # ends it
    await refer(GROUP, world.year, world.number, body="plenary")
    for outcome in ("not_agreed", "not_adopted", "noted", "reported"):
        with pytest.raises(Refused, match="question_closed"):
            await world.declare(outcome)


async def test_a_groups_chair_takes_back_nothing_that_others_wrote(db: str) -> None:
    world = await in_the_group()
    with pytest.raises(Forbidden, match="not_the_author"):
        await world.withdraw(by=GROUP)
    own = await world.table_proposal(by=GROUP, body=KEY)
    assert (await own.withdraw(by=GROUP)).stage == Stage.WITHDRAWN


async def test_a_step_of_the_ladder_that_failed_in_a_group_opens_nothing_in_the_plenary(
    db: str,
) -> None:
    """What failed among two members is not what failed among all."""
    world = await in_the_group()
    rung = standard("vote") | {"after": "consensus"}
    await adopt("vote", rung, names={"en": "Vote"})
    await world.put(by=GROUP)
    await world.object("BEL")
    await world.declare("not_agreed", by=GROUP)
    await refer(GROUP, world.year, world.number, body="plenary")
    with pytest.raises(Refused, match="ladder"):
        await world.put(procedure="vote")


def test_the_two_sets_of_outcomes_share_one_and_exclude_each_other_else() -> None:
    assert set(DECLARABLE) & set(OF_A_GROUP) == {Outcome.DEFERRED}
    for outcome in (*DECLARABLE, *OF_A_GROUP):
        for decides in (True, False):
            own = outcome in (DECLARABLE if decides else OF_A_GROUP)
            assert (bar_by_body(outcome, decides=decides) is None) is own


@pytest.mark.parametrize("standing", [Carries(), Blocked(frozenset({"BEL"})), NoQuorum(1, 2)])
def test_a_group_is_offered_no_outcome_of_the_plenary(standing: object) -> None:
    terms = Terms(complete(standard("consensus"), {}))
    found = allowed(terms, standing, decides=False)  # type: ignore[arg-type]
    assert set(found) <= set(OF_A_GROUP)
    assert not set(found) & (ADOPTIONS | {Outcome.NOT_ADOPTED, Outcome.NOTED})
    assert not (isinstance(standing, Carries) and set(found) & FAILED)
    if isinstance(standing, NoQuorum):
        assert found == (Outcome.DEFERRED,)


async def test_what_a_group_adopted_before_keeps_its_page_its_symbol_and_its_meaning(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As an earlier release wrote it: an Administrative Decision of a group, in the register."""
    world = await in_the_group()
    await world.put(by=GROUP)
    await world.state("ALD")
    await Question.all().update(decides=True)
    monkeypatch.setattr(series, "_series", lambda *_: "AD")
    old = await world.declare("adopted", by=GROUP)
    public = await site.browser()
    assert (await public.get("/KP/2019/WGM/AD.1")).headers["location"] == old.path
    assert "Adopted by consensus" in (await public.page(old.path)).words
    told = (await public.get("/decisions.json?q=seals")).json()["items"]
    assert [(row["symbol"], row["outcome"]) for row in told] == [("KP/2019/WGM/AD.1", "adopted")]
    file = (await public.get(f"{old.path}/text.txt")).text
    checked = Page(await public.post("/verify", {"text": file}))
    assert "Yes. This is the decision KP/2019/WGM/AD.1" in checked.words
    assert "Nothing was agreed" in (await public.page(f"/groups/{KEY}/outcomes")).words


async def test_the_page_of_an_outcome_says_when_words_of_its_text_were_removed(site: Site) -> None:
    """What stands there has the fingerprint no longer: the page says so, as that of a decision."""
    world = await in_the_group()
    issued = await Version.get(proposal=await world.proposal(), number=1)
    await world.put(by=GROUP)
    await world.state("ALD")
    agreed = await world.declare("agreed", by=GROUP)
    browser, gone = await site.browser(), "no longer has it"
    assert gone not in (await browser.page(agreed.path)).words
    await remove_words(CHAIR, issued.entry, order())
    assert gone in (await browser.page(agreed.path)).words
