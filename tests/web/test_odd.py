"""Odd addresses, queries and headers, over every route: what cannot be read is never a failure."""

import re

import pytest

from plenary.app import PAGES
from plenary.bodies.powers import Role
from tests.client import Site
from tests.web.house import WHO, build

# Longer than any column, past any integer, and letters that no header, path or SQL expects.
VALUES = ("x" * 13, "A" * 41, "k" * 201, "9" * 12, "%00", "%ff", "%0A%1b%5B31m", "%F0%9F%98%80",
          "%2e%2e", "%D0%9A%D0%A0", "%0A")  # fmt: skip
PARAMETERS = ("year", "number", "version", "old", "new", "n", "id", "slug", "key", "procedure",
              "published", "k", "code", "token", "register", "source_id", "symbol")  # fmt: skip
QUERIES = ("receipt", "clause", "q", "page", "before", "topic", "body", "done", "number", "code",
           "proposal", "procedure", "language", "with", "paragraph", "delegation", "year", "stage",
           "register", "outcome", "fingerprint", "ended", "next", "only", "show")  # fmt: skip
HEADERS = (
    {"origin": "http://["}, {"origin": "null"}, {"origin": "http://[::1"}, {"host": "["},
    {"host": "a b"}, {"host": "http://["}, {"host": "]:99999999"},
    {"content-type": "multipart/form-data"},
    {"content-type": "application/x-www-form-urlencoded; charset=none"},
    {"content-type": "multipart/form-data; boundary=\xff"}, {"content-type": ";;;"},
    {"cookie": "plenary=\xff\xfe; =; ;plenary-browser=" + "x" * 3000},
    {"accept-language": "\xff;q=x,,"}, {"range": "bytes=9-1,x"}, {"range": "\xff"},
    {"if-none-match": '"\xff", W/"'}, {"if-modified-since": "\xff"}, {"accept-encoding": ";q=\xff"},
    {"hx-request": "\xff", "hx-request-type": "partial"}, {"sec-fetch-site": "\xff"},
    {"content-length": "-1"}, {"x-forwarded-for": "\xff", "forwarded": "for=\xff"},
    {"user-agent": "\xff" * 500},
)  # fmt: skip


def _odd_paths(house, route):  # type: ignore[no-untyped-def]
    """The route's address with each of its parameters odd in turn."""
    for name in PARAMETERS:
        if not re.search(rf"{{{name}[:}}]", route.path):
            continue
        for value in VALUES:
            whole = route.path
            for convertor in ("", ":int", ":str", ":path"):
                whole = whole.replace("{" + name + convertor + "}", value)
            yield house.path(_Route(whole, route.name))


class _Route:
    def __init__(self, path: str, name: str) -> None:
        self.path, self.name = path, name


ANY_TOKEN = ("sign_in_link",)  # a button is shown whatever the token: nothing is told by it


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.SECRETARIAT])
async def test_at_an_odd_address_there_is_nothing(site: Site, role: Role) -> None:
    """404, or 422 with what the form lacks, or 403 before anything is looked for."""
    house, browser = await build(), await site.browser(WHO[role])
    wrong, tried = [], 0
    for route in PAGES:
        for path in _odd_paths(house, route):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                answer = await browser.http.request(method, path)
                while answer.status_code == 308:  # a guess is led on, to where nothing is
                    answer = await browser.get(answer.headers["location"])
                tried += 1
                shown = answer.status_code == 200 and route.name in ANY_TOKEN
                # An id of an imported register may hold anything, and is only read.
                read = answer.status_code == 405 and path.startswith("/decisions/")
                if answer.status_code not in (403, 404, 422) and not shown and not read:
                    wrong.append((method, path, answer.status_code))
    assert wrong == []
    assert tried > 1_000


@pytest.mark.parametrize("role", [Role.PUBLIC, Role.SECRETARIAT])
async def test_no_odd_query_is_a_failure(site: Site, role: Role) -> None:
    house, browser = await build(), await site.browser(WHO[role])
    failures = []
    for route in PAGES:
        if "GET" not in (route.methods or ()):
            continue
        for query in QUERIES if role is Role.PUBLIC else QUERIES[::5]:
            path = f"{house.path(route)}?{query}={VALUES[2]}"
            if (answer := await browser.get(path)).status_code >= 500:
                failures.append((path, answer.status_code))
    assert failures == []


async def test_no_odd_header_is_a_failure(site: Site) -> None:
    await build()
    browser, failures = await site.browser(WHO[Role.HEAD]), []
    for sent in HEADERS:
        raw = [(name.encode(), value.encode("latin-1")) for name, value in sent.items()]
        for path in ("/", "/proposals/2019/1.json", "/static/plenary.css", "/nowhere"):
            answer = await browser.http.get(path, headers=raw)
            failures += [(path, sent)] if answer.status_code >= 500 else []
        for path in ("/sign-in", "/proposals/2019/1/comments", "/sign-out", "/nowhere"):
            answer = await browser.http.post(path, content=b"a=b", headers=raw)
            failures += [(path, sent)] if answer.status_code >= 500 else []
    assert failures == []
