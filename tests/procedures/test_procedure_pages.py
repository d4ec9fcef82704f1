"""The procedures in plain words, what if beside each, and the secretariat that adopts them."""

import json
import re
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary import clock
from plenary.bodies.actions.attendance import arrive
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.rules import Room
from plenary.procedures.ballots import Given
from plenary.procedures.explained import comparisons, explain
from plenary.procedures.models import Procedure
from plenary.procedures.published import published
from plenary.procedures.rules import STANCES, VOTES, judge, read, usual
from plenary.procedures.terms import KINDS, STANDARD, Terms, complete, standard
from plenary.procedures.validation import checked
from plenary.procedures.what_if import counted_ballot, from_counts, recast, under
from plenary.record.models import Head
from tests.client import Browser, Page, Site
from tests.world import RULES, SECRETARIAT, World, found_world
from tests.world import adopt as has_another

ALD, DEL = "head.ald@example.org", "head.del@example.org"
CHAIR, KEEPER = "chair@example.org", "secretariat@example.org"
ADOPT = "/secretariat/procedures"
ALL = {"at_least": "1/2", "count": {"answers": ["yes"]}, "of": {"among": "roll"}}
THIRDS = {"at_least": "2/3", "count": {"answers": ["yes"]}, "of": {"answers": ["yes", "no"]}}


async def adopt(key: str = "vote", **terms: object) -> Procedure:
    """Another number of a standard procedure, with other terms."""
    return await has_another(key, standard(key) | terms)


async def decided(world: World) -> str:
    """A decision of the Plenary on its rules, by its symbol."""
    asked = await world.table_proposal(matter="rules")
    await asked.put()
    return (await asked.declare()).symbol


def row(page: Page, name: str) -> str:
    """The line of the table that is about a procedure of exactly this name."""
    lines = (" ".join(tag.text.split()) for tag in page.all("tr"))
    found = [
        line
        for line in lines
        if re.match(rf"{name}(?: ?As it was put)? (?:It would|It could|–)", line)
    ]
    assert len(found) == 1, found
    return found[0]


# --- reading them ---


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_everyone_reads_what_is_in_force_and_how_other_bodies_decide(
    site: Site, prefix: str
) -> None:
    await found_world()
    public = await site.browser()
    assert (await public.page(f"{prefix}/procedures")).heading  # the address it had first
    page = await public.page(f"{prefix}/rules")
    for key in KINDS:
        assert f"{prefix}/procedures/plenary/{key}" in page.links()
    for rule in published():
        path = f"{prefix}/procedures/published/{rule.key}"
        assert path in page.links()
        shown = await public.page(path)
        assert rule.explained["fr" if prefix else "en"].split()[0] in shown.words
        assert set(rule.sources) <= set(shown.links())
    for key in KINDS:
        shown = await public.page(f"{prefix}/procedures/plenary/{key}")
        assert shown.heading == STANDARD[key]["names"]["fr" if prefix else "en"]


async def test_a_procedure_says_what_carries_what_breaks_it_and_how_long_it_is_open(
    site: Site,
) -> None:
    await found_world()
    public = await site.browser()
    silence = (await public.page("/procedures/plenary/silence")).words
    assert "Nobody objects." in silence
    assert "The first objection ends it at once" in silence
    assert "At least 72 hours. Usually 5 days." in silence
    assert "for 15 minutes or more within the last 6 hours, it closes 24 hours after" in silence
    assert "move the closing to a later time once" in silence
    written = (await public.page("/procedures/plenary/written")).words
    assert "Those who answer support: more than 1/2 of the whole roll." in written
    assert "How many must support it" in written
    vote = (await public.page("/procedures/plenary/vote")).words
    assert "Those who answer yes: more than 1/2 of those who answer yes or no." in vote
    assert "Share that must answer yes: 1/2, 2/3 or 3/4; Share of whom: those who" in vote
    assert "Every matter." in vote
    council = (await public.page("/procedures/published/eu_qualified")).words
    assert "One of these is enough:" in council
    assert "Inhabitants of those who answer yes: at least 13/20 of" in council
    iso = (await public.page("/procedures/published/iso_dis")).words
    assert "in the group P (no only with reasons)" in iso


