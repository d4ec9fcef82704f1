"""Every comparison of a rule with its exact numbers, for a page to put into words. Pure."""

from plenary.bodies.rules import Roll
from plenary.procedures.conditions import Check, Compare
from plenary.procedures.rules import judge
from plenary.procedures.terms import Terms
from plenary.questions.rules import Positions, ballot

Weighed = tuple[Compare, Check]  # a comparison of the rule, and how it stands


def weighed(
    terms: Terms,
    roll: Roll,
    positions: Positions,
    version: int,
    present: frozenset[str] | None = None,
) -> tuple[Weighed, ...]:
    """The comparisons of the rule over the positions as they are, the quorum's first."""
    verdict = judge(terms.rule, ballot(roll, positions, version, present))
    return tuple(zip(terms.rule.compares, verdict.checks, strict=True))
