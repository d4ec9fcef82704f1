"""For machines and newcomers: every promised address answers."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jinja2 import Environment

import plenary.app
from plenary import clock
from plenary.disclosure.pages import routes as routes_of_the_record
from plenary.front.pages import last_routes, machines, routes
from plenary.record.models import Head
from plenary.registers.actions import import_register
from plenary.web.render import environment
from tests.client import Site, opened
from tests.registers.registers import register
from tests.world import BEL, found_world

HOUSE = Path(__file__).parents[2] / "plenary"
OURS = [HOUSE / room for room in ("front", "registers", "disclosure")]


async def test_pages_for_newcomers_answer_in_both_languages(site: Site) -> None:
    await found_world()
    browser = await site.browser()
    for path in ("/how-it-works", "/data", "/help", "/verify", "/search", "/changes", "/register"):
        for prefix in ("", "/fr"):
            assert len((await browser.page(prefix + path)).all("h1")) == 1
    assert "3 Participants are entitled to decide" in (await browser.page("/how-it-works")).words


async def test_the_description_of_the_api_names_addresses_that_are_there(site: Site) -> None:
    await found_world()
    answer = await (await site.browser()).get("/openapi.json")
    described = answer.json()
    assert described["openapi"].startswith("3.1")
    assert "plenary.example" not in answer.text
    known = {re.sub(r":\w+}", "}", route.path) for route in plenary.app.PAGES}
    assert set(described["paths"]) <= known
    refs = set(re.findall(r'"#/components/(\w+)/(\w+)"', answer.text))
    assert all(name in described["components"][kind] for kind, name in refs)


async def test_health_and_readiness(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = await site.browser()
    assert (await browser.get("/healthz")).json() == {"status": "ok"}
    ready = await browser.get("/readyz")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    await Head.filter(id=1).update(at=clock.now() + timedelta(minutes=1))
    late = await browser.get("/readyz")
    assert (late.status_code, late.json()["checks"]["clock"]) == (503, "behind_the_record")
    monkeypatch.setattr("plenary.ready.pending", _pending)
    assert (await browser.get("/readyz")).json()["checks"]["schema"] == "migrations_pending"


async def _pending(*_: Any) -> list[str]:
    return ["0003_more"]


async def test_the_sitemap_names_every_language_and_no_draft(site: Site) -> None:
    world = await found_world()
    await world.table_proposal(by=BEL, draft=True)
    await import_register("secretariat", "kp", register())
    browser = await site.browser()
    text = (await browser.get("/sitemap.xml")).text
    ElementTree.fromstring(text)
    assert "<loc>http://testserver/fr/proposals/2019/1</loc>" in text
    assert 'hreflang="fr" href="http://testserver/fr/decisions/kp/2003-04-30-seals"' in text
    assert "proposals/2019/2" not in text
    places = re.findall("<loc>(.*?)</loc>", text)
    assert sorted(set(places)) == sorted(places)
    assert "Sitemap: http://testserver/sitemap.xml" in (await browser.get("/robots.txt")).text


async def test_security_txt_has_a_contact_and_has_not_expired(site: Site) -> None:
    text = (await (await site.browser()).get("/.well-known/security.txt")).text
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    assert lines["Contact"] == "http://testserver/help", "no address was set: none is invented"
    expires = datetime.fromisoformat(lines["Expires"])
    assert datetime.now(UTC) < expires < datetime.now(UTC) + timedelta(days=365)


async def test_guesses_and_symbols_lead_somewhere(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not any(route.name == "symbol" for route in plenary.app.PAGES):
        monkeypatch.setattr(plenary.app, "PAGES", [*plenary.app.PAGES, *last_routes])
    async with opened(database_url, tmp_path) as site:
        world = await found_world()
        await world.revise()
        await world.put()
        await world.declare("adopted")
        await world.table_proposal(by=BEL, draft=True)
        await import_register("secretariat", "kp", register())
        browser = await site.browser()
        for guess, path in {
            "/KP/2019/Plenary/AD.1": "/decisions/2019/1",
            "/kp/2019/plenary/ad.1": "/decisions/2019/1",
            "/KP/2019/P.1": "/proposals/2019/1",
            "/KP/2019/P.1/Rev.1": "/proposals/2019/1/v2",
            "/fr/KP/2019/P.1": "/fr/proposals/2019/1",
            "/A/RES/74/268": "/decisions/kp/2020-03-03-a-res-74-268-role-of-diamonds",
            "/AD 005-2011": "/decisions/kp/2011-11-ad-005-2011-support-amended",
            "/p/1": "/proposals/2019/1",
            "/proposal/2019/1": "/proposals/2019/1",
            "/ad/2019/1": "/decisions/2019/1",
            "/decisions/": "/decisions",
            "//evil.example/": "/evil.example",
        }.items():
            answer = await browser.get(f"http://testserver{guess}")
            assert answer.status_code in (303, 308), guess
            assert answer.headers["location"] == path, guess
        for nowhere in ("/nowhere", "/KP/2019/P.2", "/KP/2019/P.1/Rev.9", "/p/2", "/KP/2019/AD.%"):
            assert (await browser.get(nowhere)).status_code == 404, nowhere


def test_every_route_of_these_rooms_says_its_power() -> None:
    all_routes = (*routes, *routes_of_the_record, *last_routes)
    assert {route.name for route in all_routes if not route.powers} == set()


def test_every_fault_and_refusal_of_these_rooms_has_words() -> None:
    ours = [path for room in OURS for path in room.rglob("*.py")]
    ours.append(HOUSE / "texts" / "tables.py")
    source = "\n".join(path.read_text() for path in ours)
    words = words_of(environment())
    names = re.findall(r'bad_row\(\w+, [\w ]+, (?:"\w*"|\w+), "(\w+)"', source)
    names += re.findall(r'typed\.fail\("\w+", "(\w+)"', source)
    assert len(set(names)) >= 8
    for name in set(names):
        assert words.fault(_fault(name)).strip(), name
    reasons = set(re.findall(r'(?:Refused|Missing)\(\s*"(\w+)"', source))
    assert reasons >= {"unknown_decision", "register_row", "register_differs", "register_name"}
    for reason in reasons:
        facts = {"fault": _fault("needed")} if reason == "register_row" else {}
        known = dict.fromkeys(
            ("file", "line", "column", "key", "id", "n", "code", "order", "body"), "x"
        )
        assert words.refusal(reason, known | {"columns": ["x"]} | facts).strip(), reason


def words_of(env: Environment) -> Any:
    return env.get_template("errors/words.html").module


def _fault(name: str) -> Any:
    from plenary.refusal import Fault

    return Fault(
        name,
        over=1,
        most=1,
        value="x",
        found=1,
        wanted=2,
        place=1,
        line=1,
        character="U+0007",
        holder="x",
        first=1,
        day_first="x",
        month_first="x",
        symbol="x",
        word="x",
    )


def test_our_files_are_well_formed() -> None:
    assert json.loads((HOUSE / "front" / "openapi.json").read_text())["info"]["title"] == "plenary"


async def test_a_long_sitemap_is_an_index_of_files_that_leave_nothing_out(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await found_world()
    await import_register("secretariat", "kp", register())
    browser = await site.browser()
    whole = re.findall(r"<loc>(.*?)</loc>", (await browser.get("/sitemap.xml")).text)
    monkeypatch.setattr(machines, "MAPPED", 3)  # of four decisions
    site.forget()
    files = re.findall(r"<loc>(.*?)</loc>", (await browser.get("/sitemap.xml")).text)
    assert files == [f"http://testserver/sitemap.xml?file={n}" for n in (1, 2)]
    parts = [
        re.findall(r"<loc>(.*?)</loc>", (await browser.get(address[17:])).text) for address in files
    ]
    assert sorted(path for part in parts for path in part) == sorted(whole)
