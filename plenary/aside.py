"""Work on what users sent, done once, and never where everyone waits for it.

The same words always give the same page, so what was made of them is kept, in the memory of this
process and within a bound, by a digest of what it was made of. It is not written to the database:
making it takes a time in proportion to the text (`web/budget.py` and `proposals/redline.py` have
a budget), so that making it again after a start costs little, while a stored rendering would have
to be believed, or made anew, whenever we print differently.

What is long is made `aside`, in a thread, so that the event loop goes on answering everyone else;
what is very long in another, so that the first page never waits for a treaty.
"""

import asyncio
import contextvars
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from hashlib import sha256
from math import inf
from types import FunctionType, ModuleType
from typing import Any, Generic, ParamSpec, TypeVar

from plenary.refusal import Unavailable

P = ParamSpec("P")
T = TypeVar("T")

SHORT = 20_000  # characters that are worked on at once: some ten milliseconds
LONG = 10 * SHORT  # beyond it, a second and more
A_THING = 20  # characters that a number, a name or a row counts as, beside the texts in it
QUEUE = 30  # of what is very long: who comes then is told to come back, and holds nothing up


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
        one = left.pop()
        if isinstance(one, str):
            weight += len(one)
        elif id(one) not in seen and not isinstance(one, (type, ModuleType, FunctionType)):
            seen.add(id(one))
            weight += A_THING
            left += _held(one)
    return weight


def _held(one: Any) -> Iterable[Any]:
    if isinstance(one, Mapping):
        return one.values()
    if isinstance(one, (list, tuple, set, frozenset)):
        return one
    return getattr(one, "__dict__", {}).values()


class Kept(Generic[T]):
    """What `make` gave for some texts; what was unused for longest is forgotten first."""

    def __init__(self, make: Callable[..., T], size: Callable[[T], int], most: int) -> None:
        """`size` counts the characters of what was made, `most` of all that is kept."""
        self._make, self._size, self._most = make, size, most
        self._made: OrderedDict[bytes, T] = OrderedDict()
        self._held = 0
        self._lock = threading.Lock()

    def __call__(self, *texts: str) -> T:
        """From memory, or made now."""
        digest = _digest(texts)
        with self._lock:
            if digest in self._made:
                self._made.move_to_end(digest)
                return self._made[digest]
        made = self._make(*texts)
        self._keep(digest, made)
        return made

    def _keep(self, digest: bytes, made: T) -> None:
        with self._lock:
            if digest in self._made or self._size(made) > self._most:
                return
            self._made[digest] = made
            self._held += self._size(made)
            while self._held > self._most:
                self._held -= self._size(self._made.popitem(last=False)[1])


def _digest(texts: tuple[str, ...]) -> bytes:
    """Lone surrogates, which a refused form may hold, have no UTF-8 of their own."""
    digest = sha256()
    for text in texts:
        written = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d " % len(written) + written)
    return digest.digest()
