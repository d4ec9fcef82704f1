"""Who may keep an answer: every route, as every reader, in every format and with every status."""

import ast
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import plenary
from plenary.app import PAGES
from plenary.bodies.powers import Role
from plenary.web.answers import OPEN, OWN, as_file
from tests.client import Browser, Site
from tests.web.house import WHO, House, build, routes
from tests.web.shared_cache import SharedCache

OF_ONES_OWN = ("sign_in", "sign_in_link")  # they hold what is for one browser, signed in or not
ONE = "/proposals/2019/1"
PART = {"HX-Request": "true", "HX-Request-Type": "partial"}


def addresses(house: House) -> Iterator[str]:
    """Every page, file and fragment of the house, in each state of life, and what is not there."""
    for route in routes("GET"):
        for number in (1, 3) if "{number" in route.path else (1,):
            yield house.path(route, number)
    yield from ("/nowhere", "/nowhere.json", "/proposals/2019/99.json", "/register/99999999999",
                "/fr/decisions.csv", "/search?q=a%00b")  # fmt: skip


async def answers(house: House, browser: Browser) -> AsyncIterator[tuple[str, httpx2.Response]]:
    """Whatever can be asked: pages, parts, the same again, HEAD, and forms that are not filled."""
    for path in addresses(house):
        answer = await browser.get(path)
        yield f"GET {path}", answer
        if path.endswith((".json", ".csv", "1")):
            yield f"HEAD {path}", await browser.head(path)
        if tag := answer.headers.get("etag"):
            yield f"again {path}", await browser.get(path, headers={"if-none-match": tag})
    for path in ("/decisions", "/search?q=seal"):
        yield f"part {path}", await browser.get(path, headers=PART)
    for route in routes("POST"):
        path = house.path(route)
        if route.name not in ("sign_in_link_used", "signed_out", "sign_in_sample", "desk_sessions"):
            yield f"POST {path}", await browser.post(path)
    yield "PUT /decisions.json", await browser.http.put("/decisions.json")
    yield "POST large", await browser.post("/sign-in", b"x", content_length="99999999")


def vary(answer: httpx2.Response) -> set[str]:
    return {name.strip() for name in answer.headers.get("vary", "").split(",")}


