"""Statements beside a decision, their translations, and corrections of the record."""

from hashlib import sha256

import pytest

from plenary import clock
from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.days import day_of
from plenary.decisions.actions.statements import (
    Draft,
    Note,
    correct_record,
    state_beside,
    translate_statement,
)
from plenary.decisions.models import Correction, Decision, Statement
from plenary.decisions.rules import CorrectionMatter, StatementKind, kinds_open
from plenary.questions.actions.answering import state_position
from plenary.questions.actions.answers import Answer
from plenary.questions.actions.asking import Put, put_question
from plenary.questions.models import Question
from plenary.questions.rules import Outcome, Stance
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head, Receipt
from plenary.refusal import Forbidden, Invalid, Refused
from tests.client import Page, Site
from tests.world import ALD, BEL, CHAIR, COR, DEL, SECRETARIAT, World, found_world

PATH = "/decisions/2019/1"
WORDS = "Our delegation reads “sealed” as sealed by customs."
FRENCH = "Notre délégation entend « scellé » comme scellé par la douane."


async def decided(outcome: str = "adopted", publication: str = "now") -> World:
    world = await found_world()
    await world.put(publication)
    await world.state("ALD")
    if outcome == "no_consensus":
        await world.object("COR")
    await world.declare(outcome)
    return world


async def say(by: str, kind: str = "interpretative", **more: str) -> Receipt:
    draft = {"kind": StatementKind(kind), "text": WORDS} | more
    return await state_beside(by, "2019/1", Draft(**draft))  # type: ignore[arg-type]


async def meant(by: str, stance: str = "stand_aside", **more: str) -> Receipt:
    said = {
        "matter": CorrectionMatter.POSITION,
        "text": "We pressed the wrong key.",
        "stance": stance,
    }
    return await correct_record(by, "2019/1", Note(**said | more))  # type: ignore[arg-type]


# --- who may make which ---


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("on_roll", [True, False])
def test_only_who_was_on_the_roll_reserves_or_dissociates_and_only_from_what_was_adopted(
    outcome: Outcome, on_roll: bool
) -> None:
    open_ = set(kinds_open(outcome, on_roll=on_roll))
    adopted = outcome in ("adopted", "adopted_ad_referendum", "noted")
    assert (
        (StatementKind.RESERVATION in open_)
        == (StatementKind.DISSOCIATION in open_)
        == (adopted and on_roll)
    )
    assert (StatementKind.INTERPRETATIVE in open_) == adopted
    assert StatementKind.EXPLANATION in open_


async def test_statements_are_numbered_in_order_of_arrival_and_dated_by_it(db: None) -> None:
    await decided()
    await say(COR, "explanation")
    await say(DEL, "interpretative")
    await say(COR, "reservation")
    made = await Statement.all().order_by("number").prefetch_related("delegation")
    assert [
        (statement.number, statement.delegation.code, statement.kind) for statement in made
    ] == [
        (1, "COR", "explanation"),
        (2, "DEL", "interpretative"),
        (3, "COR", "reservation"),
    ]
    entry = await Entry.get(n=made[2].entry)
    assert entry.at == made[2].at > (await Decision.get(number=1)).at
    assert read_entry(bytes(entry.written))["statement"] == 3
    assert entry.veil == "", "a statement is always public"


@pytest.mark.parametrize("kind", ["reservation", "dissociation"])
async def test_an_observer_did_not_join_and_so_cannot_reserve(db: None, kind: str) -> None:
    await decided()
    with pytest.raises(Refused) as refused:
        await say(DEL, kind)
    assert refused.value.reason == "statement_kind_closed"
    assert await Statement.all().count() == 0


async def test_a_participant_that_was_not_on_the_roll_did_not_join_either(db: None) -> None:
    world = await found_world()
    today = await day_of(clock.now())
    await set_standing(SECRETARIAT, "COR", "suspended", since=today)
    await world.put()
    await world.state("ALD")
    await world.declare()
    with pytest.raises(Refused):
        await say(COR, "reservation")
    assert await say(COR, "explanation")


async def test_after_no_consensus_a_delegation_explains_and_nothing_else(db: None) -> None:
    await decided("no_consensus")
    for kind in ("interpretative", "reservation", "dissociation"):
        with pytest.raises(Refused):
            await say(COR, kind)
    await say(COR, "explanation")
    assert await Statement.all().count() == 1


