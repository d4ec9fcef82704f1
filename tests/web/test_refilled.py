"""Whatever refuses a form, the form comes back: filled in, with the reason on top and in focus."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from plenary import aside
from plenary.bodies.powers import Role
from plenary.people.models import Session, SetAside
from plenary.people.rules import MOST_KEPT
from plenary.record import act
from plenary.record.models import Head
from plenary.refusal import Fault, Forbidden, Invalid, Missing, Refused
from plenary.web.forms import Form
from tests.client import Browser, FormTag, Page, Site
from tests.web.filled import FORMS, address
from tests.web.house import WHO, House, build
from tests.web.test_every_page import faults_of

# Forms that somebody writes into, and that open the door of the record.
OFF_THE_RECORD = {"verify_copy", "sign_in_asked", "sign_in_sample", "sign_in_link_used"}
WRITTEN = {
    name: Form(dict(form.fields)).written
    for name, form in FORMS.items()
    if name not in OFF_THE_RECORD and Form(dict(form.fields)).written
}
PRESSED = {"confirmed": "1"}
COMMENTS = "/proposals/2019/1/comments"
REFUSALS = {
    "too late": lambda: Refused("question_closed"),
    "sent before": lambda: Refused("key_used", receipt="AA-BB-CC-DD"),
    "moved": lambda: Refused("moved_since_seen"),
    "overtaken": lambda: Refused("version_overtaken", base=1, latest=2),
    "another version": lambda: Refused("version_moved", asked=2, version=1),
    "no power": lambda: Forbidden("not_the_chair", body="plenary"),
    "a fault": lambda: Invalid({"elsewhere": Fault("needed")}),
    "gone": lambda: Missing("unknown_body", body="nowhere"),
}


def refusing(refused: Callable[[], Refused]) -> Callable[..., Awaitable[Any]]:
    async def locked(*_: object) -> Any:
        raise refused()

    return locked


def form_with(page: Page, path: str, words: list[tuple[str, str]]) -> FormTag:
    """The form of a page that posts there and holds every word."""
    for form in page.forms:
        held = {name: text.replace("\r\n", "\n").strip() for name, text in form.fields.items()}
        action = form.action.partition("#")[0].partition("?")[0]
        if action in (path, path.replace("/own/", "/")) and all(
            held.get(name) == text.strip() for name, text in words
        ):
            return form
    raise AssertionError(f"no form at {path} holds {words}: {[f.fields for f in page.forms]}")


def test_there_are_forms_to_try() -> None:
    assert len(WRITTEN) > 20


@pytest.mark.parametrize("name", WRITTEN)
async def test_a_form_that_is_refused_comes_back_with_every_word_in_its_field(
    site: Site, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The door itself says no, once for each way in which the rules can."""
    house = await build()
    path, _ = address(house, name)
    browser = await site.browser(WHO[FORMS[name].role])
    before = (await Head.get(id=1)).size
    for why, refused in REFUSALS.items():
        with monkeypatch.context() as patched:
            patched.setattr(act, "lock_head", refusing(refused))
            answer = await browser.post(path, FORMS[name].fields | PRESSED)
        page = Page(answer)
        assert answer.status_code == refused().status, f"{why}: {answer.status_code}"
        assert faults_of(page) == [], why
        form = form_with(page, path, WRITTEN[name])
        if "key" in FORMS[name].fields:
            assert (form.fields["key"] == FORMS[name].fields["key"]) is (why != "sent before"), why
        assert [tag for tag in page.tags if "autofocus" in tag.attrs], f"{why}: nothing in focus"
        assert "confirmed" not in form.fields, why
    assert (await Head.get(id=1)).size == before


# --- not signed in -------------------------------------------------------------------------------


async def _sent_by_a_stranger(site: Site, house: House, name: str) -> tuple[Browser, Page]:
    path, _ = address(house, name)
    browser = await site.browser()
    answer = await browser.post(path, FORMS[name].fields | PRESSED)
    assert answer.status_code == 403
    return browser, Page(answer)


async def _way_on(browser: Browser, page: Page, path: str, **typed: str) -> str:
    """Where the page leads after signing in; what is typed into it goes along."""
    assert not {href for href in page.links() if "/sign-in?next=" in href}, "it would leave words"
    answer = await browser.press(page, path, sign_in="1", **typed)
    assert answer.status_code == 303
    return str(answer.headers["location"]).partition("next=")[2]


@pytest.mark.parametrize("name", WRITTEN)
async def test_signing_in_leads_back_to_the_form_and_nothing_is_typed_anew(
    site: Site, name: str
) -> None:
    house = await build()
    path, _ = address(house, name)
    before = (await Head.get(id=1)).size
    browser, page = await _sent_by_a_stranger(site, house, name)
    form_with(page, path, WRITTEN[name])
    there = await _way_on(browser, page, path)
    assert (await browser.get(there)).headers["location"] == f"/sign-in?next={there}"
    await site.sign_in(browser, WHO[FORMS[name].role])
    back = await browser.get(there)
    assert back.status_code == 200
    form = form_with(Page(back), path, WRITTEN[name])
    assert faults_of(Page(back)) == []
    assert "You were not signed in when you sent this" in Page(back).words
    assert (await Head.get(id=1)).size == before
    sent = await browser.confirm(await browser.post(path, form.fields | PRESSED))
    assert sent.status_code in (303, 409), Page(sent).words  # the same form, whatever the rules say


