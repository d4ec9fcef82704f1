"""Headers on every answer, forms from elsewhere, cookies, sizes, and our own failures."""

import logging
from collections.abc import AsyncIterator
from hashlib import sha1, sha256
from pathlib import Path
from typing import Any

import pytest
from itsdangerous import Signer
from starlette.datastructures import Headers

from plenary.bodies.powers import Role
from plenary.people.actions import open_session
from plenary.people.models import Person
from plenary.record.models import Head
from plenary.web.forms import FIELDS
from plenary.web.security import HEADERS, TRANSPORT, crosses_origins
from tests.client import BASE, SECRET, Page, Site, opened
from tests.web.house import WHO, build
from tests.web.test_every_page import faults_of
from tests.world import found_world

HERE = "testserver"

# What a browser says of where a form comes from, and whether it is taken (Go 1.25's table).
ORIGINS: list[tuple[dict[str, str], bool]] = [
    ({}, True),  # curl, which carries nobody's cookies by accident
    ({"sec-fetch-site": "same-origin"}, True),
    ({"sec-fetch-site": "none"}, True),  # typed by hand
    ({"sec-fetch-site": "same-site"}, False),
    ({"sec-fetch-site": "cross-site"}, False),
    ({"sec-fetch-site": "anything"}, False),
    ({"origin": BASE}, True),
    ({"origin": "http://evil.example"}, False),
    ({"origin": "null"}, False),
    ({"sec-fetch-site": "cross-site", "origin": BASE}, True),  # the trusted origin itself
    ({"sec-fetch-site": "same-origin", "origin": "http://evil.example"}, True),
    ({"sec-fetch-site": "cross-site", "origin": "http://evil.example"}, False),
]


@pytest.mark.parametrize("sent, taken", ORIGINS)
async def test_a_form_from_another_site_is_refused(
    site: Site, sent: dict[str, str], taken: bool
) -> None:
    world = await found_world()
    browser = await site.browser("head.bel@example.org")
    size = (await Head.get(id=1)).size
    answer = await browser.http.post(
        f"/proposals/2019/{world.number}/comments", data={"text": "Which seals?"}, headers=sent
    )
    assert answer.status_code == (303 if taken else 403)
    assert ((await Head.get(id=1)).size > size) == taken
    if not taken:
        page = Page(answer)
        assert "sent from another site" in page.words
        assert "Which seals?" not in page.words or "kept" in page.words


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_the_check_is_for_whatever_changes_something(method: str) -> None:
    evil = Headers({"sec-fetch-site": "cross-site", "host": HERE})
    assert crosses_origins(method, evil, BASE)
    for safe in ("GET", "HEAD", "OPTIONS"):
        assert not crosses_origins(safe, evil, BASE)


def test_an_old_browser_that_sends_only_its_origin_is_held_to_the_host() -> None:
    def crosses(origin: str, host: str) -> bool:
        return crosses_origins(
            "POST", Headers({"origin": origin, "host": host}), "https://kp.example"
        )

    assert not crosses("https://kp.example", "kp.example")
    assert not crosses("https://10.0.0.1:8000", "10.0.0.1:8000")
    assert crosses("https://kp.example.evil", "kp.example")
    assert crosses("https://kp.example:8443", "10.0.0.1")


async def test_cookies_are_for_this_site_and_no_script(site: Site) -> None:
    await found_world()
    for answer in await _signed_in_by_link(site):
        for cookie in answer.headers.get_list("set-cookie"):
            flags = cookie.lower()
            assert "httponly" in flags
            assert "samesite=lax" in flags
            assert "path=/" in flags
            assert "max-age" in flags


async def test_over_tls_cookies_are_bound_to_the_host(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path, base_url="https://kp.example") as site:
        await found_world()
        names = set()
        for answer in await _signed_in_by_link(site):
            assert answer.headers["strict-transport-security"] == TRANSPORT
            for cookie in answer.headers.get_list("set-cookie"):
                assert cookie.startswith("__Host-"), cookie
                assert "; secure" in cookie.lower()
                assert "domain" not in cookie.lower()
                names.add(cookie.partition("=")[0])
        assert names == {"__Host-plenary", "__Host-plenary-browser"}
        assert "Signing in takes two" in (await (await site.browser()).page("/help")).words


async def _signed_in_by_link(site: Site) -> list[Any]:
    """Ask for a link, and use the operator's: both answers set a cookie."""
    from plenary.people.actions import new_link
    from plenary.people.models import Person

    browser = await site.browser()
    asked = await browser.post("/sign-in", {"email": "head.ald@example.org"})
    token = await new_link(await Person.get(email="head.ald@example.org"))
    used = await browser.post(f"/sign-in/{token}")
    assert (asked.status_code, used.status_code) == (200, 303)
    return [asked, used]