@pytest.mark.parametrize("by", [CHAIR, SECRETARIAT])
async def test_an_office_makes_no_statement(db: None, by: str) -> None:
    await decided()
    with pytest.raises(Forbidden) as forbidden:
        await say(by, "explanation")
    assert forbidden.value.reason == "not_heard_beside"


async def test_a_statement_points_at_a_paragraph_of_the_decided_text(db: None) -> None:
    world = await decided()
    await say(BEL, clause=await world.clause(2))
    with pytest.raises(Invalid) as invalid:
        await say(BEL, clause="p99")
    assert invalid.value.errors["clause"].name == "unknown_clause"


async def test_the_same_statement_sent_twice_is_made_once(db: None) -> None:
    await decided()
    first, again = await say(BEL, key="k"), await say(BEL, key="k")
    assert first.code == again.code
    with pytest.raises(Refused, match="key_used"):
        await say(BEL, key="k", text="Other words.")
    assert await Statement.all().count() == 1


# --- translations ---


async def test_a_courtesy_translation_stands_beside_and_never_in_the_place_of_the_words(
    db: None,
) -> None:
    await decided()
    await say(BEL)
    await translate_statement(SECRETARIAT, "2019/1", 1, text=FRENCH, language="fr")
    assert (await Statement.get(number=1)).text == {"en": WORDS, "fr": FRENCH}
    for by in (SECRETARIAT, BEL):
        with pytest.raises(Invalid):
            await translate_statement(by, "2019/1", 1, text="Other words.", language="en")
    assert (await Statement.get(number=1)).text["en"] == WORDS


async def test_only_its_own_delegation_or_the_secretariat_translates_a_statement(db: None) -> None:
    await decided()
    await say(BEL)
    for by in (COR, DEL, CHAIR):
        with pytest.raises(Forbidden):
            await translate_statement(by, "2019/1", 1, text=FRENCH, language="fr")
    assert await translate_statement(BEL, "2019/1", 1, text=FRENCH, language="fr")


# --- corrections ---


async def counted(world: World) -> tuple[object, ...]:
    from plenary.bodies.viewers import PUBLIC
    from plenary.questions.stand import stand_on

    decision = await Decision.get(number=1).prefetch_related("question__proposal")
    assert decision.question is not None
    stand = await stand_on(decision.question, decision.question.proposal, PUBLIC)
    return decision.outcome, stand.counts, stand.standing, decision.fingerprint


async def test_a_correction_is_a_note_and_no_count_and_no_outcome_changes(db: None) -> None:
    world = await decided()
    before = await counted(world)
    await meant(ALD, "object")
    await meant(COR, "reservation")
    slip = Note(CorrectionMatter.CLERICAL, "For “sealed” in the minutes read “stamped”.")
    await correct_record(CHAIR, "2019/1", slip)
    await correct_record(SECRETARIAT, "2019/1", slip)
    assert await counted(world) == before
    notes = await Correction.all().order_by("number")
    assert [(note.number, note.by, note.stance) for note in notes] == [
        (1, ALD, "object"), (2, COR, "reservation"), (3, CHAIR, ""), (4, SECRETARIAT, ""),
    ]  # fmt: skip


async def test_after_a_recorded_vote_a_delegation_says_what_it_had_meant(db: None) -> None:
    world = await found_world()
    put = Put(version=1, procedure="vote")
    await put_question(CHAIR, 2019, 1, put)
    for code, stance in (("ALD", Stance.YES), ("BEL", Stance.YES), ("COR", Stance.NO)):
        answer = Answer(stance=stance, version=1)
        await state_position(f"delegation:{code}", 2019, 1, answer)
    await world.declare()
    before = await counted(world)
    await meant(COR, "yes")
    assert await counted(world) == before
    with pytest.raises(Invalid) as invalid:
        await meant(COR, "object")
    assert "stance" in invalid.value.errors


async def test_a_slip_is_corrected_by_an_office_and_a_position_by_who_was_asked(db: None) -> None:
    await decided()
    slip = Note(CorrectionMatter.CLERICAL, "A comma.")
    for by in (ALD, DEL, "chair:monitoring"):
        with pytest.raises(Forbidden):
            await correct_record(by, "2019/1", slip)
    for by in (CHAIR, SECRETARIAT):
        with pytest.raises(Forbidden):
            await meant(by)
    await meant(DEL, "object")
    assert await Correction.all().count() == 1


