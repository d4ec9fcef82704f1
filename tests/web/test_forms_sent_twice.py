"""A key stands for a content, and what is consequential takes two presses: over all forms."""

import pytest

from plenary.app import PAGES
from plenary.bodies.powers import Role
from plenary.record.models import Head, Receipt
from plenary.web.forms import Form
from tests.client import Browser, Page, Site
from tests.web.filled import FORMS, address
from tests.web.house import WHO, build
from tests.web.test_refilled import form_with

KEYED = {name: form for name, form in FORMS.items() if "key" in form.fields}
# What somebody who goes back to a form with a key may say the second time.
OTHERWISE: dict[str, dict[str, str]] = {
    "propose": {"text": "1. Decides otherwise.\n"},
    "draft_readers": {"reader": "delegation:COR"},
    "draft_readers_end": {"reader": "delegation:COR"},
    "sponsorship": {"role": "author"},
    "text_disowning": {"reason": "We sent another one."},
    "sponsor_departure": {"reason": "We think otherwise."},
    "cycles": {"name_en": "Another reform"},
    "comment": {"text": "Why not?"},
    "secretariat_procedures": {"threshold": "3/4"},
    "secretariat_procedures_end": {"procedure": "vote"},
    "position": {"stance": "accept", "explanation": "We can."},
    "from_the_room": {"explanation": "It cannot today."},
    "bloc_stated": {"explanation": "We cannot today."},
    "statement": {"text": "As they read it."},
    "statement_translation": {"text": "Comme ils le lisent."},
    "correction": {"text": "We meant not to."},
    "follow_up_added": {"owner": "delegation:COR"},
    "imported_follow_up_added": {"due": "2031-01-01"},
    "progress": {"note": "Sent to nobody."},
    "secretariat_delegations": {"name_en": "Elvaria and Ostland"},
    "secretariat_standings": {"standing": "provisional"},
    "secretariat_powers": {"matter": "agenda"},
    "secretariat_seats": {"kind": "observer"},
    "secretariat_seats_end": {"code": "ALD"},
    "access_report": {"ground": "Too early."},
    "measure_appeal": {"text": "We asked in April."},
    "measure_answer": {"text": "It was early."},
    "secretariat_officers": {"code": "COR"},
    "secretariat_officers_end": {"id": "1"},
    "secretariat_accreditations": {"role": "head"},
    "secretariat_accreditations_end": {"id": "1"},
    "secretariat_sessions": {"reason": "Another one was."},
    "removal": {"reason": "An address."},
    "secretariat_bodies": {"mandate_en": "To decide."},
    "meeting_arrivals": {"d-COR": "1"},
    "meeting_departures": {"d-DEL": "1"},
    "meeting_credentials": {"note": "Illegible."},
    "communique_paragraphs": {"text_en": "Nobody was thanked."},
    "communique_place": {"way": "up"},
    "communique_dropping": {"dropped": "0"},
    "communique_fact": {"choice": "take"},
    "secretariat_holidays": {"days": "2030-12-26 Boxing Day"},
    "secretariat_holidays_end": {"day": "2030-05-02"},
    "secretariat_meetings": {"agenda": "1 | Closing"},
}  # fmt: skip
# Bound to what their check page showed; what it showed is none of the words of the form.
SIGHTED = {
    "seat_leaving",
    "secretariat_powers",
    "secretariat_standings",
    "secretariat_seats",
    "secretariat_seats_end",
}


async def seen_by(browser: Browser, path: str, name: str) -> dict[str, str]:
    """The fields of a form, with what its check page shows where it has to be seen first."""
    fields = FORMS[name].fields
    if name not in SIGHTED:
        return fields
    first = {n: value for n, value in fields.items() if n != "confirmed"}
    return fields | {"seen": Page(await browser.post(path, first)).form().fields["seen"]}