async def test_no_page_says_majority_or_block_where_no_vote_is_its_matter(site: Site) -> None:
    await found_world()
    public = await site.browser()
    for key in ("consensus", "silence", "written", "consensus_minus"):
        words = (await public.page(f"/procedures/plenary/{key}")).words.lower()
        for word in ("majority", "block", "veto", "%"):
            assert word not in words, (key, word)


async def test_a_group_has_the_plenarys_until_it_adopts_one_of_its_own(site: Site) -> None:
    await found_world()
    await form_body(SECRETARIAT, "experts", "WGE", {"en": "Experts"})
    public = await site.browser()
    page = await public.page("/rules")
    assert "These decide as the Plenary does: Experts." in page.words
    await adopt(threshold="2/3")
    assert "adopted by Plenary" in (await public.page("/procedures/experts/vote")).words
    data = standard("vote") | {"threshold": "3/4"}
    await has_another("vote", data, body="experts", names={"en": "Three quarters"})
    assert "/procedures/experts/vote" in (await public.page("/rules")).links()
    assert "at least 3/4" in (await public.page("/procedures/experts/vote")).words
    assert "at least 2/3" in (await public.page("/procedures/plenary/vote")).words


@pytest.mark.parametrize(
    "path", ["plenary/nothing", "nowhere/vote", "published/nothing", f"{'x' * 300}/vote", "É/vote"]
)
async def test_there_is_no_page_for_a_procedure_that_is_not_there(site: Site, path: str) -> None:
    await found_world()
    answer = await (await site.browser()).get(f"/procedures/{path}")
    assert answer.status_code == 404
    assert "There is no procedure called" in Page(answer).words


# --- a new number ---


async def test_a_new_number_is_for_later_questions_and_the_old_one_stays_to_be_read(
    site: Site,
) -> None:
    world = await found_world()
    await adopt(threshold="2/3")
    await world.put(procedure="vote")
    await adopt(threshold="3/4")
    other = await world.table_proposal()
    await other.put(procedure="vote")
    kept = [(await story.question()).procedure for story in (world, other)]
    assert [each["number"] for each in kept] == [2, 3]
    assert [procedure["rule"]["carries"]["at_least"] for procedure in kept] == ["2/3", "3/4"]
    public = await site.browser()
    page = await public.page("/procedures/plenary/vote")
    assert "at least 3/4" in page.words
    assert "Number 3, since" in page.words.partition("What it takes")[0]
    assert "/procedures/plenary/vote?number=2" in page.links()
    old = await public.page("/procedures/plenary/vote?number=2")
    assert "at least 2/3" in old.words
    assert "This is an earlier number" in old.words
    log = await public.page("/changes")
    assert "A procedure was adopted: vote, number 3." in log.words
    assert "/procedures/plenary/vote" in log.links()


# --- what if: numbers of one's own ---


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_numbers_of_ones_own_are_judged_exactly(site: Site, prefix: str) -> None:
    await found_world()
    await adopt(threshold="2/3")
    public = await site.browser()
    path = f"{prefix}/procedures/plenary/vote"
    carried = await public.page(f"{path}?yes=40&no=20&roll=60")
    missed = await public.page(f"{path}?yes=39&no=20&roll=60")
    if not prefix:
        assert "It would carry." in carried.words
        assert "40 of 60; 40 needed" in carried.words
        assert "It would not carry: short by 1." in missed.words
        assert "declares nothing" in carried.words
    assert "39" in missed.words
    wrong = await public.get(f"{path}?yes=40&no=30&roll=60")
    assert wrong.status_code == 422
    for odd in ("yes=-1", "yes=x&roll=9", "yes=1&roll=0", "yes=1&roll=99999999"):
        answer = await public.get(f"{path}?{odd}")
        assert answer.status_code == 422, odd
        assert Page(answer).by_id("errs") is not None


