"""Every comparison of a rule with its exact numbers, for a page to put into words. Pure."""

from plenary.bodies.rules import Roll
from plenary.decisions.conditions import Check, Compare
from plenary.decisions.procedures import judge
from plenary.decisions.rules import Positions, ballot
from plenary.decisions.terms import Terms

Weighed = tuple[Compare, Check]  # a comparison of the rule, and how it stands


def weighed(
    terms: Terms, roll: Roll, positions: Positions, version: int,
    present: frozenset[str] | None = None,
) -> tuple[Weighed, ...]:  # fmt: skip
    """The comparisons of the rule over the positions as they are, the quorum's first."""
    verdict = judge(terms.rule, ballot(roll, positions, version, present))
    return tuple(zip(terms.rule.compares, verdict.checks, strict=True))
