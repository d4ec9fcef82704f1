"""The secretariat's forms: they act once, show what was done, and name each fault."""

import pytest

from plenary.bodies.models import Accreditation, Body, Delegation, Officer, Seat, Spell
from plenary.bodies.pages.order import SIZE
from plenary.meetings.models import Meeting
from plenary.people.models import Person
from plenary.record.models import Head
from tests.client import Browser, Page, Site
from tests.world import found_world

ACTS = {
    "delegations": {"kind": "participant", "name_en": "Eagland 💎", "code": "egl"},
    "standings": {"code": "ALD", "standing": "suspended"},
    "seats": {"body": "plenary", "code": "BEL", "kind": "provisional"},
    "officers": {"body": "plenary", "office": "vice_chair", "code": "BEL"},
    "accreditations": {
        "delegation": "ALD", "email": "ada@example.org", "name": "Ada", "role": "delegate",
    },
    "bodies": {"name_en": "Group of Experts", "symbol": "GE"},
    "meetings": {
        "body": "plenary", "name_en": "Plenary of 2027", "place_en": "Kigali",
        "zone": "Africa/Kigali", "begins": "2027-05-03T09:30", "ends": "2027-05-07T18:00",
        "agenda": "1 | Opening\n2 (a) | Seals | 2019/1",
    },
}  # fmt: skip


@pytest.fixture
async def secretary(site: Site) -> Browser:
    await found_world()
    return await site.browser("secretariat@example.org")


async def size() -> int:
    return (await Head.get(id=1)).size


async def fill(browser: Browser, act: str, **typed: str):  # type: ignore[no-untyped-def]
    page = await browser.page(f"/secretariat/{act}")
    return await browser.press(page, **typed)


@pytest.mark.parametrize("act", ACTS)
async def test_each_act_is_done_once_and_shown_in_words(secretary: Browser, act: str) -> None:
    page = await secretary.page(f"/secretariat/{act}")
    before = await size()
    first = await secretary.press(page, **ACTS[act])
    again = await secretary.press(page, **ACTS[act])  # the same form, pressed twice
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.headers["location"] == again.headers["location"]
    assert await size() == before + 1
    done = await secretary.page(first.headers["location"])
    deed = done.by_id("h-deed")
    assert deed
    assert f"Entry{before} Time" in done.words
    assert all(form.fields.get("key") != page.form().fields["key"] for form in done.forms)


async def test_what_was_entered_is_there(secretary: Browser) -> None:
    for act, fields in ACTS.items():
        assert (await fill(secretary, act, **fields)).status_code == 303
    new = await Delegation.get(code="EGL")
    assert (new.slug, new.names) == ("eagland", {"en": "Eagland 💎"})
    assert await Spell.filter(delegation__code="ALD", standing="suspended").exists()
    assert await Seat.filter(delegation__code="BEL", kind="provisional", until=None).exists()
    assert await Officer.filter(delegation__code="BEL", office="vice_chair").exists()
    assert await Accreditation.filter(person__email="ada@example.org").exists()
    assert (await Body.get(key="group-of-experts")).symbol == "GE"
    meeting = await Meeting.get(slug="plenary-of-2027")
    assert meeting.begins.isoformat() == "2027-05-03T07:30:00+00:00"
    assert [item["proposal"] for item in meeting.agenda] == ["", "2019/1"]
    for path in ("/participants/eagland", "/groups/group-of-experts", "/meetings/plenary-of-2027"):
        assert (await secretary.get(path)).status_code == 200


