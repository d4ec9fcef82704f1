"""The communiqué of a meeting: drafted from facts, edited, flagged when a fact moves, issued."""

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest

from plenary import clock
from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.models import Decision
from plenary.decisions.rules import StatementKind
from plenary.meetings.actions.communique import draft_communique, enter_communique, issue_communique
from plenary.meetings.actions.paragraphs import (
    add_paragraph,
    drop_paragraph,
    edit_paragraph,
    move_paragraph,
    tie_paragraph,
)
from plenary.meetings.communique import Fact, Tied, markdown, place_for, plain, seal, unreported
from plenary.meetings.communique_sheet import NumberedParagraph, Sheet, load_sheet
from plenary.meetings.models import Communique, Meeting, Paragraph
from plenary.meetings.pages.sentences import say
from plenary.questions.concerns import Concern
from plenary.record.act import Record, act, door
from plenary.record.entry import instant
from plenary.record.models import Entry, Head
from plenary.refusal import Invalid, Missing, Refused
from tests.client import Browser, Page, Site
from tests.meetings.test_pages import call
from tests.web.test_every_page import faults_of
from tests.world import ALD, BEL, DEL, SECRETARIAT, World, found_world

SLUG = "kigali"
HERE = f"/meetings/{SLUG}/communique"
SECRETARY, HEAD = "secretariat@example.org", "head.ald@example.org"


async def session(**more: Any) -> tuple[World, Meeting]:
    """A meeting that is going on, with P.1 and P.2 on its agenda and both on the table."""
    world = await found_world()
    await world.table_proposal(title={"en": "Fund & trust"})
    begins = clock.now() - timedelta(hours=1)
    agenda = [{"item": str(n), "title": {"en": f"Item {n}"}, "proposal": n} for n in (1, 2)]
    meeting = await call(begins=begins, ends=begins + timedelta(days=3), agenda=agenda, **more)
    return world, meeting


async def draft() -> None:
    await draft_communique(SECRETARIAT, SLUG, say)


async def sheet() -> Sheet:
    return await load_sheet(SLUG, clock.now())


async def texts() -> list[str]:
    return [line.row.text["en"] for line in (await sheet()).standing]


async def line(kind: str) -> NumberedParagraph:
    return next(line for line in (await sheet()).lines if line.row.kind == kind)


async def flags() -> list[int]:
    return [line.number for line in (await sheet()).standing if line.flagged]


async def adopt(world: World, **more: Any) -> Decision:
    await world.put()
    return await world.declare(**more)


async def edit(kind: str, en: str, fr: str = "Mots.") -> None:
    row = (await line(kind)).row
    await edit_paragraph(
        SECRETARIAT, SLUG, row.id, {"en": en, "fr": fr}, changed=instant(row.changed)
    )


async def issue() -> None:
    changed = instant((await sheet()).communique.changed)
    await issue_communique(SECRETARIAT, SLUG, changed=changed)


async def state(
    by: str, decision: Decision, kind: StatementKind = StatementKind.EXPLANATION
) -> None:
    await state_beside(by, decision.source_id, Draft(kind, "For the record."))


# --- drafting ---


async def test_a_meeting_that_decided_nothing_opens_considers_and_closes(db: str) -> None:
    await session()
    await draft()
    told = await texts()
    assert [line.row.kind for line in (await sheet()).lines] == [
        "opening", "pending", "pending", "closing",
    ]  # fmt: skip
    assert told[0].startswith("The Plenary met in Kigali from ")
    assert "3 Participants, speaking for 3 states, were seated. One Observer was" in told[0]
    assert "continued its consideration of “Fund & trust” (KP/2019/P.2, version 1)." in told[2]
    assert told[3].startswith("Each decision stands in the public register")


@pytest.mark.parametrize(
    "outcome, words",
    [
        ("adopted", "The Plenary adopted decision KP/2019/Plenary/AD.1, Seals."),
        ("adopted_ad_referendum", "adopted decision KP/2019/Plenary/AD.1, Seals, ad referendum."),
        ("noted", "The Plenary took note of “Seals” (KP/2019/Plenary/OC.1)."),
        ("deferred", "The Plenary deferred “Seals”"),
        ("referred_back", "The Plenary referred “Seals” back"),
    ],
)
async def test_each_outcome_has_its_sentence(db: str, outcome: str, words: str) -> None:
    world, _ = await session()
    await world.put()
    await world.state("ALD", "support", ad_referendum=outcome == "adopted_ad_referendum")
    await world.declare(outcome)
    await draft()
    assert words in (await texts())[1]


