"""How far a text is from consensus: what is held against it, on which clause, since when.

Made of a Stand alone, so the rule of publication has spoken before anything here is read.
Nothing ranks a state: the order is alphabetical or that of the text, and the only figures are
counts of objections, brackets, clauses and versions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from plenary.questions.concerns import WHOLE, Concern
from plenary.questions.rules import Stance
from plenary.questions.stand import Party, Stand, Stated
from plenary.texts.clauses import Bracket, Clause, brackets

AGAINST = frozenset({Stance.OBJECT, Stance.RESERVATION})
JOINING = frozenset({Stance.SUPPORT, Stance.ACCEPT})


class Matter(StrEnum):
    """Why a delegation is not clear."""

    OBJECT = "object"
    RESERVATION = "reservation"
    AD_REFERENDUM = "ad_referendum"  # joins subject to its capital
    EARLIER = "earlier_version"  # objected or reserved before, silent on this version


@dataclass(frozen=True)
class Place:
    """What words are about: a clause, the whole text, or a clause that a version took out."""

    key: str = WHOLE
    kind: str = "whole"  # whole, or the kind of the clause
    number: int | None = None  # as printed in `version`
    version: int = 0  # the last version that it stands in
    gone: int = 0  # the version that took it out; 0: it stands
    brackets: tuple[Bracket, ...] = ()  # open in it


@dataclass(frozen=True)
class Run:
    """How long the same has been held against the same clause, without a break."""

    since: datetime
    version: int  # that it was first stated on
    stance: Stance  # as which it began
    versions: int  # that it was stated on


@dataclass(frozen=True)
class Ground:
    """One concern, on the place that it is about, with how long it has been held there."""

    concern: Concern
    place: Place
    run: Run


@dataclass(frozen=True)
class Obstacle:
    """What keeps one delegation from being clear: one concern, or several."""

    said: Stated
    matter: Matter
    grounds: tuple[Ground, ...]  # in the order in which it stated them

    @property
    def place(self) -> Place:
        return self.grounds[0].place

    @property
    def run(self) -> Run:
        return self.grounds[0].run

    def is_on(self, key: str) -> bool:
        return any(ground.place.key == key for ground in self.grounds)


@dataclass(frozen=True)
class Raised:
    """One concern of an Observer."""

    said: Stated
    concern: Concern


@dataclass(frozen=True)
class PlaceRow:
    """One clause, or the whole text, and who holds something against it, by code."""

    place: Place
    held: dict[str, Obstacle]

    @property
    def unopposed(self) -> bool:
        """Brackets are open here, and nobody's objection points at them, not even an old one."""
        return bool(self.place.brackets) and not any(
            held.said.stance is Stance.OBJECT for held in self.held.values()
        )


@dataclass(frozen=True)
class Distance:
    """What one reader may see of it. Observers stand apart and are in no row."""

    brackets: tuple[Bracket, ...]
    held: tuple[Obstacle, ...]  # in alphabetical order
    earlier_only: tuple[Stated, ...]  # spoke on an earlier version, and held nothing against it
    rows: tuple[
        PlaceRow, ...
    ]  # in the order of the text: with something against them, or a bracket
    heard: tuple[tuple[Place, tuple[Raised, ...]], ...]  # Observers' concerns

    @property
    def holders(self) -> list[Party]:
        """The columns: who objects or reserves, on this version or the last it spoke on."""
        return [held.said.party for held in self.held if held.said.stance in AGAINST]

    @property
    def objected(self) -> list[Place]:
        """Where objections stand now, in the order of the text."""
        return [
            row.place
            for row in self.rows
            if any(held.matter is Matter.OBJECT for held in row.held.values())
        ]

    def of(self, matter: str) -> list[Obstacle]:
        return [held for held in self.held if held.matter == matter]


def distance(
    stand: Stand | None, clauses: Sequence[Clause], gone: Mapping[str, Place] | None = None
) -> Distance:
    """The distance of a version, of which these are the clauses; before a question its brackets.

    `gone`: the places that `missing` names, which this version no longer has.
    """
    open_ = brackets(clauses)
    places = _places(clauses, open_, gone or {})
    held = tuple(_held(stand, places)) if stand else ()
    return Distance(
        brackets=open_,
        held=held,
        rows=tuple(_rows(held, places)),
        earlier_only=tuple(_earlier_only(stand)) if stand else (),
        heard=tuple(_heard(stand.heard, places)) if stand else (),
    )


