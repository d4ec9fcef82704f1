"""What was read of the record and is kept in memory as long as it is true.

A reading that asks no clock gives the same until something is written, and whatever is written is
an entry of the record. So what it gave is kept, for the same arguments, until an entry follows that
may have changed it: a mere answer to a question changes the ledgers of that question and the log,
every other act may change anything, for a name may have changed or words may have been removed.

Who asks sees the record at least as it was when their request began, and what this process has
written since. Inside a transaction nothing is kept and nothing kept is believed. What is kept is
shared by all who ask: nobody changes it.
"""

from collections.abc import Awaitable, Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient
from tortoise.connection import get_connection

from plenary.db.config import CONNECTION
from plenary.kept import Bounded, size_of
from plenary.record import acts
from plenary.record.bell import rung
from plenary.record.models import Entry

P = ParamSpec("P")
K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

ROOM = 4_000_000  # bytes of what one reading has given
MANY = 200  # entries since: of more nothing is worth looking at
_HEAD = 'SELECT size, root FROM "head" WHERE id = 1'


@dataclass(frozen=True)
class Since:
    """The entries that followed what was known, each by its type and topic; None where nobody can
    say: too many, or another record."""

    entries: Sequence[tuple[str, str]] | None

    @property
    def is_answers(self) -> bool:
        """Whether no more was done than that questions were answered."""
        return self.entries is not None and all(acts.of(name).says for name, _ in self.entries)

    @property
    def topics(self) -> frozenset[str] | None:
        """The only matters whose questions may have changed; None: any question may have."""
        if self.entries is None or not all(acts.of(name).only_its_own for name, _ in self.entries):
            return None
        return frozenset(topic for _, topic in self.entries)


class Kind(Generic[K, T]):
    """What is remembered of one kind, by a key."""

    def __init__(
        self, most: int, is_past: Callable[[T, Since], bool], read: Callable[..., Any] | None = None
    ) -> None:
        """`most` is of the weight of all; `is_past` says whether entries may have changed one;
        `read` is what gave it, by its key."""
        self.most, self.is_past, self.read = most, is_past, read

    async def now(self) -> "Known[K, T]":
        """What is known, and true of the record as it ends now."""
        client = get_connection(CONNECTION)
        if isinstance(client, TransactionalDBClient):
            return Known(Bounded(0), Memory(), "")
        memory = _memories.setdefault(client, Memory())
        seen = _seen()
        end = seen or await _end(client)
        if end[1] != memory.root:
            # An older look than the memory's, or an answer that came late, is no other record.
            anew = seen or end[0] < memory.size
            await memory.follow(*(await _end(client) if anew else end))
        return Known(memory.of(self), memory, memory.root)


@dataclass(frozen=True)
class Known(Generic[K, T]):
    """What is known of one kind, to somebody who asked while the record ended with `root`."""

    values: Bounded[K, T]
    memory: "Memory"
    root: str

    def get(self, key: K) -> T | None:
        return self.values.get(key)

    def keep(self, key: K, value: T, weight: int = 1) -> None:
        """What was read meanwhile; not if an entry came between."""
        if self.memory.root == self.root:
            self.values.put(key, value, weight)


class Memory:
    """What was read of one database while its record ended where it ends."""

    def __init__(self) -> None:
        self.size, self.root, self._leaf = 0, "", ""
        self._kept: dict[Kind[Any, Any], Bounded[Any, Any]] = {}

    def of(self, kind: Kind[K, T]) -> Bounded[K, T]:
        return self._kept.setdefault(kind, Bounded(kind.most))

    async def follow(self, size: int, root: str) -> None:
        """Forget what the entries since may have changed."""
        while root != self.root:
            was, start = self.root, max(self.size - 1, 0)  # from the last one that was known
            rows = await _entries(start, size)
            if self.root == was:
                self._forget(self._since(rows, size - start))
                self.size, self.root = size, root
                self._leaf = rows[-1]["leaf"] if rows and rows[-1]["n"] == size - 1 else ""
            elif size <= self.size:  # another reader has followed meanwhile, and further
                return

    def _since(self, rows: Sequence[Any], expected: int) -> Since:
        # Of as many entries and with another root it is another record, whatever its last one is.
        same = len(rows) == expected > 1 and rows[0]["leaf"] == self._leaf
        return Since([(row["type"], row["topic"]) for row in rows[1:]] if same else None)

    def _forget(self, since: Since) -> None:
        for kind, kept in self._kept.items():
            kept.drop_where(partial(_is_past, kind, since))


def _is_past(kind: Kind[Any, T], since: Since, value: T) -> bool:
    return kind.is_past(value, since)


_memories: WeakKeyDictionary[BaseDBAsyncClient, Memory] = WeakKeyDictionary()


def remembered(
    *, answers: bool = False
) -> Callable[[Callable[P, Awaitable[T]]], Callable[P, Awaitable[T]]]:
    """A reading of the record alone: by no clock, and for whom is said by its arguments.

    `answers`: whether it tells of answers to questions, or of their entries; what does not is kept
    through an afternoon of them. It is kept for so many arguments as there is room for: a stranger
    chooses many of them, and a page of decisions may hold the whole text of each.
    """

    def kept(read: Callable[P, Awaitable[T]]) -> Callable[P, Awaitable[T]]:
        def is_past(_: tuple[T], since: Since) -> bool:
            return answers or not since.is_answers

        kind: Kind[Hashable, tuple[T]] = Kind(ROOM, is_past, read)

        @wraps(read)
        async def asked(*args: P.args, **kwargs: P.kwargs) -> T:
            known, key = await kind.now(), (args, *sorted(kwargs.items()))
            if (found := known.get(key)) is None:
                found = (await read(*args, **kwargs),)
                known.keep(key, found, size_of(key, found, most=ROOM))
            return found[0]

        return asked

    return kept


def forget() -> None:
    """Everything: what was changed behind the door, nobody can know of."""
    _memories.clear()


@dataclass
class Look:
    """What somebody has seen of the record, when this process had written so often."""

    turn: int = -1
    end: tuple[int, str] = (0, "")


_look: ContextVar[Look | None] = ContextVar("look", default=None)


@contextmanager
def one_look() -> Iterator[None]:
    """Whoever asks meanwhile has the head asked once, and again after what this process writes."""
    token = _look.set(Look())
    try:
        yield
    finally:
        _look.reset(token)


def _seen() -> tuple[int, str] | None:
    """What was seen in the same look, if this process has not written since."""
    look = _look.get()
    return look.end if look and look.turn == rung() else None


async def _end(client: BaseDBAsyncClient) -> tuple[int, str]:
    """Size and root of the record."""
    look, turn = _look.get(), rung()
    (row,) = await client.execute_query_dict(_HEAD)
    if look:
        look.turn, look.end = turn, (row["size"], row["root"])
    return row["size"], row["root"]


async def _entries(start: int, size: int) -> list[Any]:
    """What the record says from one entry on; nothing where that is too much to look at."""
    if size - start > MANY:
        start = size - 1
    numbers = Entry.filter(n__gte=start, n__lt=size).order_by("n")
    return [*await numbers.values("n", "leaf", "type", "topic")]
