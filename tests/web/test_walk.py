"""Every route, by every method, as everybody there is: who comes in, and what each answer carries.

SQLite answers the whole plan; PostgreSQL, where a request costs twice as much, every third request
of each reader, from a place of its own, so that every three readers together ask for everything.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import httpx2
import pytest

from plenary.app import PAGES
from plenary.record.models import Head
from plenary.web.security import HEADERS
from tests.client import Site
from tests.web.house import build
from tests.web.test_answers import faults_of_own, faults_of_public
from tests.web.walk import (
    BARRED,
    GROUPS,
    Asked,
    Reader,
    gather,
    is_barred,
    methods_at,
    plan,
)

PROMISED = 3_135  # requests at least, on one database
COMMON = {200, 303, 308, 403, 404, 409, 422}
OPENED = "Cross-Origin-Resource-Policy"  # public JSON is for any site: test_answers
FORM = {"sec-fetch-site": "same-origin"}


@pytest.mark.parametrize("group", GROUPS)
async def test_whoever_asks_for_whatever_comes_in_by_the_power_on_the_route(
    site: Site, group: str, database_kind: str
) -> None:
    house = await build()
    browsers, faults = await gather(site, group), []
    statuses: Counter[int] = Counter()
    for place, reader in enumerate(GROUPS[group]):
        whole = plan(reader, house)
        asked = whole if database_kind == "sqlite" else whole[place % 3 :: 3]
        size, answers = (await Head.get(id=1)).size, Answers(reader)
        for request in asked:
            if request.method == "POST" and size:
                if (await Head.get(id=1)).size != size:
                    faults.append(f"{reader.name}: reading went on the record")
                size = 0  # whoever may act may have acted from here on
            answer = await browsers[reader.name].http.request(
                request.method, request.path, headers=FORM
            )
            statuses[answer.status_code] += 1
            faults += [
                f"{reader.name}: {request} ({answer.status_code}): {fault}"
                for fault in answers.faults_of(request, answer)
            ]
    print(f"{group}: {statuses.total()} requests, {dict(sorted(statuses.items()))}")
    assert faults == []
    every = any(reader.by_every_method for reader in GROUPS[group])
    assert set(statuses) == COMMON | ({405} if every else set())


async def test_the_plan_asks_for_every_route_as_everybody(site: Site) -> None:
    house = await build()
    plans = {reader.name: plan(reader, house) for group in GROUPS.values() for reader in group}
    asked = sum(map(len, plans.values()))
    print(f"{asked} requests as {len(plans)} readers of {len(PAGES)} routes")
    assert asked >= PROMISED
    for name, requests in plans.items():
        assert {request.route.name for request in requests if request.route} == {
            page.name for page in PAGES
        }
        assert len({(str(request), request.group) for request in requests}) == len(requests), name
    methods = {request.method for request in plans["public"]}
    assert methods == {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"}
    assert BARRED.keys() <= plans.keys()
    names = {route.name for route in PAGES}
    assert all(barred <= names for pair in BARRED.values() for barred in pair)


@dataclass
class Answers:
    """What one reader was answered, and what was wrong with it."""

    reader: Reader
    got: dict[str, tuple[int, str]] = field(default_factory=dict)  # by GET, for HEAD to be alike

    def faults_of(self, request: Asked, answer: httpx2.Response) -> Iterator[str]:
        if answer.status_code >= 500:
            yield "failed"
        yield from self._by_the_power(request, answer)
        yield from self._as_by_get(request, answer)
        yield from carried(self.reader, request, answer)

    def _by_the_power(self, request: Asked, answer: httpx2.Response) -> Iterator[str]:
        if request.route is None:
            known = methods_at(request.path)
            allowed = set(answer.headers.get("allow", "").split(", ")) - {""}
            if answer.status_code != (405 if known else 404) or allowed != known:
                yield f"takes {allowed} and not {known}"
            return
        turned_back = not self.reader.may_pass(request.route) or is_barred(self.reader, request)
        if (answer.status_code == 403) != turned_back:
            yield "let in" if turned_back else "turned back"
        if answer.status_code == 405:
            yield "does not take what its route takes"

    def _as_by_get(self, request: Asked, answer: httpx2.Response) -> Iterator[str]:
        alike = answer.status_code, answer.headers.get("content-type", "")
        if request.method == "GET":
            self.got[request.path] = alike
        elif request.method == "HEAD" and (
            answer.content or self.got.get(request.path, alike) != alike
        ):
            yield f"not as GET: {self.got.get(request.path)}, {answer.content[:20]!r}"


def carried(reader: Reader, request: Asked, answer: httpx2.Response) -> Iterator[str]:
    """Headers: for everybody, for whoever has a cookie, for the public."""
    for name, value in HEADERS.items():
        if answer.headers.get(name) != value and name != OPENED:
            yield f"{name}: {answer.headers.get(name)}"
    if reader.cookie:
        yield from faults_of_own(answer)
        return
    yield from faults_of_public(f"{request.method} {request.path.removeprefix('/fr')}", answer)
    if "set-cookie" in answer.headers and request.method != "POST":
        yield "marks a reader"
    if request.path.startswith("/fr/") and answer.headers.get("content-language", "fr") != "fr":
        yield "in another language"
