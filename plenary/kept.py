"""What was read or made once and is kept, in the memory of this process and within a bound.

Of work on what users sent: the same words always give the same page, so what was made of them is
kept by a digest of what it was made of. It is not written to the database: making it takes a time
in proportion to the text (`web/budget.py` and `texts/redline.py` have a budget), so that making it
again after a start costs little, while a stored rendering would have to be believed, or made anew,
whenever we print differently.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256
from math import inf
from sys import getsizeof
from types import FunctionType, ModuleType, NoneType
from typing import Any, Generic, TypeVar

# Of what a value holds: what is no part of it, and what holds nothing itself.
HELD_BY_ALL = (type, ModuleType, FunctionType)
PLAIN = {str, bytes, int, float, bool, date, datetime, NoneType}
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Bounded(Generic[K, T]):
    """Values by their keys, of so much weight in all; what was asked for longest ago goes first."""

    def __init__(self, most: int, each: int | None = None) -> None:
        """`most` of the weight of all, `each` of one: what is heavier is not kept at all."""
        self._most, self._each, self.held = most, most if each is None else each, 0
        self._values: OrderedDict[K, tuple[T, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> T | None:
        if key not in self._values:
            return None
        self._values.move_to_end(key)
        return self._values[key][0]

    def put(self, key: K, value: T, weight: int) -> None:
        self.drop(key)
        if weight > self._each:
            return
        self._values[key] = (value, weight)
        self.held += weight
        while self.held > self._most:
            self.drop(next(iter(self._values)))

    def drop(self, key: K) -> None:
        self.held -= self._values.pop(key, (None, 0))[1]

    def drop_where(self, is_meant: Callable[[T], bool]) -> None:
        for key in [key for key, (value, _) in self._values.items() if is_meant(value)]:
            self.drop(key)

    def clear(self) -> None:
        self._values.clear()
        self.held = 0


class CachedResults(Generic[T]):
    """What `make` gave for some texts, from whatever thread they are given."""

    def __init__(self, make: Callable[..., T], size: Callable[[T], int], most: int) -> None:
        """`size` counts the characters of what was made, `most` of all that is kept."""
        self._make, self._size = make, size
        self._made: Bounded[bytes, T] = Bounded(most)
        self._lock = threading.Lock()

    def __call__(self, *texts: str) -> T:
        """From memory, or made now."""
        digest = _digest(texts)
        with self._lock:
            if (kept := self._made.get(digest)) is not None:
                return kept
        made = self._make(*texts)
        with self._lock:
            self._made.put(digest, made, self._size(made))
        return made


def size_of(*what: Any, most: float = inf) -> int:
    """About how many bytes of memory it takes, with whatever it holds, counted until they are more
    than `most`; names of fields and the like do not count."""
    size, seen = 0, set[int]()
    left: list[Iterable[Any]] = [what]
    while left and size <= most:
        for thing in left.pop():
            if (kind := type(thing)) in PLAIN:
                size += getsizeof(thing)
            elif id(thing) not in seen and not issubclass(kind, HELD_BY_ALL):
                seen.add(id(thing))
                size += getsizeof(thing) + getsizeof(getattr(thing, "__dict__", None))
                left.append(held_by(thing))
    return size


def held_by(thing: Any) -> Iterable[Any]:
    """What it is made of, where it is a collection or has fields."""
    if isinstance(thing, (dict, Mapping)):  # most are dictionaries, and that is asked faster
        return thing.values()
    if isinstance(thing, (list, tuple, set, frozenset)):
        return thing
    return getattr(thing, "__dict__", {}).values()


def _digest(texts: tuple[str, ...]) -> bytes:
    """Lone surrogates, which a refused form may hold, have no UTF-8 of their own."""
    digest = sha256()
    for text in texts:
        written = text.encode("utf-8", "surrogatepass")
        digest.update(b"%d " % len(written) + written)
    return digest.digest()
