"""Who is signed in, and until when."""

from dataclasses import dataclass
from datetime import datetime

from plenary import clock
from plenary.people.models import Person, Session
from plenary.people.rules import session_ends


@dataclass(frozen=True)
class SignedIn:
    """A person with live sessions: how many, and when one was used last."""

    person: Person
    sessions: int
    seen: datetime


async def signed_in() -> list[SignedIn]:
    """Everybody who is signed in, whoever used a session last first."""
    now, found = clock.now(), dict[int, SignedIn]()
    for session in await Session.filter(revoked=None, expires__gt=now).select_related("person"):
        if now < ends(session):
            before = found.get(session.person.id, SignedIn(session.person, 0, session.seen))
            seen = max(before.seen, session.seen)
            found[session.person.id] = SignedIn(session.person, before.sessions + 1, seen)
    return sorted(found.values(), key=lambda holder: holder.seen, reverse=True)


def ends(session: Session) -> datetime:
    """The instant at which a session ends by itself."""
    return min(session.expires, session_ends(session.created, session.seen))


async def sessions_of(person: int) -> list[Session]:
    """One's own live sessions, the one used last first."""
    found = await Session.filter(person_id=person, revoked=None).order_by("-seen", "-id")
    return [session for session in found if clock.now() < ends(session)]
