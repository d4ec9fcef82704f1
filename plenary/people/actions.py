"""Sign in, sign out, end a session. These write no act of the body, so they stay off the record.

Each write is one statement that is whole by itself, so none needs a transaction.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from plenary import clock
from plenary.db.prepared import Prepared
from plenary.mailbox import address_of
from plenary.people.models import Attempt, Person, Session, SignInLink
from plenary.people.rules import (
    LINK_LIFE,
    SESSION_LIFE,
    WINDOW,
    bar_to_ask,
    bar_to_use,
    network_of,
    session_ends,
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


def digest(token: str) -> str:
    """Tokens are 256 random bits, so a plain SHA-256 at rest is enough."""
    return sha256(token.encode()).hexdigest()


async def ask_for_link(email: str, *, browser: str, network: str, secret: str) -> str | None:
    """A one-use token for this address, or None where nobody has it: the page tells neither way."""
    email = address_of(email)
    await _count_attempt(email, network, secret)
    person = await Person.get_or_none(email=email)
    return await new_link(person, browser=browser) if person else None


async def new_link(person: Person, *, browser: str = "") -> str:
    """A one-use token. Without a browser it is the operator's, handed over by other means."""
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
        raise Missing("link_unknown")
    now = clock.now()
    same = not link.browser or bool(browser and hmac.compare_digest(link.browser, digest(browser)))
    refuse(bar_to_use(expires=link.expires, used=link.used, now=now, same_browser=same))
    if not await SignInLink.filter(id=link.id, used__isnull=True).update(used=now):
        refuse(bar_to_use(expires=link.expires, used=now, now=now, same_browser=same))
    return await open_session(link.person, agent=agent)


async def open_session(person: Person, *, agent: str) -> Opened:
    token, now = secrets.token_urlsafe(32), clock.now()
    await Session.create(
        person=person, token=digest(token), agent=agent[:200], created=now, seen=now,
        expires=now + SESSION_LIFE,
    )  # fmt: skip
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


async def end_other_sessions(person: int, *, keep: int | None = None) -> None:
    """End every session of one's own, but for the one in this browser."""
    others = Session.filter(person_id=person, revoked=None).exclude(id=keep or 0)
    await others.update(revoked=clock.now())


async def sessions_of(person: int) -> list[Session]:
    """One's own live sessions, the one used last first."""
    found = await Session.filter(person_id=person, revoked=None).order_by("-seen", "-id")
    return [session for session in found if clock.now() < ends(session)]


def ends(session: Session) -> datetime:
    """The instant at which a session ends by itself."""
    return min(session.expires, session_ends(session.created, session.seen))


async def sweep() -> None:
    """Forget links and attempts that can no longer matter; sessions stay for their owners."""
    now = clock.now()
    await SignInLink.filter(expires__lt=now - SESSION_LIFE).delete()
    await Attempt.filter(at__lt=now - WINDOW).delete()


async def _count_attempt(email: str, network: str, secret: str) -> None:
    """Counted under keyed hashes: who tried cannot be read from the table."""
    since = clock.now() - WINDOW
    network = network_of(network)
    tried = (f"both:{email}:{network}", f"address:{email}", f"network:{network}")
    keys = [hmac.new(secret.encode(), one.encode(), sha256).hexdigest() for one in tried]
    refuse(bar_to_ask(*[await Attempt.filter(who=key, at__gt=since).count() for key in keys]))
    await Attempt.filter(at__lt=since).delete()
    await Attempt.bulk_create([Attempt(who=key, at=clock.now()) for key in keys])
