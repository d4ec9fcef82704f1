"""The budget that Markdown has for a text: how much of it may be looked at how often. Pure.

Markdown is superlinear in places: after a heading, a rule or an item it looks at the whole rest of
the block again. So its work is counted, in characters looked at, before it is done. The count is
of the text alone: a busy machine prints the same as an idle one. Measured: all that a text may
spend takes about five times as long as an ordinary text of its length.
"""

import re
from collections import Counter
from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockProcessor


class TooMuchWork(Exception):
    """A text that Markdown would look at over and over again."""


FAIR = 30  # times that Markdown may look at each character, before it is too much
AT_LEAST = 40_000  # are never too much: short texts may be dense
A_PIECE, A_CELL = 150, 25  # what a block or an item, or a cell, costs however short it is
A_MARK = 70  # what a mark between words costs
_NOTE = re.compile(r"\[\^[^\s\[\]]+\]")


class Meter(BlockProcessor):
    """Stands before every processor of blocks and counts what they are about to look at."""

    def begin(self, text: str) -> None:
        """Each call of a note is numbered by trying every call before it, and every note."""
        calls = Counter(_NOTE.findall(text))
        self._left = AT_LEAST + FAIR * len(text)
        self._spend(10 * sum(count * count for count in calls.values()))
        self._spend(calls.total() * len(calls) // 2)
        # What stands between two marks is taken out of the whole paragraph, which is copied.
        self._spend((A_MARK + len(text) // 400) * sum(map(text.count, "*_\\[")))

    def test(self, parent: Element, block: str) -> bool:
        self._spend(A_PIECE + len(block))
        if "|" in block:
            self._spend(A_CELL * _cells(block))
        return False

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return False

    def _spend(self, work: int) -> None:
        self._left -= work
        if self._left < 0:
            raise TooMuchWork


def _cells(block: str) -> int:
    """The cells of a table, which has as many in each row as in its header.

    A row is split at its bars by trying each of them, and each tick, at every tick.
    """
    lines = block.split("\n")
    ticks = [(line.count("`"), line.count("|")) for line in lines]
    tried = sum(mark * (mark + bar) for mark, bar in ticks) // 300
    return len(lines) * (1 + lines[0].count("|")) + sum(bar for _, bar in ticks) + tried
