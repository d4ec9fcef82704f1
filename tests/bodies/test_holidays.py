"""The calendar of a body: entered by many lines at once, each fault named by its line."""

from datetime import date

import pytest

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.holidays import remove_holiday, set_holidays
from plenary.bodies.calendars import holidays_of
from plenary.bodies.models import Body, Holiday
from plenary.record.models import Entry
from plenary.refusal import Fault, Invalid, Missing
from tests.client import Page, Site
from tests.world import SECRETARIAT, found_world

GURU, LABOUR = date(2019, 11, 12), date(2020, 5, 1)
PATH = "/secretariat/holidays"


async def test_a_body_follows_its_own_calendar_and_those_above_it(db: str) -> None:
    await found_world()
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Diamond Experts"})
    await set_holidays(SECRETARIAT, "plenary", {GURU: {"en": "Guru Nanak Jayanti"}})
    await set_holidays(SECRETARIAT, "experts", {LABOUR: {"en": "Labour Day"}})
    assert await holidays_of(await Body.get(key="experts")) == {GURU, LABOUR}
    assert await holidays_of(await Body.get(key="plenary")) == {GURU}


async def test_all_days_of_one_paste_are_entered_or_none(db: str) -> None:
    await found_world()
    days = {GURU: {"en": "Guru Nanak Jayanti"}}
    entry = await set_holidays(SECRETARIAT, "plenary", days, key="form")
    assert await set_holidays(SECRETARIAT, "plenary", days, key="form") == entry
    with pytest.raises(Invalid) as told:
        await set_holidays(SECRETARIAT, "plenary", days | {LABOUR: {"en": "Labour Day"}})
    assert told.value.errors == {"days": Fault("holiday_known", days=[GURU])}
    assert await Holiday.all().count() == 1
    await remove_holiday(SECRETARIAT, "plenary", GURU)
    with pytest.raises(Missing, match="no_such_holiday"):
        await remove_holiday(SECRETARIAT, "plenary", GURU)
    assert await Entry.filter(type__in=["holidays.entered", "holiday.removed"]).count() == 2


async def test_several_lines_are_pasted_and_one_is_taken_out_again(site: Site) -> None:
    await found_world()
    browser = await site.browser("secretariat@example.org")
    page = await browser.page(PATH)
    assert "nothing entered here moves a deadline that runs" in page.words
    lines = "2019-11-12 Guru Nanak Jayanti | Anniversaire de Guru Nanak\n\n2020-05-01  Labour Day"
    answer = await browser.press(page, "holidays", days=lines)
    done = await browser.page(answer.headers["location"])
    assert "12 November 2019, Guru Nanak Jayanti; 1 May 2020, Labour Day." in done.words
    first = await Holiday.get(day=GURU)
    assert first.names == {"en": "Guru Nanak Jayanti", "fr": "Anniversaire de Guru Nanak"}
    assert (await Holiday.get(day=LABOUR)).names == {"en": "Labour Day"}
    gone = await browser.page((await browser.press(done, "/end")).headers["location"])
    assert "12 November 2019 is a working day of Plenary again" in gone.words
    assert await Holiday.filter(day=GURU).count() == 0
    assert "1 May 2020" in gone.words


async def test_every_faulty_line_is_named_at_once_and_what_was_typed_is_kept(site: Site) -> None:
    await found_world()
    await set_holidays(SECRETARIAT, "plenary", {GURU: {"en": "Guru Nanak Jayanti"}})
    browser = await site.browser("secretariat@example.org")
    lines = (
        "12/11/2019 Diwali\n2020-05-01 Labour Day\n2020-05-01 Again\n2020-05-02\n"
        f"2020-05-03 {'x' * 121}"
    )
    page = await browser.page(PATH)
    answer = await browser.press(page, "holidays", days=lines)
    assert answer.status_code == 422
    shown = Page(answer)
    beside = shown.by_id("f-days-e")
    assert beside is not None
    for words in ("line 1: “12/11/2019” is no day", "line 3: 2020-05-01 stands twice",
                  "line 4: write the name", "line 5: the name is too long"):  # fmt: skip
        assert words in beside.text
    assert "line 2" not in beside.text
    assert shown.form("holidays").fields["days"] == lines
    known = await browser.press(page, "holidays", days="2020-05-01 Labour Day\n2019-11-12 Known")
    assert known.status_code == 422
    assert "In the calendar already: 2019-11-12" in Page(known).words
    assert await Holiday.all().count() == 1
