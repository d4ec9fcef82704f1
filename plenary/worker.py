"""What has to be done at times, and by nobody in particular. Nothing is ever decided here."""

import asyncio
import logging

from plenary.people.actions import sweep

log = logging.getLogger("plenary")
EVERY = 600  # seconds


async def work() -> None:
    """Clear away expired sign-in links and old attempts, for ever."""
    while True:
        try:
            await sweep()
        except Exception:
            log.exception("the sweep failed; it is tried again")
        await asyncio.sleep(EVERY)