async def test_without_consensus_the_proposal_remains_on_the_table(db: str) -> None:
    world, _ = await session()
    await world.put()
    await world.object()
    await world.declare("no_consensus")
    await draft()
    told = await texts()
    assert (
        "could not reach consensus on “Seals” (KP/2019/Plenary/OC.1). The proposal remains"
        in (told[1])
    )
    assert len(told) == 4, "a proposal that is told as an outcome is not told as pending too"
    await world.put()
    await world.state("COR", "accept")
    await world.declare()
    assert await flags() == [2], "it does not remain on the table any longer"


async def test_reservations_and_statements_are_counted_and_observers_apart(db: str) -> None:
    world, _ = await session()
    await world.put()
    await world.state("BEL", "reservation")
    await world.state("COR", "reservation")
    await world.hear("DEL", "reservation")
    decision = await world.declare()
    await state(BEL, decision, StatementKind.RESERVATION)
    await state(DEL, decision)
    await draft()
    told = (await texts())[1]
    assert "Two Participants made reservations." in told, "each once, and no Observer"
    assert "One statement by a Participant is attached to the decision." in told
    assert "One statement by an Observer is attached to the decision." in told


async def test_a_running_silence_is_told_with_its_closing_instant(db: str) -> None:
    world, _ = await session()
    await world.at(2).put(procedure="silence", hours=30 * 24)
    await draft()
    told = (await texts())[2]
    assert told.startswith(
        "The proposal “Fund & trust” (KP/2019/P.2, version 1) is under a silence"
    )
    assert " UTC" in told


def test_the_name_of_a_place_stands_in_a_sentence_as_it_is_written() -> None:
    fact = {
        "kind": "pending", "symbol": "KP/2019/P.1", "title": {"en": "Seals"}, "version": 1,
        "body": {}, "state": "silence", "closes": "2019-11-21T12:30:00.000Z",
        "zone": "Africa/Ndjamena", "place": {"en": "N'Djamena"},
    }  # fmt: skip
    closes = "Thursday 21 November 2019, 13:30 N'Djamena (12:30 UTC)."
    assert say(fact)["en"].endswith(f"under a silence procedure until {closes}")


async def test_what_another_meeting_declared_is_not_told(db: str) -> None:
    world, _ = await session()
    await adopt(world, meeting="elsewhere")
    other = await world.table_proposal(title={"en": "Locks & keys"})
    await adopt(other, meeting=SLUG)
    await draft()
    assert "AD.2, Locks & keys." in (await texts())[1]
    assert len([text for text in await texts() if "adopted decision" in text]) == 1
    assert not any("Seals” (KP/2019/P.1" in text for text in await texts()), "decided elsewhere"


async def test_what_is_decided_elsewhere_is_not_missed_here(db: str) -> None:
    world, _ = await session()
    await draft()
    await drop_paragraph(SECRETARIAT, SLUG, (await line("pending")).row.id, True)
    await adopt(world, meeting="elsewhere")
    assert (await sheet()).unreported == []


async def test_a_draft_proposal_on_the_agenda_is_nobodys_news(db: str) -> None:
    world = await found_world()
    await world.table_proposal(draft=True, title={"en": "Secret seals"})
    items = [{"item": "1", "title": {"en": "Secret"}, "proposal": 2}]
    await call(agenda=items)
    await draft()
    assert not any("Secret" in text for text in await texts())


async def test_the_sentences_stand_in_both_languages(db: str) -> None:
    await session()
    await draft()
    assert {tuple(row.text) for row in await Paragraph.all()} == {("en", "fr")}
    assert " et " not in str(await texts()), "English words in English"


# --- taking in what is new ---


async def test_new_facts_add_paragraphs_and_edited_words_are_never_overwritten(db: str) -> None:
    world, _ = await session()
    await draft()
    await edit("opening", "Our own opening.")
    await world.revise()  # P.1 is version 2 now, and its sentence was not edited
    third = await world.table_proposal(title={"en": "Third"})
    await adopt(third)
    await draft()
    told = await texts()
    assert told[0] == "Our own opening."
    assert told[1].endswith("Third."), "an outcome stands before what is pending"
    assert "(KP/2019/P.1, version 2)" in told[2]
    assert await flags() == []


