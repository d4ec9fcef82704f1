"""How long an answer may take while something is wrong, on this machine and at this moment.

The program's part is a number: its patience. The rest is work, and work takes as long as the
machine takes for it: that is measured in the same run, on requests that wait for nobody.
"""

import time
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from plenary.db.patience import PATIENCE

P = ParamSpec("P")
T = TypeVar("T")

PROMISED = 5.0  # seconds, whatever is wrong, on a machine that is not overloaded
SLOWER = 10  # times as much work goes into a refusal, at worst, as into the slowest of the others


def refused_by(unhindered: float) -> float:
    """Seconds by which a refusal must be there, where the slowest other request took so many."""
    return max(PROMISED, PATIENCE + SLOWER * unhindered)


def timed(ask: Callable[P, T], *given: P.args, **more: P.kwargs) -> tuple[float, T]:
    began = time.monotonic()
    answer = ask(*given, **more)
    return time.monotonic() - began, answer


async def timed_there(
    ask: Callable[P, Awaitable[T]], *given: P.args, **more: P.kwargs
) -> tuple[float, T]:
    began = time.monotonic()
    answer = await ask(*given, **more)
    return time.monotonic() - began, answer