async def test_a_quorum_is_judged_by_the_numbers_in_the_room(site: Site) -> None:
    await found_world()
    await adopt(quorum="1/2")
    public = await site.browser()
    path = "/procedures/plenary/vote?yes=10&no=1&roll=55"
    assert "could not be decided" in (await public.page(f"{path}&present=27")).words
    assert "It would carry." in (await public.page(f"{path}&present=28")).words


async def test_a_rule_with_classes_or_weights_takes_no_plain_numbers(site: Site) -> None:
    await found_world()
    public = await site.browser()
    for key in ("iso_dis", "eu_qualified", "eiti_board"):
        page = await public.page(f"/procedures/published/{key}?yes=5")
        assert "plain numbers cannot answer it" in page.words


# --- what if: an open question ---


async def test_live_positions_are_judged_under_each_procedure_and_nothing_is_declared(
    site: Site,
) -> None:
    world = await found_world()
    await world.put()
    await world.state("ALD", "support")
    await world.state("BEL", "reservation")
    await world.object("COR")
    await world.hear("DEL", "object")
    size = (await Head.get(id=1)).size
    public = await site.browser()
    page = await public.page("/procedures/plenary/vote?proposal=2019/1")
    assert "It would carry." in row(page, "Recorded vote")
    assert "2 of 3; 2 needed" in row(page, "Recorded vote")
    assert "It would not carry: 1 objection." in row(page, "Consensus")
    assert "As it was put" in row(page, "Consensus")
    assert "1 of 3; 2 needed" in row(page, "Written procedure")
    assert "It would carry." in row(page, "Consensus minus one")
    assert "an objection as no, standing aside as abstain" in page.words
    assert "It declares nothing" in page.words
    of_others = await public.page("/procedures/published/unga_two_thirds?proposal=2019/1")
    assert "2 of 3; 2 needed" in row(
        of_others, "United Nations General Assembly: two-thirds majority"
    )
    weighed = await public.page("/procedures/published/eu_qualified?proposal=2019/1")
    assert "asks for more than these positions tell" in row(
        weighed, "Council of the European Union: qualified majority"
    )
    assert (await Head.get(id=1)).size == size


@pytest.mark.parametrize("asked", ["zzz", "2019/99", "1/1/1", ""])
async def test_a_question_that_is_not_there_is_not_judged(site: Site, asked: str) -> None:
    world = await found_world()
    await world.put()
    page = await (await site.browser()).page(f"/procedures/plenary/vote?proposal={asked}")
    assert page.all("table") == []


