"""The newest lines of the log, for the first page: told on from what they were.

Each answer makes that page anew, and one line may tell of two thousand of an hour. So it is kept
which entries each line tells of, and only those that came since are read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from plenary.bodies.viewers import Viewer
from plenary.disclosure.veils import veils_over
from plenary.front.changes import READ_AT_ONCE, READ_IN_ALL, Change, place_among, placed, told
from plenary.front.log import entries_of, entries_since
from plenary.record.models import Entry
from plenary.record.remembered import Kind, Since

MOST = 100_000  # of what is kept, by its weight
EACH = 50  # weighs a line, beside the entries that it tells of


@dataclass(frozen=True)
class Line:
    change: Change  # the newest that it tells of
    entries: tuple[int, ...]  # all of them, newest first


@dataclass(frozen=True)
class Recent:
    """The newest lines while the record holds so many entries."""

    changes: tuple[Change, ...] = ()  # as they are shown
    lines: tuple[Line, ...] = ()
    size: int = 0
    full: bool = False  # something older found no place among them

    @property
    def told(self) -> int:
        return sum(len(line.entries) for line in self.lines)


def _is_past(_: Recent, since: Since) -> bool:
    """An answer is told of above what was told before; any other act may change how that is."""
    return not since.is_answers


_RECENT: Kind[tuple[Viewer, int], Recent] = Kind(MOST, _is_past)


async def recent_changes(viewer: Viewer, limit: int = 10) -> Sequence[Change]:
    """So many lines, the same that the log begins with."""
    known = await _RECENT.now()
    size, recent = known.memory.size, known.get((viewer, limit))
    if recent is None or recent.size < size:
        recent = await _told_on(viewer, limit, recent, size)
        counted = [replace(line.change, count=len(line.entries)) for line in recent.lines]
        recent = replace(recent, changes=tuple(await placed(counted)))
        known.keep((viewer, limit), recent, recent.told + EACH * len(recent.lines))
    return recent.changes


async def _told_on(viewer: Viewer, limit: int, before: Recent | None, size: int) -> Recent:
    entries = await entries_since(before.size, READ_AT_ONCE) if before else []
    if before is None or len(entries) == READ_AT_ONCE:
        return await _told_anew(viewer, limit, size)
    newer = await _lines(viewer, entries)
    return replace(_folded([*newer, *before.lines], limit), size=_end(entries, size))


async def _told_anew(viewer: Viewer, limit: int, size: int) -> Recent:
    """From the end backwards, until something finds no place."""
    found, read, most, before = Recent(), 0, min(limit * 4, READ_AT_ONCE), None
    while True:
        entries = await entries_of("", before, most)
        size, read = size if read else _end(entries, size), read + len(entries)
        found = _folded([*found.lines, *await _lines(viewer, entries)], limit)
        if found.full or len(entries) < most or read >= READ_IN_ALL:
            return replace(found, size=size)
        before, most = entries[-1].n, min(most * 4, READ_AT_ONCE)


def _end(entries: Sequence[Entry], size: int) -> int:
    """How far it is told: what came while it was read is told too."""
    return max(size, entries[0].n + 1) if entries else size


async def _lines(viewer: Viewer, entries: Sequence[Entry]) -> list[Line]:
    veils = await veils_over(viewer, entries)
    return [Line(change, (change.n,)) for change in told(entries, veils, passed_on=False)]


def _folded(lines: Iterable[Line], limit: int) -> Recent:
    """Newest first, those alike as one; nothing older than the first that finds no place, and no
    more than is read for one page."""
    changes: list[Change] = []
    entries: list[list[int]] = []
    oldest = -1
    for line in lines:
        if (place := place_among(changes, line.change)) is not None:
            entries[place] += line.entries
        elif len(changes) < limit:
            changes.append(line.change)
            entries.append([*line.entries])
        else:
            oldest = line.entries[0] + 1
            break
    numbers = sorted((n for together in entries for n in together), reverse=True)
    first = max([oldest, *numbers[READ_IN_ALL - 1 : READ_IN_ALL]])
    kept = (tuple(n for n in together if n >= first) for together in entries)
    found = (
        Line(change, told_of) for change, told_of in zip(changes, kept, strict=True) if told_of
    )
    return Recent(lines=tuple(found), full=oldest >= 0)
