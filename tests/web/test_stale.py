"""Whoever presses acts on what was shown: where that has changed, nothing is done, and the page
says what there is now. Over every act that takes two presses, and the buttons of a proposal."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.competences import change_power
from plenary.bodies.actions.seats import seat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.measures import Basis
from plenary.bodies.models import Seat, Spell
from plenary.procedures.terms import standard
from plenary.proposals.actions.moves import refer
from plenary.proposals.models import Proposal, Sponsor
from plenary.record.models import Head
from tests.client import Page, Site
from tests.web.filled import FORMS, LATER
from tests.web.house import SINCE, WHO, House, build
from tests.world import CHAIR, SECRETARIAT, adopt

pytestmark = pytest.mark.anyio
Meanwhile = Callable[[House], Awaitable[Any]]
VOTE = standard("vote")
TWICE = standard("silence") | {"extend": {"times": 2}}
SOON = datetime.now(UTC) + timedelta(days=20)


@dataclass
class Press:
    """An act whose first press shows a check page; and what comes between the two."""

    form: str  # in the table of forms
    path: str
    meanwhile: Meanwhile
    now: str  # what the check page then says of how it is
    fields: dict[str, str] = field(default_factory=dict)
    before: Meanwhile | None = None  # what has to be there for the first press
    gone: tuple[str, ...] = ("confirmed", "seen", "version", "fingerprint")

    @property
    def sent(self) -> dict[str, str]:
        return {
            n: v for n, v in (FORMS[self.form].fields | self.fields).items() if n not in self.gone
        }


async def _next_question(house: House) -> None:
    """Another vote on the same proposal, as the first was declared meanwhile."""
    vote = house.world.at(8)
    await vote.end()
    await vote.declare("deferred")
    await vote.put(procedure="vote")


async def _power(*changes: str) -> None:
    """Of the group, on one matter: given, or taken back."""
    for change in changes:
        await change_power(SECRETARIAT, "monitoring", "text", change, "2019/1")


async def _movable_twice(house: House) -> None:
    """A silence procedure whose closing may be moved again after it was moved."""
    await adopt("silence", TWICE, names={"en": "Silence"})
    world = await house.world.table_proposal()
    await world.put(procedure="silence")


TWO = {
    "withdrawal": Press(
        "withdrawal", "/proposals/2019/6/withdrawal",
        lambda house: house.world.at(6).revise(), "version 2",
    ),
    "question": Press(
        "question", "/proposals/2019/6/question",
        lambda house: house.world.at(6).revise(), "version 2",
    ),
    "extension": Press(
        "extension", "/proposals/2019/12/question/extension",
        lambda house: house.world.at(12).extend(SOON), f"{SOON:%H:%M}", {"closes": LATER},
        before=_movable_twice,
    ),
    "question_end": Press(
        "question_end", "/proposals/2019/8/question/end", _next_question, "End the answering",
    ),
    "declaration": Press(
        "declaration", "/proposals/2019/1/declaration",
        lambda house: house.world.state("ALD"), "no consensus",
    ),
    "secretariat_procedures": Press(
        "secretariat_procedures", "/secretariat/procedures",
        lambda house: adopt("two_thirds", VOTE, names={"en": "Two", "fr": "Deux"},
        ), "number 2",
    ),
    "secretariat_standings": Press(
        "secretariat_standings", "/secretariat/standings",
        lambda house: set_standing(
            SECRETARIAT, "COR", "provisional", since=date(2029, 1, 1), basis=Basis("2019/1")
        ), "Provisional from 1 January 2029",
    ),
    "secretariat_powers": Press(
        "secretariat_powers", "/secretariat/powers",
        lambda house: _power("taken", "given"), "taken back from it", {"change": "taken"},
        before=lambda house: _power("given"),
    ),
    "secretariat_seats_end": Press(
        "secretariat_seats_end", "/secretariat/seats/end",
        lambda house: seat(
            SECRETARIAT, "monitoring", "BEL", "observer", since=SINCE, basis=Basis("2019/1")
        ),
        "Observer",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TWO)
async def test_a_second_press_on_what_has_changed_shows_the_check_page_anew(
    site: Site, name: str
) -> None:
    house, case = await build(), TWO[name]
    if case.before:
        await case.before(house)
    browser = await site.browser(WHO[FORMS[case.form].role])
    first = await browser.post(case.path, case.sent)
    assert first.status_code == 200, Page(first).words
    pressed = Page(first).form().fields | {"confirmed": "1"}
    await case.meanwhile(house)
    before = (await Head.get(id=1)).size
    held = await browser.post(case.path, pressed)
    page = Page(held)
    assert (held.status_code, (await Head.get(id=1)).size) == (409, before), page.words
    assert page.by_id("check") is not None, "the first form again, and not the check page"
    assert "Nothing was recorded" in page.words or "came in while" in page.words
    assert case.now in page.words
    kept = page.form().fields
    assert {n: kept.get(n) for n in case.sent if n != "key"} == {
        n: v for n, v in case.sent.items() if n != "key"
    }
    done = await browser.post(case.path, kept | {"confirmed": "1"})
    assert done.status_code == 303, Page(done).words
    assert (await Head.get(id=1)).size > before


# --- one press, over the text that stands beside it ---


async def test_a_draft_is_tabled_with_the_text_that_was_read(site: Site) -> None:
    house = await build()
    draft = house.world.at(3)
    browser = await site.browser(WHO[FORMS["tabling"].role])
    shown = await browser.page("/proposals/2019/3")
    await draft.revise()
    held = await browser.press(shown, "/tabling")
    page = Page(held)
    assert held.status_code == 409
    assert (await draft.proposal()).tabled is None
    assert "/proposals/2019/3/v1..v2" in page.links()
    assert page.form("/tabling").fields["version"] == "2"
    assert (await browser.press(page, "/tabling")).status_code == 303
    assert (await draft.proposal()).tabled is not None


async def test_nobodys_name_stands_over_words_that_it_did_not_read(site: Site) -> None:
    house = await build()
    other = house.world.at(6)
    browser = await site.browser("head.bel@example.org")
    shown = await browser.page("/proposals/2019/6/sponsors")
    await other.revise()
    held = await browser.press(shown, "/sponsors")
    assert held.status_code == 409
    names = Sponsor.filter(proposal=await other.proposal(), delegation__code="BEL")
    assert not await names.exists()
    assert "/proposals/2019/6/v1..v2" in Page(held).links()
    assert (await browser.press(Page(held), "/sponsors")).status_code == 303
    assert (await names.get()).versions == [2]


@pytest.mark.parametrize("moved", ["the text", "the body"])
async def test_a_text_is_referred_as_it_was_seen_and_from_where_it_was_seen(
    site: Site, moved: str
) -> None:
    house = await build()
    await form_body(SECRETARIAT, "experts", "WGX", {"en": "Experts"})
    world = house.world.at(6)
    browser = await site.browser(WHO[FORMS["referral"].role])
    shown = await browser.page("/proposals/2019/6/referral")
    if moved == "the text":
        await world.revise()
    else:
        await refer(CHAIR, 2019, 6, body="monitoring")
    before = (await Head.get(id=1)).size
    held = await browser.press(shown, "/referral", body="experts")
    page = Page(held)
    assert (held.status_code, (await Head.get(id=1)).size) == (409, before)
    assert page.form("/referral").fields["body"] == "experts"
    assert (await browser.press(page, "/referral")).status_code == 303
    assert (await Proposal.get(symbol=world.symbol).prefetch_related("body")).body.key == "experts"


async def test_a_button_without_a_version_is_a_program_that_looked_at_none(site: Site) -> None:
    """The contract of these addresses has no field: it is taken as before."""
    house = await build()
    browser = await site.browser(WHO[FORMS["tabling"].role])
    assert (await browser.post("/proposals/2019/3/tabling")).status_code == 303
    assert (await house.world.at(3).proposal()).tabled is not None


async def test_a_second_press_that_saw_nothing_ends_no_seat_and_no_standing(site: Site) -> None:
    await build()
    browser = await site.browser(WHO[FORMS["secretariat_seats_end"].role])
    spells, seats = await Spell.all().count(), await Seat.filter(until=None).count()
    for name in ("secretariat_seats_end", "secretariat_standings"):
        sent = {n: v for n, v in FORMS[name].fields.items() if n != "seen"}
        answer = await browser.post(TWO[name].path, sent | {"confirmed": "1"})
        assert answer.status_code == 409
        assert Page(answer).by_id("check") is not None
    assert (await Spell.all().count(), await Seat.filter(until=None).count()) == (spells, seats)
