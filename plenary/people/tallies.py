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
from plenary.people.rules import WINDOW


class Share(Enum):
    """What a try is given of what there is within a window."""

    NONE = 0
    ONE = 1
    LAST = 2


class Tallies:
    """Counts under the installation's secret."""

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()

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
        return hmac.new(self._secret, what.encode(), sha256).hexdigest()


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
