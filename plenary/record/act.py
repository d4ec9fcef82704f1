"""The one door: lock, load, decide, write, append, commit.

Nothing on the record is written elsewhere.

A request may be cancelled at any await, and a transaction torn there leaks its connection or its
lock (Tortoise 1.1.9). So an action is marked `@door` and runs in a task of its own, which nobody
cancels; `act` refuses to open outside such a task. Where its form has a key it is marked `@once`.
"""

import asyncio
import functools
import inspect
import json
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime
from hashlib import sha256
from typing import Any, ParamSpec, TypeVar

from tortoise.transactions import in_transaction

from plenary import clock
from plenary.db.patience import of_its_own
from plenary.db.prepared import Prepared, PreparedUpdate
from plenary.record import acts, tree
from plenary.record.bell import ringing
from plenary.record.entry import (
    FORMAT,
    LIMIT,
    Fact,
    Listed,
    TooLong,
    bound_to,
    commitment,
    entry_bytes,
    instant,
    payload_bytes,
)
from plenary.record.models import Entry, Head, Node, Payload, Receipt
from plenary.record.pace import bar_to_write, paces
from plenary.record.sent import Sent, sent
from plenary.record.under_way import acts_under_way
from plenary.record.writing import noted
from plenary.refusal import Refused, refuse

P = ParamSpec("P")
T = TypeVar("T")

ALPHABET = (
    "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: a receipt is read out on the telephone
)
_inside: dict[asyncio.Task[Any], Sent | None] = {}  # each with what its form sent
_rehearsed: ContextVar[bool] = ContextVar("rehearsed", default=False)
# What every act asks, and the one change that every act ends with.
_HEAD = Prepared(lambda row: Head.select_for_update().filter(id=row))
_MOVE = PreparedUpdate(
    lambda start, size, root, peaks, at: Head.filter(id=1, size=start).update(
        size=size, root=root, peaks=peaks, at=at
    )
)
_ANSWERED = Prepared(lambda key: Receipt.filter(key=key))


class Torn(RuntimeError):
    """The head moved under a writer that held its lock: nothing of the act is kept."""


class Uncatalogued(RuntimeError):
    """An act that the catalogue of entry types does not know, or not so: a mistake of ours."""


class Undone(Exception):
    """A rehearsal is over: nothing of it is kept."""


class Answered(Exception):
    """The same was sent before: whoever sent it is answered with the receipt of then."""

    def __init__(self, receipt: Receipt) -> None:
        super().__init__(receipt.code)
        self.receipt = receipt


