"""Notice: the least time between a text before everyone on the roll and the gavel. Pure.

notice     {"sitting": {"hours": 1}, "outside": {"hours": 24}}: the text was circulated so long
           before, in a sitting; outside one the question was put so long before, too
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Self

from plenary.procedures.deadlines import MOST_LENGTH

# What a procedure has that says nothing of it. Those that were adopted before there was such a term
# have none, and questions that were put under them keep their own.
USUAL: Mapping[str, Mapping[str, int]] = {"sitting": {"hours": 1}, "outside": {"hours": 24}}


@dataclass(frozen=True)
class Notice:
    """Two figures: in a sitting, which the Chair may waive, and outside one, which nobody may."""

    sitting: timedelta
    outside: timedelta

    @classmethod
    def read(cls, data: object) -> Self:
        """From a body's rule; what it does not say is as usual. ValueError for no such thing."""
        if not isinstance(data, Mapping) or not set(data) <= set(USUAL):
            raise ValueError(f"sitting and outside, not {data!r}")
        return cls(**{name: _length(name, data.get(name, usual)) for name, usual in USUAL.items()})

    def least(self, *, sitting: bool) -> timedelta:
        return self.sitting if sitting else self.outside


def with_notice(terms: Mapping[str, Any]) -> dict[str, Any]:
    """A procedure as it is adopted: it always says how much notice it gives."""
    return {"notice": {name: dict(length) for name, length in USUAL.items()}} | dict(terms)


def _length(at: str, data: object) -> timedelta:
    """None at all is a length too: a body may say so."""
    if not isinstance(data, Mapping) or len(data) != 1:
        raise ValueError(f"{at}: {data!r} is no length")
    [(unit, number)] = data.items()
    if unit not in MOST_LENGTH or type(number) is not int or not 0 <= number <= MOST_LENGTH[unit]:
        raise ValueError(f"{at}: {data!r} is no length")
    return timedelta(**{str(unit): number})
