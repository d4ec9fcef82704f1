"""The register of decisions: search, filters, pages, files."""

import csv
import io
from xml.etree import ElementTree

import pytest

from plenary import clock
from plenary.front.pages import decisions as pages
from plenary.front.searching import excerpt
from plenary.registers.actions import import_register
from tests.client import Page, Site
from tests.registers.registers import SEALS, register
from tests.world import World, found_world

ATOM = "{http://www.w3.org/2005/Atom}"


async def filled() -> None:
    await found_world()
    await import_register("secretariat", "kp", register())


async def test_an_empty_register_says_what_will_stand_there(site: Site) -> None:
    page = await (await site.browser()).page("/decisions")
    assert "No decision is on the register yet." in page.words


async def test_accents_and_capitals_make_no_difference(site: Site) -> None:
    await filled()
    browser = await site.browser()
    for query in ("epidemie", "ÉPIDÉMIE", "report épid", "Report+2003"):
        found = (await browser.get(f"/decisions.json?q={query}")).json()
        assert [decision["source_id"] for decision in found["items"]] == ["2003-epidemie-report"], (
            query
        )


async def test_every_word_has_to_be_found_and_percent_is_no_wildcard(site: Site) -> None:
    await filled()
    browser = await site.browser()
    assert (await browser.get("/decisions.json?q=seals+epidemic")).json()["total"] == 0
    assert (
        "No decision matches “seals epidemic”."
        in (await browser.page("/decisions?q=seals+epidemic")).words
    )
    assert (await browser.get("/decisions.json", params={"q": "A_RES"})).json()["total"] == 0


async def test_filters_hold_together(site: Site) -> None:
    await filled()
    world = World(2019, 1)
    await world.put()
    await world.declare("adopted")
    browser = await site.browser()
    for query, total in (
        ("year=2003", 2), ("outcome=deferred", 1), ("register=kp", 4), ("register=own", 1),
        ("body=plenary", 1), ("year=2003&outcome=deferred", 1), ("year=2003&outcome=noted", 0),
        ("year=abc&outcome=nonsense", 5),
    ):  # fmt: skip
        assert (await browser.get(f"/decisions.json?{query}")).json()["total"] == total, query


async def test_a_list_has_fifty_a_page_newest_first(site: Site) -> None:
    await found_world()
    rows = [SEALS.replace("Seals", f"Seals {n}") for n in range(120)]
    await import_register("secretariat", "kp", register(*rows))
    browser = await site.browser()
    first = (await browser.get("/decisions.json")).json()
    assert (first["total"], first["page"], first["pages"], len(first["items"])) == (120, 1, 3, 50)
    assert first["items"][0]["title"]["en"] == "Seals 119"
    last = (await browser.get("/decisions.json?page=99")).json()
    assert (last["page"], len(last["items"])) == (3, 20)
    page = await browser.page("/decisions?q=seals&page=2")
    assert "/decisions?q=seals&page=3" in page.links()


async def test_a_year_has_its_page(site: Site) -> None:
    await filled()
    page = await (await site.browser()).page("/decisions/2011")
    assert page.heading == "Decisions of 2011"
    assert "AD 005-2011" in page.words
    assert "support amended" in page.words
    assert "reported" in page.words


async def test_another_body_is_said_to_be_another(site: Site) -> None:
    await filled()
    assert "another body" in (await (await site.browser()).page("/decisions/2020")).words


async def test_htmx_gets_the_list_alone(site: Site) -> None:
    await filled()
    browser = await site.browser()
    answer = await browser.get("/decisions?q=seals", headers={"HX-Request-Type": "partial"})
    assert Page(answer).tags[0]["id"] == "decisions"


