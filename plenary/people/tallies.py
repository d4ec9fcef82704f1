"""Tries are counted exactly, however many are counted at once, and under keyed hashes.

Each step is one conditional update: of forty at once that may have five, five find it true. Who
tried cannot be read from the table.
"""

import hmac
from datetime import datetime
from enum import Enum
from hashlib import sha256

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F

from plenary import clock
from plenary.people.models import Tally
from plenary.people.rules import (
    STRANGERS,
    TRIES,
    TRIES_FOR_ONE_ADDRESS,
    TRIES_FROM_ONE_NETWORK,
    WINDOW,
    tries_from_here,
)


class Share(Enum):
    """What a try is given of what there is within a window."""

    NONE = 0
    ONE = 1
    LAST = 2


class Tallies:
    """Counts under the installation's secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret

    async def take(self, what: str, most: int) -> Share:
        """Take one of the `most` tries that `what` has within a window."""
        who, now = self._hash(what), clock.now()
        for _ in range(3):  # another may begin the window between two steps of ours
            if share := await _counted(who, most, now):
                return share
            if await Tally.filter(who=who, since__gt=now - WINDOW).exists():
                return await _counted(who, most, now) or Share.NONE
            if await _begun(who, now):
                return Share.LAST if most == 1 else Share.ONE
        return Share.NONE

    async def taken(self, what: str) -> int:
        """How many were taken within the window that runs."""
        row = await Tally.get_or_none(who=self._hash(what), since__gt=clock.now() - WINDOW)
        return row.used if row else 0

    def _hash(self, what: str) -> str:
        return keyed(self._secret, what)


def keyed(secret: str, what: str) -> str:
    """What cannot be read back, or guessed, without the installation's secret."""
    return hmac.new(secret.encode(), what.encode(), sha256).hexdigest()


async def _counted(who: str, most: int, now: datetime) -> Share | None:
    running = Tally.filter(who=who, since__gt=now - WINDOW)
    if await running.filter(used__lt=most - 1).update(used=F("used") + 1):
        return Share.ONE
    if most > 0 and await running.filter(used=most - 1).update(used=F("used") + 1):
        return Share.LAST
    return None


async def _begun(who: str, now: datetime) -> bool:
    """Begin a window, where none runs: by its one row, or in it."""
    over = Tally.filter(who=who, since__lte=now - WINDOW)
    if await over.update(used=1, since=now):
        return True
    try:
        await Tally.create(who=who, used=1, since=now)
    except IntegrityError:  # somebody else began it
        return False
    return True


async def share_of_an_ask(tallies: Tallies, email: str, browser: str, network: str) -> Share:
    """The network's part first: who has used it up takes nothing from the address."""
    if browser:
        return await tallies.take(f"browser:{email}:{browser}", TRIES)
    for_address = f"address:{email}"
    here = tries_from_here(await tallies.taken(for_address))
    share = await tallies.take(f"both:{email}:{network}", here)
    if share is Share.NONE:
        return share
    whole = await tallies.take(for_address, TRIES_FOR_ONE_ADDRESS)
    return whole if whole is not Share.ONE else share


async def may_write_to_a_stranger(tallies: Tallies, network: str) -> bool:
    """Whether a letter may go to an address that nobody here has, asked for from a network."""
    here = await tallies.take(f"network:{network}", TRIES_FROM_ONE_NETWORK)
    return here is not Share.NONE and await tallies.take("strangers", STRANGERS) is not Share.NONE
