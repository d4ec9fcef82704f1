"""The quorums of a body's procedures, against those of the roll who are in the room."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plenary.bodies.models import Body, Words
from plenary.bodies.rules import Roll
from plenary.procedures.in_force import procedures_of
from plenary.procedures.rules import Ballot, Check, judge
from plenary.procedures.terms import terms_of


@dataclass(frozen=True)
class Quorum:
    """What one procedure asks for before anything can be decided under it."""

    names: Words  # of the procedure
    checks: tuple[Check, ...]  # count, and the number that is needed
    met: bool


async def quorums_of(body: Body, roll: Roll, present: Roll) -> list[Quorum]:
    """The quorum of each procedure in force that has one; empty where none is set."""
    found = await procedures_of(body)
    quorums = (_quorum(terms, roll, present) for terms in found.values())
    return [quorum for quorum in quorums if quorum is not None]


def _quorum(terms: Mapping[str, Any], roll: Roll, present: Roll) -> Quorum | None:
    rule = terms_of(terms).rule
    if rule.quorum is None or rule.groups or rule.weights - {"states"}:
        return None  # classes and weights are the question's own, and counted there
    verdict = judge(rule, Ballot.of(roll, {}, present.participating))
    asked = tuple(check for check in verdict.checks if check.at.startswith("quorum"))
    return Quorum(terms["names"], asked, verdict.quorate)
