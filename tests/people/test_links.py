"""Sign-in links and sessions: once, in time, in one browser; on both databases."""

import asyncio
from datetime import datetime, timedelta

import pytest

from plenary import clock
from plenary.people.actions import (
    LinkAsked,
    ask_for_link,
    end_other_sessions,
    end_session,
    new_link,
    open_session,
    session_of,
    sweep,
    use_link,
)
from plenary.people.models import Person, Session, SignInLink, Tally
from plenary.people.reading import sessions_of
from plenary.people.rules import (
    LINK_LIFE,
    SESSION_IDLE,
    SESSION_LIFE,
    STRANGERS,
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


async def ask(
    email: str = "ada@example.org", network: str = "192.0.2.1", browser: str = "hers"
) -> LinkAsked:
    return await ask_for_link(email, browser=browser, network=network, secret="s" * 40)


async def refused(**how: str) -> bool:
    try:
        await ask(**how)
    except Refused as refusal:
        return refusal.reason == "too_many_tries"
    return False


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
    first, second, third = [await session_of(link.token) for link in mine]
    assert first
    assert second
    assert third
    await end_session(person.id, first.id)
    assert [bool(await session_of(link.token)) for link in mine] == [False, True, True]
    await end_other_sessions(person.id, keep=third.id)
    assert [bool(await session_of(link.token)) for link in mine] == [False, False, True]
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
        assert (await ask()).token
    assert await refused()
    still.pass_by(WINDOW + timedelta(seconds=1))
    assert (await ask()).token


@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
async def test_of_forty_at_once_exactly_five_pass(email: str) -> None:
    await ada()
    asked = await asyncio.gather(*(refused(email=email) for _ in range(40)))
    assert asked.count(False) == TRIES


async def test_strangers_in_six_networks_do_not_keep_the_owner_out() -> None:
    await ada()
    for n in range(30):
        await refused(network=f"203.0.113.{n % 6}", browser="his")
    assert (await ask(network="192.0.2.1", browser="new")).token
    assert not await refused(network="192.0.2.2", browser="new")


async def test_the_last_letter_before_a_pause_opens_in_any_browser() -> None:
    """Whoever fills the owner's tries beside her sends her the way in."""
    await ada()
    links = [await ask(browser="his") for _ in range(TRIES)]
    assert [link.anywhere for link in links] == [False] * (TRIES - 1) + [True]
    assert await refused(browser="hers")
    assert await use(links[-1].token, browser="hers")


async def test_a_browser_that_has_signed_her_in_has_tries_of_its_own() -> None:
    person = await ada()
    await use(await new_link(person, browser="hers"))
    for n in range(2 * TRIES_FOR_ONE_ADDRESS):
        await refused(network=f"198.51.100.{n}", browser="his")
    assert await refused(network="192.0.2.1", browser="new")
    assert [await refused() for _ in range(TRIES + 1)] == [False] * TRIES + [True]


async def test_a_mailbox_is_filled_by_nobody_from_however_many_networks() -> None:
    await ada()
    asked = [await refused(network=f"198.51.100.{n}", browser="x") for n in range(60)]
    assert asked.count(False) == TRIES_FOR_ONE_ADDRESS


async def test_two_hundred_delegates_behind_one_address_all_get_their_link() -> None:
    for n in range(200):
        email = f"d{n}@example.org"
        await Person.create(email=email, name="D", created=clock.now())
        asked = await ask(email=email, browser=f"b{n}")
        assert asked.token
        assert asked.letter


async def test_letters_to_strangers_end_and_the_answer_does_not_tell() -> None:
    """Past the limits an unknown address is answered as before, and no letter leaves."""
    await ada()
    asked = [await ask(email=f"{n}@example.org") for n in range(TRIES_FROM_ONE_NETWORK + 20)]
    assert [answer.letter for answer in asked] == [True] * TRIES_FROM_ONE_NETWORK + [False] * 20
    assert (await ask()).letter, "those that are known go on"
    for n in range(STRANGERS):
        last = await ask(email=f"x{n}@example.org", network=f"198.51.{n % 7}.9")
    assert not last.letter


async def test_a_used_link_that_opened_anywhere_makes_that_browser_known() -> None:
    person = await ada()
    await use(await new_link(person), browser="hers")
    await sweep()
    for _ in range(2 * TRIES):
        await refused(browser="his")
    assert not await refused(browser="hers")


async def test_who_tried_cannot_be_read_from_the_table() -> None:
    await ask()
    kept = " ".join(str(row) for row in await Tally.all().values_list("who", flat=True))
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