async def test_a_session_that_has_ended_loses_no_word(site: Site) -> None:
    await build()
    browser = await site.browser(WHO[Role.HEAD])
    form = await browser.page(COMMENTS)
    browser.http.cookies.clear()
    answer = await browser.press(form, "/comments", text="An hour of work.")
    assert answer.status_code == 403
    there = await _way_on(browser, Page(answer), "/comments", text="Two hours of work.")
    await site.sign_in(browser, WHO[Role.HEAD])
    back = await browser.page(there)
    typed = back.form("/comments").fields
    assert (typed["text"], "sign_in" in typed) == ("Two hours of work.", False)
    done = await browser.press(back, "/comments")
    assert done.status_code == 303
    assert "Two hours of work." in (await browser.page(done.headers["location"])).words


@pytest.mark.parametrize("role, status", [(Role.HEAD, 422), (Role.PUBLIC, 403)])
async def test_however_many_long_pages_wait_what_was_sent_comes_back(
    site: Site, role: Role, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only a reader is told to come later: whoever sent something has nothing to come back for."""
    await build()
    monkeypatch.setattr(aside, "_very_long", aside.Lane("full", 0))
    browser = await site.browser(WHO[role])
    words = "An hour of work. " * (aside.LONG // 10)
    answer = await browser.post(COMMENTS, {"text": words})
    assert answer.status_code == status
    assert words.strip() in answer.text


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_a_session_that_is_over_is_said_to_be_over(site: Site, prefix: str) -> None:
    await build()
    browser = await site.browser(WHO[Role.HEAD])
    form = await browser.page(COMMENTS)
    await Session.all().delete()
    page = Page(await browser.press(form, "/comments", text="Words."))
    over = "Your session is over" if not prefix else "Votre session est terminée"
    answer = await browser.post(prefix + COMMENTS, page.form("/comments").fields)
    assert over in Page(answer).words


async def test_whoever_signs_in_without_the_right_finds_the_words_and_the_reason(
    site: Site,
) -> None:
    house = await build()
    browser, page = await _sent_by_a_stranger(site, house, "secretariat_meetings")
    there = await _way_on(browser, page, "/secretariat/meetings")
    await site.sign_in(browser, WHO[Role.HEAD])
    back = await browser.page(there)
    form_with(back, "/secretariat/meetings", WRITTEN["secretariat_meetings"])
    assert "Only the secretariat can do this" in back.words


async def test_the_demo_leads_back_with_one_press(site: Site) -> None:
    house = await build()
    browser, page = await _sent_by_a_stranger(site, house, "comment")
    there = await _way_on(browser, page, "/comments")
    sign_in = await browser.page(f"/sign-in?next={there}")
    assert sign_in.form("/sign-in").fields["next"] == there


async def test_what_is_set_aside_is_bounded_and_read_by_nobody_who_has_no_token(site: Site) -> None:
    await build()
    browser = await site.browser()
    for n in range(3):
        await browser.post(COMMENTS, {"text": f"Words {n}"})
    assert await SetAside.all().count() == 3
    await SetAside.bulk_create(
        [
            SetAside(token=f"t{n}", path="/", query="", typed={}, at=(await SetAside.first()).at)  # type: ignore[union-attr]
            for n in range(MOST_KEPT)
        ]
    )
    await browser.post(COMMENTS, {"text": "The newest"})
    assert await SetAside.all().count() == MOST_KEPT
    assert (await SetAside.all().order_by("-id").first()).typed == {"text": "The newest"}  # type: ignore[union-attr]
    large = await browser.post(COMMENTS, {"text": "x" * 300_000})
    assert large.status_code == 403
    assert await SetAside.all().count() == MOST_KEPT, "kept by its page alone"
    await site.sign_in(browser, WHO[Role.HEAD])
    assert (await browser.get("/kept/no-such-token")).status_code == 404


async def test_a_link_to_what_a_stranger_wrote_fills_in_nobodys_form(site: Site) -> None:
    """The stranger sends a form that acts without signing in, and its way back to who can act."""
    house = await build()
    for name in ("position", "secretariat_meetings"):
        stranger, page = await _sent_by_a_stranger(site, house, name)
        there = await _way_on(stranger, page, address(house, name)[0])
        victim = await site.browser(WHO[FORMS[name].role])
        answer = await victim.get(there)
        assert answer.status_code == 404, name
        assert "is not here any more" in Page(answer).words
        await victim.post("/sign-in", {"email": "head.bel@example.org"})  # which marks a browser
        assert (await victim.get(there)).status_code == 404, name
        await site.sign_in(stranger, WHO[FORMS[name].role])
        assert (await stranger.get(there)).status_code == 200, "where it was written it comes back"


async def test_a_form_of_another_site_is_not_set_aside_and_cannot_be_sent_on(site: Site) -> None:
    await build()
    browser = await site.browser(WHO[Role.HEAD])
    answer = await browser.post(COMMENTS, {"text": "Planted."}, sec_fetch_site="cross-site")
    assert answer.status_code == 403
    assert not [form for form in Page(answer).forms if form.action.endswith("/comments")]
    assert await SetAside.all().count() == 0