@pytest.mark.parametrize("publication", ["now", "decided", "never"])
async def test_what_a_delegation_had_meant_follows_the_rule_of_publication(
    site: Site, publication: str
) -> None:
    await decided(publication=publication)
    await meant(COR, "object", text="We wished to object.")
    public = await site.browser()
    texts = [
        (await public.get(PATH + end)).text
        for end in ("", ".json", ".md", "/corrections", "/statements")
    ]
    texts += [(await public.get(path)).text for path in ("/changes", "/register.json")]
    correction = await Correction.get(number=1)
    texts.append((await public.get(f"/register/{correction.entry}")).text)
    told = ["We wished to object." in text for text in texts]
    if publication == "never":
        assert not any(told)
        page = await public.page(f"{PATH}/corrections")
        assert "Correction 1" in page.words
        assert "Corvania" not in page.words
        own = await (await site.browser("head.cor@example.org")).page(f"{PATH}/corrections")
        assert "We wished to object." in own.words
        other = await (await site.browser("head.ald@example.org")).page(f"{PATH}/corrections")
        assert "We wished to object." not in other.words
        chair = await site.browser("chair@example.org")
        assert "We wished to object." in (await chair.page(f"{PATH}/corrections")).words
        for ending in (".json", ".md"):
            assert "We wished to object." not in (await chair.get(PATH + ending)).text
    else:
        assert told[:4] == [True, True, True, True]
    assert (await Question.all().count(), (await public.get(f"{PATH}.json")).status_code) == (
        1,
        200,
    )


# --- on the pages ---


async def test_a_statement_is_printed_with_the_decision_in_every_format(site: Site) -> None:
    world = await decided(publication="never")
    await say(BEL, clause=await world.clause(2), language="en")
    await say(DEL, "explanation", text="Heard & noted <b>here</b>.")
    await translate_statement(BEL, "2019/1", 1, text=FRENCH, language="fr")
    browser = await site.browser()
    page = await browser.page(PATH)
    assert "Statement 1, interpretative, by Belmark" in page.words
    assert "on paragraph 2" in page.words
    assert WORDS in page.words
    assert FRENCH in page.words
    assert "Statement 2, explanation of position, by Delmonia" in page.words
    assert page.words.index("Statements of Observers") > page.words.index(FRENCH)
    assert "Not translated: French." in page.words
    decision = (await browser.get(f"{PATH}.json")).json()
    assert [
        (s["number"], s["kind"], s["delegation"], s["text"], s["translations"], s["made_as"])
        for s in decision["statements"]
    ] == [(1, "interpretative", "BEL", WORDS, {"fr": FRENCH}, "statement")]
    assert [s["delegation"] for s in decision["observer_statements"]] == ["DEL"]
    for text in (f"{PATH}.md", f"{PATH}/statements.txt"):
        got = (await browser.get(text)).text
        assert "Statement 1, interpretative, by Belmark, on paragraph 2" in got
        assert FRENCH in got
        assert "Heard & noted <b>here</b>." in got
        assert "Courtesy translation, French." in got
    assert "<b>here" not in page.source


async def test_the_decided_text_stays_what_its_fingerprint_is_of_and_the_file_says_more(
    site: Site,
) -> None:
    await decided()
    await say(BEL)
    browser = await site.browser()
    answer = await browser.get(f"{PATH}/text.txt")
    found = sha256(answer.content).hexdigest()
    assert (await browser.get(f"{PATH}.json")).json()["fingerprint"] == {"en": found}
    assert WORDS not in answer.text
    assert WORDS in (await browser.get(f"{PATH}.txt")).text


async def test_a_reservation_that_was_a_position_and_one_that_is_a_statement_stay_apart(
    site: Site,
) -> None:
    world = await found_world()
    await world.put()
    await world.state("BEL", "reservation", explanation="Said before.")
    await world.declare()
    await say(COR, "reservation", text="Said after.")
    browser = await site.browser()
    page = await browser.page(PATH)
    first, second = (page.words.index(w) for w in ("Said before.", "Said after."))
    assert page.words.index("Reservations on the record") < first < second
    assert "The reservations above were positions on the question." in page.words
    decision = (await browser.get(f"{PATH}.json")).json()
    assert [(s["delegation"], s["made_as"], s["number"]) for s in decision["statements"]] == [
        ("BEL", "position", None),
        ("COR", "statement", 1),
    ]
    assert decision["counts"]["reservation"] == 1