@pytest.mark.parametrize("cookie", ["", "x", "a.b", "é", "x" * 5000, "\x01", "a.b.c.d"])
async def test_a_cookie_that_is_not_ours_signs_nobody_in(site: Site, cookie: str) -> None:
    await found_world()
    browser = await site.browser(cookie=f"plenary={cookie}".encode())  # type: ignore[arg-type]
    answer = await browser.get("/")
    assert answer.status_code == 200
    assert "Sign in" in answer.text


async def test_a_cookie_signed_with_sha1_is_not_ours_though_the_key_is(site: Site) -> None:
    await found_world()
    opened_one = await open_session(await Person.get(email="chair@example.org"), agent="tests")
    name = site.inner.state.cookies.session
    for method, signed_in in ((sha1, False), (sha256, True)):
        signer = Signer(SECRET, salt="plenary.session", digest_method=method)
        browser = await site.browser()
        browser.http.cookies.set(name, signer.sign(opened_one.token).decode())
        assert ((await browser.get("/desk")).status_code == 200) == signed_in, method


@pytest.mark.parametrize("email", ["chair@example.org", ""])
async def test_signing_out_clears_what_the_browser_kept(site: Site, email: str) -> None:
    """Pages and storage, whoever presses; not the mark that this browser has proved itself."""
    await found_world()
    browser = await site.browser(email)
    cookies = site.inner.state.cookies
    browser.http.cookies.set(cookies.browser, "a mark")
    assert "clear-site-data" not in (await browser.get("/sign-out")).headers
    answer = await browser.post("/sign-out")
    assert (answer.status_code, answer.headers["clear-site-data"]) == (303, '"cache", "storage"')
    (gone,) = answer.headers.get_list("set-cookie")
    assert gone.startswith(f'{cookies.session}=""')
    assert "max-age=0" in gone.lower()
    assert browser.http.cookies.get(cookies.browser) == "a mark"
    assert (await browser.get("/desk")).status_code == 303


# --- sizes ---


async def test_what_is_too_large_is_turned_down_on_a_page_of_the_site(site: Site) -> None:
    world = await found_world()
    browser = await site.browser("head.bel@example.org")
    size = (await Head.get(id=1)).size
    long = b"text=" + b"x" * 1_000_001
    paths = (f"/proposals/2019/{world.number}/comments", "/verify", "/sign-out")
    for path in paths:
        answers = [await browser.post(path, long)]
        if path != "/sign-out":  # which reads no form: what is not read has no length
            answers.append(await _chunked(browser.http, path, long))
        for answer in answers:
            assert answer.status_code == 413, path
            page = Page(answer)
            assert faults_of(page) == []
            assert page.heading == "What you sent is too large"
            for name, value in HEADERS.items():
                assert answer.headers[name] == value
    french = Page(await browser.post("/fr" + paths[0], long))
    assert french.all("html")[0]["lang"] == "fr"
    assert (await Head.get(id=1)).size == size


async def _chunked(http: Any, path: str, body: bytes) -> Any:
    """Without a Content-Length: in pieces."""

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 65_536):
            yield body[start : start + 65_536]

    sent = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
    return await http.post(path, content=pieces(), headers=sent)


@pytest.mark.parametrize("length", ["-1", "x", "99999999999999999999", "1e3"])
async def test_a_length_that_is_none_does_no_harm(site: Site, length: str) -> None:
    await found_world()
    browser = await site.browser()
    answer = await browser.post("/verify", b"text=abc", content_length=length)
    assert answer.status_code in (200, 400, 413, 422)


async def test_a_form_with_more_fields_than_any_has_is_not_read(site: Site) -> None:
    await found_world()
    browser = await site.browser("head.bel@example.org")
    many = [("text", "x"), *((f"f{n}", "y") for n in range(FIELDS))]
    answer = await browser.post("/proposals/2019/1/comments", many)
    assert answer.status_code == 400
    assert faults_of(Page(answer)) == []


async def test_a_file_is_not_taken(site: Site) -> None:
    await found_world()
    browser = await site.browser("head.bel@example.org")
    answer = await browser.http.post(
        "/proposals/2019/1/comments", files={"text": ("a.txt", b"x")}, data={"language": "en"}
    )
    assert answer.status_code in (400, 422)
    assert faults_of(Page(answer)) == []


async def test_words_that_are_not_utf8_are_not_guessed_at(site: Site) -> None:
    await found_world()
    browser = await site.browser("head.bel@example.org")
    size = (await Head.get(id=1)).size
    for body in (b"text=%ff%fe", b"text=\xff\xfe", b"text=%ed%a0%80", b"%ff=x&text=y", b"text=%c3"):
        answer = await browser.post("/proposals/2019/1/comments", body)
        assert answer.status_code == 400, body
        assert faults_of(Page(answer)) == []
    assert (await Head.get(id=1)).size == size