WORDLESS = {
    "seat_leaving",
    "sponsor_acceptance",
    "sponsor_refusal",
    "sponsor_confirmation",
    "text_countersignature",
    "meeting_closure",
    "communique_drafting",
    "comment_publication",
}  # a key and a button
UNMOVED = {"communique_fact"}  # no fact has moved in this house, so its form does nothing


def test_every_form_with_a_key_is_tried_with_other_words() -> None:
    assert set(KEYED) == set(OTHERWISE) | WORDLESS


@pytest.mark.parametrize("name", [name for name in OTHERWISE if name not in UNMOVED])
async def test_the_same_key_with_other_words_is_refused_and_records_nothing(
    site: Site, name: str
) -> None:
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[FORMS[name].role])
    fields = await seen_by(browser, path, name)
    assert (await browser.post(path, fields)).status_code == 303
    before = (await Head.get(id=1)).size, await Receipt.all().count()
    answer = await browser.post(path, fields | OTHERWISE[name])
    assert answer.status_code == 409, Page(answer).words
    assert "was sent before with other words" in Page(answer).words
    assert ((await Head.get(id=1)).size, await Receipt.all().count()) == before


@pytest.mark.parametrize("name", [name for name in KEYED if KEYED[name].role is Role.SECRETARIAT])
async def test_a_key_that_another_form_has_spent_is_refused_and_records_nothing(
    site: Site, name: str
) -> None:
    """Two forms of the secretariat that share a key: the second is not done, and says so."""
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[Role.SECRETARIAT])
    spent = {"code": "COR", "status": "presented", "note": "", "key": "k"}
    spent["confirmed"] = "1"
    assert (await browser.post("/meetings/autumn/credentials", spent)).status_code == 303
    before = (await Head.get(id=1)).size
    answer = await browser.post(path, FORMS[name].fields)
    assert answer.status_code == 409, Page(answer).words
    assert "was sent before with other words" in Page(answer).words
    assert (await Head.get(id=1)).size == before


@pytest.mark.parametrize("name", KEYED)
async def test_a_form_sent_twice_is_one_act_with_one_answer(site: Site, name: str) -> None:
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[FORMS[name].role])
    fields = await seen_by(browser, path, name)
    first = await browser.post(path, fields)
    assert first.status_code == 303, Page(first).words
    size, receipts = (await Head.get(id=1)).size, await Receipt.all().count()
    again = await browser.post(path, fields)
    assert (again.status_code, again.headers["location"]) == (303, first.headers["location"])
    assert ((await Head.get(id=1)).size, await Receipt.all().count()) == (size, receipts)


# --- two presses: every route that is made by web.two_presses ---

TWICE = [str(route.name) for route in PAGES if getattr(route.endpoint, "two_presses", False)]
# Bound to nothing that their check page showed: a comment, a sign-in and an entry do not change,
# and of credentials the newest word holds.
SIGHTLESS = {
    "comment_publication", "removal", "secretariat_sessions", "access_report", "measure_appeal",
    "measure_answer", "meeting_credentials", "secretariat_delegations", "sponsor_departure",
    "text_disowning",
}  # fmt: skip
ON_THE_CHECK_PAGE = {("secretariat_sessions", "reason")}  # asked there, and not before
SPOILT = "a\u202eb"  # what no field takes: a mark of direction


def test_what_takes_two_presses_is_known_by_its_route() -> None:
    pressed = {name for name, form in FORMS.items() if "confirmed" in form.fields}
    assert set(TWICE) == pressed | {"declaration"}  # which is bound to all that its page showed


async def _unpressed(site: Site, name: str) -> tuple[Browser, str, dict[str, str]]:
    """Who sends a form, where to, and what is sent with the first press."""
    path, _ = address(await build(), name)
    browser = await site.browser(WHO[FORMS[name].role])
    fields = FORMS[name].fields.items()
    return (
        browser,
        path,
        {field: text for field, text in fields if field not in ("confirmed", "seen")},
    )


