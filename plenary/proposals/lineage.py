"""Where the paragraph of a comment stands now: it was divided since, or joined to another.

It is worked out from the words once, when a version is issued, and kept with it: an order may
remove the words later, and every reader is told the same before and after.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plenary.proposals.models import Version


@dataclass(frozen=True)
class Step:
    """From one version to the next."""

    gone: Mapping[str, str]  # a clause that is gone -> the one that it was joined to, or nothing
    divided: frozenset[str]  # clauses that a part was taken from


@dataclass(frozen=True)
class Lineage:
    """The steps of a text, by the number of the version that each leads from."""

    steps: Mapping[int, Step]

    def home(self, clause: str, version: int) -> str:
        """The clause in which the words of a clause stand now; none: they are not in the text."""
        for number in sorted(n for n in self.steps if n >= version):
            clause = self.steps[number].gone.get(clause, clause)
        return clause

    def was_divided(self, clause: str, version: int) -> bool:
        """Whether a part was taken from a clause that keeps its key."""
        return any(n >= version and clause in step.divided for n, step in self.steps.items())


async def lineage_of(proposal: int, since: int) -> Lineage:
    """From a version on, by its number; the id of the proposal."""
    later: Any = await Version.filter(proposal_id=proposal, number__gt=since).values_list(
        "number", "step"
    )
    return Lineage(
        {
            number - 1: Step(step["gone"], frozenset(step["divided"]))
            for number, step in later
            if step
        }
    )
