"""The one door: lock, load, decide, write, append, commit.

Nothing on the record is written elsewhere.

A request may be cancelled at any await, and a transaction torn there leaks its connection or its
lock (Tortoise 1.1.9). So an action is marked `@door` and runs in a task of its own, which nobody
cancels; `act` refuses to open outside such a task.
"""

import asyncio
import functools
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar

from tortoise.transactions import in_transaction

from plenary import clock
from plenary.record import tree
from plenary.record.entry import (
    FORMAT,
    Fact,
    commitment,
    entry_bytes,
    instant,
    payload_bytes,
)
from plenary.record.models import Entry, Head, Node, Payload, Receipt

P = ParamSpec("P")
T = TypeVar("T")

ALPHABET = (
    "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: a receipt is read out on the telephone
)
_inside: set[asyncio.Task[Any]] = set()


class Torn(RuntimeError):
    """The head moved under a writer that held its lock: nothing of the act is kept."""


class Record:
    """What an action holds while the door is open."""

    def __init__(self, by: str, head: Head) -> None:
        self.by = by
        self.now: datetime = max(clock.now(), head.at)  # time on the record never goes back
        self._start = self._size = head.size
        self._peaks = tuple(bytes.fromhex(peak) for peak in head.peaks)
        self._nodes: list[tree.Node] = []
        self._entries: list[Entry] = []
        self._payloads: list[Payload] = []

    def append(
        self,
        type: str,
        topic: str,
        *,
        payload: Mapping[str, object] | None = None,
        veil: str = "",
        **facts: Fact,
    ) -> int:
        """Put one entry on the record; returns its number. Free text and names: `payload`."""
        n = self._size
        # What is veiled has a salt in any case: else its leaf could be found by trying.
        bound = self._seal(payload or {}) if payload or veil else ""
        written = entry_bytes(
            facts  # which may not stand in the place of what the door itself says
            | {"actor": self.by, "at": instant(self.now), "n": n, "topic": topic, "type": type}
            | {"v": FORMAT}
            | ({"payload": bound} if bound else {})
        )
        leaf = tree.leaf_hash(written)
        self._peaks, nodes = tree.append(n, self._peaks, leaf)
        self._nodes += nodes
        self._entries.append(
            Entry(
                n=n,
                written=written,
                leaf=leaf.hex(),
                type=type,
                topic=topic,
                actor=self.by,
                at=self.now,
                payload=bound,
                veil=veil,
            )
        )
        self._size += 1
        return n

    async def receipt(self, entry: int, *, topic: str, path: str, key: str = "") -> Receipt:
        """Give a receipt for an entry; sent again with the same `key`, it is answered the same."""
        return await Receipt.create(
            code=_code(), entry=entry, key=self._digest(key), topic=topic, path=path
        )

    async def already(self, key: str) -> Receipt | None:
        """The receipt that this sender's key was answered with before, if it was."""
        return await Receipt.get_or_none(key=self._digest(key)) if key else None

    def _digest(self, key: str) -> str | None:
        return sha256(f"{self.by}\n{key}".encode()).hexdigest() if key else None

    def _seal(self, content: Mapping[str, object]) -> str:
        salt, written = secrets.token_bytes(32), payload_bytes(content)
        bound = commitment(salt, written)
        self._payloads.append(Payload(commitment=bound, salt=salt, content=written))
        return bound

    async def _write(self) -> None:
        if not self._entries:
            return
        await Entry.bulk_create(self._entries)
        await Payload.bulk_create(self._payloads)
        await Node.bulk_create(
            [Node(level=level, place=place, hash=one.hex()) for level, place, one in self._nodes]
        )
        moved = await Head.filter(id=1, size=self._start).update(
            size=self._size,
            root=tree.root_of(self._peaks).hex(),
            peaks=[peak.hex() for peak in self._peaks],
            at=self.now,
        )
        if moved != 1:
            raise Torn("the head moved while it was locked")


@asynccontextmanager
async def act(*, by: str) -> AsyncIterator[Record]:
    """Open the door in the name of `by` (delegation:AO, chair:plenary, secretariat, system).

    Everything inside is one transaction that begins by locking the head; check there, never before.
    """
    if asyncio.current_task() not in _inside:
        raise RuntimeError("the door opens only inside an action marked @door")
    async with in_transaction():
        record = Record(by, await lock_head())
        yield record
        await record._write()


async def lock_head() -> Head:
    """PostgreSQL locks the row; SQLite has begun IMMEDIATE and holds its one write lock already."""
    return await Head.select_for_update().get(id=1)


def door(action: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Awaitable[T]]:
    """Run an action in a task that a cancelled request cannot cancel."""

    @functools.wraps(action)
    async def shielded(*args: P.args, **kwargs: P.kwargs) -> T:
        task = asyncio.create_task(action(*args, **kwargs))
        _inside.add(task)
        task.add_done_callback(_leave)
        return await asyncio.shield(task)

    return shielded


async def drain() -> None:
    """Wait for every action still under way; called before the database is closed."""
    while _inside:
        await asyncio.gather(*_inside, return_exceptions=True)


def _leave(task: asyncio.Task[Any]) -> None:
    _inside.discard(task)
    if not task.cancelled():
        task.exception()  # whoever asked may be gone; the refusal was theirs alone


def _code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return "-".join(letters[i : i + 2] for i in range(0, 8, 2))
