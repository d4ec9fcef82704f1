"""How long one request waits for the database in all, however many things it waits for.

Nobody is kept waiting for longer than five seconds, and a refusal is an answer too. Bounds for each
wait would add up: for a connection, then for a lock, then for a server that is gone. So all waits
of one request draw on one patience; what is left of the five seconds is for a machine that is slow.
"""

import asyncio
import functools
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 3.5  # seconds
# A long page that a sound database has answered bit by bit is not cut off in the middle: each
# statement has at least so long.
LEAST = 1.0


class Patience:
    """How much of it was spent so far."""

    def __init__(self) -> None:
        self.spent = 0.0  # seconds


_whose: ContextVar[Patience | None] = ContextVar("patience", default=None)


def patiently(answer: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
    """Whatever waits in it, and whatever it begins, draws on one patience."""

    @functools.wraps(answer)
    async def answered(*args: P.args, **kwargs: P.kwargs) -> T:
        with _waiting_with(Patience()):
            return await answer(*args, **kwargs)

    return answered


@contextmanager
def of_its_own() -> Iterator[None]:
    """What is begun meanwhile answers nobody: it waits for each thing as if it were the first."""
    with _waiting_with(None):
        yield


@contextmanager
def _waiting_with(patience: Patience | None) -> Iterator[None]:
    token = _whose.set(patience)
    try:
        yield
    finally:
        _whose.reset(token)


@contextmanager
def waiting(least: float = 0.0) -> Iterator[float]:
    """For how many seconds may be waited here; what is waited is spent."""
    patience, began = _whose.get() or Patience(), time.monotonic()
    try:
        yield max(least, PATIENCE - patience.spent)
    finally:
        patience.spent += time.monotonic() - began


@asynccontextmanager
async def in_time(least: float = 0.0) -> AsyncIterator[None]:
    """TimeoutError when it takes longer than patience lasts."""
    with waiting(least) as seconds:
        async with asyncio.timeout(seconds):
            yield


@asynccontextmanager
async def answered_in_time() -> AsyncIterator[None]:
    """The same for one statement. A command, which nobody sits before, may take its time."""
    if _whose.get() is None:
        yield
        return
    async with in_time(LEAST):
        yield