async def test_a_spreadsheet_runs_nothing_of_it(site: Site) -> None:
    await found_world()
    await import_register("secretariat", "kp", register(SEALS.replace("Seals", "=HYPERLINK(1)")))
    answer = await (await site.browser()).get("/decisions.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    head, row = csv.reader(io.StringIO(answer.text, newline=""))
    assert row[head.index("title")] == "'=HYPERLINK(1)"
    assert answer.text.endswith("\r\n")


async def test_the_feed_has_ids_that_do_not_change(site: Site) -> None:
    await filled()
    browser = await site.browser()
    answer = await browser.get("/decisions.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(answer.text)
    ids = [entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) == 4
    assert all(str(id_).startswith("urn:uuid:") for id_ in ids)
    french = ElementTree.fromstring((await browser.get("/fr/decisions.atom")).text)
    assert [entry.findtext(f"{ATOM}id") for entry in french.iter(f"{ATOM}entry")] == ids
    for name in ("title", "id", "updated", "author", "link"):
        assert feed.find(f"{ATOM}{name}") is not None


async def test_an_imported_decision_says_where_it_comes_from_and_how_sure_it_is(site: Site) -> None:
    await filled()
    browser = await site.browser()
    page = await browser.page("/decisions/kp/2003-epidemie-report")
    assert "This entry is not confirmed" in page.words
    assert "reported by the press" in page.words
    assert "The source does not say." in page.words
    assert "https://example.org/2" in page.links()
    decision = (await browser.get("/decisions/kp/2003-epidemie-report.json")).json()
    assert (decision["register"], decision["date"], decision["reported"]) == ("kp", "2003", True)
    assert (decision["roll"], decision["counts"], decision["positions"], decision["text"]) == (
        None,
        {},
        [],
        {},
    )
    assert (await browser.get("/decisions/kp/nothing")).status_code == 404


async def test_a_source_that_is_no_web_address_is_no_link(site: Site) -> None:
    await found_world()
    row = SEALS.replace("https://example.org/1", "javascript:alert(1)")
    await import_register("secretariat", "kp", register(row))
    page = await (await site.browser()).page("/decisions/kp/2003-04-30-seals")
    assert not [link for link in page.links() if link.startswith("javascript")]


def test_an_excerpt_shows_the_word_that_was_found() -> None:
    text = "word " * 60 + "*Seals* matter " + "word " * 60
    assert "Seals matter" in excerpt(text, ("seals",))
    assert excerpt(text, ("seals",)).startswith("… ")
    assert excerpt("short", ("none",)) == "short"


async def test_the_register_goes_by_the_day_of_the_decision_and_not_by_its_number(
    site: Site,
) -> None:
    """Numbered under 2019 and decided today: it comes first, in every list and in both years."""
    await filled()
    world = World(2019, 1)
    await world.put()
    made = await world.declare()
    assert (made.year, made.date[:4]) == (2019, str(clock.now().year))
    browser = await site.browser()
    for path in ("/decisions", "/", "/decisions.atom", f"/decisions/{made.date[:4]}"):
        page = await browser.get(path)
        others = page.text.find("/decisions/kp/")
        assert -1 < page.text.find("/decisions/2019/1") < (others if others > 0 else 10**9), path
    listed = (await browser.get("/decisions.json")).json()["items"]
    dates = [decision["date"] for decision in listed]
    assert dates == sorted(dates, reverse=True)
    assert listed[0]["symbol"] == made.symbol
    table = (await browser.get("/decisions.csv")).text.splitlines()
    assert made.symbol in table[1]
    assert made.symbol in (await browser.get("/decisions/2019")).text


async def test_a_long_register_is_sent_in_portions_and_is_the_same(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await filled()
    browser = await site.browser()
    whole = await browser.get("/decisions.csv")
    monkeypatch.setattr(pages, "WHOLE", 2)
    monkeypatch.setattr(pages, "PORTION", 3)  # of four
    parts = await browser.get("/decisions.csv")
    assert parts.text == whole.text
    for name in ("content-type", "content-disposition", "cache-control", "content-language"):
        assert parts.headers[name] == whole.headers[name]
    assert len(list(csv.DictReader(io.StringIO(parts.text)))) == 4
