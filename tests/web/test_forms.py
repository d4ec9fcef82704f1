"""Every form of the site under input that no form expects: generated over all routes that post."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from plenary.app import PAGES
from plenary.bodies.powers import Role
from plenary.record import pace
from plenary.record.models import Head, Receipt
from plenary.web.forms import FIELDS
from tests.client import Browser, Page, Site
from tests.web.house import WHO, House, build, routes
from tests.web.test_every_page import faults_of

# See House: a comment on its draft, a recorded vote, a silence procedure, no question yet, a draft,
# with a question.
P9, P8, P7, P6, P3, P1 = 9, 8, 7, 6, 3, 1
LATER = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%dT%H:%M}"
TODAY = f"{datetime.now(UTC):%Y-%m-%d}"  # no word of the house is older, nor an order to remove it
# Of a procedure that is adopted: what is left to the Chair, and what ends it at once.
FLAGS = (
    "choose_min_support", "choose_threshold", "choose_base", "choose_allowed", "choose_without",
    "broken_by_objection", "broken_by_amendment",
)  # fmt: skip


@dataclass
class Form:
    """A form filled in rightly: who may send it, on which proposal, and with what."""

    role: Role
    fields: dict[str, str] = field(default_factory=dict)
    number: int = P1
    path: str = ""  # of the page it stands on, where that is not the route's own


TEXT = "1. Decides that stones are sealed.\n2. Asks for a report.\n3. Thanks the host.\n"
DRAFT = "/meetings/autumn/communique"
FORMS: dict[str, Form] = {
    "propose": Form(Role.HEAD, {
        "title": "Seals", "sense": "Stones are sealed.", "theme": "trade", "body": "plenary",
        "language": "en", "text": TEXT, "key": "k",
    }, path="/proposals/new"),
    "tabling": Form(Role.HEAD, {"version": "1"}, P3, path="/proposals/2019/3"),
    "sponsorship": Form(Role.HEAD, {"version": "2"}, path="/proposals/2019/1"),
    "cycles": Form(Role.SECRETARIAT, {
        "name_en": "Reform", "name_fr": "Réforme", "begins": "2030", "ends": "2032", "key": "k",
    }),
    "revise": Form(Role.HEAD, {
        "text": TEXT, "language": "en", "note": "Shorter.", "base": "1",
    }, P6),
    "referral": Form(
        Role.CHAIR, {"body": "monitoring", "version": "1", "before": "plenary"}, P6
    ),
    "withdrawal": Form(Role.HEAD, {
        "reason": "Overtaken.", "version": "1", "confirmed": "1",
    }, P6),
    "comment": Form(Role.OBSERVER, {
        "clause": "p1", "text": "Why?", "language": "en", "version": "1", "key": "k",
    }),
    "comment_publication": Form(Role.HEAD, {"key": "k", "confirmed": "1"}, P9),
    "question": Form(Role.CHAIR, {
        "version": "1", "procedure": "consensus", "publication": "now", "closes": "",
        "zone": "UTC", "min_support": "", "threshold": "", "base": "", "allowed": "",
        "without": "", "confirmed": "1",
    }, P6),
    "extension": Form(Role.CHAIR, {
        "closes": LATER, "zone": "UTC", "reason": "A delegation is on its way.",
        "seen": "", "confirmed": "1",
    }, P7),
    "question_end": Form(
        Role.CHAIR, {"seen": "1", "confirmed": "1"}, P8, path="/proposals/2019/8/declaration"
    ),
    "secretariat_procedures": Form(Role.SECRETARIAT, {
        "body": "plenary", "procedure": "two_thirds", "kind": "vote", "name_en": "Two thirds",
        "name_fr": "Deux tiers", "decision": "AD.1", "quorum": "1/2", "min_support": "",
        "threshold": "2/3", "base": "present", "allowed": "", "terms": "", "closing": "chair",
        "text": "fixed", "least": "2", "least_unit": "days", "usual": "3", "usual_unit": "days",
        "extend": "1", "outage_longer_than": "15", "outage_within": "6", "outage_by": "24",
        "after": "consensus", "then": "", "key": "k", "seen": "1", "confirmed": "1",
    } | dict.fromkeys(FLAGS, "")),
    "position": Form(Role.HEAD, {
        "stance": "object", "version": "2", "clause": "p1", "explanation": "We cannot.",
        "would_join": "Without it.", "language": "en", "ad_referendum": "1", "key": "k",
        "confirmed": "1",
    }),
    "from_the_room": Form(Role.SECRETARIAT, {
        "delegation": "ALD", "stance": "object", "version": "2", "clause": "p1",
        "explanation": "It cannot.", "would_join": "Without it.", "language": "en",
        "changed": "", "seen": "0", "key": "k", "confirmed": "1",
    }),
    "countersignature": Form(Role.HEAD, {"entry": "1"}, P8),
    "bloc_stated": Form(Role.HEAD, {
        "for-BEL": "1", "for-COR": "", "name": "The Group", "stance": "object", "version": "2",
        "clause": "p1", "explanation": "We cannot.", "would_join": "Without it.",
        "language": "en", "key": "k", "confirmed": "1",
    }),
    "bloc_answer": Form(Role.HEAD, {"answer": "confirm"}, P8),
    "declaration": Form(Role.CHAIR, {
        "outcome": "no_consensus", "symbol": "KP/X", "note": "Noted.", "amends": "",
        "supersedes": "", "repeals": "",
    }),
    "statement": Form(Role.HEAD, {
        "kind": "interpretative", "clause": "p1", "text": "As we read it.", "language": "en",
        "key": "k",
    }),
    "statement_translation": Form(Role.SECRETARIAT, {
        "language": "fr", "text": "Comme nous le lisons.", "key": "k",
    }),
    "correction": Form(Role.HEAD, {
        "matter": "position", "stance": "object", "text": "We meant to.", "language": "en",
        "key": "k",
    }),
    "follow_up_added": Form(Role.SECRETARIAT, {
        "kind": "action", "text_en": "Report.", "text_fr": "Rendre compte.", "clause": "p1",
        "owner": "delegation:BEL", "due": "2030-01-01", "key": "k",
    }),
    "imported_follow_up_added": Form(Role.SECRETARIAT, {
        "kind": "action", "text_en": "Report.", "text_fr": "Rendre compte.", "clause": "p1",
        "owner": "delegation:BEL", "due": "2030-01-01", "key": "k",
    }),
    "progress": Form(Role.HEAD, {
        "status": "done", "note": "Sent to all.", "language": "en", "key": "k",
    }),
    "verify_copy": Form(Role.PUBLIC, {"text": "abc", "fingerprint": "a" * 64}),
    "sign_in_asked": Form(Role.PUBLIC, {"email": "head.ald@example.org", "next": "/desk"}),
    "sign_in_sample": Form(
        Role.PUBLIC, {"email": "head.ald@example.org", "next": "/desk"}, path="/sign-in"
    ),
    "sign_in_link_used": Form(Role.PUBLIC, {"next": "/desk"}),
    "signed_out": Form(Role.HEAD),
    "desk_sessions": Form(Role.HEAD, path="/desk"),
    "desk_session": Form(Role.HEAD, path="/desk"),
    "secretariat_delegations": Form(Role.SECRETARIAT, {
        "kind": "observer", "name_en": "Elvaria", "name_fr": "Elvarie", "represents": "1",
        "constituency": "industry", "slug": "elvaria", "code": "ELV", "since": "2019-01-01",
        "decision": "AD.1", "key": "k",
    }),
    "secretariat_standings": Form(Role.SECRETARIAT, {
        "code": "COR", "standing": "suspended", "since": "2030-01-01", "until": "2031-01-01",
        "decision": "AD.1", "key": "k", "confirmed": "1",
    }),
    "secretariat_seats": Form(Role.SECRETARIAT, {
        "body": "monitoring", "code": "COR", "kind": "member", "since": "2019-02-01", "key": "k",
    }),
    "secretariat_seats_end": Form(
        Role.SECRETARIAT, {"body": "monitoring", "code": "BEL", "key": "k", "confirmed": "1"},
        path="/secretariat/seats",
    ),
    "secretariat_officers": Form(Role.SECRETARIAT, {
        "body": "monitoring", "office": "vice_chair", "code": "BEL", "email": "v@example.org",
        "name": "Vice", "since": "2019-02-01", "key": "k",
    }),
    "secretariat_officers_end": Form(
        Role.SECRETARIAT, {"id": "3", "key": "k"}, path="/secretariat/officers"
    ),
    "secretariat_accreditations": Form(Role.SECRETARIAT, {
        "delegation": "COR", "email": "new@example.org", "name": "New", "role": "adviser",
        "from": "2019-02-01", "to": "2031-01-01", "key": "k",
    }),
    "secretariat_accreditations_end": Form(
        Role.SECRETARIAT, {"id": "2", "key": "k"}, path="/secretariat/accreditations"
    ),
    "removal": Form(Role.SECRETARIAT, {
        "office": "chair", "body": "plenary", "decision": "", "ground": "personal",
        "reason": "A number.", "day": TODAY, "confirmed": "1", "key": "k",
    }),
    "secretariat_sessions": Form(Role.SECRETARIAT, {
        "id": "1", "reason": "A telephone was lost.", "confirmed": "1", "key": "k",
    }),
    "secretariat_bodies": Form(Role.SECRETARIAT, {
        "name_en": "Experts", "name_fr": "Experts", "slug": "experts", "symbol": "WGDE",
        "parent": "plenary", "mandate_en": "To advise.", "mandate_fr": "Conseiller.", "key": "k",
    }),
    "meeting_arrivals": Form(Role.SECRETARIAT, {"d-ALD": "1", "d-COR": "", "key": "k"}),
    "meeting_departures": Form(Role.SECRETARIAT, {"d-BEL": "1", "d-DEL": "", "key": "k"}),
    "meeting_closure": Form(
        Role.SECRETARIAT, {"key": "k"}, path="/meetings/autumn/departures"
    ),
    "meeting_credentials": Form(Role.SECRETARIAT, {
        "code": "BEL", "status": "refused", "note": "Unsigned.", "key": "k",
    }),
    "communique_drafting": Form(Role.SECRETARIAT, {"key": "k"}, path=f"{DRAFT}/edit"),
    "communique_issue": Form(Role.SECRETARIAT, {"changed": "2019-11-20T10:00:00.000Z"}),
    "communique_paragraphs": Form(Role.SECRETARIAT, {
        "text_en": "The host was thanked.", "text_fr": "L’hôte a été remercié.", "key": "k",
    }, path=f"{DRAFT}/edit?paragraph=new"),
    "communique_paragraph": Form(Role.SECRETARIAT, {
        "text_en": "It met.", "text_fr": "Réunie.", "changed": "2019-11-20T10:00:00.000Z",
    }, path=f"{DRAFT}/edit?paragraph=1"),
    "communique_place": Form(
        Role.SECRETARIAT, {"way": "down", "key": "k"}, path=f"{DRAFT}/edit"
    ),
    "communique_dropping": Form(
        Role.SECRETARIAT, {"dropped": "1", "key": "k"}, path=f"{DRAFT}/edit"
    ),
    "communique_fact": Form(
        Role.SECRETARIAT, {"choice": "keep", "seen": "0", "key": "k"}, path=f"{DRAFT}/edit"
    ),
    "letters_again": Form(Role.SECRETARIAT, {"id": "1"}, path="/secretariat/letters"),
    "secretariat_holidays": Form(Role.SECRETARIAT, {
        "body": "plenary", "days": "2030-12-25 Christmas Day | Noël", "key": "k",
    }),
    "secretariat_holidays_end": Form(
        Role.SECRETARIAT, {"body": "plenary", "day": "2030-05-01", "key": "k"},
        path="/secretariat/holidays",
    ),
    "secretariat_meetings": Form(Role.SECRETARIAT, {
        "name_en": "Spring", "name_fr": "Printemps", "place_en": "Geneva", "place_fr": "Genève",
        "slug": "spring", "body": "plenary", "zone": "Europe/Zurich",
        "begins": "2030-04-01T09:30", "ends": "2030-04-03T18:00",
        "agenda": "1 | Opening", "key": "k",
    }),
}  # fmt: skip

PRESSED = {"confirmed", "seen", "version"}  # of the second press: they stand on the check page
# What may be typed, pasted or sent into any field, and whether it may ever be recorded.
REFUSED = {
    "NUL": "a\0b", "escape": "a\x1b[31mb", "direction": "a\u202eb", "isolate": "a\u2066b",
    "bell": "\x07", "delete": "a\x7fb", "C1": "a\x9bb",
}  # fmt: skip
STRANGE = {
    "empty": "", "spaces": " \t ", "script": "<script>alert(1)</script>",
    "attribute": "\"' onload=alert(1) x='", "template": "{{ 7*7 }}{% raw %}",
    "quote": "'; DROP TABLE entry; --", "percent": "%00%s%(x)s{0}", "overlong": "x" * 250_000,
    "line": "a\u2028b", "digits": "9" * 30, "minus": "-1", "path": "//evil.example",
    "emoji": "💎 stones 👩🏽‍⚖️", "extension B": "𠀀𠮷", "combining": "e\u0301" * 50,
    "right to left": "السلام", "zero width": "a\u200bb",
}  # fmt: skip


def address(house: House, name: str) -> tuple[str, str]:
    """Where a form is sent, and the page it stands on."""
    one = FORMS[name]
    route = next(r for r in PAGES if r.name == name and "POST" in (r.methods or ()))
    path = house.path(route, one.number)
    return path, one.path or path


def test_every_route_that_posts_has_its_form_in_the_table() -> None:
    assert {route.name for route in routes("POST")} == set(FORMS)


@pytest.mark.parametrize("name", [n for n, one in FORMS.items() if one.fields])
async def test_the_page_of_a_form_has_exactly_the_fields_of_the_table(
    site: Site, name: str
) -> None:
    """So that a new field cannot escape what follows."""
    house = await build()
    path, where = address(house, name)
    if name in (
        "sign_in_sample", "secretariat_officers_end", "secretariat_accreditations_end",
        "secretariat_sessions", "letters_again",
        "imported_follow_up_added", "communique_fact", "sponsorship",
    ):  # fmt: skip
        return  # in a demo only, one for each row, that of our own decisions, where a fact moved,
        # and for a delegation that is no sponsor yet
    browser = await site.browser(WHO[FORMS[name].role])
    page = Page(await browser.get(where))
    names = set().union(*(f.names for f in page.forms if f.action in (path, path + "#comment", "")))
    assert names - {"edit", "q", "page"} <= set(FORMS[name].fields), "fields that are not tried"
    assert set(FORMS[name].fields) - names <= {*PRESSED, "base", "next", "body"}


@pytest.mark.parametrize("name", FORMS)
async def test_a_form_takes_no_harm_from_what_it_does_not_expect(
    site: Site, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "PACES", {})  # here everything is sent in a loop
    house = await build()
    path, _ = address(house, name)
    form, browser = FORMS[name], await site.browser(WHO[FORMS[name].role])
    assert (await browser.get("/")).status_code == 200
    site.inner.state.site = replace(site.inner.state.site, demo=True)  # the cast too
    wrong: list[str] = []
    for one in [*form.fields, "unheard_of"]:
        for kind, value in (REFUSED | STRANGE).items():
            before = (await Head.get(id=1)).size
            fresh = {"key": f"{one} {kind}"} if "key" in form.fields else {}
            answer = await browser.post(path, form.fields | fresh | {one: value})
            wrong += [f"{one} {kind}: {fault}" for fault in _faults(answer)]
            recorded = (await Head.get(id=1)).size != before
            if kind in REFUSED and recorded and not _ignored(name, one):
                wrong.append(f"{one} {kind}: recorded")
    missing = await browser.post(path, {})
    wrong += [f"nothing at all: {fault}" for fault in _faults(missing)]
    wrong += await _unreadable(browser, path, form.fields)
    assert wrong == []


def _ignored(name: str, field: str) -> bool:
    """Fields that count for nothing beside what else is sent: a flag that is not 1 is not set."""
    unread = {("position", "ad_referendum"), ("secretariat_delegations", "constituency")}
    unread |= {("from_the_room", "changed"), ("bloc_stated", "for-COR")}
    unread |= {("secretariat_procedures", flag) for flag in FLAGS}
    return field in ("unheard_of", "key", "next") or (name, field) in unread


def _faults(answer: object) -> list[str]:
    status = answer.status_code  # type: ignore[attr-defined]
    text = answer.text  # type: ignore[attr-defined]
    if status not in (200, 303, 400, 403, 404, 409, 413, 422, 429):
        return [str(status)]
    if status == 303:
        goes = answer.headers["location"]  # type: ignore[attr-defined]
        return [] if goes.startswith("/") and goes[1:2] not in ("/", "\\") else [f"leads to {goes}"]
    found = [f"{status} {fault}" for fault in faults_of(Page(text))]
    if "<script>alert" in text:
        found.append("not escaped")
    return found


KEYED = {name: one for name, one in FORMS.items() if "key" in one.fields}
# What somebody who goes back to a form with a key may say the second time.
OTHERWISE: dict[str, dict[str, str]] = {
    "propose": {"text": "1. Decides otherwise.\n"},
    "cycles": {"name_en": "Another reform"},
    "comment": {"text": "Why not?"},
    "secretariat_procedures": {"threshold": "3/4"},
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
    "secretariat_seats": {"kind": "observer"},
    "secretariat_seats_end": {"code": "ALD"},
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
SIGHTED = {"secretariat_standings", "secretariat_seats_end"}


async def seen_by(browser: Browser, path: str, name: str) -> dict[str, str]:
    """The fields of a form, with what its check page shows where it has to be seen first."""
    fields = FORMS[name].fields
    if name not in SIGHTED:
        return fields
    first = {n: value for n, value in fields.items() if n != "confirmed"}
    return fields | {"seen": Page(await browser.post(path, first)).form().fields["seen"]}


WORDLESS = {"meeting_closure", "communique_drafting", "comment_publication"}  # a key and a button
UNMOVED = {"communique_fact"}  # no fact has moved in this house, so its form does nothing


def test_every_form_with_a_key_is_tried_with_other_words() -> None:
    assert set(KEYED) == set(OTHERWISE) | WORDLESS


@pytest.mark.parametrize("name", [one for one in OTHERWISE if one not in UNMOVED])
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


@pytest.mark.parametrize("name", [one for one in KEYED if KEYED[one].role is Role.SECRETARIAT])
async def test_a_key_that_another_form_has_spent_is_refused_and_records_nothing(
    site: Site, name: str
) -> None:
    """Two forms of the secretariat that share a key: the second is not done, and says so."""
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[Role.SECRETARIAT])
    spent = {"code": "COR", "status": "presented", "note": "", "key": "k"}
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


TWICE = [name for name, one in FORMS.items() if "confirmed" in one.fields]


@pytest.mark.parametrize("name", TWICE)
async def test_the_first_press_records_nothing_and_shows_what_the_second_sends(
    site: Site, name: str
) -> None:
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[FORMS[name].role])
    sent = {
        one: text for one, text in FORMS[name].fields.items() if one not in ("confirmed", "seen")
    }
    before = (await Head.get(id=1)).size
    answer = await browser.post(path, sent)
    assert answer.status_code == 200, Page(answer).words
    assert (await Head.get(id=1)).size == before
    second = Page(answer).form(path).fields
    assert {one: second.get(one, "") for one in sent} == sent
    done = await browser.post(path, second | {"confirmed": "1"})
    assert done.status_code == 303, Page(done).words
    assert (await Head.get(id=1)).size > before


@pytest.mark.parametrize("name", TWICE)
async def test_the_check_page_leads_back_to_what_was_filled_in(site: Site, name: str) -> None:
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[FORMS[name].role])
    sent = {
        one: text for one, text in FORMS[name].fields.items() if one not in ("confirmed", "seen")
    }
    second = Page(await browser.post(path, sent)).form(path).fields
    before = (await Head.get(id=1)).size
    answer = await browser.post(path, second | {"edit": "1"})
    assert answer.status_code in (200, 303), Page(answer).words
    assert (await Head.get(id=1)).size == before


@pytest.mark.parametrize(
    "name", [one for one in TWICE if PRESSED - {"confirmed"} & {*FORMS[one].fields}]
)
async def test_a_second_press_that_saw_something_else_is_refused(site: Site, name: str) -> None:
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[FORMS[name].role])
    sent = {
        one: text for one, text in FORMS[name].fields.items() if one not in ("confirmed", "seen")
    }
    second = Page(await browser.post(path, sent)).form(path).fields
    before = (await Head.get(id=1)).size
    for one in {"seen", "version"} & {*second}:
        answer = await browser.post(path, second | {"confirmed": "1", one: "77"})
        assert answer.status_code in (404, 409, 422), Page(answer).words
    assert (await Head.get(id=1)).size == before


async def _unreadable(browser: Browser, path: str, fields: dict[str, str]) -> list[str]:
    """Bytes that are no UTF-8 in each field, and too many fields: 400, whoever reads them."""
    wrong = []
    for one in fields:
        answer = await browser.post(path, one.encode() + b"=%ff%c3%28")
        if answer.status_code != 400 or faults_of(Page(answer)):
            wrong.append(f"{one} not UTF-8: {answer.status_code}")
    if fields:
        many = [(f"f{n}", "x") for n in range(FIELDS + 40)]
        answer = await browser.post(path, many)
        if answer.status_code != 400:
            wrong.append(f"a hundred fields: {answer.status_code}")
    return wrong


# --- what is typed is kept, and each fault named beside its field ---

TYPED = "Words that took an hour, with <b>marks</b> & “quotes” 💎."
# name of the form, what is wrong in it, and the fields whose faults are named
WRONG: list[tuple[str, dict[str, str], set[str]]] = [
    ("propose", {"title": "", "text": TYPED}, {"title"}),
    ("propose", {"title": "", "sense": "", "text": TYPED}, {"title", "sense"}),
    ("propose", {"text": TYPED + " [open"}, {"text"}),
    ("propose", {"title": "x" * 201, "theme": "y" * 81, "text": TYPED}, {"title", "theme"}),
    ("revise", {"text": TYPED + " [open"}, {"text"}),
    ("revise", {"text": TYPED, "note": "n" * 401}, {"note"}),
    ("withdrawal", {"reason": ""}, {"reason"}),
    ("withdrawal", {"reason": TYPED * 100}, {"reason"}),
    ("comment", {"text": ""}, {"text"}),
    ("comment", {"text": TYPED, "clause": "p99"}, {"clause"}),
    ("comment", {"text": TYPED * 200}, {"text"}),
    ("position", {"stance": "", "explanation": TYPED}, {"stance"}),
    ("position", {"clause": "", "explanation": "", "would_join": TYPED}, {"clause", "explanation"}),
    ("position", {"clause": "", "explanation": TYPED, "confirmed": ""}, {"clause"}),
    ("from_the_room", {"delegation": "", "explanation": TYPED}, {"delegation"}),
    (
        "from_the_room",
        {"clause": "", "explanation": "", "would_join": TYPED},
        {"clause", "explanation"},
    ),
    ("bloc_stated", {"for-BEL": "", "explanation": TYPED}, {"for"}),
    ("bloc_stated", {"stance": "", "name": "n" * 121, "explanation": TYPED}, {"stance", "name"}),
    ("declaration", {"outcome": "", "note": TYPED}, {"outcome"}),
    ("declaration", {"symbol": "s" * 121, "note": TYPED}, {"symbol"}),
    ("question", {"publication": "sometimes"}, {"publication"}),
    ("question", {"closes": "tomorrow", "zone": "Europe/Berlin"}, {"closes"}),
    ("question", {"closes": "2030-03-31T02:30", "zone": "Europe/Berlin"}, {"closes"}),
    ("question", {"zone": "Asia/New Delhi"}, {"zone"}),
    ("question", {"threshold": "2/3", "min_support": "30"}, {"threshold", "min_support"}),
    ("question", {"procedure": "vote", "threshold": "1/3"}, {"threshold"}),
    ("question", {"procedure": "consensus_minus", "allowed": "some"}, {"allowed"}),
    ("extension", {"reason": ""}, {"reason"}),
    ("extension", {"closes": "", "reason": TYPED}, {"closes"}),
    ("secretariat_procedures", {"threshold": "1/3"}, {"threshold"}),
    (
        "secretariat_procedures",
        {"procedure": "Two thirds", "name_en": ""},
        {"procedure", "name_en"},
    ),
    ("secretariat_procedures", {"procedure": "silence"}, {"kind"}),
    ("secretariat_procedures", {"terms": '{"all": [}'}, {"terms"}),
    ("secretariat_procedures", {"choose_allowed": "1"}, {"choose"}),
    ("secretariat_procedures", {"outage_by": ""}, {"outage_by"}),
    ("secretariat_procedures", {"usual": "4000"}, {"usual"}),
    ("statement", {"kind": "", "text": TYPED}, {"kind"}),
    ("statement", {"text": ""}, {"text"}),
    ("statement", {"text": TYPED, "clause": "p99"}, {"clause"}),
    ("statement_translation", {"text": TYPED * 100}, {"text"}),
    ("correction", {"stance": "", "text": TYPED}, {"stance"}),
    ("follow_up_added", {"text_en": "", "text_fr": TYPED}, {"text_en"}),
    ("follow_up_added", {"owner": "", "due": "soon", "text_en": TYPED}, {"owner", "due"}),
    ("progress", {"status": "open", "note": "", "language": "fr"}, {"note"}),
    ("progress", {"status": "finished", "note": TYPED}, {"status"}),
    ("meeting_credentials", {"note": ""}, {"note"}),
    ("meeting_credentials", {"note": "n" * 241}, {"note"}),
    ("secretariat_holidays", {"days": ""}, {"days"}),
    ("secretariat_holidays", {"days": "tomorrow Diwali\n2030-05-01 Labour Day"}, {"days"}),
    ("communique_paragraphs", {"text_en": "", "text_fr": ""}, {"text_en"}),
    ("communique_paragraph", {"text_en": TYPED * 200, "text_fr": TYPED}, {"text_en"}),
    ("sign_in_asked", {"email": "nobody"}, {"email"}),
]


@pytest.mark.parametrize("name, typed, fields", WRONG)
@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_a_form_that_is_not_right_keeps_what_was_typed_and_names_each_fault(
    site: Site, prefix: str, name: str, typed: dict[str, str], fields: set[str]
) -> None:
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[FORMS[name].role])
    before = (await Head.get(id=1)).size
    answer = await browser.post(prefix + path, FORMS[name].fields | typed)
    assert answer.status_code == 422
    assert (await Head.get(id=1)).size == before
    page = Page(answer)
    assert faults_of(page) == []
    assert page.title.partition(" ")[0].strip(":") in ("Error", "Erreur"), page.title
    summary = page.by_id("errs")
    assert summary is not None
    led_to = {tag["href"] for tag in page.all("a") if tag["href"].startswith("#f-")}
    assert led_to == {f"#f-{one}" for one in fields}
    for one in fields:
        target = page.by_id(f"f-{one}")
        assert target is not None, f"the summary leads to a field {one} that is not there"
        assert target["aria-invalid"] == "true", one
        assert f"f-{one}-e" in target["aria-describedby"]
        beside = page.by_id(f"f-{one}-e")
        assert beside is not None
        assert len(beside.text.strip()) > 12, "a sentence"
    form = page.form(path)
    for one, value in (FORMS[name].fields | typed).items():
        chosen = one in fields and one in (
            "clause",
            "publication",
            "outcome",
            "stance",
            "kind",
            "status",
            "owner",
        )
        if value and one in form.names and not chosen:
            assert form.fields.get(one, "").replace("\r\n", "\n") == value, f"{one} was not kept"