async def test_a_draft_that_lacks_nothing_puts_nothing_on_the_record(db: str) -> None:
    await session()
    await draft()
    size = (await Head.get(id=1)).size
    await draft()
    assert (await Head.get(id=1)).size == size


async def test_a_dropped_paragraph_does_not_come_back(db: str) -> None:
    world, _ = await session()
    await adopt(world)
    await draft()
    row = (await line("decision")).row
    await drop_paragraph(SECRETARIAT, SLUG, row.id, True)
    await draft()
    assert (await sheet()).unreported == []
    assert not any("adopted" in text for text in await texts())
    await drop_paragraph(SECRETARIAT, SLUG, row.id, False)
    assert any("adopted" in text for text in await texts())


async def test_a_decision_is_told_though_the_pending_one_was_dropped(db: str) -> None:
    world, _ = await session()
    await draft()
    await drop_paragraph(SECRETARIAT, SLUG, (await line("pending")).row.id, True)
    await adopt(world)
    assert [fact.kind for fact in (await sheet()).unreported] == ["decision"]
    await draft()
    assert "adopted decision" in (await texts())[1]


# --- flags ---


async def test_a_statement_raises_the_flag(db: str) -> None:
    world, _ = await session()
    decision = await adopt(world)
    await draft()
    assert await flags() == []
    await state(ALD, decision)
    assert await flags() == [2]


async def test_a_decision_that_is_superseded_raises_the_flag(db: str) -> None:
    world, _ = await session()
    decision = await adopt(world)
    await draft()
    await adopt(world.at(2), links=(("supersedes", decision.symbol),), meeting="later")
    assert 2 in await flags()
    found = (await line("decision")).later
    assert [news.name for news in found] == ["supersedes"]


async def test_a_pending_proposal_that_is_decided_raises_the_flag(db: str) -> None:
    world, _ = await session()
    await draft()
    await adopt(world)
    assert await flags() == [2]
    assert (await sheet()).unreported == [], "the flagged paragraph tells of it"


@pytest.mark.parametrize("take", [True, False])
async def test_a_flag_goes_down_when_somebody_has_looked(db: str, take: bool) -> None:
    world, _ = await session()
    await draft()
    await edit("pending", "Seals were discussed at length.")
    await adopt(world)
    await draft()
    line = next(line for line in (await sheet()).lines if line.flagged)
    assert line.row.text["en"] == "Seals were discussed at length.", "an edited one is only flagged"
    assert line.now is not None
    await tie_paragraph(
        SECRETARIAT, SLUG, line.row.id, take=take, seen=seal(line.now.data), say=say
    )
    row = await Paragraph.get(id=line.row.id)
    assert await flags() == []
    assert (row.kind, row.edited) == ("decision", not take)
    assert ("adopted decision" in row.text["en"]) == take
    await draft()
    assert len(await texts()) == 4, "and the decision is told once"


async def test_a_fact_that_moved_again_has_to_be_looked_at_again(db: str) -> None:
    world, _ = await session()
    decision = await adopt(world)
    await draft()
    await state(ALD, decision)
    seen = await line("decision")
    assert seen.now is not None
    await state(BEL, decision)
    with pytest.raises(Refused, match="fact_moved"):
        await tie_paragraph(
            SECRETARIAT, SLUG, seen.row.id, take=False, seen=seal(seen.now.data), say=say
        )
    assert await flags() == [2]


async def test_a_flag_is_a_sentence_that_is_no_longer_true(db: str) -> None:
    """Whatever moves a fact changes its sentence: nobody is asked to look at nothing."""
    world, _ = await session()
    decision = await adopt(world)
    await draft()
    await state(ALD, decision)
    await state(DEL, decision)
    await world.at(2).revise()
    await call(
        slug="next",
        begins=datetime.fromisoformat("2050-01-01T10:00:00Z"),
        ends=datetime.fromisoformat("2050-01-03T10:00:00Z"),
    )
    moved = [line for line in (await sheet()).lines if line.flagged]
    assert [line.row.kind for line in moved] == ["decision", "pending", "closing"]
    for line in moved:
        assert line.now is not None
        assert say(line.now.data)["en"] != say(line.row.fact)["en"]


# --- editing ---


