"""One entry of the record with everything that proves it is there."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from plenary.bodies.viewers import Viewer
from plenary.disclosure.veils import veils_over
from plenary.record import acts, tree
from plenary.record.entry import read_entry, read_payload
from plenary.record.entry_types import EntryType
from plenary.record.models import Entry, Head, Node, Payload, Redaction
from plenary.refusal import Missing


@dataclass(frozen=True)
class Proof:
    """That a leaf is under a root: RFC 9162 §2.1.3."""

    n: int
    leaf: str
    size: int
    root: str
    path: tuple[str, ...]


@dataclass(frozen=True)
class ShownEntry:
    """An entry to one reader; what is closed to them is not in it."""

    n: int
    entry: Entry
    closed: bool
    day: date  # all that is told of when a hidden act happened
    facts: Mapping[str, Any]
    written: str
    payload: str
    salt: str
    proof: Proof
    removed: str = ""  # the mark of the order that took its payload away
    order: int | None = None  # the entry that ordered it

    @property
    def act(self) -> EntryType:
        """What is known of its type."""
        return acts.of(self.entry.type)

    @property
    def told(self) -> Mapping[str, Any]:
        """What the payload holds; a name it lacks is an empty text, one removed says so."""
        if self.removed:
            return defaultdict(lambda: self.removed)
        return defaultdict(str, read_payload(self.payload.encode())) if self.payload else {}


async def shown(viewer: Viewer, n: int, *, passed_on: bool = False) -> ShownEntry:
    """An entry with its proof; `passed_on`: for a file, that names its reader and nobody else."""
    entry = await Entry.get_or_none(n=n)
    if entry is None:
        raise Missing("unknown_entry", n=n)
    veils = await veils_over(viewer, [entry])
    closed = veils.keeps(entry) and not veils.own(entry) if passed_on else veils.hides(entry)
    kept = None
    if entry.payload and not closed and not veils.hides_payload(entry):
        kept = await Payload.get_or_none(commitment=entry.payload)
    gone = await Redaction.get_or_none(entry=n) if entry.payload and not closed else None
    return ShownEntry(
        n=n,
        entry=entry,
        closed=closed,
        day=veils.day(entry),
        facts={} if closed else read_entry(bytes(entry.written)),
        written="" if closed else bytes(entry.written).decode(),
        payload=bytes(kept.content).decode() if kept else "",
        salt=bytes(kept.salt).hex() if kept else "",
        proof=await prove(entry),
        removed=gone.mark if gone else "",
        order=gone.order if gone else None,
    )


async def prove(entry: Entry) -> Proof:
    """The inclusion path of an entry in the record as it is now."""
    head = await Head.get(id=1)
    path = await path_of(entry.n, head.size)
    return Proof(entry.n, entry.leaf, head.size, head.root, tuple(step.hex() for step in path))


async def path_of(n: int, size: int) -> list[bytes]:
    """The inclusion path of an entry in the record as it was when it had so many."""
    asked: list[tuple[int, int]] = []

    def ask(level: int, place: int) -> bytes:
        asked.append((level, place))
        return tree.EMPTY

    tree.inclusion_path(n, size, ask)
    rows = await Node.filter(
        level__in=sorted({level for level, _ in asked}) or [0],
        place__in=sorted({place for _, place in asked}) or [0],
    ).values_list("level", "place", "hash")
    known = {(int(level), int(place)): bytes.fromhex(str(text)) for level, place, text in rows}
    return tree.inclusion_path(n, size, lambda level, place: known[level, place])