class Record:
    """What an action holds while the door is open."""

    def __init__(self, by: str, head: Head, sent: Sent | None = None) -> None:
        self.by, self._sent = by, sent
        self.before: datetime = head.at
        self.now: datetime = max(clock.now(), head.at)  # time on the record never goes back
        self._start = self._size = head.size
        self._peaks = tuple(bytes.fromhex(peak) for peak in head.peaks)
        self._nodes: list[tree.Node] = []
        self._entries: list[Entry] = []
        self._payloads: list[Payload] = []

    @property
    def next(self) -> int:
        """The number that the next entry will have: a veil may name it."""
        return self._size

    def append(
        self,
        type: str,
        topic: str,
        lists: Mapping[str, Listed] | None = None,
        /,
        *,
        payload: Mapping[str, object] | None = None,
        veil: str = "",
        **facts: Fact,
    ) -> int:
        """Put one entry on the record; returns its number. Free text and names: `payload`.

        `lists`: what can grow. The entry holds a digest and a count of each, the payload the whole.
        """
        if fault := acts.fault_of(type, payload=bool(payload or lists), veil=veil):
            raise Uncatalogued(fault)
        n = self._size
        if lists:
            facts, payload = facts | bound_to(lists), {**(payload or {}), **lists}
        # What is veiled has a salt in any case: else its leaf could be found by trying.
        bound = self._seal(payload or {}) if payload or veil else ""
        written = _written(
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

    @contextmanager
    def signed(self, by: str) -> Iterator[None]:
        """What is appended meanwhile is signed by another: `system`, for what a clock decided."""
        before, self.by = self.by, by
        try:
            yield
        finally:
            self.by = before

    async def receipt(self, entry: int, *, topic: str, path: str) -> Receipt:
        """Give a receipt for an entry. The first of an act spends the key of its form."""
        kind = self._entries[entry - self._start].type
        if not acts.of(kind).receipt:
            raise Uncatalogued(f"{kind} gives no receipt by its row in plenary/record/acts.py")
        spent, self._sent = self._sent, None
        return await Receipt.create(
            code=_code(),
            entry=entry,
            topic=topic,
            path=path,
            key=self._digest(spent.key) if spent and spent.key else None,
            content=spent.content if spent and spent.key else "",
        )

    async def already(self) -> Receipt | None:
        """The receipt that this sender's key was answered with, if the same was sent before.

        Refused("key_used") where it stood for other words: nothing said vanishes behind a receipt.
        """
        if self._sent is None or not self._sent.key:
            return None
        receipt = await _ANSWERED.first(self._digest(self._sent.key))
        if receipt is not None and receipt.content != self._sent.content:
            raise Refused("key_used", receipt=receipt.code)
        return receipt

    def _digest(self, key: str) -> str:
        return sha256(f"{self.by}\n{key}".encode()).hexdigest()

    def _seal(self, content: Mapping[str, object]) -> str:
        salt, written = secrets.token_bytes(32), payload_bytes(content)
        bound = commitment(salt, written)
        self._payloads.append(Payload(commitment=bound, salt=salt, content=written))
        return bound

    async def _write(self) -> None:
        if not self._entries:
            return
        await self._pace()
        await Entry.bulk_create(self._entries)
        await Payload.bulk_create(self._payloads)
        await Node.bulk_create(
            [
                Node(level=level, place=place, hash=digest.hex())
                for level, place, digest in self._nodes
            ]
        )
        peaks = json.dumps([peak.hex() for peak in self._peaks])
        root = tree.root_of(self._peaks).hex()
        moved = await _MOVE.do(self._start, self._size, root, peaks, self.now)
        if moved != 1:
            raise Torn("the head moved while it was locked")

    async def _pace(self) -> None:
        """TooMany where whoever acts has done so much of it that it has to wait."""
        for kind, actor in dict.fromkeys((entry.type, entry.actor) for entry in self._entries):
            for most, within in paces(kind, actor):
                before = await _so_many_ago(most).first(actor, kind)
                refuse(bar_to_write(before.at if before else None, within, self.now))


@functools.cache
def _so_many_ago(most: int) -> Prepared[Entry]:
    """The act of one kind, by one of them, since which there were so many, itself counted."""
    return Prepared(
        lambda actor, kind: (
            Entry.filter(actor=actor, type=kind).order_by("-n").offset(most - 1).limit(1)
        )
    )


def _written(facts: Mapping[str, Fact]) -> bytes:
    try:
        return entry_bytes(facts)
    except TooLong as error:  # every list has a bound of its own; this one is the last
        raise Refused("more_than_an_entry_holds", size=error.size, most=LIMIT) from error


Due = Callable[[Record], Awaitable[None]]
_first: list[tuple[Due, ...]] = []  # empty until the door was told


def hand_over(*first: Due) -> None:
    """Say what is done whenever the door opens, before the act itself; it stays shut until then.

    What the clock has decided (a silence that ran out) must stand on the record before anything
    that came after it, whichever process gets there first.
    """
    _first[:] = [first]


@asynccontextmanager
async def act(*, by: str) -> AsyncIterator[Record]:
    """Open the door in the name of `by` (delegation:AO, chair:plenary, secretariat, system).

    Everything inside is one transaction that begins by locking the head; check there, never before.
    """
    task = asyncio.current_task()
    if task is None or task not in _inside:
        raise RuntimeError("the door opens only inside an action marked @door or @once")
    if not _first:
        raise RuntimeError("the door was not told what comes first: call plenary.hooks.wire()")
    with suppress(Undone), noted(), ringing() as bell:
        async with in_transaction():
            record = Record(by, await lock_head(), _inside[task])
            if again := await record.already():
                raise Answered(again)
            for due in _first[0]:
                await due(record)
            yield record
            await record._write()
            if _rehearsed.get():
                raise Undone
            bell.due = True


@contextmanager
def rehearsal() -> Iterator[None]:
    """What is done meanwhile is undone at once: whether the rules allow it, and what would come.

    The first of two presses asks this, so that no check page promises what the act refuses.
    """
    before = _rehearsed.set(True)
    try:
        yield
    finally:
        _rehearsed.reset(before)


async def lock_head() -> Head:
    """PostgreSQL locks the row; SQLite has begun IMMEDIATE and holds its one write lock already."""
    head = await _HEAD.first(1)
    assert head is not None  # the first migration laid it
    return head


def door(action: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Awaitable[T]]:
    """Run an action in a task that a cancelled request cannot cancel."""

    @functools.wraps(action)
    async def shielded(*args: P.args, **kwargs: P.kwargs) -> T:
        return await _shielded(action(*args, **kwargs))

    return shielded


def once(
    answer: Callable[[Receipt], Awaitable[T]], *, natural: bool = False
) -> Callable[[Callable[P, Coroutine[Any, Any, T]]], Callable[P, Awaitable[T]]]:
    """A door for a form with a key: what is sent twice is one act, answered twice.

    `answer` finds from the receipt what the act came to. Refused("key_used") where the key was
    sent with other words. `natural`: the form has no key; the same content is always one act.
    """

    def marked(action: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, Awaitable[T]]:
        signature = inspect.signature(action)

        @functools.wraps(action)
        async def shielded(*args: P.args, **kwargs: P.kwargs) -> T:
            called = signature.bind(*args, **kwargs)
            called.apply_defaults()
            form = sent(action.__name__, called.arguments, natural=natural)
            try:
                return await _shielded(action(*args, **kwargs), form)
            except Answered as before:
                return await answer(before.receipt)

        return shielded

    return marked


async def its_receipt(receipt: Receipt) -> Receipt:
    """The answer of an act that is answered with its receipt."""
    return receipt


async def its_entry(receipt: Receipt) -> int:
    """The answer of an act that is answered with the number of its entry."""
    return receipt.entry


async def its_nothing(_: Receipt) -> None:
    """The answer of an act that comes to nothing but itself."""


async def _shielded(action: Coroutine[Any, Any, T], sent: Sent | None = None) -> T:
    task = asyncio.create_task(action)
    _inside[task] = sent
    acts_under_way.add(task)
    task.add_done_callback(_leave)
    return await asyncio.shield(task)


def aside(work: Coroutine[Any, Any, object]) -> None:
    """Do it beside what is answered now, which does not wait for it; what fails is let go."""
    with of_its_own():
        task = asyncio.create_task(work)
    _inside[task] = None
    task.add_done_callback(_leave)


async def drain() -> None:
    """Wait for every action still under way; called before the database is closed."""
    while _inside:
        await asyncio.gather(*_inside, return_exceptions=True)


def _leave(task: asyncio.Task[Any]) -> None:
    _inside.pop(task, None)
    if not task.cancelled():
        task.exception()  # whoever asked may be gone; the refusal was theirs alone


def _code() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return "-".join(letters[i : i + 2] for i in range(0, 8, 2))
