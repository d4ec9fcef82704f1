"""Deadlines: one list, one calendar, and no job that has to have run."""

import re
from datetime import timedelta

import pytest

from plenary.decisions.actions.closing import close_due
from plenary.front.ical import escaped, written
from plenary.proposals.actions.moves import Tabled, propose
from tests.client import Site
from tests.questions.test_silence_pages import OPENS, at, opened
from tests.world import ALD, World, found_world

LINE = re.compile(rb"[^\r\n]*\r\n")


async def events(site: Site, prefix: str = "", email: str = "") -> list[dict[str, str]]:
    """The events of the calendar, unfolded; every line as the standard wants it."""
    answer = await (await site.browser(email)).get(f"{prefix}/deadlines.ics")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = LINE.findall(answer.content)
    assert b"".join(lines) == answer.content, "every line ends with CRLF"
    assert max(len(line) for line in lines) <= 77, "75 octets and the end"
    text = answer.content.replace(b"\r\n ", b"").decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    return [
        dict(re.split(r"[:;]", line, maxsplit=1) for line in block.strip().splitlines())
        for block in re.findall(r"BEGIN:VEVENT(.*?)END:VEVENT", text, re.DOTALL)
    ]


async def test_the_soonest_closing_stands_first_with_its_place_and_utc(site: Site) -> None:
    world = await opened(hours=96)
    with at(1):
        other = await world.table_proposal()
        await other.put(procedure="silence", hours=72, zone="Asia/Kolkata")
        browser = await site.browser()
        page, home = await browser.page("/deadlines"), await browser.page("/")
    first, second = "Thursday 5 March 2026, 15:30 Asia/Kolkata (10:00 UTC)", "Friday 6 March 2026"
    for view in (page, home):
        assert 0 <= view.words.index(first) < view.words.rindex(second)
    assert "KP/2026/P.2 · Silence procedure · Plenary" in page.words
    assert "(3 days left)" in page.words
    assert "/deadlines" in home.links()


async def test_a_closing_leaves_the_list_at_its_instant(site: Site) -> None:
    await opened()
    for hours, there in ((71, True), (72, False)):
        with at(hours):
            for path in ("/deadlines", "/"):
                page = await (await site.browser()).page(path)
                place = page.by_id("h-run" if path != "/" else "h-due")
                assert place is not None
                assert ("5 March 2026, 09:00 UTC (" in page.words) is there, (path, hours)
    with at(72):
        assert "No deadline is set." in (await (await site.browser()).page("/deadlines")).words


async def test_the_calendar_holds_the_instant_in_utc_under_a_name_that_stays(site: Site) -> None:
    world = await opened(zone="Asia/Kolkata")
    with at(1):
        [before] = await events(site)
        await world.extend(OPENS + timedelta(hours=100))
        [after] = await events(site)
    assert before["DTSTART"] == "20260305T090000Z"
    assert after["DTSTART"] == "20260306T130000Z"
    assert before["UID"] == after["UID"] == f"question-{(await world.question()).entry}@testserver"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CONFIRMED")
    assert before["DTSTAMP"] < after["DTSTAMP"]


async def test_a_broken_silence_is_cancelled_and_one_that_ran_out_is_not(site: Site) -> None:
    world = await opened()
    with at(1):
        other = await world.table_proposal()
        await other.put(procedure="silence", hours=72)
        await other.object("COR")
        kept, broken = await events(site)
    assert (kept["STATUS"], kept["SEQUENCE"]) == ("CONFIRMED", "0")
    assert (broken["STATUS"], broken["SEQUENCE"]) == ("CANCELLED", "1")
    with at(80):
        await close_due()
        assert [event["STATUS"] for event in await events(site)] == ["CONFIRMED", "CANCELLED"]


async def test_a_withdrawn_proposal_is_cancelled_in_the_calendar_for_good(site: Site) -> None:
    world = await opened()
    with at(1):
        await world.withdraw()
    for hours in (2, 73, 74):
        with at(hours):
            [event] = await events(site)
            assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "1")
            await close_due()


async def test_the_calendar_speaks_french_under_its_prefix(site: Site) -> None:
    await opened()
    with at(1):
        [english], [french] = await events(site), await events(site, "/fr")
    assert english["UID"] == french["UID"]
    assert "Silence procedure" in english["SUMMARY"]
    assert "Procédure d’approbation tacite" in french["SUMMARY"]


def test_long_lines_are_folded_between_letters() -> None:
    text = "SUMMARY:" + "é💎, " * 40
    lines = written([text, "", "END"]).split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() for line in lines[:-1])
    assert b"".join([lines[0], *(line[1:] for line in lines[1:-2])]).decode() == text.strip()


@pytest.mark.parametrize("before", range(76))
def test_a_fold_never_falls_within_an_escape_or_a_letter(before: int) -> None:
    """Wherever it falls: before an escape, a letter of several octets, or the end."""
    text = "SUMMARY:" + "x" * before + escaped("a;b,c\\d\né💎" * 12)
    lines = written([text]).split(b"\r\n")[:-1]
    for line in lines:
        assert len(line) <= 75
        line.decode()
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0, "an escape is cut in two"
    assert b"".join([lines[0], *(line[1:] for line in lines[1:])]).decode() == text


def test_what_no_value_may_hold_is_left_out() -> None:
    assert escaped("a\x00b\x07c\u2028d\x85e\rf") == "abc\\nd\\ne\\nf"


def test_what_would_end_a_value_is_escaped() -> None:
    assert escaped("a;b,c\\d\r\ne") == "a\\;b\\,c\\\\d\\ne"


async def test_a_title_cannot_write_lines_of_its_own(site: Site) -> None:
    with at(-24):
        world = await opened_with("Stones; seals, & <b>caps</b>\\")
    with at():
        await world.put(procedure="silence", hours=72)
        [event] = await events(site)
    assert "Stones\\; seals\\, & <b>caps</b>\\\\" in event["SUMMARY"]


async def opened_with(title: str) -> World:
    world = await found_world(year=2026)
    made = await propose(
        ALD,
        Tabled(
            title={"en": title},
            sense={"en": "Stones."},
            theme="trade",
            body="plenary",
            language="en",
            text="1. Decides.\n",
        ),
        draft=False,
    )
    return world.at(made.number)