# --- our own failures ---


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fails(*args: Any, **more: Any) -> None:
        raise RuntimeError("a secret of the database")

    monkeypatch.setattr("plenary.proposals.actions.comments.enter_comment", fails)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_a_failure_of_ours_is_a_page_with_a_code_and_keeps_what_was_written(
    site: Site, prefix: str, caplog: pytest.LogCaptureFixture
) -> None:
    await found_world()
    browser = await site.browser("head.bel@example.org")
    with caplog.at_level(logging.ERROR, "plenary"):
        answer = await browser.post(
            f"{prefix}/proposals/2019/1/comments", {"text": "Which seals, and whose?"}
        )
    assert answer.status_code == 500
    page = Page(answer)
    assert faults_of(page) == []
    assert page.all("html")[0]["lang"] == (prefix.strip("/") or "en")
    assert "Which seals, and whose?" in page.words
    assert "of the database" not in answer.text
    assert "Traceback" not in answer.text
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    code = caplog.records[-1].getMessage().split()[1]
    assert code in page.words, "the code on the page is the one in the log"


async def test_a_failing_json_page_answers_json(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fails(*args: Any) -> None:
        raise RuntimeError("a secret of the database")

    monkeypatch.setattr("plenary.front.pages.proposal.proposal_json", fails)
    await found_world()
    answer = await (await site.browser()).get("/proposals/2019/1.json")
    assert answer.status_code == 500
    assert answer.json()["error"] == "broken"
    assert "of the database" not in answer.text


# --- what is not there ---

NOWHERE = (
    "/nowhere", "/participants/nobody", "/observers/nobody", "/proposals/2019/99",
    "/proposals/2019/1/v9", "/proposals/2019/1/v1..v9", "/proposals/1999/1/positions",
    "/groups/nobody", "/meetings/nobody", "/decisions/2019/99", "/decisions/kp/nothing",
    "/register/99999", "/receipts/XX-XX-XX-XX", "/sign-in/nothing", "/KP/2019/P.99",
    "/proposals/2019/99999999999999999999", "/proposals/99999999999999999999/1",
    "/proposals/2019/1/v99999999999999999999", "/register/99999999999999999999",
    "/decisions/99999999999999999999/1", "/proposals/2019/3",  # a draft
    "/participants/%00", "/groups/a%00b", "/participants/%F0%9F%98%80", "/%ff%fe",
    "/participants/" + "x" * 2000, "/proposals/2019/1/nothing", "/receipts/%00",
)  # fmt: skip


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_what_is_not_there_is_a_page_of_the_site(site: Site, prefix: str) -> None:
    await build()
    browser, wrong = await site.browser(), []
    for path in NOWHERE:
        answer = await browser.get(prefix + path)
        page = Page(answer)
        if path.startswith("/sign-in/"):
            continue  # shows a button, whatever the token: nothing is told by it
        if answer.status_code != 404 or faults_of(page):
            wrong.append((path, answer.status_code, faults_of(page)))
        elif page.all("html")[0]["lang"] != (prefix.strip("/") or "en"):
            wrong.append((path, page.all("html")[0]["lang"], []))
    assert wrong == []
    for path in ("/proposals/2019/99.json", "/nowhere.json", "/participants/nobody.json"):
        answer = await browser.get(path)
        assert (answer.status_code, "error" in answer.json()) == (404, True), path


async def test_a_query_no_database_can_hold_does_no_harm(site: Site) -> None:
    await build()
    browser = await site.browser()
    queries = ("q=%00", "q=%ff", "q=" + "x" * 5000, "page=99999999999999999999", "page=-1",
               "before=99999999999999999999", "year=99999999999999999999", "topic=%00",
               "q=%25%27%22%5C", "stage=%00", "only=%F0%9F%98%80", "show=x",
               "outcome=%00")  # fmt: skip
    pages = ("/search", "/decisions", "/decisions.json", "/decisions.csv", "/changes", "/register",
             "/positions/2019", "/proposals", "/participants", "/verify", "/desk",
             "/sign-in")  # fmt: skip
    wrong = []
    for page in pages:
        for query in queries:
            answer = await browser.get(f"{page}?{query}")
            if answer.status_code not in (200, 303, 400):
                wrong.append((page, query, answer.status_code))
    assert wrong == []


async def test_an_address_typed_with_a_backslash_leads_nowhere_else(site: Site) -> None:
    """Browsers read /\\elsewhere as //elsewhere: no link of ours may be such an address."""
    await found_world()
    browser = await site.browser()
    for path in (
        "/%5Cevil.example",
        "//evil.example",
        "/fr/%5Cevil.example",
        "/%2F%2Fevil.example",
    ):
        answer = await browser.get(path, follow_redirects=True)
        for link in Page(answer).links():
            assert not link.startswith(("//", "/\\")), (path, link)
    assert WHO[Role.PUBLIC] == ""
