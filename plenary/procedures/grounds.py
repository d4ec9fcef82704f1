"""On what a procedure is in force, and what a body decides by. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from plenary.bodies.rules import Authority
from plenary.refusal import Refused


class Ground(StrEnum):
    """Why a body has a procedure."""

    DECISION = "decision"  # the body, or one above it, adopted it
    FOUNDING = "founding"  # the first rules, entered when the body was founded
    BEFORE = "before"  # it was in force before a body had to adopt its rules


@dataclass(frozen=True)
class Basis:
    """What an act on a procedure rests on: a decision, or a founding on somebody's authority."""

    ground: Ground
    decision: str = ""
    authority: str = ""


def bar_to_rest_on(cited: Authority, bodies: Collection[str], body: str) -> Refused | None:
    """Rules are set by the body itself or by one above it; an old source may not say by whom."""
    if not cited.body or cited.body in bodies:
        return None
    return Refused("decision_of_another_body", symbol=cited.name, body=body)


def bar_to_ask(ways: Collection[str], body: str) -> Refused | None:
    """Without a procedure no question can be put."""
    return None if ways else Refused("no_procedure_adopted", body=body)


def bar_to_end(key: str, ways: Collection[str], *, top: bool) -> Refused | None:
    """What is in force can be ended, but for the last: the Plenary could decide nothing then."""
    if key not in ways:
        return Refused("procedure_not_in_force", key=key)
    return Refused("last_procedure") if top and len(ways) == 1 else None
