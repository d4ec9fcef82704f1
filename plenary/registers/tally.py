"""How many decisions the register holds of each kind, counted on as they come."""

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from tortoise.backends.base.client import BaseDBAsyncClient, TransactionalDBClient
from tortoise.connection import get_connection
from tortoise.functions import Count

from plenary.db.config import CONNECTION
from plenary.decisions.reading import registered


@dataclass
class Tally:
    """How many there are of each kind. None goes away, and none changes in what is counted here;
    the door lets in one at a time, so that none comes before another of a higher id: they are
    counted on from the last that was."""

    last: int = 0  # id
    total: int = 0
    years: Counter[int] = field(default_factory=Counter)  # a decision may be of two
    outcomes: set[str] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    registers: set[str] = field(default_factory=set)

    async def count_on(self) -> "Tally":
        """A new one where something came; only those are read."""
        newest: Any = await registered().order_by("-id").first().values_list("id", flat=True)
        if (newest or 0) == self.last:
            return self
        if (newest or 0) < self.last:  # another register: one that was a moment behind
            return await Tally().count_on()
        new = registered().filter(id__gt=self.last, id__lte=newest)
        columns = ("year", "date", "outcome", "body_id", "register")
        counted = deepcopy(self)
        counted.last = int(newest)
        kinds = new.annotate(n=Count("id")).group_by(*columns).values_list(*columns, "n")
        for year, date, outcome, body, register, n in await kinds:
            counted.total += n
            counted.years.update(dict.fromkeys({int(year), int(date[:4])}, int(n)))
            counted.outcomes.add(outcome)
            counted.registers.add(register)
            counted.bodies |= {body} - {None}
        return counted


_tallies: WeakKeyDictionary[BaseDBAsyncClient, Tally] = WeakKeyDictionary()


async def tally() -> Tally:
    """Of the database that is connected, as it is now."""
    client = get_connection(CONNECTION)
    if isinstance(client, TransactionalDBClient):
        return await Tally().count_on()
    kept = _tallies[client] = await _tallies.setdefault(client, Tally()).count_on()
    return kept