@pytest.mark.parametrize("name", TWICE)
async def test_the_first_press_records_nothing_and_shows_what_the_second_sends(
    site: Site, name: str
) -> None:
    browser, path, sent = await _unpressed(site, name)
    before = (await Head.get(id=1)).size
    answer = await browser.post(path, sent)
    assert answer.status_code == 200, Page(answer).words
    assert (await Head.get(id=1)).size == before
    second = Page(answer).form(path).fields
    assert {field: second.get(field, "") for field in sent} == sent
    done = await browser.post(path, second | {"confirmed": "1"})
    assert done.status_code == 303, Page(done).words
    assert (await Head.get(id=1)).size > before


@pytest.mark.parametrize("name", TWICE)
async def test_the_check_page_leads_back_to_what_was_filled_in(site: Site, name: str) -> None:
    browser, path, sent = await _unpressed(site, name)
    second = Page(await browser.post(path, sent)).form(path).fields
    before = (await Head.get(id=1)).size
    answer = await browser.post(path, second | {"edit": "1"})
    assert answer.status_code in (200, 303), Page(answer).words
    assert (await Head.get(id=1)).size == before
    if answer.status_code == 200 and name not in dict(ON_THE_CHECK_PAGE):
        form = form_with(Page(answer), path, Form(dict(sent)).written)
        assert "confirmed" not in form.names, "the check page again"


@pytest.mark.parametrize("name", TWICE)
async def test_the_second_press_sent_twice_is_one_act(site: Site, name: str) -> None:
    """With a key it is answered as before; without one the rules say that it is done."""
    browser, path, sent = await _unpressed(site, name)
    second = Page(await browser.post(path, sent)).form(path).fields | _typed(name)
    done = await browser.post(path, second)
    assert done.status_code == 303, Page(done).words
    before = (await Head.get(id=1)).size, await Receipt.all().count()
    again = await browser.post(path, second)
    if "key" in sent:
        assert (again.status_code, again.headers["location"]) == (303, done.headers["location"])
    else:
        assert again.status_code == 409, Page(again).words
    assert ((await Head.get(id=1)).size, await Receipt.all().count()) == before


def _typed(name: str) -> dict[str, str]:
    """What is added on the check page: that it is confirmed, and what only that page asks."""
    asked = {field: FORMS[name].fields[field] for form, field in ON_THE_CHECK_PAGE if form == name}
    return asked | {"confirmed": "1"}


@pytest.mark.parametrize("press", ["first", "second"])
@pytest.mark.parametrize("name", TWICE)
async def test_a_field_that_is_wrong_brings_the_form_back_as_it_was_typed(
    site: Site, name: str, press: str
) -> None:
    """At either press, each field in its turn: 422, nothing recorded, every other word kept."""
    browser, path, sent = await _unpressed(site, name)
    if press == "second":
        sent = Page(await browser.post(path, sent)).form(path).fields | _typed(name)
    before, written = (await Head.get(id=1)).size, Form(dict(sent)).written
    for field, _ in written:
        if press == "first" and (name, field) in ON_THE_CHECK_PAGE:
            continue
        answer = await browser.post(path, sent | {field: SPOILT})
        page = Page(answer)
        assert answer.status_code == 422, f"{field}: {answer.status_code} {page.words}"
        assert page.by_id("check") is None, field
        form = form_with(page, path, [(other, text) for other, text in written if other != field])
        assert field in form.names, field
    assert (await Head.get(id=1)).size == before


@pytest.mark.parametrize("name", TWICE)
async def test_a_second_press_that_saw_something_else_is_refused(site: Site, name: str) -> None:
    browser, path, sent = await _unpressed(site, name)
    second = Page(await browser.post(path, sent)).form(path).fields
    before = (await Head.get(id=1)).size
    seen = {"seen", "version"} & {*second}
    assert bool(seen) is (name not in SIGHTLESS)
    for field in seen:
        answer = await browser.post(path, second | {"confirmed": "1", field: "77"})
        assert answer.status_code in (404, 409, 422), Page(answer).words
    assert (await Head.get(id=1)).size == before
