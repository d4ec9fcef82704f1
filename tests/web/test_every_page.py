"""What holds of every page of the site, walked from the route table as every role."""

import json
import re
from collections import Counter
from html import unescape
from xml.etree import ElementTree

import pytest

from plenary.app import PAGES
from plenary.bodies.powers import Role
from plenary.record.models import Head, Receipt
from plenary.web.security import HEADERS, POLICY
from tests.client import Page, Site
from tests.web.house import WHO, build, routes

OPENED = "Cross-Origin-Resource-Policy"  # public JSON is for any site: test_answers
INLINE = re.compile(r"on[a-z]+$|style$|hx-on$|hx-on:")


# A block of a template takes its line's end with it, and the space between two sentences.
JOINED = re.compile(r"\w{2,}[.!?][A-ZÀÉ][a-zé]\w*")


def faults_of(page: Page) -> list[str]:
    """What no page of ours may have, or must."""
    found = []
    if len(page.all("h1")) != 1:
        found.append(f"{len(page.all('h1'))} h1")
    if not page.all("html") or page.all("html")[0]["lang"] not in ("en", "fr"):
        found.append("no lang")
    if len(page.all("title")) != 1 or not page.title.strip(" –"):
        found.append("no title")
    if len(page.all("main")) != 1:
        found.append("not one main")
    scripted = "javascript:" in unescape(page.source).lower()
    for tag in page.tags:
        inline = [name for name in tag.attrs if INLINE.match(name)]
        if inline or tag.name == "style" or (tag.name == "script" and not tag["src"]):
            found.append(f"inline {tag.name} {inline}")
        if scripted and "javascript:" in " ".join(tag.attrs.values()).lower():
            found.append(f"javascript: in {tag.name}")
    ids = [tag["id"] for tag in page.tags if tag["id"]]
    twice = sorted(id_ for id_, times in Counter(ids).items() if times > 1)
    found += [f"id {id_} twice" for id_ in twice]
    labels = {tag["for"] for tag in page.all("label")}
    for tag in page.all("input", "select", "textarea"):
        hidden = tag["type"] in ("hidden", "submit")
        if not hidden and tag["id"] not in labels and not tag["aria-label"]:
            found.append(f"{tag['name']} has no label")
    found += [f"label for {label} and no such field" for label in labels - set(ids) - {""}]
    for tag in page.tags:
        for name in ("aria-describedby", "aria-labelledby"):
            found += [f"{name} {id_} missing" for id_ in tag[name].split() if id_ not in ids]
    found += [
        f"no space between two sentences: {joint}"
        for tag in page.all("p")
        for joint in JOINED.findall(tag.text)
    ]
    return found


def is_page(content_type: str) -> bool:
    return content_type.startswith("text/html")


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("role", Role)
async def test_every_page_is_sound_and_reading_changes_nothing(
    site: Site, role: Role, prefix: str
) -> None:
    house = await build()
    size = (await Head.get(id=1)).size
    browser, faults = await site.browser(WHO[role]), []
    for route in routes("GET"):
        for number in (1, 2, 3, 4, 5, 6) if "{number" in route.path else (1,):
            path = prefix + house.path(route, number)
            answer = await browser.get(path)
            if answer.status_code >= 500:
                faults.append(f"{path}: {answer.status_code}")
            elif is_page(answer.headers.get("content-type", "")) and answer.text:
                page = Page(answer)
                faults += [f"{path}: {fault}" for fault in faults_of(page)]
                if page.all("html")[0]["lang"] != (prefix.strip("/") or "en"):
                    faults.append(f"{path}: in another language")
            elif "json" in answer.headers.get("content-type", ""):
                json.loads(answer.text)
            elif "xml" in answer.headers.get("content-type", ""):
                ElementTree.fromstring(answer.content)
            faults += [
                f"{path}: {name}"
                for name, value in HEADERS.items()
                if answer.headers.get(name) != value and name != OPENED
            ]
    assert faults == []
    assert (await Head.get(id=1)).size == size, "a GET went on the record"


async def test_every_link_of_ours_leads_somewhere(site: Site) -> None:
    """Every path on every page the Chair can read answers, and anchors stand where they lead."""
    house = await build()
    browser = await site.browser(WHO[Role.CHAIR])
    seen: dict[str, int] = {}
    for route in routes("GET"):
        answer = await browser.get(house.path(route))
        if not is_page(answer.headers.get("content-type", "")) or answer.status_code != 200:
            continue
        for link in Page(answer).links():
            path = link.partition("#")[0]
            if path.startswith("/") and path not in seen:
                seen[path] = (await browser.get(path)).status_code
    dead = {path: status for path, status in seen.items() if status not in (200, 303, 308)}
    assert len(seen) > 50
    assert dead == {}


async def test_every_receipt_and_every_entry_can_be_read(site: Site) -> None:
    """Of every kind of act, on a page and as plain text."""
    await build()
    browser, wrong = await site.browser(WHO[Role.CHAIR]), []
    paths = [f"/register/{n}" for n in range((await Head.get(id=1)).size)]
    for receipt in await Receipt.all():
        paths += [f"/receipts/{receipt.code}", f"/receipts/{receipt.code}.txt"]
    for path in paths:
        answer = await browser.get(path)
        if answer.status_code != 200:
            wrong.append((path, answer.status_code))
        elif is_page(answer.headers["content-type"]):
            wrong += [(path, fault) for fault in faults_of(Page(answer))]
    assert wrong == []


async def test_the_policy_is_the_same_everywhere_and_allows_nothing_inline(site: Site) -> None:
    house = await build()
    browser = await site.browser()
    answers = [await browser.get(house.path(route)) for route in routes("GET")]
    answers += [await browser.get("/nowhere"), await browser.get("/static/plenary.css")]
    assert {answer.headers["content-security-policy"] for answer in answers} == {POLICY}
    for loose in ("unsafe", "nonce", "*", "data:", "https:"):
        assert loose not in POLICY
    assert POLICY.startswith("default-src 'none'")


async def test_no_form_that_reads_changes_anything(site: Site) -> None:
    """A form with GET leads to a route that only reads; one that posts leads to a POST route."""
    house = await build()
    posts = {route.name for route in routes("POST")}
    gets = {route.name for route in routes("GET")} - posts
    for role in Role:
        browser = await site.browser(WHO[role])
        for route in routes("GET"):
            answer = await browser.get(house.path(route))
            if not is_page(answer.headers.get("content-type", "")):
                continue
            for form in Page(answer).forms:
                name = name_of(re.split("[?#]", form.action or house.path(route))[0], form.method)
                if form.method == "get":
                    assert name in gets or not form.names & {"key", "base"}, (route.path, form)
                assert name, f"{route.path}: a form leads to {form.action}"


def name_of(path: str, method: str) -> str:
    """The name of the route that a form's address matches."""
    for route in PAGES:
        if method.upper() in (route.methods or ()) and route.path_regex.match(path):
            return str(route.name)
    return ""


# --- who may come in: every route as everybody is in test_walk ---


async def test_whoever_is_not_signed_in_is_offered_to_sign_in(site: Site) -> None:
    house = await build()
    public, delegate = await site.browser(), await site.browser(WHO[Role.DELEGATE])
    for path in ("/secretariat", "/proposals/new", "/proposals/2019/1/position"):
        page = Page(await public.get(path))
        assert any(link.startswith("/sign-in") for link in page.links())
        answer = await delegate.get(path)
        assert answer.status_code == 403
        assert len(Page(answer).words) > 40, "a sentence says why"
    assert house.world.number == 1