async def test_paragraphs_move_and_the_ends_stay(db: str) -> None:
    await session()
    await draft()
    first = (await sheet()).lines[0].row.id
    for way in ("up", "down"):
        await move_paragraph(SECRETARIAT, SLUG, first, way)
    assert [line.row.id for line in (await sheet()).lines].index(first) == 1
    assert [line.number for line in (await sheet()).lines] == [1, 2, 3, 4]


async def test_a_paragraph_of_ones_own_stands_before_the_closing(db: str) -> None:
    await session()
    await draft()
    await add_paragraph(SECRETARIAT, SLUG, {"en": "The host was\n\nthanked.", "fr": ""})
    assert [line.row.kind for line in (await sheet()).lines][-2:] == ["free", "closing"]
    assert (await texts())[-2] == "The host was\nthanked."
    with pytest.raises(Invalid):
        await add_paragraph(SECRETARIAT, SLUG, {"en": " ", "fr": ""})


async def test_words_written_on_an_older_paragraph_are_not_put_in(db: str) -> None:
    await session()
    await draft()
    row = (await line("opening")).row
    opened = instant(row.changed)
    await edit("opening", "First.")
    with pytest.raises(Refused, match="paragraph_changed"):
        await edit_paragraph(SECRETARIAT, SLUG, row.id, {"en": "Second."}, changed=opened)
    opened = instant((await line("opening")).row.changed)
    await move_paragraph(SECRETARIAT, SLUG, row.id, "down")
    await edit_paragraph(SECRETARIAT, SLUG, row.id, {"en": "Third."}, changed=opened)
    assert (await line("opening")).row.text["en"] == "Third.", "it was moved, not written"


async def test_a_form_sent_twice_is_one_paragraph(db: str) -> None:
    await session()
    await draft_communique(SECRETARIAT, SLUG, say, key="a")
    await draft_communique(SECRETARIAT, SLUG, say, key="a")
    for _ in range(2):
        await add_paragraph(SECRETARIAT, SLUG, {"en": "Once.", "fr": "Une."}, key="b")
    row, size = (await line("opening")).row, (await Head.get(id=1)).size
    for _ in range(2):
        words, opened = {"en": "Same.", "fr": "Idem."}, instant(row.changed)
        await edit_paragraph(SECRETARIAT, SLUG, row.id, words, changed=opened)
    assert (await Head.get(id=1)).size == size + 1
    assert await Communique.all().count() == 1
    assert (await texts()).count("Once.") == 1


# --- issuing ---


async def test_what_is_issued_has_the_fingerprint_of_its_plain_text(site: Site) -> None:
    world, _ = await session()
    await adopt(world)
    await draft()
    await edit("opening", "The Plenary met.", "La Plénière s’est réunie.")
    await issue()
    issued, public = await Communique.get(), await site.browser()
    for language, path in (("en", f"{HERE}.txt"), ("fr", f"/fr{HERE}.txt")):
        answer = await public.get(path)
        assert sha256(answer.content).hexdigest() == issued.fingerprint[language]
        assert "DRAFT" not in answer.text
    entry = await Entry.get(type="communique.issued")
    assert issued.fingerprint["fr"] in bytes(entry.written).decode()
    assert "La Plénière s’est réunie." in (await public.page(f"/fr{HERE}")).words
    page = await public.page(HERE)
    assert issued.fingerprint["en"] in page.words.replace(" ", "")
    assert "/decisions/2019/1" in page.links()


async def test_a_flagged_paragraph_is_looked_at_before_it_is_issued(db: str) -> None:
    world, _ = await session()
    decision = await adopt(world)
    await draft()
    await state(ALD, decision)
    with pytest.raises(Refused, match="paragraphs_flagged") as refused:
        await issue()
    assert refused.value.facts == {"numbers": [2]}
    await drop_paragraph(SECRETARIAT, SLUG, (await line("decision")).row.id, True)
    await issue()


async def test_a_paragraph_without_french_or_english_is_not_issued(db: str) -> None:
    await session()
    await draft()
    await edit("opening", "Only English.", "")
    with pytest.raises(Refused, match="paragraphs_untranslated") as refused:
        await issue()
    assert refused.value.facts == {"lacking": {"fr": [1]}}


async def test_an_outcome_that_the_draft_lacks_is_not_passed_over(db: str) -> None:
    world, _ = await session()
    await draft()
    other = await world.table_proposal()
    await adopt(other)
    with pytest.raises(Refused, match="communique_behind"):
        await issue()


