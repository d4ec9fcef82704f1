"""Work on what users sent, never where everyone waits for it.

What is long is made `aside`, in a thread, so that the event loop goes on answering everyone else;
what is very long in another, so that the first page never waits for a treaty. What was made is kept
by `plenary.kept`.
"""

import asyncio
import contextvars
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import inf
from typing import Any, ParamSpec, TypeVar

from plenary.kept import HELD_BY_ALL, PLAIN, held_by
from plenary.refusal import Unavailable

P = ParamSpec("P")
T = TypeVar("T")

SHORT = 20_000  # characters that are worked on at once: some ten milliseconds
LONG = 10 * SHORT  # beyond it, a second and more
A_THING = 20  # characters that a number, a name or a row counts as, beside the texts in it
QUEUE = 30  # of what is very long: who comes then is told to come back, and holds nothing up


class Measured:
    """What knows about how many characters are printed of it, sooner than by counting."""

    @property
    def characters(self) -> int:
        raise NotImplementedError


class Lane:
    """One thread: two would only take the interpreter from each other. And who waits for it."""

    def __init__(self, name: str, most: float) -> None:
        self._thread = ThreadPoolExecutor(1, name)
        self._most, self._waiting = most, 0

    async def run(self, work: Callable[[], T]) -> T:
        """Unavailable: too many wait already."""
        if self._waiting >= self._most:
            raise Unavailable("many_long_pages")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1


_long, _very_long = Lane("aside", inf), Lane("aside-at-length", QUEUE)


async def aside(characters: int, make: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `make` gives for so many characters: at once when they are few, else in a thread.

    Unavailable: too many wait for what is very long.
    """
    if characters <= SHORT:
        return make(*args, **kwargs)
    work = partial(contextvars.copy_context().run, partial(make, *args, **kwargs))
    return await (_long if characters <= LONG else _very_long).run(work)


def weight_of(*what: Any) -> int:
    """About how many characters are printed of what was read: counted until they are many.

    Whatever it holds counts: texts by their length, everything else as so many characters.
    """
    weight, seen, left = 0, set[int](), [*what]
    while left and weight <= LONG:
        thing = left.pop()
        if isinstance(thing, str):
            weight += len(thing)
        elif id(thing) not in seen and not isinstance(thing, HELD_BY_ALL):
            seen.add(id(thing))
            weight += A_THING
            if isinstance(thing, Measured):
                weight += thing.characters
            elif type(thing) not in PLAIN:
                left += held_by(thing)
    return weight
