"""The sign-in pages: the same answer for everyone, a press to use a link, the sample's cast."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from plenary.bodies.models import Body
from plenary.people.mail import Unsent
from plenary.people.models import Session, SignInLink
from plenary.people.pages.next import local
from tests.client import BASE, Browser, Page, Site, opened
from tests.world import found_world

KNOWN, UNKNOWN = "head.ald@example.org", "nobody@example.org"


@pytest.fixture
async def demo(database_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with opened(database_url, tmp_path, demo=True) as site:
        await found_world()
        await Body.all().update(sample=True)
        yield site


class Post:
    """A mail server that keeps what it is given, or fails."""

    def __init__(self, site: Site, *, fails: bool = False) -> None:
        self.sent: list[tuple[str, str, str]] = []
        self.fails = fails
        site.inner.state.mail = self

    async def __call__(self, to: str, subject: str, text: str) -> None:
        if self.fails:
            raise Unsent("the server is away")
        self.sent.append((to, subject, text))

    def link(self) -> str:
        found = re.search(r"http://\S+", self.sent[-1][2])
        assert found
        return found[0].removeprefix(BASE)


@pytest.fixture
async def mailing(database_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    url = "smtp://localhost"
    async with opened(database_url, tmp_path, smtp_url=url, mail_from="kp@example.org") as site:
        await found_world()
        yield site


async def ask(browser: Browser, email: str, **more: str) -> Page:
    answer = await browser.post("/sign-in", {"email": email, **more})
    assert answer.status_code == 200
    return Page(answer)


async def test_a_link_comes_by_mail_and_a_press_signs_in(mailing: Site) -> None:
    post, browser = Post(mailing), await mailing.browser()
    await ask(browser, " Head.ALD@example.org ", next="/proposals/2019/1")
    to, subject, text = post.sent[0]
    assert (to, len(post.sent)) == (KNOWN, 1)
    assert "Sign in" in subject
    assert text.count(BASE + "/sign-in/") == 2  # once in each language
    page = await browser.page(post.link())
    answer = await browser.press(page)
    assert (answer.status_code, answer.headers["location"]) == (303, "/proposals/2019/1")
    assert "Aldoria" in (await browser.page("/desk")).heading


async def test_known_and_unknown_addresses_get_the_same_answer_and_both_get_mail(
    mailing: Site,
) -> None:
    post, browser = Post(mailing), await mailing.browser()
    known, unknown = await ask(browser, KNOWN), await ask(browser, UNKNOWN)
    assert known.words.replace(KNOWN, "…") == unknown.words.replace(UNKNOWN, "…")
    assert [to for to, _, _ in post.sent] == [KNOWN, UNKNOWN]
    assert "/sign-in/" not in post.sent[1][2]


async def test_when_mail_fails_the_page_says_so_to_everyone(mailing: Site) -> None:
    Post(mailing, fails=True)
    browser = await mailing.browser()
    known, unknown = await ask(browser, KNOWN), await ask(browser, UNKNOWN)
    assert "cannot send mail" in known.words
    assert known.words == unknown.words


async def test_without_a_mail_server_the_page_says_so_and_shows_no_link(site: Site) -> None:
    await found_world()
    page = await ask(await site.browser(), KNOWN)
    assert "cannot send mail" in page.words
    assert not [link for link in page.links() if "/sign-in/" in link]


async def test_fifty_scans_of_the_mail_leave_the_link_valid(mailing: Site) -> None:
    post, browser, scanner = Post(mailing), await mailing.browser(), await mailing.browser()
    await ask(browser, KNOWN)
    for _ in range(25):
        assert (await scanner.get(post.link())).status_code == 200
        assert (await scanner.head(post.link())).status_code == 200
    assert (await SignInLink.get()).used is None
    assert (await browser.press(await browser.page(post.link()))).status_code == 303


async def test_a_link_pressed_in_another_browser_signs_nobody_in(mailing: Site) -> None:
    post, hers, his = Post(mailing), await mailing.browser(), await mailing.browser()
    await ask(hers, KNOWN)
    answer = await his.post(post.link())
    assert answer.status_code == 409
    assert "another browser" in Page(answer).words
    assert not await Session.exists()


async def test_a_link_pressed_from_another_site_signs_nobody_in(mailing: Site) -> None:
    post, browser = Post(mailing), await mailing.browser()
    await ask(browser, KNOWN)
    answer = await browser.post(post.link(), sec_fetch_site="cross-site")
    assert (answer.status_code, await Session.exists()) == (403, False)


@pytest.mark.parametrize("email", ["", "nothing", "a@b", "a b@c.org", "a@b@c.org", "x" * 300])
async def test_an_address_that_is_none_is_kept_and_the_fault_named(site: Site, email: str) -> None:
    await found_world()
    answer = await (await site.browser()).post("/sign-in", {"email": email})
    page = Page(answer)
    assert answer.status_code == 422
    assert page.form("/sign-in").fields["email"] == email
    assert page.by_id("f-email-e")


async def test_the_sixth_link_within_the_window_has_to_wait(mailing: Site) -> None:
    post, browser = Post(mailing), await mailing.browser()
    for _ in range(5):
        await ask(browser, KNOWN)
    answer = await browser.post("/sign-in", {"email": KNOWN})
    assert (answer.status_code, len(post.sent)) == (429, 5)
    assert answer.headers["retry-after"] == "900"
    assert "Wait 15 minutes" in Page(answer).words


async def test_in_the_demo_the_link_stands_on_the_page(demo: Site) -> None:
    browser = await demo.browser()
    page = await ask(browser, KNOWN)
    link = next(link for link in page.links() if "/sign-in/" in link).removeprefix(BASE)
    assert (await browser.press(await browser.page(link))).status_code == 303


async def test_one_press_takes_a_seat_in_the_sample(demo: Site) -> None:
    browser = await demo.browser()
    page = await browser.page("/sign-in")
    pressed = [form.fields.get("email", "") for form in page.forms]
    for email in ("chair@example.org", "secretariat@example.org", "head.del@example.org", KNOWN):
        assert email in pressed
        answer = await browser.post("/sign-in/sample", {"email": email})
        assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
        assert (await browser.get("/desk")).status_code == 200
    assert await Session.filter(revoked=None).count() == 1  # changing places ends the one before


async def test_outside_the_demo_there_is_no_cast(site: Site) -> None:
    await found_world()
    browser = await site.browser()
    answer = await browser.post("/sign-in/sample", {"email": KNOWN})
    assert (answer.status_code, await Session.exists()) == (404, False)
    assert "chair@example.org" not in (await browser.page("/sign-in")).source


async def test_the_sample_knows_nobody_else(demo: Site) -> None:
    answer = await (await demo.browser()).post("/sign-in/sample", {"email": UNKNOWN})
    assert answer.status_code == 404


async def test_signing_out_ends_the_session_on_the_server(site: Site) -> None:
    await found_world()
    browser = await site.browser(KNOWN)
    token = dict(browser.http.cookies)
    answer = await browser.press(await browser.page("/sign-out"))
    assert answer.status_code == 303
    browser.http.cookies.update(token)  # whoever kept the cookie is out as well
    assert (await browser.get("/desk")).status_code == 303


async def test_the_cookies_are_for_this_server_alone(mailing: Site) -> None:
    Post(mailing)
    answer = await (await mailing.browser()).post("/sign-in", {"email": KNOWN})
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert answer.headers["cache-control"] == "no-store, private"


@pytest.mark.parametrize(
    "asked,gone_to",
    [
        ("/proposals/2019/1", "/proposals/2019/1"),
        ("/fr/proposals?page=2&q=a", "/proposals?page=2&q=a"),
        ("//evil.example", ""),
        ("/\\evil.example", ""),
        ("/%2Fevil.example", "/%2Fevil.example"),
        ("https://evil.example", ""),
        ("javascript:alert(1)", ""),
        ("/a\r\nSet-Cookie: x=1", ""),
        ("/fr//evil.example", ""),
        ("/sign-out", ""),
        ("evil", ""),
        ("", ""),
    ],
)
def test_after_signing_in_one_stays_on_this_site(asked: str, gone_to: str) -> None:
    assert local(asked) == gone_to


async def test_a_sign_in_from_a_new_browser_is_told_to_its_person(mailing: Site) -> None:
    post, browser = Post(mailing), await mailing.browser()
    for told in (1, 0):  # the second time the browser is known
        await ask(browser, KNOWN)
        link, before = post.link(), len(post.sent)
        assert (await browser.press(await browser.page(link))).status_code == 303
        assert len(post.sent) - before == told
        if told:
            to, subject, text = post.sent[-1]
            assert (to, "new browser" in subject) == (KNOWN, True)
            assert "end all other sessions" in text
            assert "Mettez" in text or "mettez fin" in text
