"""Sign-in: how long a link and a session live, and how many tries there are. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Literal

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
MOST_OF_A_NETWORK = 100  # of the strangers'; in IPv6 of a line, and of all the lines of a site
LEAST_STAY = LINK_LIFE  # whoever signs in at once finds the form that was kept, come who may
MOST_OF_A_PERSON = 20
LARGEST_KEPT = 250_000  # characters of one form
LINE, SITE = 64, 48  # bits of IPv6: a site hands out 65,536 lines as it pleases


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


def network_of(host: str, bits: int = LINE) -> str:
    """The network behind an address: one host in IPv4, in IPv6 what one line or site is given."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(ip_network((int(address) >> 128 - bits << 128 - bits, bits)))
    return host


@dataclass(frozen=True)
class Sent:
    """A form that is set aside, and whose it is."""

    form: int
    sender: str
    site: str  # one or many senders; of IPv4, and of a person, one
    at: datetime


def giving_way(kept: Sequence[Sent], most: int) -> list[int]:
    """Which forms make room for the newest, where a sender, or a site, may have so many. They come
    oldest first, the newest last.

    Beyond that it is the sender's own oldest, then one of the sender's site; and where there are
    too many of all, one of the site that has the most: whoever has one form keeps it, unless there
    are more of them than there is room.
    """
    newest, left, gone = kept[-1], [*kept], list[int]()

    def let_go(sent: Sent) -> None:
        left.remove(sent)
        gone.append(sent.form)

    while len(own := [sent for sent in left if sent.sender == newest.sender]) > most:
        let_go(own[0])
    while len(there := [sent for sent in left if sent.site == newest.site]) > most:
        let_go(_giving_way_of(there, newest))
    for _ in range(len(left) - MOST_KEPT):
        site = _most_of(left, newest, "site")
        let_go(_giving_way_of(site if len(site) > 1 else left, newest))
    return gone


def _giving_way_of(forms: Sequence[Sent], newest: Sent) -> Sent:
    """The oldest of the sender who has the most of them. Where nobody has a second one, the oldest
    of all, if it had its time to come back: networks without number shut nobody out for longer. If
    it had not, the newest, which its own page keeps."""
    largest = _most_of(forms, newest, "sender")
    if len(largest) > 1 or newest not in forms:
        return largest[0]
    return forms[0] if newest.at - forms[0].at >= LEAST_STAY else newest


def _most_of(forms: Sequence[Sent], newest: Sent, by: Literal["sender", "site"]) -> list[Sent]:
    """Those of whoever has the most; of several, the newest's, or of whoever sent the first."""
    held = defaultdict[str, list[Sent]](list)
    for sent in forms:
        held[getattr(sent, by)].append(sent)
    own = getattr(newest, by)
    return max(held.items(), key=lambda each: (len(each[1]), each[0] == own))[1]


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


def digest(token: str) -> str:
    """Tokens are 256 random bits, so a plain SHA-256 at rest is enough."""
    return sha256(token.encode()).hexdigest()
