"""A recorded vote on the pages: exact numbers, its own words, Observers apart."""

import csv
import io

import pytest

from plenary.questions.models import Position
from tests.client import Page, Site
from tests.questions.test_silence_pages import at
from tests.world import World, found_world

ONE = "/proposals/2019/1"
ALD, COR, DEL = "head.ald@example.org", "head.cor@example.org", "head.del@example.org"
CHAIR = "chair@example.org"


async def asked(publication: str = "now", **more: object) -> World:
    world = await found_world()
    await world.put(publication, procedure="vote", **more)
    return world


async def answered(world: World) -> None:
    await world.state("ALD", "yes", explanation="It is time.")
    await world.state("BEL", "yes")
    await world.state("COR", "no")
    await world.hear("DEL", "no")


async def test_an_open_vote_shows_the_numbers_that_its_rule_needs(site: Site) -> None:
    world = await asked(chosen={"threshold": "2/3"})
    await world.state("ALD", "yes")
    await world.state("COR", "abstain")
    browser = await site.browser()
    page, home = await browser.page(ONE), await browser.page("/")
    words = "Recorded vote, open. 2/3 of those casting yes or no: 1 needed, 1 given"
    for view in (page, home):
        assert words in view.words
        assert "1 yes 0 no 1 abstain 1 not answered" in view.words
        assert "consensus can be declared" not in view.words
    told = (await browser.get(f"{ONE}.json")).json()["question"]
    assert told["counts"] == {"yes": 1, "no": 0, "abstain": 1, "not_stated": 1}
    assert told["procedure"]["kind"] == "vote"


async def test_what_a_vote_lacks_is_told_with_its_numbers(site: Site) -> None:
    world = await asked(chosen={"threshold": "2/3", "base": "roll"})
    await world.state("ALD", "yes")
    browser = await site.browser()
    told = (await browser.get(f"{ONE}.json")).json()["question"]
    assert told["standing"] == {
        "name": "short", "by": 1, "needed": 2, "have": 1, "answers": ["yes"],
    }  # fmt: skip
    assert "2/3 of the roll: 2 needed, 1 given" in (await browser.page(ONE)).words


async def test_a_vote_that_the_chair_ended_waits_for_the_declaration(site: Site) -> None:
    world = await asked()
    await answered(world)
    await world.end()
    page = await (await site.browser()).page(ONE)
    assert "Recorded vote, closed at" in page.words
    assert "The Chair declares the outcome" in page.words
    assert "2 yes 1 no 0 abstain 0 did not answer" in page.words
    chair = await (await site.browser(CHAIR)).page(ONE)
    assert f"{ONE}/declaration" in chair.links()


async def test_a_vote_that_carries_is_not_said_to_lack_an_objection(site: Site) -> None:
    await answered(await asked())
    answer = await (await site.browser(CHAIR)).post(
        f"{ONE}/declaration", {"outcome": "not_adopted"}
    )
    assert answer.status_code == 409
    assert "The answers carry the text under the rule" in Page(answer).words
    assert "lack of consensus" not in Page(answer).words


async def test_a_vote_that_carried_is_not_called_a_consensus(site: Site) -> None:
    world = await asked(chosen={"threshold": "2/3"})
    await answered(world)
    await world.end()
    await world.declare()
    browser = await site.browser()
    words = (
        "Adopted under “Recorded vote”, declared by the Chair: "
        "2/3 of those casting yes or no: 2 needed, 2 given"
    )
    for path in (ONE, "/decisions/2019/1", f"{ONE}/certificate"):
        page = await browser.page(path)
        assert words in page.words, path
        assert "Consensus declared" not in page.words, path
    decision = await browser.page("/decisions/2019/1")
    assert "Adopted under “Recorded vote” on" in decision.words
    assert "under “Recorded vote”, to 3 Participants" in decision.words
    told = (await browser.get("/decisions/2019/1.json")).json()
    assert told["counts"] == {"yes": 2, "no": 1, "abstain": 0, "not_stated": 0}
    assert told["procedure"]["threshold"] == "2/3"
    assert {(p["delegation"], p["stance"]) for p in told["positions"]} == {
        ("ALD", "yes"),
        ("BEL", "yes"),
        ("COR", "no"),
    }
    assert told["certificate"].endswith(f"{ONE}/certificate/1")