FAULTS = [
    ("delegations", "name_en", ""),
    ("delegations", "name_en", "x" * 201),
    ("delegations", "name_en", "turned \u202e round"),
    ("delegations", "name_en", "bell \x07"),
    ("delegations", "code", "!"),
    ("delegations", "code", "1A"),
    ("delegations", "slug", "Not So"),
    ("delegations", "slug", "../../x"),
    ("delegations", "represents", "0"),
    ("delegations", "represents", "many"),
    ("delegations", "kind", "empire"),
    ("delegations", "since", "yesterday"),
    ("delegations", "decision", "x" * 211),
    ("standings", "code", "DEL"),
    ("standings", "standing", "banished"),
    ("standings", "until", "1999-01-01"),
    ("seats", "body", "nowhere"),
    ("seats", "code", "XYZ"),
    ("seats", "kind", "throne"),
    ("officers", "office", "king"),
    ("officers", "code", ""),
    ("officers", "email", "nobody"),
    ("accreditations", "email", "ada"),
    ("accreditations", "email", "a\x00@example.org"),
    ("accreditations", "name", ""),
    ("accreditations", "role", "friend"),
    ("accreditations", "to", "2001-01-01"),
    ("bodies", "symbol", "x" * 21),
    ("bodies", "parent", "nowhere"),
    ("bodies", "name_en", "💎"),  # no address can be made of it
    ("meetings", "begins", "soon"),
    ("meetings", "ends", "2027-05-03T09:30"),
    ("meetings", "zone", "Moon/Base"),
    ("meetings", "agenda", "no number"),
    ("meetings", "agenda", "1 | Seals | P.1"),
    ("meetings", "agenda", "\n".join("1 | a" for _ in range(101))),
]


@pytest.mark.parametrize("act,name,typed", FAULTS)
async def test_a_fault_is_named_and_what_was_typed_is_kept(
    secretary: Browser, act: str, name: str, typed: str
) -> None:
    before = await size()
    answer = await fill(secretary, act, **ACTS[act] | {name: typed})
    page = Page(answer)
    assert (answer.status_code, await size()) == (422, before)
    named = {"bodies": "slug"}.get(act, name) if typed == "💎" else name
    assert page.by_id(f"f-{named}-e"), "the fault stands beside its field"
    assert page.title.startswith("Error:")
    if len(typed) < 200 and "\x00" not in typed and "\x07" not in typed:
        choices = ("code", "kind", "standing", "body", "office", "role", "parent", "zone")
        assert name in choices or page.form().fields[name].strip() == typed


@pytest.mark.parametrize(
    "act,typed,reason",
    [
        ("delegations", {"code": "ALD"}, "belongs to another delegation"),
        ("delegations", {"slug": "aldoria"}, "is taken"),
        ("standings", {"standing": "active"}, "already"),
        ("standings", {"since": "2001-01-01"}, "admitted later"),
        ("seats", {"kind": "member"}, "already"),
        ("accreditations", {"email": "head.bel@example.org"}, "speaks for another"),
        ("bodies", {"slug": "plenary"}, "is taken"),
    ],
)
async def test_a_rule_that_says_no_says_it_in_words(
    secretary: Browser, act: str, typed: dict[str, str], reason: str
) -> None:
    before = await size()
    answer = await fill(secretary, act, **ACTS[act] | typed)
    assert (answer.status_code, await size()) == (409, before)
    assert reason in Page(answer).words


async def test_a_seat_is_ended_on_a_form_of_its_own_that_asks_on_what_it_rests(
    secretary: Browser,
) -> None:
    page, rows = await secretary.page("/secretariat/seats"), Seat.filter(until=None)
    before = await rows.count()
    asked = await secretary.press(page, "seats/end")
    assert asked.status_code == 200
    assert await rows.count() == before
    first = await secretary.press(Page(asked), "seats/end")
    again = await secretary.press(Page(asked), "seats/end")
    assert first.status_code == again.status_code == 303
    assert await rows.count() == before - 1
    assert (await secretary.page(first.headers["location"])).by_id("h-deed")


async def test_offices_and_accreditations_are_ended_with_one_press(
    secretary: Browser,
) -> None:
    for act, rows in (
        ("officers", Officer.filter(until=None)),
        ("accreditations", Accreditation.filter(until=None)),
    ):
        page, before = await secretary.page(f"/secretariat/{act}"), await rows.count()
        first = await secretary.press(page, f"{act}/end")
        again = await secretary.press(page, f"{act}/end")
        assert first.status_code == again.status_code == 303
        assert await rows.count() == before - 1
        assert (await secretary.page(first.headers["location"])).by_id("h-deed")


