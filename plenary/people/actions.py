"""Sign in, sign out, end a session. These write no act of the body, so they stay off the record.

Each write is one statement that is whole by itself, so none needs a transaction.
"""

import hmac
import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from plenary import clock
from plenary.db.prepared import Prepared
from plenary.logs import security
from plenary.mailbox import address_of
from plenary.people.models import Person, Session, SetAside, SignInLink, Tally
from plenary.people.reading import ends
from plenary.people.rules import (
    KEPT,
    LINK_LIFE,
    PROOF_LIFE,
    SESSION_LIFE,
    WINDOW,
    bar_to_use,
    digest,
    network_of,
    too_many,
)
from plenary.people.tallies import (
    Share,
    Tallies,
    may_write_to_a_stranger,
    share_of_an_ask,
)
from plenary.record.act import aside
from plenary.refusal import Missing, refuse

SEEN_EVERY = 60  # seconds between two notes of a session's last use

_noting: set[int] = set()  # sessions whose last use is being written down now
# Asked at every request of whoever is signed in.
_SESSION = Prepared(lambda token: Session.filter(token=token).select_related("person"))


@dataclass(frozen=True)
class Opened:
    """A session as it begins: the token goes into the cookie and is kept nowhere else."""

    token: str
    person: Person
    browser_known: bool = True  # whether this browser has signed this person in before


@dataclass(frozen=True)
class LinkAsked:
    """What came of asking for a link: the page tells none of it."""

    token: str = ""  # empty: nobody has this address
    anywhere: bool = False  # whether it opens in any browser: the last before a pause
    letter: bool = True  # whether a letter may leave


async def ask_for_link(email: str, *, browser: str, network: str, secret: str) -> LinkAsked:
    """A one-use token for this address, if somebody has it. Both kinds are counted alike."""
    email, tallies = address_of(email), Tallies(secret)
    network, person = network_of(network), await Person.get_or_none(email=email)
    known = person is not None and await _has_signed_in(person, browser)
    share = await share_of_an_ask(tallies, email, browser if known else "", network)
    if share is Share.NONE:
        security("sign_in.refused", person=person.id if person else None)
        raise too_many()
    if person is None:
        return LinkAsked(letter=await may_write_to_a_stranger(tallies, network))
    anywhere = share is Share.LAST
    security("sign_in.asked", person=person.id, known_browser=int(known))
    return LinkAsked(await new_link(person, browser="" if anywhere else browser), anywhere)


async def _has_signed_in(person: Person, browser: str) -> bool:
    """Whether this browser has signed this person in before."""
    if not browser:
        return False
    links = SignInLink.filter(person=person, browser=digest(browser), used__isnull=False)
    return await links.filter(used__gt=clock.now() - PROOF_LIFE).exists()


async def new_link(person: Person, *, browser: str = "") -> str:
    """A one-use token. Without a browser it opens in any: the operator's, or a window's last."""
    token = secrets.token_urlsafe(32)
    await SignInLink.create(
        person=person,
        token=digest(token),
        browser=digest(browser) if browser else "",
        expires=clock.now() + LINK_LIFE,
    )
    return token


async def use_link(token: str, *, browser: str, agent: str) -> Opened:
    """Sign in. Of a hundred redemptions at once exactly one wins the conditional update."""
    link = await SignInLink.get_or_none(token=digest(token)).prefetch_related("person")
    if link is None:
        security("sign_in.failed", why="link_unknown")
        raise Missing("link_unknown")
    now = clock.now()
    same = not link.browser or bool(browser and hmac.compare_digest(link.browser, digest(browser)))
    if bar := bar_to_use(expires=link.expires, used=link.used, now=now, same_browser=same):
        security("sign_in.failed", person=link.person.id, why=bar.reason)
        raise bar
    known = await _has_signed_in(link.person, browser)
    kept = digest(browser) if browser else link.browser  # where it was used: known from now on
    unused = SignInLink.filter(id=link.id, used__isnull=True)
    if not await unused.update(used=now, browser=kept):
        refuse(bar_to_use(expires=link.expires, used=now, now=now, same_browser=same))
    opened = await open_session(link.person, agent=agent)
    return replace(opened, browser_known=known)


async def open_session(person: Person, *, agent: str) -> Opened:
    token, now = secrets.token_urlsafe(32), clock.now()
    security("sign_in", person=person.id)
    await Session.create(
        person=person,
        token=digest(token),
        agent=agent[:200],
        created=now,
        seen=now,
        expires=now + SESSION_LIFE,
    )
    return Opened(token, person)


async def session_of(token: str) -> Session | None:
    """The live session behind a cookie; noted as seen at most once a minute."""
    session, now = await _SESSION.first(digest(token)), clock.now()
    if session is None or session.revoked is not None:
        return None
    if now >= ends(session):
        return None
    if (now - session.seen).total_seconds() >= SEEN_EVERY and session.id not in _noting:
        aside(_note(session.id, now))
    return session


async def _note(session: int, now: datetime) -> None:
    """Beside the answer: a reader waits for no writer, and misses nothing if this is not kept."""
    _noting.add(session)
    try:
        await Session.filter(id=session).update(seen=now)
    finally:
        _noting.discard(session)


async def end_session(person: int, session: int) -> None:
    """End one of one's own sessions; those of others are as if they did not exist."""
    if not await Session.filter(id=session, person_id=person, revoked=None).update(
        revoked=clock.now()
    ):
        raise Missing("no_such_session")
    security("sign_out", person=person)


async def end_other_sessions(person: int, *, keep: int | None = None) -> None:
    """End every session of one's own, but for the one in this browser."""
    others = Session.filter(person_id=person, revoked=None).exclude(id=keep or 0)
    await others.update(revoked=clock.now())


async def turn_out(person: int) -> int:
    """End every session and every unused link of a person for good; how many sessions there were.

    Called where somebody gains or loses a right too: a cookie from before has nothing of it.
    """
    now = clock.now()
    await SignInLink.filter(person_id=person, used=None).update(used=now)
    ended = await Session.filter(person_id=person, revoked=None).update(revoked=now)
    security("sessions.ended", person=person, sessions=ended)
    return ended


async def sweep() -> None:
    """Forget what can no longer matter: links, but for those that prove a browser, and tallies."""
    now = clock.now()
    await SetAside.filter(at__lt=now - KEPT).delete()
    await SignInLink.filter(used=None, expires__lt=now - SESSION_LIFE).delete()
    await SignInLink.filter(expires__lt=now - PROOF_LIFE).delete()
    await Tally.filter(since__lt=now - WINDOW).delete()
