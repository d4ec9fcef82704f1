"""Equal runs of two sequences, as difflib finds them, within a budget of work. Pure.

difflib looks for the longest run, then for the longest before it and after it, and so on: of a
text made for it, or of two thousand equal clauses, it makes hours of work. Here each search is
paid for before it is begun, in comparisons; what is left when the budget is spent counts as
changed, which is always true and only less fine. What it finds depends on nothing but the two
sequences.
"""

from collections.abc import Callable, Hashable, Sequence
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


class Matcher(SequenceMatcher[T]):
    """`budget` counts comparisons; `junk` names the elements that anchor nothing."""

    def __init__(
        self,
        a: Sequence[T],
        b: Sequence[T],
        budget: int,
        junk: Callable[[T], bool] | None = None,
    ) -> None:
        super().__init__(junk, a, b, autojunk=False)
        homes: dict[T, list[int]] = self.b2j  # type: ignore[attr-defined]
        self._paid = [0, *accumulate(1 + len(homes.get(element, ())) for element in a)]
        self._length, self._left = len(a), budget

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        """The longest run of both, or none where looking for it costs more than is left."""
        ahi = self._length if ahi is None else ahi
        self._left -= self._paid[ahi] - self._paid[alo]
        if self._left < 0:
            return Match(alo, blo, 0)
        return super().find_longest_match(alo, ahi, blo, bhi)
