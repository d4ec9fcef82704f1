"""Nobody is asked for what is refused: what is open is one value, and trying it bears it out."""

import re
from collections.abc import AsyncIterator
from itertools import product

import pytest

from plenary.bodies.powers import Role
from plenary.bodies.rules import Roll
from plenary.procedures.terms import KINDS, terms_of
from plenary.proposals.rules import ON_THE_TABLE, Stage
from plenary.questions import bars, rules
from plenary.questions.offers import Asked, Voice, offers, voice
from plenary.questions.rules import DECLARABLE, UNDECLARED, CurrentAnswer, Stance
from plenary.record.models import Entry, Receipt
from plenary.refusal import Refused
from tests.client import Browser, Site
from tests.web.house import WHO, build
from tests.world import found_world

ROLL = Roll({"ALD": 1, "BEL": 1, "COR": 1})
SAID = [{}, {"COR": CurrentAnswer(Stance.OBJECT, 1)}, {"COR": CurrentAnswer(Stance.NO, 1)}]
ENDED = ["", *UNDECLARED, "declared", "withdrawn"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_offered_is_what_the_rules_do_not_refuse(kind: str) -> None:
    terms = terms_of({"kind": kind})
    for stage, said, ended, running, outcome in product(
        Stage, SAID, ENDED, (False, True), ("", "noted")
    ):
        opened = stage is Stage.QUESTION_PUT and not ended
        standing = rules.standing(terms, ROLL, said, 1)
        asked = Asked(terms, standing, opened, running and opened, ended, outcome)
        found = offers(stage, asked)
        assert found.put is (bars.bar_to_put(stage, 1, 1) is None)
        assert found.answer is opened
        assert found.on_table is (stage in ON_THE_TABLE)
        awaits = bars.awaits_outcome(stage, open=opened, ended=ended, outcome=outcome)
        assert awaits or not found.declare
        assert found.end is (bars.bar_to_end(terms, open=opened, closes=None) is None)
        for declared in found.declare:
            bar = bars.bar_to_declare(declared, terms, standing, running=asked.running, ended=ended)
            assert bar is None, (stage, ended, declared)
        if not opened and (ended not in UNDECLARED or stage not in ON_THE_TABLE or outcome):
            assert found.declare == (), "it is over, or decided"


def test_an_outcome_that_is_not_refused_is_offered_while_a_question_is_open() -> None:
    for kind, said in product(KINDS, SAID):
        terms = terms_of({"kind": kind})
        standing = rules.standing(terms, ROLL, said, 1)
        found = offers(Stage.QUESTION_PUT, Asked(terms, standing, open=True, running=False))
        allowed = [
            outcome
            for outcome in DECLARABLE
            if bars.bar_to_declare(outcome, terms, standing) is None
        ]
        assert list(found.declare) == allowed


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_speaks_is_whose_answer_is_not_refused(kind: str) -> None:
    """On the roll or an Observer, while it is open; for nobody's delegation there is nothing."""
    terms = terms_of({"kind": kind})
    standing = rules.standing(terms, ROLL, {}, 1)
    for ended, observer, on_roll in product(ENDED, (False, True), (False, True)):
        asked = Asked(terms, standing, open=not ended, running=False, ended=ended)
        found = voice(asked, code="ALD", observer=observer, on_roll=on_roll)
        bar = bars.bar_to_answer(
            open=not ended,
            asked=1,
            version=1,
            entitled=observer or on_roll,
            latest=1,
            stance=Stance(terms.answers[0]),
            answers=terms.answers,
        )
        assert found.speaks is (bar is None)
        assert (found is Voice.OFF_ROLL) is (not ended and not observer and not on_roll)
        counted = on_roll and ended == "ran_out" and terms.by_clock
        assert (found is Voice.RAN_OUT) is counted
        assert voice(asked, code="", observer=observer, on_roll=on_roll) is Voice.NONE
    assert voice(None, code="ALD", observer=False, on_roll=False) is Voice.NOT_ASKED
    assert voice(None, code="", observer=False, on_roll=False) is Voice.NONE


async def test_whatever_the_desk_offers_is_not_refused_when_it_is_tried(site: Site) -> None:
    """Every proposal of the house in its state of life, and a broken silence that was withdrawn."""
    house = await build()
    for gone in (True, False):
        silent = await house.world.table_proposal()
        await silent.put(procedure="silence")
        await silent.object("COR")
        if gone:
            await silent.withdraw()
    refused, tried = [], 0
    for role in (Role.CHAIR, Role.HEAD, Role.OBSERVER, Role.GROUP_CHAIR, Role.SECRETARIAT):
        browser = await site.browser(WHO[role])
        desk = await browser.page("/desk")
        for link in desk.links():
            if re.fullmatch(r"/proposals/2019/\d+/(declaration|position)", link):
                async for outcome, status in tries(browser, link):
                    tried += 1
                    if status != 200:
                        refused.append((role, link, outcome, status))
    assert refused == []
    assert tried > 10


async def tries(browser: Browser, link: str) -> AsyncIterator[tuple[str, int]]:
    """Each answer that the form behind a link offers, as far as its check page."""
    page = await browser.page(link)
    kind = link.rpartition("/")[2]
    name = "outcome" if kind == "declaration" else "stance"
    offered = [tag["value"] for tag in page.all("input") if tag["name"] == name]
    assert offered, f"{link} is asked for and offers nothing"
    clauses = [tag["value"] for tag in page.all("input") if tag["name"] == "clause"]
    for choice in offered:
        typed = {name: choice, "explanation": "A reason.", "would_join": "Without it."}
        typed |= {"clause": clauses[0]} if clauses and name == "stance" else {}
        answer = await browser.post(link, page.form(kind).fields | typed)
        yield choice, answer.status_code


async def test_a_broken_silence_that_was_withdrawn_asks_nobody_for_anything(site: Site) -> None:
    world = await found_world()
    await world.put(procedure="silence")
    await world.object("COR")
    chair = await site.browser(WHO[Role.CHAIR])
    for path in ("/desk", "/proposals/2019/1"):
        assert "/proposals/2019/1/declaration" in (await chair.page(path)).links()
    await world.withdraw()
    for path in ("/desk", "/proposals/2019/1"):
        assert "/proposals/2019/1/declaration" not in (await chair.page(path)).links()


async def test_a_silence_that_runs_is_on_the_desk_and_asks_for_no_declaration(site: Site) -> None:
    world = await found_world()
    await world.put(procedure="silence")
    desk = await (await site.browser(WHO[Role.CHAIR])).page("/desk")
    assert "/proposals/2019/1/distance" in desk.links()
    assert "/proposals/2019/1/declaration" not in desk.links()


async def test_a_late_position_is_among_the_receipts_of_the_desk(site: Site) -> None:
    world = await found_world()
    await world.put(procedure="silence")
    await world.object("COR")
    with pytest.raises(Refused, match="too_late_after"):
        await world.state("BEL", "support")
    desk = await (await site.browser("head.bel@example.org")).page("/desk")
    assert "Position on KP/2019/P.1, arrived after the end" in desk.words


async def test_every_receipt_of_a_delegation_stands_on_its_desk(site: Site) -> None:
    """Of whatever kind: the desk has no list of kinds."""
    house = await build()
    await house.world.at(6).comment("ALD")
    for code in ("ald", "bel", "cor", "del"):
        entries = await Entry.filter(actor=f"delegation:{code.upper()}").values_list("n", flat=True)
        given = await Receipt.filter(entry__in=[*entries] or [-1])
        assert given or code == "bel"
        desk = await (await site.browser(f"head.{code}@example.org")).page("/desk")
        shown = {link.rpartition("/")[2] for link in desk.links() if "/receipts/" in link}
        assert shown == {receipt.code for receipt in given}, code
