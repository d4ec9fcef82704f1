"""Sign-in: how long a link and a session live, and how many tries there are. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from plenary.refusal import Refused, TooMany

LINK_LIFE = timedelta(minutes=15)
SESSION_LIFE = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
WINDOW = timedelta(minutes=15)
CAST = "@example.org"  # reserved by RFC 2606: nobody's real address ends so
PROOF_LIFE = timedelta(days=180)  # how long a browser counts as one that has signed somebody in
# Letters within a window. An address's owner is never shut out by them: a browser that has signed
# this person in before has tries of its own, and the last letter before a pause opens anywhere.
TRIES = 5  # from one network, or one known browser, to one address
BUSY = 10  # to one address; from then on one from each network
TRIES_FOR_ONE_ADDRESS = 40  # from anywhere: no mailbox is filled by strangers
# Letters to addresses that nobody here has. Those that are known count for nobody else: two hundred
# delegates sit behind one address in a conference room.
TRIES_FROM_ONE_NETWORK = 60
STRANGERS = 300  # in all
KEPT = timedelta(hours=12)  # a form is set aside for so long, while its sender signs in
MOST_KEPT = 500  # forms set aside at once: of strangers, and as many of people whom we know
MOST_OF_A_NETWORK = 100  # of the strangers'
MOST_OF_A_PERSON = 20
LARGEST_KEPT = 250_000  # characters of one form


def tries_from_here(for_address: int) -> int:
    """How many letters one network may ask for one address, which has had so many."""
    return TRIES if for_address < BUSY else 1


def too_many() -> TooMany:
    """Too many tries within the window: wait, nothing is locked."""
    seconds = int(WINDOW.total_seconds())
    return TooMany("too_many_tries", seconds=seconds, minutes=seconds // 60)


def in_cast(email: str) -> bool:
    """Whether an address is of the sample's cast, whom the demo signs in with one press."""
    return email.endswith(CAST)


def network_of(host: str) -> str:
    """The network behind an address: one host in IPv4, the /64 that one line is given in IPv6."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((int(address) >> 64 << 64, 64)))
    return host


def giving_way(kept: Sequence[tuple[int, str]], sender: str, most: int) -> list[int]:
    """Which forms make room for the newest, of a sender who may have so many. Oldest first: each
    form with whose it is.

    Beyond that the sender's own oldest goes; and where there are too many of all, the oldest of
    whoever has the most, so that one form of each stays, however many come. Where nobody has more
    than the sender, it is the sender's own, be it the newest itself.
    """
    held, gone = defaultdict[str, list[int]](list), list[int]()
    for form, whose in kept:
        held[whose].append(form)
    gone += held[sender][: max(0, len(held[sender]) - most)]
    del held[sender][: len(gone)]
    for _ in range(len(kept) - len(gone) - MOST_KEPT):
        largest = max(held, key=lambda whose: (len(held[whose]), whose == sender))
        gone.append(held[largest].pop(0))
    return gone


def bar_to_use(
    *, expires: datetime, used: datetime | None, now: datetime, same_browser: bool
) -> Refused | None:
    """A link signs in once, in time, and only in the browser that asked for it."""
    if used is not None:
        return Refused("link_used")
    if now >= expires:
        return Refused("link_expired")
    return None if same_browser else Refused("link_other_browser")


def session_ends(created: datetime, seen: datetime) -> datetime:
    """A session ends twelve hours after it began, or after two idle ones."""
    return min(created + SESSION_LIFE, seen + SESSION_IDLE)
