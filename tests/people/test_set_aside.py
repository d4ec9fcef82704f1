"""Whoever fills the room for forms that are set aside makes room for them by their own."""

from datetime import UTC, datetime, timedelta

import pytest

from plenary import clock
from plenary.people import rules
from plenary.people.actions import new_link
from plenary.people.models import Person, Session, SetAside
from plenary.people.rules import LINK_LIFE
from tests.client import Browser, Site
from tests.world import found_world

COMMENTS = "/proposals/2019/1/comments"
HEAD = "head.bel@example.org"


@pytest.fixture
async def site_with_a_text(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    await (await found_world()).table_proposal()
    for name, most in (("MOST_KEPT", 6), ("MOST_OF_A_NETWORK", 4), ("MOST_OF_A_PERSON", 3)):
        monkeypatch.setattr(rules, name, most)
    return site


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def pass_by(self, time: timedelta) -> None:
        self.at += time


@pytest.fixture
def still(site_with_a_text: Site, monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def from_network(site: Site, host: str, email: str = "") -> Browser:
    browser = await site.browser(email)
    browser.http._transport.client = (host, 40_000)  # type: ignore[attr-defined]
    return browser


async def sent(browser: Browser, words: str) -> str:
    """A form that was refused for want of a session, and where it comes back; nowhere: empty."""
    answer = await browser.post(COMMENTS, {"text": words, "sign_in": "1"})
    assert answer.status_code in (303, 403)
    return answer.headers.get("location", "").partition("/sign-in?next=")[2]


async def kept() -> list[str]:
    return [aside.typed["text"] for aside in await SetAside.all().order_by("id")]


async def test_one_network_makes_room_by_its_own_forms_alone(site_with_a_text: Site) -> None:
    site = site_with_a_text
    hers = await from_network(site, "192.0.2.1")
    assert await sent(hers, "Hers.")
    for n in range(20):
        flood = await from_network(site, "203.0.113.9")
        assert await sent(flood, f"{n}")
    assert await kept() == ["Hers.", "16", "17", "18", "19"]


async def test_one_line_of_the_newer_protocol_is_one_network(site_with_a_text: Site) -> None:
    hers = await from_network(site_with_a_text, "192.0.2.1")
    assert await sent(hers, "Hers.")
    for n in range(20):
        await sent(await from_network(site_with_a_text, f"2001:db8:1:2::{n:x}"), f"{n}")
    assert await kept() == ["Hers.", "16", "17", "18", "19"]


async def test_a_site_of_the_newer_protocol_is_one_network_whatever_its_lines(
    site_with_a_text: Site, still: Clock
) -> None:
    """It has 65,536 lines, and could send one form from each."""
    hers = await from_network(site_with_a_text, "192.0.2.1")
    assert await sent(hers, "Hers.")
    for n in range(20):
        await sent(await from_network(site_with_a_text, f"2001:db8:1:{n:x}::1"), f"{n}")
        still.pass_by(LINK_LIFE)
    assert await kept() == ["Hers.", "16", "17", "18", "19"]
    theirs = await from_network(site_with_a_text, "2001:db8:2:1::1")
    assert await sent(theirs, "Of another site.")
    assert "Hers." in await kept()


async def test_the_whole_is_bounded_and_whoever_has_most_makes_room(site_with_a_text: Site) -> None:
    site = site_with_a_text
    for n in range(4):
        await sent(await from_network(site, "192.0.2.1"), f"a{n}")
    for n in range(20):
        await sent(await from_network(site, f"203.0.113.{n}"), f"b{n}")
    assert len(await kept()) == 6
    assert "a3" in await kept(), "one form of each network stays, however many networks there are"


async def test_networks_without_number_shut_a_stranger_out_for_some_minutes_alone(
    site_with_a_text: Site, still: Clock
) -> None:
    """Each has one form, and the room is full: none goes before it could come back. Until then the
    page of a late one keeps it; from then on the oldest goes."""
    for n in range(6):
        assert await sent(await from_network(site_with_a_text, f"203.0.113.{n}"), f"{n}")
    late = await from_network(site_with_a_text, "192.0.2.1")
    still.pass_by(LINK_LIFE - timedelta(seconds=1))
    assert await sent(late, "Late.") == ""
    assert await kept() == ["0", "1", "2", "3", "4", "5"]
    still.pass_by(timedelta(seconds=1))
    assert await sent(late, "Late.")
    assert await kept() == ["1", "2", "3", "4", "5", "Late."]


async def test_a_form_of_somebody_whose_session_is_over_is_evicted_by_no_stranger(
    site_with_a_text: Site,
) -> None:
    site = site_with_a_text
    hers = await from_network(site, "192.0.2.1", HEAD)
    await Session.all().update(revoked=datetime.now(UTC) - timedelta(minutes=1))
    back = await sent(hers, "An hour of work.")
    for n in range(20):
        await sent(await from_network(site, "192.0.2.1"), f"here {n}")
        await sent(await from_network(site, f"203.0.113.{n}"), f"there {n}")
    assert "An hour of work." in await kept()
    await site.sign_in(hers, HEAD)
    assert "An hour of work." in (await hers.get(back)).text


async def test_a_browser_that_has_signed_somebody_in_is_theirs_without_its_cookie(
    site_with_a_text: Site,
) -> None:
    """After twelve hours the browser has thrown the session's cookie away."""
    site = site_with_a_text
    hers = await from_network(site, "192.0.2.1")
    token = await new_link(await Person.get(email=HEAD))
    assert (await hers.post(f"/sign-in/{token}")).status_code == 303
    hers.http.cookies.delete(site.inner.state.cookies.session)
    await sent(hers, "An hour of work.")
    for n in range(20):
        await sent(await from_network(site, f"203.0.113.{n}"), f"there {n}")
    assert "An hour of work." in await kept()


async def test_a_person_makes_room_by_their_own_and_people_leave_strangers_theirs(
    site_with_a_text: Site,
) -> None:
    site = site_with_a_text
    await sent(await from_network(site, "203.0.113.9"), "A stranger's.")
    browser = await from_network(site, "192.0.2.1", HEAD)
    await Session.all().update(revoked=datetime.now(UTC))
    for n in range(9):
        await sent(browser, f"{n}")
    assert await kept() == ["A stranger's.", "6", "7", "8"]


async def test_a_cookie_that_we_did_not_sign_is_a_strangers(site_with_a_text: Site) -> None:
    site = site_with_a_text
    name = site.inner.state.cookies.session
    for n in range(20):
        forged = await from_network(site, "203.0.113.9")
        forged.http.cookies.set(name, f"made-up-{n}.signature")
        await sent(forged, f"{n}")
    assert await kept() == ["16", "17", "18", "19"]
