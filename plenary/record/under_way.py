"""The acts that this process is at, and who waits until they are over.

An act is short and goes step by step, and whatever else the process does in between makes each step
late. So what takes long and can wait begins when the acts are over, and all of it at once: those
who wait for them wait together, or their work would come between the acts one piece after another.
"""

import asyncio
from typing import Any


class UnderWay:
    def __init__(self) -> None:
        self._acts: set[asyncio.Task[Any]] = set()
        self._waiting: asyncio.Task[None] | None = None

    def add(self, act: asyncio.Task[Any]) -> None:
        """Until it is done."""
        self._acts.add(act)
        act.add_done_callback(self._acts.discard)

    async def over(self, most: float) -> None:
        """Wait for those under way now, so many seconds at most; not for later."""
        if self._waiting is None:
            if not self._acts:
                return
            self._waiting = asyncio.create_task(self._wait({*self._acts}, most))
        await asyncio.shield(self._waiting)

    async def _wait(self, acts: set[asyncio.Task[Any]], most: float) -> None:
        try:
            await asyncio.wait(acts, timeout=most)
        finally:
            self._waiting = None


acts_under_way = UnderWay()
