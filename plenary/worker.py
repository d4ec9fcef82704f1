"""What has to be done at times, and by nobody in particular. Nothing is ever decided here.

A closing instant decides by itself, at each request; `work` only writes it down and tells people.
Any number of processes may do this at once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from plenary.decisions.actions.closing import BEAT, beat, close_due
from plenary.decisions.actions.timekeeping import clock_doubt
from plenary.people.actions import sweep
from plenary.refusal import Unavailable

log = logging.getLogger("plenary")
TICK = 1.0  # seconds between two looks at the deadlines
SWEEP = 600.0  # seconds between two clearings of expired links and old attempts

Chore = Callable[[], Awaitable[object]]


async def work(*more: tuple[float, Chore]) -> None:
    """Write closings down, clear away what expired, and do `more` (seconds, what), for ever."""
    await asyncio.gather(
        every(TICK, close_due), every(SWEEP, sweep), *(every(pause, do) for pause, do in more)
    )


async def begin() -> None:
    """The first sign of life; a start waits for no database that somebody else holds."""
    try:
        await beat()
    except Unavailable as away:  # it is tried again, and what closes meanwhile is held back by it
        log.warning("no sign of life could be given at the start (%s)", away.reason)


async def live() -> None:
    """Give a sign of life for ever: a gap in them is an interruption of the service."""
    await every(BEAT, beat)


async def every(pause: float, do: Chore) -> None:
    """Do it, wait, do it again; what fails is logged and tried again.

    Nothing is done by a clock in doubt: what is due by it may not be due.
    """
    while True:
        try:
            if not await clock_doubt():
                await do()
        except Unavailable as away:
            log.warning("%s waits: %s", getattr(do, "__name__", "a chore"), away.reason)
        except Exception:
            log.exception("%s failed; it is tried again", getattr(do, "__name__", "a chore"))
        await asyncio.sleep(pause)


async def stop(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel them and wait until they are gone; an act under way is finished by its door."""
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task
