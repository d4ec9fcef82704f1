"""An order stands for everything that goes by it: the rules are asked of each entry, and not of the
one alone that it names."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.clock import pretending
from plenary.decisions.models import Decision
from plenary.disclosure.removing import remove_words
from plenary.people.models import Person
from plenary.proposals.reading import authentic_in, lines_of, version_of
from plenary.record.models import Redaction
from plenary.refusal import Fault, Invalid
from plenary.registers.actions import import_register
from tests.client import Site
from tests.disclosure.nouns import newest, order
from tests.registers.registers import FRENCH, SEALS, register
from tests.world import CHAIR, SECRETARIAT, TEXT, World, found_world

pytestmark = pytest.mark.anyio
ENGLISH = TEXT.replace("[before]", "before")
SHORTER = ENGLISH.replace("2. Requests the secretariat to report.\n", "")
IN_FRENCH = FRENCH.replace("[avant]", "avant")
ALL_OTHER = """L’assemblée,

Se souvenant de son mandat,

1. Décide avant tout envoi.
"""
TABLED = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def faults(n: int, **by: Any) -> dict[str, Fault]:
    with pytest.raises(Invalid) as refused:
        await remove_words(SECRETARIAT, n, order(**by))
    assert not await Redaction.exists(entry=n)
    return refused.value.errors


async def stands_against(n: int, **by: Any) -> dict[str, tuple[str, object]]:
    """In which field, why, and which entry."""
    found = await faults(n, **by)
    return {name: (fault.name, fault.facts["n"]) for name, fault in found.items()}


async def adopted(world: World) -> str:
    await world.put()
    return (await world.declare()).symbol


# --- an adopted text, and how it is called ---


@pytest.mark.parametrize("authentic", [True, False])
async def test_a_translation_that_goes_on_into_the_adopted_version_is_its_text(
    db: str, authentic: bool
) -> None:
    world = await (await found_world()).table_proposal(ENGLISH, title={"en": "Another"})
    await world.revise(IN_FRENCH, language="fr", by=CHAIR, authentic=authentic)
    n = await newest("translation.issued")
    await world.revise(SHORTER)
    symbol = await adopted(world)
    assert await stands_against(n) == {"office": ("adopted_text", n)}
    assert await stands_against(n, office="body", decision=symbol) == {
        "decision": ("decision_before_words", n)
    }
    await remove_words(SECRETARIAT, n, order(office="court"))


async def test_a_translation_of_which_nothing_is_left_in_the_adopted_version_is_none_of_it(
    db: str,
) -> None:
    world = await (await found_world()).table_proposal(ENGLISH, title={"en": "Another"})
    await world.revise(IN_FRENCH, language="fr", by=CHAIR)
    n = await newest("translation.issued")
    await world.revise(SHORTER)
    await world.revise(ALL_OTHER, language="fr", by=CHAIR)
    await adopted(world)
    proposal = await world.proposal()
    shown = await lines_of(proposal, await version_of(proposal, 2), "fr")
    assert {line.follows for line in shown} == {2}
    await remove_words(SECRETARIAT, n, order())


async def test_an_earlier_version_goes_and_leaves_the_adopted_one_its_words(db: str) -> None:
    """Also those that the two have in common."""
    world = await (await found_world()).table_proposal(ENGLISH, title={"en": "Another"})
    n = await newest("version.issued")
    await world.revise(SHORTER)
    await adopted(world)
    await remove_words(SECRETARIAT, n, order())
    proposal = await world.proposal()
    lines = await lines_of(proposal, await version_of(proposal, proposal.newest), "en")
    assert lines
    assert all(line.clause.text in SHORTER for line in lines)


@pytest.mark.parametrize("authentic", [True, False])
async def test_an_earlier_version_stays_while_an_adopted_translation_was_made_from_it(
    db: str, authentic: bool
) -> None:
    """Once it is made again from the adopted version, no word of the earlier one holds it."""
    world = await (await found_world()).table_proposal(ENGLISH, title={"en": "Another"})
    n = await newest("version.issued")
    given: dict[str, Any] = {"language": "fr", "by": CHAIR, "authentic": authentic}
    await world.revise(IN_FRENCH, **given)
    await world.revise(SHORTER)
    await adopted(world)
    assert await stands_against(n) == {"office": ("adopted_translation_follows", n)}
    await world.revise(IN_FRENCH.replace("2. Demande un rapport.\n", ""), **given)
    proposal = await world.proposal()
    version = await version_of(proposal, proposal.newest)
    assert await authentic_in(proposal, version) == (["fr"] if authentic else [])
    await remove_words(SECRETARIAT, n, order())
    assert await authentic_in(proposal, version) == (["fr"] if authentic else [])
    assert not any(line.lags for line in await lines_of(proposal, version, "fr"))


@pytest.mark.parametrize("outcome", ["adopted", "no_consensus"])
async def test_what_an_adopted_decision_is_called_by_is_no_chairs_to_take(
    db: str, outcome: str
) -> None:
    world = await found_world()
    n = await newest("proposal.tabled")
    await world.put()
    if outcome == "no_consensus":
        await world.object("COR")
    decision = await world.declare(outcome)
    await world.revise(FRENCH, language="fr", by=CHAIR, title="Des sceaux")
    later = await newest("proposal.named")
    for entry in (n, later) if outcome == "adopted" else ():
        found = await faults(entry)
        assert found["office"].name == "adopted_text"
        assert found["office"].facts["decision"] == decision.symbol
    await remove_words(SECRETARIAT, n, order(office="court" if outcome == "adopted" else "chair"))
    assert await Redaction.exists(entry=later)


async def test_a_year_in_another_register_orders_nothing_adopted_here_away(db: str) -> None:
    world = await found_world()
    await world.comment(text="Said before it was imported.")
    before = await newest("comment.made")
    await adopted(world)
    text = await newest("version.issued")
    year = str((await Decision.get(register="own")).date)[:4]
    await import_register(SECRETARIAT, "kp", register(SEALS.replace("2003-04-30", year)))
    found = await Decision.get(register="kp")
    other = await world.table_proposal(title={"en": "Another"})
    await other.comment(text="Said after it was imported.")
    after = await newest("comment.made")
    given = {"office": "body", "decision": f"kp/{found.source_id}"}
    assert await stands_against(text, **given) == {"decision": ("decided_elsewhere", text)}
    assert await stands_against(after, **given) == {"decision": ("decision_before_words", after)}
    await remove_words(SECRETARIAT, before, order(**given))


# --- every entry that goes ---


async def _named_twice() -> tuple[int, int]:
    """The entries that name somebody accredited in the Plenary who then presides over a group."""
    await found_world()
    await form_body(SECRETARIAT, "wgm", "WGM", {"en": "wgm"})
    await accredit(SECRETARIAT, "COR", "jane@example.org", "Jane Quill", "adviser")
    accredited = await newest("person.accredited")
    await appoint(SECRETARIAT, "wgm", "chair", email="jane@example.org", name="Jane Quill")
    filled = await newest("office.filled")
    return accredited, filled


async def test_a_groups_chair_takes_no_name_that_the_plenary_holds(db: str) -> None:
    accredited, filled = await _named_twice()
    assert await stands_against(filled, body="wgm") == {"body": ("body_of_another", accredited)}
    assert (await Person.get(email="jane@example.org")).name == "Jane Quill"
    await remove_words(SECRETARIAT, filled, order())
    assert await Redaction.exists(entry=accredited)


async def test_an_older_order_or_decision_takes_no_later_words(db: str) -> None:
    with pretending(TABLED):
        world = await found_world()
        n = await newest("proposal.tabled")
        decided = await adopted(await world.table_proposal(title={"en": "To remove it"}))
    with pretending(TABLED + timedelta(days=10)):
        await world.revise(FRENCH, language="fr", by=CHAIR, title="Un titre tardif")
        named = await newest("proposal.named")
    with pretending(TABLED + timedelta(days=11)):
        assert await stands_against(n, day=date(2026, 3, 2)) == {"day": ("day_before_entry", named)}
        assert await stands_against(n, office="body", decision=decided) == {
            "decision": ("decision_before_words", named)
        }
        await remove_words(SECRETARIAT, n, order(day=date(2026, 3, 11)))
        assert await Redaction.exists(entry=named)


@pytest.mark.parametrize("note", ["", "Nobody would move."])
async def test_what_repeats_a_title_and_says_more_is_asked_too(db: str, note: str) -> None:
    """The gavel repeats the title; a note of its own is no older than the gavel."""
    with pretending(TABLED):
        world = await found_world()
        n = await newest("proposal.tabled")
    with pretending(TABLED + timedelta(days=10)):
        await world.put()
        await world.object("COR")
        await world.declare("no_consensus", note=note)
        declared = await newest("decision.declared")
        if note:
            against = await stands_against(n, day=date(2026, 3, 2))
            assert against == {"day": ("day_before_entry", declared)}
        await remove_words(SECRETARIAT, n, order(day=date(2026, 3, 11 if note else 2)))
        assert await Redaction.exists(entry=declared)


async def test_the_form_names_the_entry_that_stands_against_it(site: Site) -> None:
    accredited, filled = await _named_twice()
    browser = await site.browser("secretariat@example.org")
    page = await browser.page(f"/register/{filled}/removal")
    answer = await browser.press_once(
        page, "/removal", office="chair", body="wgm", ground="personal", reason="A name."
    )
    assert answer.status_code == 422
    assert f"The words of entry {accredited} go by this order" in answer.text