async def test_a_delegation_makes_its_statement_on_the_page_and_gets_a_receipt(site: Site) -> None:
    await decided("adopted", "never")
    browser = await site.browser("head.bel@example.org")
    form = await browser.page(f"{PATH}/statements")
    assert "A statement is always public" in form.words
    wrong = await browser.press(form, "/statements", text=WORDS)
    assert wrong.status_code == 422
    assert Page(wrong).form("/statements").fields["text"] == WORDS
    first = await browser.press(form, "/statements", kind="interpretative", text=WORDS)
    again = await browser.press(form, "/statements", kind="interpretative", text=WORDS)
    assert first.status_code == 303
    assert first.headers["location"] == again.headers["location"]
    assert first.headers["location"].endswith("#s1")
    page = await browser.page(first.headers["location"])
    assert "Your statement is on the record" in page.words
    add = await browser.page(f"{PATH}/statements/1/translation")
    done = await browser.press(add, "/translation", text=FRENCH)
    assert done.headers["location"] == f"{PATH}/statements#s1"
    assert FRENCH in (await (await site.browser()).page(f"/fr{PATH}")).words


async def test_an_observer_is_offered_only_what_it_may_make(site: Site) -> None:
    await decided()
    page = await (await site.browser("head.del@example.org")).page(f"{PATH}/statements")
    offered = [tag["value"] for tag in page.all("input") if tag["name"] == "kind"]
    assert offered == ["explanation", "interpretative"]


async def test_an_adviser_is_sent_to_the_head_of_its_delegation(site: Site) -> None:
    await decided()
    await accredit(SECRETARIAT, "COR", "adviser.cor@example.org", "Adviser", "adviser")
    browser = await site.browser("adviser.cor@example.org")
    for part in ("statements", "corrections"):
        page = await browser.page(f"{PATH}/{part}")
        assert not page.forms
        assert "head" in page.words.lower()
        typed = {"kind": "explanation", "matter": "position", "stance": "object", "text": "x"}
        assert (await browser.post(f"{PATH}/{part}", typed)).status_code == 403


async def test_who_may_not_is_told_so_and_nothing_is_recorded(site: Site) -> None:
    await decided()
    await say(BEL)
    size = (await Head.get(id=1)).size
    typed = {"kind": "explanation", "text": WORDS, "language": "en"}
    for email in ("", "chair@example.org", "secretariat@example.org"):
        browser = await site.browser(email)
        assert (await browser.post(f"{PATH}/statements", typed)).status_code == 403
        assert "Make a statement" in (await browser.page(f"{PATH}/statements")).words
    other = await site.browser("head.cor@example.org")
    address = f"{PATH}/statements/1/translation"
    assert (await other.get(address)).status_code == 403
    assert (await other.post(address, {"text": FRENCH, "language": "fr"})).status_code == 403
    assert (await other.get(f"{PATH}/statements/9/translation")).status_code == 404
    assert (await Head.get(id=1)).size == size


async def test_the_chair_corrects_a_slip_on_the_page(site: Site) -> None:
    await decided()
    browser = await site.browser("chair@example.org")
    form = await browser.page(f"{PATH}/corrections")
    done = await browser.press(form, "/corrections", text="For 3 read 4.")
    assert done.status_code == 303
    page = await (await site.browser()).page(PATH)
    assert "Correction 1, by the Chair" in page.words
    assert "For 3 read 4." in page.words
    head = await site.browser("head.cor@example.org")
    form = await head.page(f"{PATH}/corrections")
    assert (await head.press(form, "/corrections", text="We meant no.")).status_code == 422
    done = await head.press(form, "/corrections", text="We meant it.", stance="object")
    assert done.headers["location"].endswith("#k2")
    assert "It had meant to state: object." in (await head.page(PATH)).words


async def test_the_log_tells_of_it_and_leads_to_its_place(site: Site) -> None:
    await decided()
    await say(BEL, "dissociation")
    await meant(COR)
    page = await (await site.browser()).page("/changes")
    assert "Dissociation by Belmark beside KP/2019/Plenary/AD.1: statement 1." in page.words
    assert "Correction 1 of the record of KP/2019/Plenary/AD.1, by Corvania." in page.words
    assert {f"{PATH}/statements#s1", f"{PATH}/corrections#k1"} <= set(page.links())
