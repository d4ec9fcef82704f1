"""The roll page of a meeting, and the forms with which a hall is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plenary import clock
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import unseat
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.models import Presence
from plenary.meetings.actions.calling import call_meeting
from plenary.procedures.terms import standard
from plenary.record.models import Head
from tests.client import Browser, Page, Site
from tests.mandate import mandate
from tests.world import SECRETARIAT, adopt, found_world

ROLL, ARRIVALS, DEPARTURES = "/meetings/spring/roll", "arrivals", "departures"
CHAIR, HEAD, OBSERVER = "chair@example.org", "head.ald@example.org", "head.del@example.org"


async def called(begins: datetime | None = None, body: str = "plenary") -> None:
    await found_world()
    begins = begins or datetime.now(UTC) - timedelta(hours=2)
    await call_meeting(
        SECRETARIAT,
        slug="spring",
        names={"en": "Spring session"},
        body=body,
        place={"en": "Kigali"},
        zone="Africa/Kigali",
        begins=begins,
        ends=begins + timedelta(days=4),
    )


async def tick(browser: Browser, act: str, *codes: str, **typed: str) -> Page:
    """Tick some boxes on the page of an act, press, and read where that leads."""
    page = await browser.page(f"/meetings/spring/{act}")
    answer = await browser.press(page, act, **{f"d-{code}": "1" for code in codes}, **typed)
    assert answer.status_code == 303, Page(answer).words
    return await browser.page(answer.headers["location"])


def row_of(page: Page, name: str) -> str:
    return next(" ".join(t.text.split()) for t in page.all("tr") if t.text.strip().startswith(name))


async def test_the_public_reads_who_is_there_and_an_observer_is_never_counted(site: Site) -> None:
    await called()
    public, chair = await site.browser(), await site.browser(CHAIR)
    assert "0 of 3 Participants on the roll are in the room" in (await public.page(ROLL)).words
    await tick(chair, ARRIVALS, "DEL")
    page = await public.page(ROLL)
    assert "0 of 3 Participants on the roll are in the room, speaking for 0 states" in page.words
    done = await tick(chair, ARRIVALS, "ALD", "BEL")
    assert "Came in: Aldoria, Belmark." in done.words
    page = await public.page(ROLL)
    assert "2 of 3 Participants on the roll are in the room, speaking for 2 states" in page.words
    for name, there in (("Aldoria", 1), ("Belmark", 1), ("Corvania", 0), ("Delmonia", 1)):
        assert ("since" in row_of(page, name)) == there
    assert [form for form in page.forms if form.method == "post"] == []
    await tick(chair, DEPARTURES, "ALD")
    assert "1 of 3 Participants on the roll" in (await public.page(ROLL)).words


async def test_suspended_and_provisional_participants_are_shown_with_the_reason(site: Site) -> None:
    await called()
    since, cited = date(2019, 3, 1), await mandate()
    await set_standing(
        SECRETARIAT, "ALD", "suspended", since=since, until=date(2090, 1, 1), basis=cited
    )
    await set_standing(SECRETARIAT, "BEL", "provisional", since=since)
    chair = await site.browser(CHAIR)
    await tick(chair, ARRIVALS, "ALD", "BEL", "COR")
    page = await (await site.browser()).page(ROLL)
    assert "1 of 1 Participants on the roll" in page.words
    suspended = row_of(page, "Aldoria")
    said = f"Suspended, since 1 March 2019 ({cited.decision}, until 1 January 2090)"
    assert said in suspended
    assert "since" in suspended
    assert "A provisional Participant, since 1 March 2019" in row_of(page, "Belmark")
    assert "Suspended" not in row_of(page, "Corvania")


async def test_refused_credentials_are_shown_with_their_reason_and_take_off_the_roll(
    site: Site,
) -> None:
    await called()
    secretary = await site.browser("secretariat@example.org")
    page = await secretary.page("/meetings/spring/credentials")
    bare = await secretary.press(page, "credentials", code="ALD", status="refused")
    assert bare.status_code == 422
    assert "Say why the credentials are refused" in Page(bare).words
    assert Page(bare).form("credentials").fields["code"] == "ALD"
    answer = await secretary.press(
        page, "credentials", code="ALD", status="refused", note="Unsigned"
    )
    assert (
        "Credentials refused: Aldoria." in (await secretary.page(answer.headers["location"])).words
    )
    page = await (await site.browser()).page(ROLL)
    assert "of 2 Participants on the roll" in page.words
    row = row_of(page, "Aldoria")
    assert "Credentials refused for this meeting" in row
    assert "Unsigned" in row


@pytest.mark.parametrize("email", [HEAD, OBSERVER])
async def test_a_delegation_reports_itself_with_one_press_and_sees_nobody_elses_box(
    site: Site, email: str
) -> None:
    await called()
    browser = await site.browser(email)
    for act in (ARRIVALS, DEPARTURES):
        page = await browser.page(ROLL)
        answer = await browser.press(page, act)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(ROLL)
    assert await Presence.filter(left=None).count() == 0
    assert await Presence.all().count() == 1
    page = await browser.page("/meetings/spring/arrivals")
    assert len([name for name in page.form(ARRIVALS).names if name.startswith("d-")]) == 1
    size = (await Head.get(id=1)).size
    answer = await browser.post("/meetings/spring/arrivals", {"d-BEL": "1"})
    assert answer.status_code == 403
    assert "A delegation reports its own arrival" in Page(answer).words
    for path in ("closure", "credentials"):
        assert (await browser.post(f"/meetings/spring/{path}", {})).status_code == 403
    assert (await Head.get(id=1)).size == size


async def test_the_chair_of_another_group_does_not_keep_this_room(site: Site) -> None:
    await called()
    await form_body(SECRETARIAT, "monitoring", "WGM", {"en": "Monitoring"})
    email = "chair.monitoring@example.org"
    await appoint(SECRETARIAT, "monitoring", "chair", email=email, name="Group chair")
    browser = await site.browser(email)
    assert "/meetings/spring/arrivals" not in (await browser.page(ROLL)).links()
    assert (await browser.post("/meetings/spring/arrivals", {"d-ALD": "1"})).status_code == 403
    assert (await browser.post("/meetings/spring/closure", {})).status_code == 403


async def test_ticking_nobody_is_a_fault_and_ticks_are_kept_beside_another_fault(
    site: Site,
) -> None:
    await called()
    chair = await site.browser(CHAIR)
    page = await chair.page("/meetings/spring/arrivals")
    answer = await chair.press(page, ARRIVALS)
    assert answer.status_code == 422
    assert "Choose at least one delegation" in Page(answer).words
    answer = await chair.press(page, ARRIVALS, **{"d-ALD": "1", "d-BEL": "perhaps"})
    assert answer.status_code == 422
    assert Page(answer).form(ARRIVALS).fields["d-ALD"] == "1"
    assert await Presence.all().count() == 0


async def test_closing_the_room_ends_the_day_and_says_whom_it_ended_for(site: Site) -> None:
    await called()
    chair = await site.browser(CHAIR)
    await tick(chair, ARRIVALS, "ALD", "DEL")
    page = await chair.page("/meetings/spring/departures")
    answer = await chair.press(page, "closure")
    done = await chair.page(answer.headers["location"])
    assert "The room is closed for the day. Left: Aldoria, Delmonia." in done.words
    assert "Nobody is in the room" in (await chair.page("/meetings/spring/departures")).words


async def test_who_did_not_leave_yesterday_is_pointed_out_today(site: Site) -> None:
    await called()
    chair = await site.browser(CHAIR)
    await tick(chair, ARRIVALS, "ALD")
    path, words = "/meetings/spring/departures", "in the room since an earlier day"
    assert words not in (await chair.page(path)).words
    with clock.pretending(clock.now() + timedelta(days=1)):
        next_day = await site.browser(CHAIR)
        assert words in (await next_day.page(path)).words


async def test_a_guest_without_a_seat_is_brought_in_by_name(site: Site) -> None:
    await called()
    await unseat(SECRETARIAT, "plenary", "DEL")
    chair = await site.browser(CHAIR)
    done = await tick(chair, ARRIVALS, other="DEL")
    assert "Came in: Delmonia." in done.words
    page = await (await site.browser()).page(ROLL)
    assert "0 of 3 Participants" in page.words
    assert "since" in row_of(page, "Delmonia")


async def test_a_meeting_to_come_shows_its_roll_and_takes_no_arrivals(site: Site) -> None:
    await called(datetime.now(UTC) + timedelta(days=30))
    await set_standing(
        SECRETARIAT, "ALD", "suspended", since=(datetime.now(UTC) + timedelta(days=5)).date()
    )
    head = await site.browser("head.bel@example.org")
    page = await head.page(ROLL)
    assert "0 of 2 Participants on the roll" in page.words  # as on its first day
    assert [form for form in page.forms if form.method == "post"] == []
    answer = await head.post("/meetings/spring/arrivals", {"d-BEL": "1"})
    assert answer.status_code == 409
    assert "The meeting has not begun" in Page(answer).words


async def test_the_quorum_of_a_body_is_counted_on_the_roll_only(site: Site) -> None:
    await called()
    assert "this body has set none" in (await (await site.browser()).page(ROLL)).words
    quorum = {"more_than": "1/2", "count": {"among": "present"}, "of": {"among": "roll"}}
    rule = {
        "answers": ["support", "object"], "blocking": ["object"], "quorum": quorum,
        "carries": {"at_most": 0, "count": {"answers": ["object"]}},
    }  # fmt: skip
    await adopt(
        "consensus",
        standard("consensus") | {"rule": rule},
        names={"en": "Consensus"},
    )
    chair, public = await site.browser(CHAIR), await site.browser()
    await tick(chair, ARRIVALS, "ALD", "DEL")
    page = await public.page(ROLL)
    assert "Quorum, Consensus: 2 needed, 1 in the room. It lacks 1." in page.words
    await tick(chair, ARRIVALS, "BEL")
    page = await public.page(ROLL)
    assert "Quorum, Consensus: 2 needed, 2 in the room. It is there." in page.words
