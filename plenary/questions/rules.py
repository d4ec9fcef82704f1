"""Stances, outcomes, standings, and who reads them. Pure: values in, values out.

What stands in the way of an act is in `bars`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from plenary.bodies.rules import Roll
from plenary.procedures.rules import Ballot, Given, judge
from plenary.procedures.terms import Terms


class Stance(StrEnum):
    SUPPORT = "support"
    ACCEPT = "accept"  # can accept; joins
    RESERVATION = "reservation"  # joins, with a reservation on the record
    STAND_ASIDE = "stand_aside"  # does not take part, does not prevent
    OBJECT = "object"  # prevents consensus; must name a clause and a reason
    YES = "yes"  # these three answer a recorded vote
    NO = "no"
    ABSTAIN = "abstain"


VOTES = frozenset({Stance.YES, Stance.NO, Stance.ABSTAIN})
STANCES = frozenset(Stance) - VOTES
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
    # Of a body below the Plenary, which decides nothing: the text goes up, or stays where it is.
    AGREED = "agreed"
    RECOMMENDED = "recommended"  # agreed, and the parent is asked to adopt it
    NOT_AGREED = "not_agreed"
    REPORTED = "reported"  # as it stands, brackets and objections with it


class Ended(StrEnum):
    """How a question came to its end."""

    DECLARED = "declared"  # the gavel
    BROKEN = "broken"  # a silence, by an objection
    RAN_OUT = "ran_out"  # its closing instant came
    CLOSED = "closed"  # the Chair closed the answering, and declares afterwards
    WITHDRAWN = "withdrawn"


ADOPTIONS = frozenset({Outcome.ADOPTED, Outcome.ADOPTED_AD_REFERENDUM})
AGREEMENTS = frozenset({Outcome.AGREED, Outcome.RECOMMENDED})
CARRIED = ADOPTIONS | AGREEMENTS  # only where the rule is met
FAILURES = frozenset({Outcome.NO_CONSENSUS, Outcome.NOT_ADOPTED})
FAILED = FAILURES | {Outcome.NOT_AGREED}  # the same of any body
DECLARABLE = tuple(Outcome)[:7]  # withdrawn and disputed are not the Chair's to declare
OF_A_GROUP = (
    Outcome.AGREED, Outcome.RECOMMENDED, Outcome.NOT_AGREED, Outcome.REPORTED, Outcome.DEFERRED,
)  # fmt: skip
ANYWHERE = tuple(dict.fromkeys((*DECLARABLE, *OF_A_GROUP)))
GOES_UP = AGREEMENTS | {Outcome.REPORTED}  # with these the text is before the parent
PUT_OFF = (Outcome.DEFERRED, Outcome.REFERRED_BACK)  # what a room without quorum may do
UNDECLARED = frozenset({Ended.BROKEN, Ended.RAN_OUT, Ended.CLOSED})  # the Chair declares yet
LATE_AFTER = UNDECLARED  # what arrives after these ends is kept, as late


@dataclass(frozen=True)
class CurrentAnswer:
    """A delegation's current answer, and the version it was stated on."""

    stance: Stance
    version: int
    ad_referendum: bool = False
    reasoned: bool = False


Positions = Mapping[str, CurrentAnswer]  # by code of a delegation


@dataclass(frozen=True)
class Carries:
    """Nothing stands in the way; the Chair may declare it, or the clock will."""

    name: str = field(default="carries", init=False)
    ad_referendum: frozenset[str] = frozenset()  # who joined subject to their capital


@dataclass(frozen=True)
class Blocked:
    """These delegations object."""

    objectors: frozenset[str]
    name: str = field(default="blocked", init=False)


@dataclass(frozen=True)
class Short:
    """The answers given do not suffice: so many more are needed."""

    by: int
    needed: int
    have: int
    answers: tuple[str, ...]  # of which answer
    name: str = field(default="short", init=False)


@dataclass(frozen=True)
class NoQuorum:
    """Too few of the roll are in the room."""

    present: int
    needed: int
    name: str = field(default="no_quorum", init=False)


@dataclass(frozen=True)
class Pending:
    """Nothing stands in the way so far; it is open until then."""

    closes: datetime
    name: str = field(default="pending", init=False)


