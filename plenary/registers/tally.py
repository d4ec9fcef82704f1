"""How many decisions the register holds of each kind, counted on as they come."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any
from weakref import WeakKeyDictionary

from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient
from tortoise.connection import get_connection
from tortoise.functions import Count

from plenary.db.config import CONNECTION
from plenary.decisions.reading import registered


@dataclass(frozen=True)
class Dates:
    """How many decisions there are of each date: where in their order a page of them begins."""

    counts: Mapping[str, int]

    @cached_property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def _newest_first(self) -> list[str]:
        return sorted(self.counts, reverse=True)

    @cached_property
    def _before(self) -> list[int]:
        """How many are of later dates than each."""
        return [0, *accumulate(self.counts[date] for date in self._newest_first)][:-1]

    def at(self, place: int) -> tuple[str, int]:
        """The date of the one that so many stand before, and how many of its own date do."""
        found = bisect_right(self._before, place) - 1
        return self._newest_first[found], place - self._before[found]


@dataclass(frozen=True)
class Tally:
    """How many there are of each kind. None goes away, and none changes in what is counted here;
    the door lets in one at a time, so that none comes before another of a higher id: they are
    counted on from the last that was."""

    last: int = 0  # id
    years: Counter[int] = field(default_factory=Counter)  # a decision may be of two
    outcomes: frozenset[str] = frozenset()
    bodies: frozenset[int] = frozenset()
    registers: frozenset[str] = frozenset()
    dates: Dates = field(default_factory=lambda: Dates({}))

    @property
    def total(self) -> int:
        return self.dates.total

    async def count_on(self) -> "Tally":
        """A new one where something came; only those are read."""
        newest: Any = await registered().order_by("-id").first().values_list("id", flat=True)
        if (newest or 0) == self.last:
            return self
        if (newest or 0) < self.last:  # another register: one that was a moment behind
            return await Tally().count_on()
        new = registered().filter(id__gt=self.last, id__lte=newest)
        columns = ("year", "date", "outcome", "body_id", "register")
        kinds = new.annotate(n=Count("id")).group_by(*columns).values_list(*columns, "n")
        rows, years, dates = await kinds, Counter(self.years), Counter(self.dates.counts)
        for year, date, *_, n in rows:
            years.update(dict.fromkeys({int(year), int(date[:4])}, int(n)))
            dates[date] += n
        return Tally(
            int(newest),
            years,
            self.outcomes | {outcome for _, _, outcome, *_ in rows},
            self.bodies | {body for *_, body, _, _ in rows if body is not None},
            self.registers | {register for *_, register, _ in rows},
            Dates(dates),
        )


_tallies: WeakKeyDictionary[BaseDBAsyncClient, Tally] = WeakKeyDictionary()


async def tally() -> Tally:
    """Of the database that is connected, as it is now."""
    client = get_connection(CONNECTION)
    if isinstance(client, TransactionalDBClient):
        return await Tally().count_on()
    kept = _tallies[client] = await _tallies.setdefault(client, Tally()).count_on()
    return kept
