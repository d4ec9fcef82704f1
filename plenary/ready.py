"""What an installation must be able to do, tried one by one: for /readyz in a word, for the doctor.

Each check has a name and answers "ok" or the name of what is wrong.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from plenary import clock
from plenary.db.migrate import pending
from plenary.decisions.actions.closing import BEAT
from plenary.decisions.actions.timekeeping import clock_doubt
from plenary.decisions.models import Pulse
from plenary.notices.models import Notice
from plenary.questions.models import Question
from plenary.record.models import Head
from plenary.record.writing import met, write_nothing
from plenary.refusal import Unavailable
from plenary.settings import MODELS, Settings

CHECKS = ("database", "schema", "writing", "clock", "life", "closings", "mail")
LATE = timedelta(seconds=4 * BEAT)
AWAY = timedelta(hours=1)  # how long mail may fail while a window runs
KEPT = 3.0  # seconds that an answer of the disk holds good for whoever asks next
Check = Callable[[], Awaitable[str]]


class SharedCheck:
    """A check that costs something: made once for all who ask at a time and shortly after.

    Anybody may ask /readyz, in a loop, and each durable write keeps the disk and the writers.
    """

    def __init__(self, check: Check, ticks: Callable[[], float] = clock.ticks) -> None:
        self._check, self._ticks = check, ticks
        self._found, self._until = "", 0.0
        self._one = asyncio.Lock()

    async def __call__(self) -> str:
        async with self._one:
            if not self._found or self._ticks() >= self._until:
                self._found = await self._check()
                self._until = self._ticks() + KEPT
            return self._found


async def ready(settings: Settings, writes: Check | None = None) -> dict[str, str]:
    """Every check by its name; what cannot be asked is "unknown". `writes` tries the disk."""
    checks = dict.fromkeys(CHECKS, "unknown")
    try:
        await Head.get(id=1)
        checks["database"] = "ok"
        waiting = await pending(settings.database_url, MODELS)
        checks["schema"] = "migrations_pending" if waiting else "ok"
        checks["clock"] = await clock_doubt() or "ok"
        checks["life"] = "ok" if not settings.pulse or await alive() else "no_sign_of_life"
        checks["closings"] = "overdue" if await overdue() else "ok"
        checks["mail"] = "failing" if await mail_fails() else "ok"
        found = await (writes or writing)()
        checks["writing"] = (met() or "ok") if found == "ok" else found  # an act may know better
    except Exception as error:  # whatever the database says: the answer is that it is not ready
        name = getattr(error, "reason", "unreachable")
        checks["database" if checks["database"] == "unknown" else "schema"] = name
    return checks


async def writing() -> str:
    """Whether something can be written now, with a lock, with room and durably."""
    try:
        await write_nothing()
    except Unavailable as away:
        return away.reason
    return met() or "ok"


async def alive() -> bool:
    """Whether any process gave a sign of life lately."""
    pulse = await Pulse.get_or_none(id=1)
    return pulse is not None and clock.now() - pulse.at < LATE


async def overdue() -> bool:
    """Whether something has run out that no worker wrote down: none lives, or none can write."""
    return await Question.filter(closed=None, closes__lt=clock.now() - LATE).exists()


async def mail_fails() -> bool:
    """Whether no notice has left for an hour though one is due, while a window runs."""
    before = clock.now() - AWAY
    return (
        await Question.filter(closed=None, closes__gt=clock.now()).exists()
        and await Notice.filter(sent=None, ended=None, attempts__gt=0, due__lt=before).exists()
        and not await Notice.filter(sent__gte=before).exists()
    )
