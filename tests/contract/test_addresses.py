"""Every address of interface.md that this stage has: its answer and its type."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime

import pytest

from tests.contract.floor import Floor, Visitor, path_of, sign_in_link, type_of, words

PAGES = [
    "/", "/changes", "/search?q=review", "/search", "/how-it-works", "/data", "/help",
    "/proposals", "/proposals/2019", "/proposals/2019/1", "/proposals/2019/1/v3",
    "/proposals/2019/1/v2..v3", "/proposals/2019/1/positions", "/proposals/2019/1/comments",
    "/proposals/2019/1/history", "/positions", "/positions/2019", "/decisions", "/decisions/2019/1",
    "/meetings", "/meetings/2019-new-delhi", "/groups", "/groups/monitoring",
    "/participants/botswana", "/observers/world-diamond-council", "/register", "/register/0",
    "/verify", "/sign-in", "/sign-out", "/deadlines", "/procedures", "/procedures/plenary/silence",
    "/proposals/2019/1/distance", "/proposals/2019/3/certificate", "/follow-up",
    "/decisions/2019/1/statements", "/meetings/2019-new-delhi/roll",
]  # fmt: skip
FILES = {
    "/changes.atom": "application/atom+xml",
    "/proposals/2019/1.json": "application/json",
    "/positions/2019.csv": "text/csv",
    "/positions/2019.json": "application/json",
    "/decisions.json": "application/json",
    "/decisions.csv": "text/csv",
    "/decisions.atom": "application/atom+xml",
    "/decisions/2019/1.json": "application/json",
    "/decisions/2019/1.md": "text/markdown",
    "/decisions/2019/1.txt": "text/plain",
    "/register.json": "application/json",
    "/openapi.json": "application/json",
    "/deadlines.ics": "text/calendar",
    "/proposals/2019/1/distance.json": "application/json",
    "/proposals/2019/3/certificate.json": "application/json",
    "/decisions/2019/1/statements.txt": "text/plain",
    "/follow-up.json": "application/json",
    "/follow-up.csv": "text/csv",
    "/healthz": "application/json",
    "/readyz": "application/json",
    "/sitemap.xml": "application/xml",
    "/robots.txt": "text/plain",
    "/.well-known/security.txt": "text/plain",
}


@pytest.mark.parametrize("path", PAGES)
def test_a_page_answers_in_english(public: Visitor, path: str) -> None:
    answer = public.get(path)
    assert (answer.status_code, type_of(answer)) == (200, "text/html")
    assert re.search(r'<html[^>]* lang="en"', answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_the_same_page_answers_in_french(public: Visitor, path: str) -> None:
    answer = public.get(f"/fr{path}")
    assert (answer.status_code, type_of(answer)) == (200, "text/html")
    assert re.search(r'<html[^>]* lang="fr"', answer.text)


@pytest.mark.parametrize("path", FILES)
def test_a_file_has_the_type_of_its_ending(public: Visitor, path: str) -> None:
    answer = public.get(path)
    assert (answer.status_code, type_of(answer)) == (200, FILES[path])
    assert (answer.encoding or "").lower() == "utf-8"


@pytest.mark.parametrize("path", FILES)
def test_a_file_says_first_what_it_would_say(public: Visitor, path: str) -> None:
    answer = public.http.head(path)
    assert (answer.status_code, type_of(answer)) == (200, FILES[path])
    assert answer.content == b""


@pytest.mark.parametrize("path", ["/", "/decisions", "/register.json"])
def test_what_is_only_read_takes_no_post(public: Visitor, path: str) -> None:
    assert public.post(path).status_code == 405


@pytest.mark.parametrize("path", ["/changes.atom", "/decisions.atom"])
def test_a_feed_is_atom(public: Visitor, path: str) -> None:
    feed = ElementTree.fromstring(public.get(path).content)
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    entries = feed.findall(f"{atom}entry")
    assert entries
    for element in [feed, *entries]:
        assert all(element.findtext(atom + name) for name in ("id", "title", "updated"))


@pytest.mark.parametrize(
    "path, to",
    [
        ("/KP/2019/P.1", "/proposals/2019/1"),
        ("/KP/2019/P.4", "/proposals/2019/4"),
        ("/KP/2019/Plenary/AD.1", "/decisions/2019/1"),
        ("/fr/KP/2019/P.1", "/fr/proposals/2019/1"),
    ],
)
def test_a_symbol_is_an_address(public: Visitor, path: str, to: str) -> None:
    answer = public.get(path)
    assert answer.status_code in (301, 308)
    assert path_of(answer) == to


@pytest.mark.parametrize("symbol", ["/KP/2019/P.999", "/KP/2019/Plenary/AD.999"])
def test_a_symbol_that_was_never_given_is_nowhere(public: Visitor, symbol: str) -> None:
    assert public.get(symbol).status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere", "/fr/nowhere", "/proposals/2019/999", "/proposals/2019/1/v99",
        "/decisions/2019/999", "/decisions/kp/nothing", "/decisions/nowhere/1",
        "/meetings/2019-nowhere", "/groups/nobody", "/participants/atlantis",
        "/participants/world-diamond-council", "/observers/botswana", "/register/99999999",
        "/receipts/NO-SU-CH-ON", "/proposals/2019/999.json", "/decisions/2019/999.json",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(public: Visitor, path: str) -> None:
    assert public.get(path).status_code == 404


def test_parts_of_a_proposal_have_anchors(floor: Floor, public: Visitor, botswana: Visitor) -> None:
    path = floor.tabled(text="The Plenary,\n\n1. Decides to keep [all] records.")
    botswana.post(f"{path}/comments", clause="p1", text="On p1.", language="en", key="anchors")
    page = public.get(path).text
    assert 'id="p1"' in page
    assert 'id="b1"' in page
    assert 'id="c1"' in public.get(f"{path}/comments").text


def test_a_meeting_stands_in_its_place_and_zone(public: Visitor) -> None:
    assert "New Delhi" in words(public.get("/meetings/2019-new-delhi"))


def test_an_observer_chairs_the_diamond_experts(public: Visitor) -> None:
    assert "World Diamond Council" in words(public.get("/groups/diamond-experts"))


def test_a_search_finds_and_says_when_it_does_not(public: Visitor) -> None:
    found = public.get("/search?q=peer+review").text
    assert 'href="/decisions/2019/1"' in found
    nothing = public.get("/search?q=zzqqxxyy").text
    assert 'href="/decisions/2019/1"' not in nothing


def test_what_is_typed_into_the_search_stays_text(public: Visitor) -> None:
    assert "<script>alert" not in public.get("/search?q=<script>alert(1)</script>").text


def test_the_sitemap_names_what_is_public(floor: Floor, public: Visitor) -> None:
    hidden = floor.draft()
    tree = ElementTree.fromstring(public.get("/sitemap.xml").content)
    places = {(node.text or "").removeprefix(floor.base) for node in tree.iter() if node.text}
    assert {"/", "/decisions/2019/1", "/proposals/2019/1", "/participants/botswana"} <= places
    assert hidden not in places


def test_robots_are_told_where_the_sitemap_is(floor: Floor, public: Visitor) -> None:
    text = public.get("/robots.txt").text
    assert f"Sitemap: {floor.base}/sitemap.xml" in text
    assert "User-agent: *" in text


def test_security_txt_has_a_contact_and_has_not_expired(public: Visitor) -> None:
    lines = public.get("/.well-known/security.txt").text.splitlines()
    fields = dict(line.split(": ", 1) for line in lines if ": " in line)
    assert fields["Contact"].startswith(("mailto:", "https://"))
    assert datetime.fromisoformat(fields["Expires"]) > datetime.now(UTC)


def test_the_description_for_machines_speaks_of_addresses_that_answer(public: Visitor) -> None:
    described = public.json("/openapi.json")
    assert described["openapi"].startswith("3.")
    known = [path for path, ways in described["paths"].items() if "{" not in path and "get" in ways]
    assert "/decisions.json" in known
    assert "/decisions/{year}/{number}.json" in described["paths"]
    assert {path: public.get(path).status_code for path in known} == dict.fromkeys(known, 200)


def test_whoever_is_signed_out_is_shown_the_door_of_the_desk(public: Visitor) -> None:
    answer = public.get("/desk")
    assert answer.status_code == 303
    assert path_of(answer) == "/sign-in"


def test_the_desk_belongs_to_whoever_is_signed_in(botswana: Visitor) -> None:
    answer = botswana.get("/desk")
    assert answer.status_code == 200
    assert "Botswana" in words(answer)


def test_only_the_secretariat_has_the_secretariat(floor: Floor) -> None:
    seen = {
        who: floor(who).get("/secretariat").status_code
        for who in ("", "head.bw", "delegate.bw", "wdc", "secretariat")
    }
    assert seen == {"": 403, "head.bw": 403, "delegate.bw": 403, "wdc": 403, "secretariat": 200}


@pytest.mark.parametrize(
    "who", ["chair", "secretariat", "head.eu", "delegate.bw", "wdc", "csc", "adpa", "ddi"]
)
def test_the_sample_cast_signs_in_with_the_link_on_the_page(floor: Floor, who: str) -> None:
    assert floor(who).get("/desk").status_code == 200


def test_a_sign_in_link_is_looked_at_freely_and_pressed_once(floor: Floor) -> None:
    somebody = Visitor(floor.base)
    link = sign_in_link(somebody.post("/sign-in", email="head.no@example.org"))
    for _ in range(2):
        page = somebody.get(link)
        assert page.status_code == 200
        assert "<button" in page.text
    assert somebody.get("/desk").status_code == 303
    assert somebody.post(link).status_code == 303
    assert somebody.get("/desk").status_code == 200
    assert somebody.post(link).status_code == 409
    somebody.http.close()


def test_signing_out_ends_it(floor: Floor) -> None:
    somebody = Visitor(floor.base, "head.ch@example.org")
    assert somebody.get("/sign-out").status_code == 200
    assert somebody.get("/desk").status_code == 200
    assert somebody.post("/sign-out").status_code == 303
    assert somebody.get("/desk").status_code == 303
    somebody.http.close()


@pytest.mark.parametrize("typed", ["", "not an address"])
def test_signing_in_without_an_address_keeps_what_was_typed(public: Visitor, typed: str) -> None:
    answer = public.post("/sign-in", email=typed)
    assert answer.status_code == 422
    assert typed in words(answer)


def test_an_address_that_nobody_has_gets_no_link(public: Visitor) -> None:
    answer = public.post("/sign-in", email="nobody@example.net")
    assert answer.status_code == 200
    assert not re.search(r"/sign-in/[\w-]{20,}", answer.text)


def test_a_link_that_was_never_made_opens_nothing(public: Visitor) -> None:
    assert public.post("/sign-in/" + "x" * 43).status_code == 404
