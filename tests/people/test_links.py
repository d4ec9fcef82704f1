"""Sign-in links and sessions: once, in time, in one browser; on both databases."""

import asyncio
from datetime import datetime, timedelta

import pytest

from plenary import clock
from plenary.people.actions import (
    ask_for_link,
    end_other_sessions,
    end_session,
    new_link,
    open_session,
    session_of,
    sessions_of,
    use_link,
)
from plenary.people.models import Attempt, Person, Session, SignInLink
from plenary.people.rules import (
    LINK_LIFE,
    SESSION_IDLE,
    SESSION_LIFE,
    TRIES,
    TRIES_FOR_ONE_ADDRESS,
    TRIES_FROM_ONE_NETWORK,
    WINDOW,
    network_of,
)
from plenary.record.act import drain
from plenary.refusal import Missing, Refused

pytestmark = pytest.mark.usefixtures("db")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at = clock.now()
        monkeypatch.setattr(clock, "now", lambda: self.at)

    def pass_by(self, time: timedelta) -> datetime:
        self.at += time
        return self.at


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


async def ada() -> Person:
    return await Person.create(email="ada@example.org", name="Ada", created=clock.now())


async def use(token: str, browser: str = "hers") -> str:
    return (await use_link(token, browser=browser, agent="Firefox")).token


async def ask(email: str = "ada@example.org", network: str = "192.0.2.1") -> str | None:
    return await ask_for_link(email, browser="hers", network=network, secret="s" * 40)


async def test_a_hundred_presses_at_once_open_one_session() -> None:
    token = await new_link(await ada(), browser="hers")
    results = await asyncio.gather(*(use(token) for _ in range(100)), return_exceptions=True)
    opened = [result for result in results if isinstance(result, str)]
    refused = [result.reason for result in results if isinstance(result, Refused)]
    assert (len(opened), set(refused), len(refused)) == (1, {"link_used"}, 99)
    assert await Session.all().count() == 1


async def test_a_link_is_kept_only_as_a_hash() -> None:
    token = await new_link(await ada(), browser="hers")
    link = await SignInLink.get()
    assert token not in (link.token, link.browser)
    assert "hers" not in link.browser


async def test_a_used_link_an_old_one_and_a_stolen_one_are_refused_by_name(still: Clock) -> None:
    person = await ada()
    token = await new_link(person, browser="hers")
    with pytest.raises(Refused) as stolen:
        await use(token, browser="his")
    with pytest.raises(Refused) as bare:
        await use(token, browser="")
    await use(token)
    with pytest.raises(Refused) as used:
        await use(token)
    late = await new_link(person, browser="hers")
    still.pass_by(LINK_LIFE)
    with pytest.raises(Refused) as expired:
        await use(late)
    with pytest.raises(Missing) as unknown:
        await use("no such token")
    reasons = [error.value.reason for error in (stolen, bare, used, expired, unknown)]
    assert reasons == [
        "link_other_browser", "link_other_browser", "link_used", "link_expired", "link_unknown",
    ]  # fmt: skip


async def test_the_operators_link_works_in_any_browser_and_once() -> None:
    token = await new_link(await ada())
    assert await use(token, browser="")
    with pytest.raises(Refused, match="link_used"):
        await use(token, browser="another")


async def test_a_session_ends_after_two_idle_hours(still: Clock) -> None:
    opened = await open_session(await ada(), agent="Firefox")
    still.pass_by(SESSION_IDLE - timedelta(seconds=1))
    assert await session_of(opened.token)  # seen now, so the two hours begin anew
    await drain()  # which is noted beside the answer
    still.pass_by(SESSION_IDLE - timedelta(seconds=1))
    assert await session_of(opened.token)
    still.pass_by(SESSION_IDLE)
    assert await session_of(opened.token) is None


async def test_a_session_ends_after_twelve_hours_however_busy(still: Clock) -> None:
    opened = await open_session(await ada(), agent="Firefox")
    until = still.at + SESSION_LIFE
    while still.pass_by(timedelta(hours=1)) < until:
        assert await session_of(opened.token)
        await drain()
    assert await session_of(opened.token) is None


async def test_an_ended_session_is_out_at_once_and_others_go_on() -> None:
    person, other = await ada(), await Person.create(email="b@b.org", name="B", created=clock.now())
    mine = [await open_session(person, agent=f"{n}") for n in range(3)]
    theirs = await open_session(other, agent="x")
    first, second, third = [await session_of(one.token) for one in mine]
    assert first
    assert second
    assert third
    await end_session(person.id, first.id)
    assert [bool(await session_of(one.token)) for one in mine] == [False, True, True]
    await end_other_sessions(person.id, keep=third.id)
    assert [bool(await session_of(one.token)) for one in mine] == [False, False, True]
    assert [session.id for session in await sessions_of(person.id)] == [third.id]
    assert await session_of(theirs.token)


async def test_nobody_ends_the_session_of_another() -> None:
    person, other = await ada(), await Person.create(email="b@b.org", name="B", created=clock.now())
    opened = await open_session(person, agent="Firefox")
    session = await Session.get()
    with pytest.raises(Missing, match="no_such_session"):
        await end_session(other.id, session.id)
    assert await session_of(opened.token)


async def test_after_five_tries_the_address_waits_and_then_goes_on(still: Clock) -> None:
    await ada()
    for _ in range(TRIES):
        assert await ask()
    with pytest.raises(Refused, match="too_many_tries"):
        await ask()
    still.pass_by(WINDOW + timedelta(seconds=1))
    assert await ask()


async def test_a_stranger_who_asks_and_asks_keeps_nobody_out() -> None:
    await ada()
    for _ in range(TRIES):
        await ask(network="203.0.113.9")
    with pytest.raises(Refused, match="too_many_tries"):
        await ask(network="203.0.113.9")
    assert await ask(network="192.0.2.1")


async def test_an_address_and_a_network_have_their_own_limits() -> None:
    for n in range(TRIES_FROM_ONE_NETWORK):
        await ask(email=f"{n}@example.org")
    with pytest.raises(Refused, match="too_many_tries"):
        await ask(email="fresh@example.org")
    for n in range(TRIES_FOR_ONE_ADDRESS):
        await ask(network=f"198.51.100.{n}")
    with pytest.raises(Refused, match="too_many_tries"):
        await ask(network="198.51.100.200")


async def test_who_tried_cannot_be_read_from_the_table() -> None:
    await ask()
    kept = " ".join(str(row) for row in await Attempt.all().values_list("who", flat=True))
    assert "ada" not in kept
    assert "192.0.2.1" not in kept


@pytest.mark.parametrize(
    "host,network",
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
async def test_one_line_in_ipv6_is_one_network(host: str, network: str) -> None:
    assert network_of(host) == network
