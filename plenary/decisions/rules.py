"""Stances, standings, and what a Chair may declare. Pure: values in, values out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from plenary.bodies.rules import Roll
from plenary.refusal import Forbidden, Refused

# An official symbol is free in form, but it is an address too: no `..`, nothing invisible.
SYMBOL = re.compile(r"[^\W\d_](?:(?!\.\.|//)[\w ./-])*[\w]")


class Stance(StrEnum):
    SUPPORT = "support"
    ACCEPT = "accept"  # can accept; joins
    RESERVATION = "reservation"  # joins, with a reservation on the record
    STAND_ASIDE = "stand_aside"  # does not take part, does not prevent
    OBJECT = "object"  # prevents consensus; must name a clause and a reason


NEEDS_EXPLANATION = frozenset({Stance.OBJECT, Stance.RESERVATION})


class Publication(StrEnum):
    """When positions are public by name: fixed when the question is put."""

    NOW = "now"
    DECIDED = "decided"
    NEVER = "never"


class Outcome(StrEnum):
    ADOPTED = "adopted"
    ADOPTED_AD_REFERENDUM = "adopted_ad_referendum"
    NO_CONSENSUS = "no_consensus"
    NOT_ADOPTED = "not_adopted"
    NOTED = "noted"
    DEFERRED = "deferred"
    REFERRED_BACK = "referred_back"
    WITHDRAWN = "withdrawn"
    DISPUTED = "disputed"


ADOPTIONS = frozenset({Outcome.ADOPTED, Outcome.ADOPTED_AD_REFERENDUM})
FAILURES = frozenset({Outcome.NO_CONSENSUS, Outcome.NOT_ADOPTED})
DECLARABLE = tuple(Outcome)[:7]  # withdrawn and disputed are not the Chair's to declare


@dataclass(frozen=True)
class Said:
    """A delegation's current answer, and the version it was stated on."""

    stance: Stance
    version: int
    ad_referendum: bool = False


Positions = Mapping[str, Said]  # by code of a delegation


@dataclass(frozen=True)
class Carries:
    """Nothing stands in the way; the Chair may declare consensus."""

    name: str = field(default="carries", init=False)
    ad_referendum: frozenset[str] = frozenset()  # who joined subject to their capital


@dataclass(frozen=True)
class Blocked:
    """These delegations object."""

    objectors: frozenset[str]
    name: str = field(default="blocked", init=False)


Standing = Carries | Blocked


def live(roll: Roll, positions: Positions, version: int) -> dict[str, Said]:
    """The positions that count: of delegations on the roll, stated on this version."""
    return {
        code: positions[code]
        for code in sorted(roll.participating)
        if code in positions and positions[code].version == version
    }


def consensus(roll: Roll, positions: Positions, version: int) -> Standing:
    """Carries unless a delegation on the roll objects. Silence of a delegation is no objection."""
    said = live(roll, positions, version)
    objectors = frozenset(c for c, one in said.items() if one.stance is Stance.OBJECT)
    if objectors:
        return Blocked(objectors)
    return Carries(frozenset(c for c, one in said.items() if one.ad_referendum))


PROCEDURES = {"consensus": consensus}  # a question keeps the name; old rules are never changed


def counts(roll: Roll, positions: Positions, version: int) -> dict[str, int]:
    """How many of the roll stand where; `not_stated` is everyone else on it."""
    said = live(roll, positions, version)
    tally = {s.value: sum(one.stance is s for one in said.values()) for s in Stance}
    return tally | {"not_stated": len(roll) - len(said)}


def allowed(standing: Standing) -> tuple[Outcome, ...]:
    """The outcomes that the rule lets a Chair declare. Adoption and failure exclude each other."""
    barred = ADOPTIONS if isinstance(standing, Blocked) else FAILURES
    return tuple(outcome for outcome in DECLARABLE if outcome not in barred)


def bar_to_declare(outcome: Outcome, standing: Standing) -> Refused | None:
    """The server refuses an outcome that the rule does not allow, whoever asks."""
    if outcome in allowed(standing):
        return None
    if isinstance(standing, Blocked):
        return Refused("objection_stands", objectors=sorted(standing.objectors))
    return Refused("nobody_objects", outcome=outcome)


def bar_to_answer(
    *, open: bool, asked: int, version: int, entitled: bool, latest: int
) -> Refused | None:
    """A position is taken on the version that the question is on, while it is open.

    Shared by both ledgers; `entitled` is being on the roll, or having an Observer's seat.
    """
    if not open:
        return Refused("question_closed")
    if not entitled:
        return Forbidden("not_on_the_roll")
    if version not in range(1, latest + 1):
        return Refused("unknown_version", version=version, latest=latest)
    return None if version == asked else Refused("version_moved", version=version, asked=asked)


def readable(publication: Publication, *, decided: bool, inside: bool, bureau: bool) -> bool:
    """Whether a reader sees who said what. `inside`: whoever is signed in for a delegation.

    Under `decided` those in the room read at once, the public when it is over. Under `never` only
    the Chair, the secretariat and the office that put the question read names, since they must
    know whom to consult; for everyone else there are counts. A delegation always reads its own.
    """
    if publication is Publication.NOW or bureau:
        return True
    return publication is Publication.DECIDED and (decided or inside)


def countable(publication: Publication, *, decided: bool, inside: bool) -> bool:
    """Whether a reader sees how many stand where."""
    return publication is not Publication.DECIDED or decided or inside