@dataclass(frozen=True)
class Withheld:
    """Where it stands is not for this reader to know before there is an outcome."""

    name: str = field(default="withheld", init=False)


Standing = Carries | Blocked | Short | NoQuorum | Pending | Withheld


def kin(answers: Iterable[str]) -> frozenset[Stance]:
    """What may stand beside these answers on one text: a vote and a stance do not convert."""
    return VOTES if VOTES & set(answers) else STANCES


def live(roll: Roll, positions: Positions, version: int) -> dict[str, CurrentAnswer]:
    """The positions that count: of delegations on the roll, stated on this version."""
    return {
        code: positions[code]
        for code in sorted(roll.participating)
        if code in positions and positions[code].version == version
    }


def ballot(
    roll: Roll, positions: Positions, version: int, present: frozenset[str] | None = None
) -> Ballot:
    """What the engine counts: only the roll is ever in it, so an Observer cannot be."""
    given = {
        code: Given(position.stance.value, position.reasoned)
        for code, position in live(roll, positions, version).items()
    }
    return Ballot.of(roll, given, present)


def standing(
    terms: Terms,
    roll: Roll,
    positions: Positions,
    version: int,
    present: frozenset[str] | None = None,
) -> Standing:
    """What the rule says of the positions as they are, whatever the clock says.

    The quorum is asked before everything else: without it a room decides nothing, and does not
    fail to decide either.
    """
    said = live(roll, positions, version)
    verdict = judge(terms.rule, ballot(roll, positions, version, present))
    if not verdict.quorate:
        return NoQuorum(verdict.short[0].count, verdict.short[0].needed)
    if verdict.blockers:
        return Blocked(verdict.blockers)
    if verdict.carries:
        return Carries(frozenset(c for c, position in said.items() if position.ad_referendum))
    lacking = verdict.short[0]
    return Short(lacking.by, lacking.needed, lacking.count, lacking.answers)


def nameless(standing: Standing) -> Standing:
    """The same standing with as many delegations, and none of their names."""
    if isinstance(standing, Blocked):
        return Blocked(_anyone(standing.objectors))
    return Carries(_anyone(standing.ad_referendum)) if isinstance(standing, Carries) else standing


def _anyone(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(str(n) for n in range(len(codes)))


def in_time(standing: Standing, closes: datetime | None, *, running: bool) -> Standing:
    """The same while its window runs: nothing carries before the closing instant."""
    return Pending(closes) if running and closes and isinstance(standing, Carries) else standing


def counts(roll: Roll, positions: Positions, version: int, terms: Terms) -> dict[str, int]:
    """How many of the roll stand where; `not_stated` is everyone else on it."""
    said = live(roll, positions, version)
    tally = {s: sum(position.stance == s for position in said.values()) for s in terms.answers}
    return tally | {"not_stated": len(roll) - sum(tally.values())}


def readable(publication: Publication, *, decided: bool, inside: bool, bureau: bool) -> bool:
    """Whether a reader sees who said what. `inside`: whoever is signed in for a delegation.

    Under `decided` those in the room read at once, the public once there is an outcome: a question
    that ended without one, by an objection, by the Chair or by a withdrawal, is not decided.
    Under `never` only the Chair, the secretariat and the office that put the question read names,
    since they must know whom to consult; for everyone else there are counts. A delegation always
    reads its own.
    """
    if publication is Publication.NOW or bureau:
        return True
    return publication is Publication.DECIDED and (decided or inside)


def reads(*, follows: bool, named: bool, own: bool) -> bool:
    """Whether a reader reads one answer. `follows`: it is published as its question's rule says, as
    every position is; an Observer's view only where the Observer itself chose so, else at once."""
    return named or own or not follows


def countable(publication: Publication, *, decided: bool, inside: bool) -> bool:
    """Whether a reader sees how many stand where; where names are kept back, the public only
    once there is an outcome: a count that moves with each act tells whose act it was."""
    return publication is Publication.NOW or decided or inside


def may_leave(publication: Publication) -> bool:
    """Whether names may stand in a file or a letter: both are passed on, whoever asked for them."""
    return publication is not Publication.NEVER