async def test_only_what_was_checked_is_issued(db: str) -> None:
    await session()
    await draft()
    checked = instant((await sheet()).communique.changed)
    await edit("opening", "Changed meanwhile.")
    with pytest.raises(Refused, match="communique_changed"):
        await issue_communique(SECRETARIAT, SLUG, changed=checked)


async def test_what_is_issued_stays(db: str) -> None:
    world, _ = await session()
    await draft()
    checked = instant((await sheet()).communique.changed)
    for _ in range(2):
        await issue_communique(SECRETARIAT, SLUG, changed=checked)
    assert await Entry.filter(type="communique.issued").count() == 1
    await adopt(world)
    row = (await line("opening")).row
    words = {"en": "Other.", "fr": "Autres."}
    for act_again in (
        draft(), issue_communique(SECRETARIAT, SLUG, changed="before"),
        add_paragraph(SECRETARIAT, SLUG, words),
        edit_paragraph(SECRETARIAT, SLUG, row.id, words, changed=instant(row.changed)),
        move_paragraph(SECRETARIAT, SLUG, row.id, "down"),
        drop_paragraph(SECRETARIAT, SLUG, row.id, True),
        tie_paragraph(SECRETARIAT, SLUG, row.id, take=True, seen="", say=say),
    ):  # fmt: skip
        with pytest.raises(Refused, match="communique_issued"):
            await act_again


async def test_what_came_after_the_issue_is_told_beside_the_paragraph(site: Site) -> None:
    world, _ = await session()
    decision = await adopt(world)
    await draft()
    await issue()
    public = await site.browser()
    before = await public.page(HERE)
    await adopt(world.at(2), links=(("supersedes", decision.symbol),))
    page = await public.page(HERE)
    assert "The decision this paragraph reports was superseded on " in page.words
    assert "Since this was written: The Plenary adopted decision KP/2019/Plenary/AD.2" in page.words
    assert before.words != page.words
    assert (await public.get(f"{HERE}.txt")).status_code == 200


# --- who reads and who writes ---


async def test_a_draft_is_for_delegations_and_leaves_no_word_in_public(site: Site) -> None:
    await session()
    await draft()
    await edit("opening", "Words of the draft.")
    newest = (await Head.get(id=1)).size - 1
    paths = [HERE, f"{HERE}.md", f"{HERE}.txt", "/changes", "/changes.atom", "/register",
             "/register.json", f"/register/{newest}", f"/register/{newest - 1}", "/sitemap.xml",
             f"/meetings/{SLUG}"]  # fmt: skip
    for who in ("", "head.del@example.org"):
        browser = await site.browser(who)
        for path in paths:
            text = (await browser.get(path)).text
            assert "Words of the draft" not in text, (who, path)
            assert "communique.drafted" not in text, (who, path)
            assert "/communique" not in text or path.startswith(HERE), (who, path)
        assert (await browser.get(HERE)).status_code == 404
    delegate = await site.browser(HEAD)
    page = await delegate.page(HERE)
    assert "Words of the draft." in page.words
    assert "Draft" in page.words
    assert "Words of the draft" in (await delegate.get(f"/register/{newest}")).text
    assert (await delegate.get(f"{HERE}.txt")).text.startswith("Kigali Plenary (DRAFT)\n")
    await issue()
    assert "Words of the draft" in (await (await site.browser()).page(HERE)).words
    assert "Words of the draft" in (await (await site.browser()).get(f"/register/{newest}")).text


async def test_only_the_secretariat_edits(site: Site) -> None:
    await session()
    await draft()
    for who in (HEAD, "chair@example.org", "head.del@example.org"):
        assert (await (await site.browser(who)).get(f"{HERE}/edit")).status_code == 403