async def test_a_long_list_is_searched_and_turned(secretary: Browser) -> None:
    for n in range(30):
        typed = {"email": f"p{n}@example.org", "name": f"Zoë Ångström {n}"}
        await fill(secretary, "accreditations", **ACTS["accreditations"] | typed)
    page = await secretary.page("/secretariat/accreditations")
    assert f"1 to {SIZE} of {await Accreditation.all().count()}." in page.words
    assert [tag["href"] for tag in page.all("a") if tag["rel"] == "next"] == [
        "/secretariat/accreditations?q=&page=2"
    ]
    found = await secretary.page("/secretariat/accreditations?q=zoe+angstrom+29")
    assert "p29@example.org" in found.words
    assert "p28@example.org" not in found.words
    assert (await secretary.get("/secretariat/accreditations?page=99999999999999999999")).is_success
    assert "Nothing matches" in (await secretary.page("/secretariat/delegations?q=%22%3E")).words


OF_THE_CHAIR = ("standings", "seats")  # an interim measure is the Chair's too


@pytest.mark.parametrize("who", ["", "chair@example.org", "head.ald@example.org"])
async def test_nobody_else_gets_in(site: Site, who: str) -> None:
    await found_world()
    browser = await site.browser(who)
    before = await size()
    for act, fields in ACTS.items():
        if act in OF_THE_CHAIR and who == "chair@example.org":
            continue
        assert (await browser.get(f"/secretariat/{act}")).status_code == 403
        assert (await browser.post(f"/secretariat/{act}", fields)).status_code == 403
    assert (await browser.get("/secretariat")).status_code == 403
    assert await size() == before


async def test_done_shows_only_what_the_secretariat_does(secretary: Browser) -> None:
    for asked in ("0", "99999", "x", "-1", "9" * 30):
        assert (await secretary.get(f"/secretariat/seats?done={asked}")).status_code == 200
    tabled = await secretary.page(f"/secretariat/seats?done={await size() - 1}")
    assert tabled.by_id("h-deed") is None


async def test_somebody_new_is_appointed_and_signs_in(site: Site, secretary: Browser) -> None:
    typed = {"office": "secretariat", "code": "", "email": "new@example.org"}
    answer = await fill(secretary, "officers", **ACTS["officers"] | typed)
    assert Page(answer).by_id("f-name-e")
    answer = await fill(secretary, "officers", **ACTS["officers"] | typed | {"name": "New"})
    assert answer.status_code == 303
    assert await Person.filter(email="new@example.org").exists()
    browser = await site.browser("new@example.org")
    assert (await browser.get("/secretariat")).status_code == 200


async def test_nonsense_in_an_address_or_a_small_form_is_no_failure_of_ours(
    secretary: Browser,
) -> None:
    for asked in ("x" * 500, "%00", "💎", "a%0Ab"):
        for name in ("body", "q", "page", "done", "code", "key"):
            for act in ACTS:
                answer = await secretary.get(f"/secretariat/{act}?{name}={asked}")
                assert answer.status_code in (200, 400), (act, name, asked)
    for sent in ("x" * 500, "\x00", "💎", "-1", "9" * 40, ""):
        for act, names in (
            ("seats", ("body", "code")),
            ("officers", ("id",)),
            ("accreditations", ("id",)),
        ):
            answer = await secretary.post(f"/secretariat/{act}/end", dict.fromkeys(names, sent))
            assert answer.status_code in (404, 409, 422), (act, sent)


async def test_the_same_form_sent_again_with_another_short_name_is_refused_and_kept(
    secretary: Browser,
) -> None:
    """Whoever goes back, corrects a word and sends again is told so, and nothing is typed anew."""
    await fill(secretary, "bodies", **ACTS["bodies"], slug="experts", key="once-1")
    before = await size()
    answer = await fill(secretary, "bodies", **ACTS["bodies"], slug="others", key="once-1")
    assert answer.status_code == 409
    assert "was sent before with other words" in Page(answer).words
    kept = Page(answer).form("/secretariat/bodies").fields
    assert (kept["slug"], kept["name_en"]) == ("others", ACTS["bodies"]["name_en"])
    assert kept["key"] != "once-1"
    assert await size() == before
    assert await Body.filter(key="others").count() == 0