async def test_a_draft_or_a_closed_question_is_not_offered(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.declare()
    await world.table_proposal(draft=True)
    page = await (await site.browser()).page("/procedures/plenary/vote")
    assert "No question is open now." in page.words


async def test_what_if_tells_no_more_than_the_rule_of_publication(site: Site) -> None:
    world = await found_world()
    await world.put("decided")
    await world.object("COR")
    path = "/procedures/plenary/vote?proposal=2019/1"
    public, head = await site.browser(), await site.browser(ALD)
    page = await public.page(path)
    assert "not public yet" in page.words
    assert page.all("table") == []
    assert "1 objection" in row(await head.page(path), "Consensus")


async def test_under_counts_only_no_rule_is_judged_that_would_tell_a_name(site: Site) -> None:
    """Who of those in the room said yes is a name, when one is in the room."""
    world = await found_world()
    await adopt(base="present")
    opens = clock.now() - timedelta(hours=1)
    room = Room("plenary", "autumn", opens, opens + timedelta(days=1))
    await arrive(SECRETARIAT, room, ["COR"])
    await world.put("never", meeting="autumn")
    await world.object("COR")
    await world.state("ALD")
    path = "/procedures/plenary/vote?proposal=2019/1"
    page = await (await site.browser(ALD)).page(path)
    assert "asks for more than these positions tell" in row(page, "Recorded vote")
    assert "1 objection" in row(page, "Consensus")
    assert "Corvania" not in page.words
    told = await (await site.browser(CHAIR)).page(path)
    assert "0 of 1; 1 needed" in row(told, "Recorded vote")


# --- adopting ---


async def _form(keeper: Browser, key: str) -> Page:
    return await keeper.page(f"{ADOPT}?body=plenary&procedure={key}")


@pytest.mark.parametrize("key", KINDS)
async def test_the_form_begins_with_what_is_in_force_and_adopts_it_unchanged(
    site: Site, key: str
) -> None:
    world = await found_world()
    keeper, symbol = await site.browser(KEEPER), await decided(world)
    before = complete(RULES[key], {})
    answer = await keeper.press(await _form(keeper, key), ADOPT, decision=symbol)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/procedures/plenary/{key}")
    made = await Procedure.get(key=key, number=2)
    after = Terms(complete(made.terms, {}))
    assert explain(after) == explain(Terms(before))
    assert made.decision == symbol


async def test_the_secretariat_adopts_a_procedure_in_words_and_numbers(site: Site) -> None:
    world = await found_world()
    keeper, symbol = await site.browser(KEEPER), await decided(world)
    answer = await keeper.press(
        await _form(keeper, "silence"),
        ADOPT,
        usual="3",
        usual_unit="working_days",
        decision=symbol,
        name_en="Silence of three days",
        broken_by_amendment="1",
    )
    assert answer.status_code == 303
    page = await keeper.page("/procedures/plenary/silence")
    assert page.heading == "Silence of three days"
    assert "Usually 3 working days." in page.words
    assert "An amendment ends it at once." in page.words
    assert symbol in page.words
    put = await world.put(procedure="silence", hours=100)
    assert put.procedure["number"] == 2


async def test_a_double_majority_is_written_as_json_and_a_fault_in_it_is_located(
    site: Site,
) -> None:
    world = await found_world()
    keeper, symbol = await site.browser(KEEPER), await decided(world)
    form = await _form(keeper, "double")
    form.form(ADOPT).fields["decision"] = symbol
    wrong = {
        '{"all": [': "look at line 1",
        '{"all": [{"at_least": "5/3", "count": {}, "of": {}}]}': "all[0]",
        '{"rule": {"answers": ["yes", "no"], "carries": {"at_least": 1}}}': "carries",
        '{"window": {}}': "window",
        '{"rule": {"answers": ["hooray"], "carries": {"at_least": 1, "count": {}}}}': "answers",
        "[1]": "cannot be used",
        json.dumps({"all": [{**ALL, "count": {"weight": "people"}}]}): "carries",
        json.dumps({"classes": {"industry": "1/2"}}): "carries",
    }
    for terms, words in wrong.items():
        answer = await keeper.press(form, ADOPT, terms=terms)
        assert answer.status_code == 422, terms
        page = Page(answer)
        beside = page.by_id("f-terms-e")
        assert beside is not None, terms
        assert words in beside.text, (terms, beside.text)
        assert page.form(ADOPT).fields["terms"] == terms
    assert await Procedure.filter(key="double").count() == 1
    done = await keeper.press(form, ADOPT, terms=json.dumps({"all": [ALL, THIRDS]}))
    assert done.status_code == 303
    page = await keeper.page("/procedures/plenary/double")
    assert "Those who answer yes: at least 1/2 of the whole roll." in page.words
    assert "at least 2/3 of those who answer yes or no" in page.words
    again = await _form(keeper, "double")
    assert json.loads(again.form(ADOPT).fields["terms"])["all"] == [ALL, THIRDS]


async def test_a_procedure_of_a_new_name_stands_among_those_that_can_be_asked(site: Site) -> None:
    world = await found_world()
    keeper, chair = await site.browser(KEEPER), await site.browser(CHAIR)
    symbol = await decided(world)
    form = await _form(keeper, "vote")
    typed = {"procedure": "two_thirds", "name_en": "Two thirds", "threshold": "2/3",
             "after": "consensus", "decision": symbol}  # fmt: skip
    assert (await keeper.press(form, ADOPT, **typed)).status_code == 303
    page = await chair.page("/proposals/2019/1/question")
    assert page.by_id("w-two_thirds") is not None
    assert "Open only after" in (await chair.page("/procedures/plenary/two_thirds")).words
    await world.put()
    await world.object("COR")
    await world.declare("no_consensus")
    assert (await world.put(procedure="two_thirds")).procedure["key"] == "two_thirds"


async def test_nobody_but_the_secretariat_adopts(site: Site) -> None:
    await found_world()
    for email in (CHAIR, ALD, DEL, ""):
        browser = await site.browser(email)
        answer = await browser.post(ADOPT, {"body": "plenary", "procedure": "vote"})
        assert answer.status_code == 403, email
    assert await Procedure.all().count() == len(KINDS)


# --- ending, and what nobody adopted ---


async def test_the_secretariat_ends_a_procedure_by_a_decision_after_a_check_page(
    site: Site,
) -> None:
    world = await found_world()
    keeper, symbol = await site.browser(KEEPER), await decided(world)
    path = "/secretariat/procedures/end?body=plenary&procedure=vote"
    form = await keeper.page(path)
    assert "Plenary: Recorded vote, number 1" in form.words
    without = await keeper.press(form, "/end", decision="NO SUCH DECISION 99")
    assert without.status_code == 409
    assert "There is no decision NO SUCH DECISION 99" in Page(without).words
    first = Page(await keeper.press_once(form, "/end", decision=symbol))
    assert "What stays in force" in first.words
    assert (await Procedure.get(key="vote")).until is None
    assert (await keeper.press(form, "/end", decision=symbol)).status_code == 303
    page = await keeper.page("/rules/vote")
    assert "No longer in force since" in page.words
    assert "In force" not in page.words
    assert symbol in page.words
    assert "/procedures/plenary/vote" not in (await keeper.page("/rules")).links()
    log = await keeper.page("/changes")
    assert f"A procedure was ended: vote, by {symbol}." in log.words


async def test_the_secretariat_is_told_of_rules_that_nobody_adopted(site: Site) -> None:
    await found_world()
    keeper = await site.browser(KEEPER)
    told = "Rules that nobody adopted are in force."
    assert told not in (await keeper.page("/secretariat")).words
    row = await Procedure.get(key="vote")
    await Procedure.create(
        body_id=row.body_id,
        key="vote",
        number=2,
        names=row.names,
        terms=row.terms,
        ground="before",
        since=row.since,
    )
    assert told in (await keeper.page("/secretariat")).words
    page = await keeper.page("/rules/vote")
    assert "in force before rules were adopted: no decision is named for it" in page.words


async def test_a_question_page_of_a_body_without_rules_says_so_and_leads_on(site: Site) -> None:
    await found_world()
    day = (await Procedure.get(key="vote")).since
    await Procedure.all().update(until=day, ended_by="AD.0", ending=0)
    chair = await site.browser(CHAIR)
    page = await chair.page("/proposals/2019/1/question")
    assert "This body has adopted no procedure, so no question can be put to it." in page.words
    assert "/rules" in page.links()
    put = await chair.press(page, "/question")
    assert put.status_code == 409
    assert "has adopted no procedure" in Page(put).words


async def test_the_form_begins_with_an_offer_or_with_a_published_rule(site: Site) -> None:
    world = await found_world()
    keeper, symbol = await site.browser(KEEPER), await decided(world)
    path = f"{ADOPT}?body=plenary&procedure=published:unga_two_thirds"
    sent = await keeper.press(await keeper.page(path), ADOPT, decision=symbol)
    assert sent.status_code == 303
    made = await Procedure.get(key="unga_two_thirds")
    assert made.terms["follows"] == ["unga_two_thirds"]
    offered = await keeper.page(f"{ADOPT}?body=plenary&procedure=standard:written")
    assert offered.form(ADOPT).fields["choose_min_support"] == "1/2..1/1"


async def test_bounds_are_typed_as_they_are_said(site: Site) -> None:
    world = await found_world()
    keeper, symbol = await site.browser(KEEPER), await decided(world)
    form = await _form(keeper, "written")
    wrong = await keeper.press(form, ADOPT, decision=symbol, choose_min_support="30..20")
    assert wrong.status_code == 422
    assert "Write bounds like 20..30" in Page(wrong).words
    typed = {"decision": symbol, "choose_min_support": "2..3"}
    assert (await keeper.press(form, ADOPT, **typed)).status_code == 303
    made = await Procedure.get(key="written", number=2)
    assert made.terms["choose"] == {"min_support": {"from": 2, "to": 3}}
    page = await keeper.page("/rules/written")
    assert "How many must support it: from 2 to 3." in page.words


# --- the pure parts ---


@pytest.mark.parametrize("rule", published(), ids=lambda rule: rule.key)
def test_every_published_procedure_can_be_taken_apart(rule: object) -> None:
    terms = Terms(rule.procedure)  # type: ignore[attr-defined]
    found = explain(terms)
    told = comparisons(found.carries) + (comparisons(found.quorum) if found.quorum else ())
    assert sorted(part.at for part in told) == sorted(c.at for c in terms.rule.compares)


@pytest.mark.parametrize("key", KINDS)
def test_every_standard_procedure_could_be_adopted_as_it_stands(key: str) -> None:
    data = {k: v for k, v in standard(key).items() if k not in ("names", "key", "number")}
    assert checked(data)["rule"]


@pytest.mark.parametrize(
    "more, place",
    [
        ({"closing": "gavel"}, "closing"),
        ({"text": "free"}, "text"),
        ({"window": {"least": {"hours": 0}}}, "window.least"),
        ({"window": {"longest": {"hours": 9}}}, "window.longest"),
        ({"window": {}}, "window"),
        ({"extend": {"times": -1}}, "extend.times"),
        ({"outage": {"by": {"hours": 1}}}, "outage"),
        ({"outage": {"within": 6, "longer_than": {"minutes": 1}, "by": {"hours": 1}}},
         "outage.within"),
        ({"broken_by": ["noise"]}, "broken_by"),
        ({"choose": ["threshold"]}, "choose"),
        ({"names": {}}, "names"),
        ({"min_support": 3, "rule": usual("silence")}, "rule"),
    ],
)  # fmt: skip
def test_a_term_that_nothing_could_mean_is_named(more: dict[str, object], place: str) -> None:
    data = {k: v for k, v in STANDARD["silence"].items() if k != "names"}
    with pytest.raises(ValueError, match=f"^{place}: "):
        checked({"kind": "silence", **data, **more})


def test_an_answer_is_taken_for_what_it_would_be_under_another_rule() -> None:
    vote, consensus = read(usual("vote")), read(usual("consensus"))
    said = {answer: Given(answer) for answer in STANCES}
    cast = {answer: Given(answer) for answer in VOTES}
    assert {k: v.answer for k, v in (recast(vote, said) or {}).items()} == {
        "support": "yes", "accept": "yes", "reservation": "yes", "stand_aside": "abstain",
        "object": "no",
    }  # fmt: skip
    assert {k: v.answer for k, v in (recast(consensus, cast) or {}).items()} == {
        "yes": "support",
        "no": "object",
        "abstain": "stand_aside",
    }
    assert recast(vote, cast) == cast
    ballot = next(rule for rule in published() if rule.key == "iesg")
    assert recast(ballot.rule, said) is None


def test_counts_are_not_enough_where_a_rule_asks_for_names() -> None:
    present = read(usual("vote", base="present"))
    assert from_counts(present, called=False)
    assert not from_counts(present, called=True)
    assert from_counts(read(usual("vote", quorum="1/2")), called=True)
    assert not from_counts(read(usual("consensus_minus", without="COR")), called=False)
    assert not any(from_counts(rule.rule, called=False) for rule in published() if rule.rule.groups)


NUMBER = st.integers(0, 80)


@given(yes=NUMBER, no=NUMBER, abstain=NUMBER, silent=NUMBER)
def test_nameless_counts_are_judged_as_the_fractions_say(
    yes: int, no: int, abstain: int, silent: int
) -> None:
    roll = yes + no + abstain + silent
    rule = read(usual("vote", threshold="2/3"))
    if not roll:
        return
    verdict = judge(rule, counted_ballot({"yes": yes, "no": no, "abstain": abstain}, roll))
    assert verdict.carries == (yes + no > 0 and Fraction(yes, yes + no) >= Fraction(2, 3))
    live = under(read(usual("consensus")), counted_ballot({"yes": yes, "no": no}, roll))
    assert live is not None
    assert live.carries == (no == 0)
