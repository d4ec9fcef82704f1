"""The door with its lock taken out, to see the races go wrong. Lives in a racing process only.

`lock`: nobody locks the head first; SQLite begins deferred, as stock Tortoise does. What still
stands between two writers is the head's compare-and-swap.
`order`: moreover the head is taken only at writing and the entries numbered then, as in an
application that checks first and locks later. The compare-and-swap then has nothing to compare.
"""

from plenary.db.immediate import ImmediateWrapper, translated
from plenary.record import act, tree
from plenary.record.entry import entry_bytes, read_entry
from plenary.record.models import Head


def take_out(what: str) -> None:
    act.lock_head = _read_head
    ImmediateWrapper.begin = _begin_deferred  # type: ignore[method-assign]
    if what == "order":
        act.Record._write = _write_late  # type: ignore[method-assign]


async def _read_head() -> Head:
    return await Head.get(id=1)


async def _begin_deferred(self: ImmediateWrapper) -> None:
    with translated():
        await self._connection.execute("BEGIN")


_write = act.Record._write


async def _write_late(self: act.Record) -> None:
    head = await Head.select_for_update().get(id=1)
    self._start = self._size = head.size
    self._peaks, self._nodes = tuple(bytes.fromhex(peak) for peak in head.peaks), []
    for entry in self._entries:
        entry.n = self._size
        entry.written = entry_bytes(read_entry(entry.written) | {"n": entry.n})
        leaf = tree.leaf_hash(entry.written)
        entry.leaf = leaf.hex()
        self._peaks, nodes = tree.append(self._size, self._peaks, leaf)
        self._nodes += nodes
        self._size += 1
    await _write(self)
