"""The headers of what no walk of the routes comes by: files, an outage everywhere, failures."""

from collections.abc import Iterator

import httpx2
import pytest

from plenary import readers
from plenary.app import PAGES
from plenary.bodies.powers import Role
from plenary.refusal import Unavailable
from plenary.web.answers import OPEN, OWN
from plenary.web.security import HEADERS
from plenary.web.static import FOR_EVER, asset_dir
from tests.client import Site
from tests.web.house import WHO, build

NOT_FILES = (
    "nowhere.css", "nowhere.css?v=1", "%2e%2e/pyproject.toml", "vendor", "", "%0A", "%00", "%ff",
    "%2e%2e%2f%2e%2e%2fetc/passwd", "é.css", "x" * 300,
)  # fmt: skip
BROKEN_LINES = (
    "/%0A", "/proposals%0A", "/decisions/2019/1%0A", "/decisions/%0A%1b%5B31m", "/fr/%0A", "/%7F",
    "/participants/aldoria%0A", "/proposals/2019/1.json%0A",
)  # fmt: skip


def missing(answer: httpx2.Response) -> Iterator[str]:
    for name, value in HEADERS.items():
        if answer.headers.get(name) != value and not opened(name, answer):
            yield f"{name}: {answer.headers.get(name)}"
    if "set-cookie" in answer.headers:
        yield "sets a cookie"


def opened(name: str, answer: httpx2.Response) -> bool:
    """Public JSON is for any site."""
    is_json = answer.headers.get("content-type", "").startswith("application/json")
    return name == "Cross-Origin-Resource-Policy" and is_json


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.HEAD])
async def test_while_the_database_is_away_every_address_says_when_to_come_back(
    site: Site, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, browser = await build(), await site.browser(WHO[role])

    async def away(*_: object) -> None:
        raise Unavailable("database_busy")

    monkeypatch.setattr(readers, "site_of", away)
    wrong = []
    for route in PAGES:
        for method in sorted(route.methods or ()):
            answer = await browser.http.request(method, house.path(route))
            found = [*missing(answer)]
            if answer.status_code != 503 or not answer.headers.get("retry-after", "").isdigit():
                found.append(f"{answer.status_code} {answer.headers.get('retry-after')}")
            if answer.headers["cache-control"] != OWN or "etag" in answer.headers:
                found.append(f"kept as {answer.headers['cache-control']}")
            if "Cookie" not in answer.headers.get("vary", ""):
                found.append(f"varies with {answer.headers.get('vary')}")
            wrong += [f"{method} {route.path}: {fault}" for fault in found]
    assert wrong == []


async def test_every_file_of_ours_is_kept_as_long_as_its_address_means_it(site: Site) -> None:
    browser, root = await site.browser(), asset_dir("static")
    names = [str(file.relative_to(root)) for file in sorted(root.rglob("*")) if file.is_file()]
    assert len(names) > 4
    for name in names:
        for query, kept in (("", OPEN), ("?v=0123456789", FOR_EVER)):
            for method in ("GET", "HEAD"):
                answer = await browser.http.request(method, f"/static/{name}{query}")
                assert (answer.status_code, answer.headers["cache-control"]) == (200, kept), name
                assert [*missing(answer)] == [], name
    for nowhere in NOT_FILES:
        answer = await browser.get(f"/static/{nowhere}")
        assert answer.status_code == 404, nowhere
        assert answer.headers["cache-control"] in (OPEN, OWN), nowhere
        assert [*missing(answer)] == [], nowhere
    for method in ("POST", "PUT", "DELETE", "OPTIONS"):
        answer = await browser.http.request(method, f"/static/{names[0]}")
        assert answer.status_code == 405, method
        assert answer.headers["allow"] == "GET, HEAD", method
        assert [*missing(answer)] == [], method


async def test_an_address_takes_what_any_of_its_routes_takes(site: Site) -> None:
    await build()
    browser = await site.browser()
    for method, path, status, allowed in (
        ("PUT", "/proposals", 405, "GET, HEAD, POST"),
        ("DELETE", "/fr/sign-in", 405, "GET, HEAD, POST"),
        ("OPTIONS", "/decisions.json", 405, "GET, HEAD"),
        ("GET", "/proposals/2019/1/tabling", 405, "POST"),
        ("HEAD", "/secretariat/letters/again", 405, "POST"),
        ("POST", "/nowhere", 404, None),
        ("PUT", "/proposals/2019/1%0A", 404, None),
    ):
        answer = await browser.http.request(method, path)
        assert (answer.status_code, answer.headers.get("allow")) == (status, allowed), path


async def test_there_is_nothing_behind_the_end_of_a_line(site: Site) -> None:
    """A pattern's `$` overlooks one line's end: each page had a second address that way."""
    await build()
    browser = await site.browser()
    for path in BROKEN_LINES:
        answer = await browser.get(path)
        assert answer.status_code == 404, path
        assert "location" not in answer.headers
        assert answer.headers["cache-control"] == OPEN, path
        assert "Cookie" in answer.headers["vary"]
