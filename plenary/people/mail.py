"""What sign-in asks of whoever sends the mail: the sender is passed in, and may fail."""

import asyncio
import time
from collections.abc import Awaitable, Callable

Mailer = Callable[[str, str, str], Awaitable[None]]  # to, subject, text


class Pace:
    """How long the last letter took and whether it left.

    Where no letter may be written to a stranger, the answer takes as long as if one had been.
    """

    def __init__(self) -> None:
        self.took, self.left = 0.0, True

    async def send(self, mailer: Mailer, *letter: str) -> bool:
        began = time.monotonic()
        try:
            await mailer(*letter)
            self.left = True
        except Unsent:
            self.left = False
        self.took = time.monotonic() - began
        return self.left

    async def pretend(self) -> bool:
        await asyncio.sleep(self.took)
        return self.left


class Unsent(Exception):
    """The mail did not leave; whoever waits for it must be told."""