async def test_a_vote_that_failed_says_so_with_its_numbers(site: Site) -> None:
    world = await asked()
    await world.state("ALD", "yes")
    await world.state("COR", "no")
    await world.end()
    await world.declare("not_adopted")
    page = await (await site.browser()).page(ONE)
    assert (
        "Recorded vote: not adopted. More than 1/2 of those casting yes or no: 2 needed, 1 given"
    ) in page.words


async def test_the_form_of_a_vote_offers_its_three_answers_and_no_others(site: Site) -> None:
    world = await asked()
    browser = await site.browser(COR)
    form = await browser.page(f"{ONE}/position")
    offered = [tag["value"] for tag in form.all("input") if tag["name"] == "stance"]
    assert offered == ["yes", "no", "abstain"]
    assert "Explanation of vote" in form.words
    assert "ad_referendum" not in form.form("/position").names
    assert "until the Chair ends the answering" in form.words
    check = Page(await browser.press(form, "/position", stance="no"))
    assert "You are against this text." in check.words
    sent = await browser.press(check, "/position", confirmed="1")
    assert sent.status_code == 303
    receipt = await browser.page(sent.headers["location"])
    assert "A position, on version 1: no" in receipt.words
    other = {"key": "other", "stance": "object", "explanation": "We cannot.", "confirmed": "1"}
    wrong = await browser.press(form, "/position", clause=await world.clause(), **other)
    assert wrong.status_code == 422
    assert "We cannot." in Page(wrong).source
    assert [p.stance for p in await Position.all()] == ["no"]


async def test_an_observer_is_heard_beside_a_vote_and_counted_nowhere(site: Site) -> None:
    world = await asked()
    await answered(world)
    browser = await site.browser()
    page = await browser.page(f"{ONE}/positions")
    assert "Speaks against it" in page.words
    told = (await browser.get(f"{ONE}.json")).json()
    assert told["question"]["counts"]["no"] == 1
    assert [o["delegation"] for o in told["observers"]] == ["DEL"]
    matrix = await browser.page("/positions/2019")
    assert "2 yes · 1 no · 0 abstain" in matrix.words
    rows = list(csv.DictReader(io.StringIO((await browser.get("/positions/2019.csv")).text)))
    assert {(r["delegation"], r["stance"]) for r in rows} >= {("ALD", "yes"), ("COR", "no")}


async def test_a_matrix_holds_a_consensus_and_a_vote_side_by_side(site: Site) -> None:
    world = await asked()
    await answered(world)
    other = await world.table_proposal()
    await other.put()
    await other.object("COR")
    page = await (await site.browser()).page("/positions/2019")
    assert "1 object · 0 reserve" in page.words
    assert "2 yes · 1 no · 0 abstain" in page.words
    for word in ("prevents consensus", "is against it"):
        assert word in page.words


@pytest.mark.parametrize("rule, seen", [("decided", False), ("never", False), ("now", True)])
async def test_the_tally_of_an_open_vote_is_public_as_far_as_the_rule_says(
    site: Site, rule: str, seen: bool
) -> None:
    world = await asked(rule)
    await answered(world)
    browser = await site.browser()
    for path in (ONE, "/"):
        page = await browser.page(path)
        assert ("needed, 2 given" in page.words) is seen, path
        assert ("2 yes 1 no" in page.words) is seen, path
    told = (await browser.get(f"{ONE}.json")).json()["question"]
    assert told["standing"]["name"] == ("carries" if seen else "withheld")
    assert (told["counts"] is not None) is seen


async def test_a_vote_with_a_closing_instant_is_over_at_that_instant(site: Site) -> None:
    with at(-24):
        world = await found_world()
    with at():
        await world.put(procedure="vote", hours=48)
    with at(47):
        await answered(world)
        page = await (await site.browser()).page(ONE)
        assert "Recorded vote, open until Wednesday 4 March 2026, 09:00 UTC" in page.words
        assert "(60 minutes left)" in page.words
    with at(48):
        page = await (await site.browser()).page(ONE)
        assert "Recorded vote, closed Wednesday 4 March 2026, 09:00 UTC" in page.words
        assert "The Chair declares the outcome" in page.words
        assert "left)" not in page.words
        closed = await (await site.browser(COR)).page(f"{ONE}/position")
        assert "The answering has ended, and the Chair declares the outcome." in closed.words