async def test_the_secretariat_drafts_edits_and_issues_in_a_browser(site: Site) -> None:
    world, _ = await session()
    browser = await site.browser(SECRETARY)
    assert f"{HERE}/edit" in (await browser.page(f"/meetings/{SLUG}")).links()
    assert (await browser.press(await browser.page(f"{HERE}/edit"))).status_code == 303
    row = (await line("opening")).row
    await write(browser, row, text_en="Opened in Kigali.", text_fr="Ouverte à Kigali.")
    new = await browser.page(f"{HERE}/edit?paragraph=new")
    await browser.press(new, "/paragraphs", text_en="Thanks.", text_fr="Merci.")
    await adopt(world)
    page = await browser.page(f"{HERE}/edit")
    assert "Its fact has changed" in page.words
    assert "The Plenary continued its consideration of “Seals”" in page.words
    assert "It is now" in page.words
    assert (await browser.press(page, "/fact", choice="take")).status_code == 303
    page = await browser.page(f"{HERE}/issue")
    assert "The Plenary adopted decision KP/2019/Plenary/AD.1, Seals." in page.words
    assert (await browser.press(page, "/issue")).status_code == 303
    public = await site.browser()
    words = (await public.page(HERE)).words
    for text in ("Opened in Kigali.", "adopted decision", "Thanks."):
        assert text in words
    assert "issued" in (await public.page("/changes")).words


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_before_it_is_issued_the_page_says_what_two_languages_may_not_share(
    site: Site, prefix: str
) -> None:
    """Written anew in one language, a paragraph is still the sentence of its fact in the other."""
    await session()
    await draft()
    browser = await site.browser(SECRETARY)
    apart = "Paragraph 1 was written anew" if not prefix else "Le paragraphe 1 a été réécrit"
    page = await browser.page(f"{prefix}{HERE}/issue")
    assert apart not in page.words
    made = (await line("opening")).row.text
    for english, french, told in (
        ("Opened, with thanks.", made["fr"], True),
        (made["en"], "Ouverte, avec remerciements.", True),
        ("Opened, with thanks.", "Ouverte, avec remerciements.", False),
    ):
        await edit("opening", english, french)
        page = await browser.page(f"{prefix}{HERE}/issue")
        assert (apart in page.words) is told, (english, french)
        language = {"en": ("English", "anglais"), "fr": ("French", "français")}
        still = language["fr" if french == made["fr"] else "en"][bool(prefix)]
        assert not told or still in page.words
    assert (await browser.press(page, "/issue")).status_code == 303


@pytest.mark.parametrize("over", [False, True])
async def test_before_it_is_issued_the_page_says_that_the_meeting_still_sits(
    site: Site, over: bool
) -> None:
    await session()
    await draft()
    if over:
        await Meeting.all().update(ends=clock.now() - timedelta(minutes=1))
    page = await (await site.browser(SECRETARY)).page(f"{HERE}/issue")
    assert ("is in session until" in page.words) is not over


async def write(browser: Browser, row: Paragraph, **typed: str) -> Page:
    form = await browser.page(f"{HERE}/edit?paragraph={row.id}")
    return Page(await browser.press(form, f"/paragraphs/{row.id}", **typed))


async def test_what_was_typed_is_kept_when_it_cannot_be_taken(site: Site) -> None:
    await session()
    await draft()
    browser = await site.browser(SECRETARY)
    row = (await line("opening")).row
    opened = await browser.page(f"{HERE}/edit?paragraph={row.id}")
    action = f"/paragraphs/{row.id}"
    bad = await browser.press(opened, action, text_en="A bell \x07 & more", text_fr="Gardé.")
    assert bad.status_code == 422
    assert Page(bad).form(action).fields["text_fr"] == "Gardé."
    await edit("opening", "Meanwhile.")
    late = await browser.press(opened, action, text_en="An hour of <work>.", text_fr="Gardé.")
    assert late.status_code == 409
    page = Page(late)
    assert "An hour of <work>." in page.words
    assert "Gardé." in page.words
    assert "changed while you were writing" in page.words
    assert f"{HERE}/edit#paragraph-{row.id}" in page.links()


async def test_a_meeting_without_a_communique_says_so(site: Site) -> None:
    await session()
    for path in (HERE, f"{HERE}.md", f"{HERE}.txt", "/meetings/none/communique"):
        assert (await (await site.browser(HEAD)).get(path)).status_code == 404
    with pytest.raises(Missing, match="unknown_meeting"):
        await draft_communique(SECRETARIAT, "none", say)