@pytest.mark.parametrize("role", Role)
async def test_whoever_asks_for_whatever_the_answer_says_who_may_keep_it(
    site: Site, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, browser = await build(), await site.browser(WHO[role])
    statuses, faults = set(), []
    async for name, answer in answers(house, browser):
        statuses.add(answer.status_code)
        faults += [
            f"{name} ({answer.status_code}): {fault}"
            for fault in (
                faults_of_public(name, answer) if role is Role.PUBLIC else faults_of_own(answer)
            )
        ]
    broken = await failing(site, browser, monkeypatch)
    assert broken.status_code == 500
    assert broken.headers["cache-control"] == OWN
    assert faults == []
    assert statuses >= {200, 308, 400, 403, 404, 405, 413} | (
        {303, 304} if role is Role.PUBLIC else {303 if role is Role.DELEGATE else 200}
    )


def faults_of_own(answer: httpx2.Response) -> Iterator[str]:
    if answer.headers.get("cache-control") != OWN:
        yield f"kept as {answer.headers.get('cache-control')}"
    if "Cookie" not in vary(answer):
        yield f"varies with {answer.headers.get('vary')}"
    if "etag" in answer.headers:
        yield "marked"
    yield from closed_to_sites(answer)


def faults_of_public(name: str, answer: httpx2.Response) -> Iterator[str]:
    method, _, path = name.partition(" ")
    reading = method in ("GET", "HEAD", "again", "part") and answer.status_code < 500
    own = not reading or path.partition("?")[0].startswith(("/sign-in",))
    if answer.headers.get("cache-control") != (OWN if own else OPEN):
        yield f"kept as {answer.headers.get('cache-control')}"
    if "Cookie" not in vary(answer):
        yield f"varies with {answer.headers.get('vary')}"
    if answer.status_code == 200 and reading and ("etag" in answer.headers) is own:
        yield f"marked {answer.headers.get('etag')}"
    if ("HX-Request-Type" in vary(answer)) is not path.startswith(("/decisions", "/search")) and (
        answer.status_code == 200
        and reading
        and path.partition("?")[0] in ("/decisions", "/search")
    ):
        yield f"varies with {answer.headers.get('vary')}"
    if "HX-Request" in vary(answer):
        yield "varies with a header that nobody reads"
    if answer.headers.get("content-type", "").startswith("application/json") and reading:
        if answer.headers.get("access-control-allow-origin") != "*":
            yield "closed to other sites"
        if answer.headers.get("cross-origin-resource-policy") != "cross-origin":
            yield "closed to other sites"
    elif answer.status_code != 304:
        yield from closed_to_sites(answer)


def closed_to_sites(answer: httpx2.Response) -> Iterator[str]:
    if "access-control-allow-origin" in answer.headers:
        yield "open to other sites"
    if answer.headers.get("cross-origin-resource-policy") != "same-origin":
        yield "open to other sites"


async def failing(site: Site, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> httpx2.Response:
    """The answer of a route whose handler fails."""

    async def fail(request: Request) -> Response:
        raise RuntimeError("on purpose")

    route = next(r for r in site.inner.routes if isinstance(r, Route) and r.name == "help")
    with monkeypatch.context() as broken:
        broken.setattr(route, "app", site_of(fail))
        return await browser.get(
            "/help?now"
        )  # at an address that was not asked for: it is not kept


def site_of(handler: object) -> object:
    return Route("/help", handler).app  # type: ignore[arg-type]


# --- a cache in front ---


async def test_a_shared_cache_never_hands_a_signed_in_answer_to_a_stranger(site: Site) -> None:
    """Each signed-in reader first, then the stranger; and the other way round."""
    house, stranger, cache = await build(), await site.browser(), SharedCache()
    readers = [await site.browser(WHO[role]) for role in (Role.CHAIR, Role.OBSERVER)]
    wrong = []
    for path in addresses(house):
        for reader in readers:
            await cache.get(reader, path)
        got, told = await cache.get(stranger, path), await stranger.get(path)
        if (got.status_code, got.content) != (told.status_code, told.content):
            wrong.append(f"a stranger at {path}")
        for reader in readers:
            got, told = await cache.get(reader, path), await reader.get(path)
            if got.headers.get("cache-control") != told.headers.get("cache-control"):
                wrong.append(f"a reader at {path}")
    assert wrong == []


async def test_what_the_public_reads_a_shared_cache_may_hand_on(site: Site) -> None:
    cache, _ = SharedCache(), await build()
    for reader in (await site.browser(), await site.browser()):
        for path in ("/", "/decisions.json", ONE, "/positions/2019.csv"):
            await cache.get(reader, path)
    assert cache.served == ["/", "/decisions.json", ONE, "/positions/2019.csv"]


async def test_a_part_of_a_page_is_not_handed_on_as_the_page(site: Site) -> None:
    await build()
    cache, reader = SharedCache(), await site.browser()
    for path in ("/decisions", "/search?q=seal"):
        part = await cache.get(reader, path, **PART)
        page = await cache.get(reader, path)
        assert ("<html" in part.text, "<html" in page.text) == (False, True), path


async def test_the_cache_of_these_tests_does_hand_on_what_says_nothing() -> None:
    """The guard can fail: this is what happened to the positions of a year."""

    async def names(request: Request) -> Response:
        return Response("names" if request.cookies else "nothing")

    transport = httpx2.ASGITransport(Starlette(routes=[Route("/2019.csv", names)]))
    async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as http:
        http.cookies.set("plenary", "a session")
        cache = SharedCache()
        await cache.get(Browser(http), "/2019.csv")
        http.cookies.clear()
        assert (await cache.get(Browser(http), "/2019.csv")).text == "names"


# --- one maker ---


def test_only_the_maker_of_answers_makes_answers() -> None:
    """Named types are banned by the linter; the bare one, which every signature names, here."""
    root = Path(plenary.__file__).parent
    makers = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Response"
    }
    assert makers == {"web/answers.py", "web/static.py"}


def test_a_file_may_have_any_name() -> None:
    said = as_file("", "text/csv", 'положение "1".csv').headers["content-disposition"]
    assert said.startswith("attachment; filename=\"-----------1-.csv\"; filename*=UTF-8''%D0%BF")
    assert as_file("", "text/csv", "a-1.csv").headers["content-disposition"] == (
        'attachment; filename="a-1.csv"'
    )


async def test_a_cookie_of_a_session_that_ended_is_still_nobody_elses(site: Site) -> None:
    await build()
    browser = await site.browser()
    browser.http.cookies.set(site.inner.state.cookies.session, "forged")
    answer = await browser.get("/decisions.json")
    assert answer.headers["cache-control"] == OWN
    assert "access-control-allow-origin" not in answer.headers
    assert len(PAGES) > 100