def missing(stand: Stand, clauses: Sequence[Clause]) -> frozenset[str]:
    """Keys of clauses that words are about and that this version does not have."""
    said = (*stand.spoken.values(), *stand.stale.values(), *stand.heard)
    return frozenset(clause for position in said for clause in position.clauses) - {
        WHOLE,
        *(clause.key for clause in clauses),
    }


def run(said: Stated, earlier: Iterable[Stated], clause: str | None = None) -> Run:
    """From the first statement of the unbroken run that `said` ends on a clause; `earlier` is
    newest first.

    An objection and a reservation are one run: the clause was not clear all the while. To join,
    to stand aside or to turn to another clause breaks it.
    """
    kept = [said]
    for past in earlier:
        if not _goes_on(past, said, said.clause if clause is None else clause):
            break
        kept.append(past)
    first = kept[-1]
    return Run(first.at, first.version, first.stance, len({position.version for position in kept}))


def _goes_on(past: Stated, said: Stated, clause: str) -> bool:
    if clause not in past.clauses:
        return False
    if said.stance in AGAINST:
        return past.stance in AGAINST
    return past.ad_referendum and past.stance in JOINING


def _places(
    clauses: Sequence[Clause], open_: Sequence[Bracket], gone: Mapping[str, Place]
) -> dict[str, Place]:
    """Every place by its key, in the order of the text; then the whole, then what is gone."""
    inside: defaultdict[str, list[Bracket]] = defaultdict(list)
    for bracket in open_:
        inside[bracket.clause].append(bracket)
    there = {c.key: Place(c.key, c.kind, c.number, brackets=tuple(inside[c.key])) for c in clauses}
    left = sorted(gone.values(), key=lambda place: (place.gone, place.number or 0, place.key))
    return there | {WHOLE: Place()} | {place.key: place for place in left}


def _held(stand: Stand, places: Mapping[str, Place]) -> Iterator[Obstacle]:
    """Walks the roll, so that an Observer cannot be in it."""
    for party in stand.parties:
        said = stand.spoken.get(party.code) or stand.stale.get(party.code)
        matter = said and _matter(said, stale=party.code not in stand.spoken)
        if said and matter:
            earlier = stand.earlier.get(party.code, ())
            concerns = said.filled() or [Concern(WHOLE, said.explanation, said.would_join)]
            grounds = [
                Ground(concern, places[concern.clause], run(said, earlier, concern.clause))
                for concern in concerns
            ]
            yield Obstacle(said, matter, tuple(grounds))


def _matter(said: Stated, *, stale: bool) -> Matter | None:
    if said.stance in AGAINST:
        return Matter.EARLIER if stale else Matter(said.stance.value)
    pending = said.ad_referendum and said.stance in JOINING
    return Matter.AD_REFERENDUM if pending and not stale else None


def _earlier_only(stand: Stand) -> Iterator[Stated]:
    for party in stand.parties:
        said = stand.stale.get(party.code)
        if said and said.stance not in AGAINST and party.code not in stand.spoken:
            yield said


def _rows(held: Sequence[Obstacle], places: Mapping[str, Place]) -> Iterator[PlaceRow]:
    for key, place in places.items():
        against = [holder for holder in held if holder.is_on(key) and holder.said.stance in AGAINST]
        here = {holder.said.party.code: holder for holder in against}
        if here or place.brackets:
            yield PlaceRow(place, here)


def _heard(
    heard: Sequence[Stated], places: Mapping[str, Place]
) -> Iterator[tuple[Place, tuple[Raised, ...]]]:
    raised = [
        Raised(view, concern)
        for view in heard
        if view.stance in AGAINST
        for concern in view.filled()
    ]
    for key, place in places.items():
        if on_it := tuple(each for each in raised if each.concern.clause == key):
            yield place, on_it
