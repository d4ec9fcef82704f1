"""Which edition of the public pages is the newest: asked for all readers, and no more than needed.

A reader is given the record as it was when they came, or at most 100 ms before; and never as it was
before something that this process has written. The head is asked by one question at a time, for
all who wait.

A database that does not tell within a second counts as away. It is asked on, beside the readers,
who wait for it no longer; and the first answer ends it.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from plenary import clock
from plenary.db.patience import of_its_own
from plenary.db.prepared import Prepared
from plenary.front.deadlines import KEPT
from plenary.meetings.models import Meeting
from plenary.questions.models import Question
from plenary.record.bell import rung
from plenary.record.models import Head
from plenary.refusal import Unavailable
from plenary.web.freshness import Edition

EVERY = 0.1  # seconds: so old may be what is known of other processes
PATIENCE = 1.0  # seconds that a reader waits for it
AGAIN = 0.5  # seconds until a database that is away is asked anew
DAY = timedelta(days=1)
_HEAD = Prepared(lambda row: Head.filter(id=row))


@dataclass(frozen=True)
class Known:
    """An edition, and when it was asked for."""

    edition: Edition
    asked: float


class Newest:
    def __init__(self, ticks: Callable[[], float] = time.monotonic) -> None:
        self._ticks = ticks
        self._known: Known | None = None
        self._asking: asyncio.Task[None] | None = None
        self._away: Unavailable | None = None
        self._failed = 0.0  # when it was away last

    async def __call__(self) -> Edition:
        """Unavailable where the head cannot be asked."""
        came, turn = self._ticks(), rung()
        while not (known := self._known) or self._is_older(known, came, turn):
            await self._asked()
        return known.edition

    def _is_older(self, known: Known, came: float, turn: int) -> bool:
        return known.edition.turn < turn or known.asked < came - EVERY

    async def _asked(self) -> None:
        """One question more is answered, whoever asked it."""
        if self._asking is None and (not self._away or self._ticks() > self._failed + AGAIN):
            with of_its_own():
                self._asking = asyncio.create_task(self._ask())
        if self._asking and not self._away:
            try:
                async with asyncio.timeout(PATIENCE):
                    await asyncio.shield(self._asking)
            except TimeoutError:
                if self._asking is not None:  # else it was told, and we were slow to hear it
                    self._fail(Unavailable("database_busy"))
        if self._away:
            raise self._away

    async def _ask(self) -> None:
        asked, turn = self._ticks(), rung()
        try:
            self._known, self._away = Known(await self._edition(turn), asked), None
        except Unavailable as away:
            self._fail(away)
        except Exception:  # whatever else it says: the reader's own questions will show it
            self._fail(Unavailable("database_away"))
        finally:
            self._asking = None

    def _fail(self, away: Unavailable) -> None:
        self._away, self._failed = away, self._ticks()

    async def _edition(self, turn: int) -> Edition:
        head, before = await _HEAD.first(1), self._known
        assert head is not None  # the first migration laid it
        if before and before.edition.root == head.root:
            return replace(before.edition, turn=turn, at=head.at)
        instants = await _instants()
        leaves = tuple(instant + KEPT for instant in instants)
        return Edition(head.root, turn, head.at, instants, leaves)


async def _instants() -> tuple[datetime, ...]:
    """When a question closes and a meeting begins or ends: what a clock decides without an act.

    Those of the last two months too: a calendar leaves them out when they are so old.
    """
    since = clock.now() - KEPT - DAY
    closings = Question.filter(closes__gt=since).values_list("closes", flat=True)
    meetings = Meeting.filter(ends__gt=since).values_list("begins", "ends")
    return tuple(
        sorted({*(await closings), *(instant for pair in await meetings for instant in pair)})
    )
