"""The text that is asked about keeps its words, and nothing is asked about a text without them."""

from datetime import date
from typing import Any

import pytest

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.seats import seat
from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.models import Decision
from plenary.decisions.rules import StatementKind
from plenary.disclosure.removing import remove_words
from plenary.questions.models import Question
from plenary.record.models import Entry, Redaction
from plenary.refusal import Invalid, Refused
from plenary.registers.actions import import_register
from plenary.texts.removed import repeats
from tests.client import Page, Site
from tests.disclosure.nouns import newest, order
from tests.registers.registers import FRENCH, SEALS, register
from tests.world import BEL, SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("terms", [{}, {"procedure": "silence", "hours": 96}])
async def test_the_text_of_an_open_question_keeps_its_words(db: str, terms: dict[str, str]) -> None:
    world = await found_world()
    await world.put(**terms)
    before = await Entry.all().count()
    with pytest.raises(Refused, match="text_is_asked_about"):
        await remove_words(SECRETARIAT, await newest("version.issued"), order())
    assert await Entry.all().count() == before


async def test_open_brackets_are_not_closed_by_removing_them(db: str) -> None:
    world = await found_world()
    await world.revise("1. *Decides* to meet [in May][in June].\n")
    issued = await newest("version.issued")
    await world.put()
    with pytest.raises(Refused, match="text_is_asked_about"):
        await remove_words(SECRETARIAT, issued, order())


async def test_an_earlier_version_can_go_while_a_question_runs(db: str) -> None:
    world = await found_world()
    earlier = await newest("version.issued")
    await world.revise("1. *Decides* to meet in May.\n")
    await world.put()
    await remove_words(SECRETARIAT, earlier, order())


