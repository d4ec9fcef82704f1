"""Meetings as they are called and listed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plenary.bodies.models import Body
from plenary.meetings.actions.calling import call_meeting
from plenary.meetings.models import Meeting
from plenary.refusal import Missing, Refused
from tests.client import Page, Site
from tests.world import SECRETARIAT, found_world


async def call(**more: Any) -> Meeting:
    meeting: dict[str, Any] = {
        "slug": "kigali", "names": {"en": "Kigali Plenary"}, "body": "plenary",
        "place": {"en": "Kigali"}, "zone": "Africa/Kigali",
        "begins": datetime(2027, 5, 3, 22, 30, tzinfo=UTC),
        "ends": datetime(2027, 5, 7, 16, 0, tzinfo=UTC),
        "agenda": [{"item": "5 (a)", "title": {"en": "Seals"}, "proposal": 1}],
    }  # fmt: skip
    return await call_meeting(SECRETARIAT, **meeting | more)


async def test_a_meeting_tells_the_time_of_its_place(site: Site) -> None:
    await found_world()
    await call()
    browser = await site.browser()
    page = await browser.page("/meetings/kigali")
    assert "Tuesday 4 May 2027 00:30 Kigali (22:30 UTC)" in page.words  # the next day, there
    assert "/proposals/2019/1" in page.links()
    assert "Kigali Plenary" in (await browser.page("/meetings")).words


async def test_a_meeting_is_called_once_in_a_place_that_is_there(db: str) -> None:
    await found_world()
    first = await call(key="form")
    assert (await call(key="form")).id == first.id
    with pytest.raises(Refused, match="address_taken"):
        await call()
    with pytest.raises(Refused, match="unknown_zone"):
        await call(slug="moon", zone="Moon/Base")
    with pytest.raises(Refused, match="ends_before_it_begins"):
        await call(slug="back", ends=datetime(2027, 5, 1, tzinfo=UTC))
    with pytest.raises(Missing, match="unknown_body"):
        await call(slug="none", body="nowhere")


@pytest.mark.parametrize(
    "typed, field, words",
    [
        ({"begins": "2027-10-03T02:30"}, "begins", "jump over this time"),
        ({"ends": "2027-10-03T02:30"}, "ends", "jump over this time"),
        ({"zone": "America"}, "zone", "no time zone of this name"),
        ({"begins": "soon"}, "begins", "Enter a day and a time"),
    ],
)
async def test_a_meeting_at_an_hour_that_is_none_is_refused_beside_its_field(
    site: Site, typed: dict[str, str], field: str, words: str
) -> None:
    await found_world()
    browser = await site.browser("secretariat@example.org")
    form = {
        "body": "plenary", "name_en": "Spring", "place_en": "Sydney", "zone": "Australia/Sydney",
        "begins": "2027-10-02T09:00", "ends": "2027-10-04T18:00", "agenda": "", "slug": "",
    }  # fmt: skip
    answer = await browser.post("/secretariat/meetings", form | typed)
    assert answer.status_code == 422
    page = Page(answer)
    beside = page.by_id(f"f-{field}-e")
    assert beside is not None
    assert words in beside.text
    assert page.form().fields["name_en"] == "Spring"


async def test_the_meetings_stand_in_pages_those_to_come_first_and_say_how_many_there_are(
    site: Site,
) -> None:
    await found_world()
    body, begins = await Body.get(key="plenary"), datetime(2031, 1, 1, 9, tzinfo=UTC)
    await Meeting.bulk_create(
        [
            Meeting(
                slug=slug,
                names={"en": slug},
                body=body,
                place={"en": "Geneva"},
                zone="UTC",
                begins=at,
                ends=at + timedelta(hours=8),
                agenda=[],
                note={},
                entry=1,
            )
            for n in range(60)
            for slug, at in (
                (f"coming{n:02}", begins + timedelta(days=n)),
                (f"past{n:02}", begins - timedelta(days=10_000 + n)),
            )
        ]
    )
    browser, seen = await site.browser(), []
    for page in (1, 2, 3):
        shown = await browser.page(f"/meetings?page={page}")
        seen += re.findall(r"/meetings/((?:coming|past)\d\d)\b", " ".join(shown.links()))
        assert " of 120." in shown.words
        assert [tag["rel"] for tag in shown.all("a") if tag["rel"] == "next"] == ["next"][
            : 3 - page
        ]
    assert seen == [f"coming{n:02}" for n in range(60)] + [f"past{n:02}" for n in range(60)]