async def test_in_markdown_and_html_typed_marks_stay_words(site: Site) -> None:
    await session()
    await draft()
    await edit("opening", "Stones *of* <b>note</b>\nand 2_3_4", "x")
    browser = await site.browser(HEAD)
    assert (
        "1. Stones \\*of\\* \\<b\\>note\\</b\\>  \n   and 2\\_3\\_4"
        in (await browser.get(f"{HERE}.md")).text
    )
    page = await browser.page(HERE)
    assert "Stones *of* <b>note</b>and 2_3_4" in page.words
    assert "<b>note" not in page.source


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_every_page_of_a_communique_is_sound(site: Site, prefix: str) -> None:
    """Before there is a draft, with a flag up, with a paragraph open, and when it is issued."""
    world, _ = await session()
    browser, faults = await site.browser(SECRETARY), []

    async def look() -> None:
        rows = [row.id for row in await Paragraph.all()]
        asked = ["new", *rows, 10**20, "x"]
        paths = [f"{HERE}/edit", *(f"{HERE}/edit?paragraph={paragraph}" for paragraph in asked)]
        if rows:
            paths += [HERE, f"{HERE}/issue"]
        for path in [f"/meetings/{SLUG}", "/secretariat/meetings", *paths]:
            page = await browser.page(prefix + path)
            faults.extend(f"{path}: {fault}" for fault in faults_of(page))

    await look()
    await draft()
    await adopt(world)
    await look()
    await draft()
    await issue()
    await look()
    assert faults == []


# --- the pure part ---


def test_a_new_paragraph_goes_after_those_that_are_told_before_it() -> None:
    kinds = ["opening", "free", "decision", "pending", "free", "closing"]
    places = {kind: place_for(Fact(kind, {}), kinds) for kind in ("decision", "pending", "closing")}
    assert places == {"decision": 3, "pending": 4, "closing": 6}
    assert place_for(Fact("decision", {}), []) == 0


def test_two_outcomes_on_one_proposal_are_both_told() -> None:
    facts = [Fact("decision", {"n": n}, decision=n, proposal="P.1") for n in (7, 8)]
    pending = Tied(1, "pending", {}, proposal="P.1")
    assert [fact.decision for fact in unreported([pending], facts)] == [8]
    assert [fact.decision for fact in unreported([], facts)] == [7, 8]


def test_the_plain_text_says_what_it_is() -> None:
    text = plain("Kigali", ["One.", "Two\nlines."], draft=True, sample=True)
    assert text == "Kigali (DRAFT) (SAMPLE)\n\n1. One.\n\n2. Two\nlines.\n"
    assert markdown("a_b") == "a\\_b"


async def test_it_is_drafted_inside_an_act_that_is_open(db: str) -> None:
    _, meeting = await session()
    meeting = await Meeting.get(id=meeting.id).prefetch_related("body")

    @door
    async def load() -> Record:
        async with act(by="secretariat") as record:
            await enter_communique(record, meeting, say)
            return record

    await load()
    assert len(await texts()) == 4


# --- its annex ------------------------------------------------------------------------------------


@pytest.mark.parametrize("publication", ["now", "decided", "never"])
async def test_the_annex_says_who_was_heard_on_which_paragraphs_in_their_words(
    site: Site, publication: str
) -> None:
    """Observers always; Participants as the rule of publication says. The text stays as it is."""
    world, _ = await session()
    await world.put(publication)
    concerns = (Concern("p1", "CANARY-one", "CANARY-if"), Concern("p2", "CANARY-two"))
    said: dict[str, Any] = {"clause": "p1", "explanation": "", "would_join": "", "apart": concerns}
    await world.object("COR", **said | {"apart": (*concerns, Concern("pp1", "CANARY-state"))})
    await world.hear("DEL", **said)
    decision = await world.declare("no_consensus")
    await draft()
    await issue()
    public = await site.browser()
    for ending in ("", ".md"):
        text = (await public.get(f"/meetings/{SLUG}/communique{ending}")).text
        assert "Delmonia" in text
        for words in ("CANARY-one", "CANARY-if", "CANARY-two", "On paragraph 2"):
            assert words.replace("-", "\\-") in text or words in text, (ending, words)
        named = "CANARY-state" in text or "CANARY\\-state" in text
        assert named is (publication != "never"), ending
        assert ("Corvania" in text) is (publication != "never"), ending
    assert (
        f'href="/decisions/{decision.source_id}#p2"'
        in (await public.get(f"/meetings/{SLUG}/communique")).text
    )
    plain = (await public.get(f"/meetings/{SLUG}/communique.txt")).text
    assert "CANARY" not in plain, "its fingerprint is of the text that was issued"


async def test_what_nobody_spoke_on_has_no_annex(site: Site) -> None:
    world, _ = await session()
    await adopt(world)
    await draft()
    await issue()
    page = await (await site.browser()).page(f"/meetings/{SLUG}/communique")
    assert "Annex" not in page.words