async def test_the_text_can_go_when_the_question_is_over(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR")
    await world.declare("no_consensus")
    await remove_words(SECRETARIAT, await newest("version.issued"), order())
    assert (await Decision.all().order_by("-id").first()).outcome == "no_consensus"  # type: ignore[union-attr]


async def test_no_question_is_put_on_a_text_of_which_words_were_removed(db: str) -> None:
    world = await found_world()
    await remove_words(SECRETARIAT, await newest("version.issued"), order())
    with pytest.raises(Refused, match="words_of_text_removed"):
        await world.put()
    await world.revise("1. *Decides* to meet in May.\n")
    await world.put()


async def test_the_form_is_refused_before_it_is_filled_in(site: Site) -> None:
    world = await found_world()
    await world.put()
    browser = await site.browser("secretariat@example.org")
    answer = await browser.get(f"/register/{await newest('version.issued')}/removal")
    assert answer.status_code == 409
    assert "nobody decides on a text that cannot be read" in answer.text


async def test_the_reason_of_an_order_does_not_say_the_words_again(db: str) -> None:
    world = await found_world()
    await world.comment(text="Ms Jane Doe of Exampletown took the money herself.")
    n = await newest("comment.made")
    for reason in ("It says that JANE DOE, of Exampletown, did it.", "“took the money herself”"):
        with pytest.raises(Invalid) as refused:
            await remove_words(SECRETARIAT, n, order(reason=reason))
        assert refused.value.errors["reason"].name == "repeats_the_words"
    assert not await Entry.filter(type="payload.redacted").exists()
    await remove_words(SECRETARIAT, n, order(reason="It accused a person by name of theft."))


def test_one_word_alone_is_no_repetition() -> None:
    assert not repeats("Publié en français", "en")
    assert not repeats("", "Jane Doe")
    assert repeats("about Jane Doe", "Jane Doe")
    assert not repeats("about Jane", "Jane Doe")


# --- an adopted text ---


async def adopted(world: World) -> str:
    await world.put()
    return (await world.declare()).symbol


async def faults(n: int, **by: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        await remove_words(SECRETARIAT, n, order(**by))
    return {name: fault.name for name, fault in refused.value.errors.items()}


@pytest.mark.parametrize("by", ["court", "body"])
async def test_an_adopted_text_goes_by_a_court_or_by_a_later_decision(db: str, by: str) -> None:
    world = await found_world()
    issued = await newest("version.issued")
    await world.revise(FRENCH, language="fr")
    lagging = await newest("translation.issued")
    symbol = await adopted(world)
    await world.revise(FRENCH.replace("avant", "après"), language="fr")
    for n in (issued, lagging, await newest("translation.issued")):
        assert await faults(n) == {"office": "adopted_text"}
        assert await faults(n, office="body", decision=symbol) == {
            "decision": "decision_before_words"
        }
        later = await adopted(await world.table_proposal(title={"en": f"Remove {n}"}))
        await remove_words(SECRETARIAT, n, order(office=by, decision=later if by == "body" else ""))
        assert await Redaction.exists(entry=n)


async def test_an_earlier_version_of_an_adopted_text_goes_by_the_chairs_order(db: str) -> None:
    world = await found_world()
    earlier = await newest("version.issued")
    await world.revise("1. *Decides* to meet in May.\n")
    await adopted(world)
    await remove_words(SECRETARIAT, earlier, order())


async def test_the_form_says_why_a_chair_takes_no_adopted_text_away(site: Site) -> None:
    world = await found_world()
    symbol = await adopted(world)
    browser = await site.browser("secretariat@example.org")
    n = await newest("version.issued")
    page = await browser.page(f"/register/{n}/removal")
    answer = await browser.press_once(
        page, "/removal", office="chair", body="plenary", ground="personal", reason="A name."
    )
    assert answer.status_code == 422
    assert f"Entry {n} is the text or the title of decision {symbol}." in Page(answer).words
    assert "A name." in answer.text, "what was typed is kept"


# --- whose order ---


async def test_a_groups_chair_orders_in_the_group_and_nowhere_else(db: str) -> None:
    world = await found_world()
    for key in ("wgm", "grp"):
        await form_body(SECRETARIAT, key, key.upper(), {"en": key})
    await world.comment(text="Said before the Plenary.")
    here = await newest("comment.made")
    assert await faults(here, body="wgm") == {"body": "body_of_another"}
    other = await world.table_proposal(title={"en": "In the group"}, body="wgm")
    for group in ("wgm", "plenary"):
        await other.comment(text="Said in the group.")
        there = await newest("comment.made")
        assert await faults(there, body="grp") == {"body": "body_of_another"}
        await remove_words(SECRETARIAT, there, order(body=group))


async def test_what_stands_beside_a_decision_belongs_to_the_body_that_decided(db: str) -> None:
    await found_world()
    for key in ("wgm", "grp"):
        await form_body(SECRETARIAT, key, key.upper(), {"en": key})
    await seat(SECRETARIAT, "wgm", "BEL", "member", since=date(2019, 1, 1))
    world = World(2019, 0, chair="chair:wgm")
    made = await world.table_proposal(title={"en": "In the group"}, body="wgm")
    world.number = made.number
    await world.put()
    await Question.all().update(decides=True)  # of an earlier release, in which a group adopted
    await world.declare()
    await state_beside(BEL, "2019/1", Draft(StatementKind.EXPLANATION, "Words.", "en"))
    n = await newest("statement.made")
    assert await faults(n, body="grp") == {"body": "body_of_another"}
    await remove_words(SECRETARIAT, n, order(body="wgm"))


async def test_a_topic_is_longer_than_any_symbol_or_key(site: Site) -> None:
    """Of an imported decision it holds the whole of its source's id."""
    await found_world()
    await import_register(SECRETARIAT, "kp", register(SEALS.replace("Seals", "Seals " * 13)))
    n = await newest("decision.imported")
    assert len((await Entry.get(n=n)).topic) > 70
    await remove_words(SECRETARIAT, n, order())
    browser = await site.browser()
    for path in ("/changes", "/changes.atom", "/"):
        answer = await browser.get(path)
        assert answer.status_code == 200, path
    assert f"Words of entry {n} were removed by order." in (await browser.page("/changes")).words


async def test_the_form_offers_the_body_of_the_entry_and_the_plenary(site: Site) -> None:
    world = await found_world()
    for key in ("wgm", "grp"):
        await form_body(SECRETARIAT, key, key.upper(), {"en": f"Group {key}"})
    await (await world.table_proposal(title={"en": "Other"}, body="wgm")).comment(text="Words.")
    browser = await site.browser("secretariat@example.org")
    page = await browser.page(f"/register/{await newest('comment.made')}/removal")
    assert [name for name in ("Group wgm", "Group grp") if name in page.words] == ["Group wgm"]
