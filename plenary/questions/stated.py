"""What one delegation said, once, under the name of the delegation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from plenary.bodies.measures import Absence
from plenary.bodies.models import Delegation, Words
from plenary.questions.concerns import Concern, Worded
from plenary.questions.models import Late, Position, View
from plenary.questions.rules import Stance, reads
from plenary.texts.folding import plain


@dataclass(frozen=True)
class Party:
    """A delegation by its names."""

    code: str
    slug: str
    names: Words
    constituency: str = ""

    @classmethod
    def of(cls, delegation: Delegation) -> "Party":
        return cls(delegation.code, delegation.slug, delegation.names, delegation.constituency)


@dataclass(frozen=True)
class Stated(Worded):
    """What one delegation said, once."""

    party: Party
    stance: Stance
    version: int
    clause: str
    explanation: str
    would_join: str
    language: str
    at: datetime
    entry: int
    current: bool
    ad_referendum: bool = False
    entered_by: str = ""  # the officer who entered it from the room
    countersigned: datetime | None = None
    bloc: int | None = None  # of the position that another stated for it, and that it confirmed
    follows: bool = True  # its question's rule of publication; an Observer's only by its choice
    apart: tuple[Concern, ...] = ()
    question: int = 0  # the id of the one on which it was said: its rule says who may read it

    def read_by(self, code: str, *, named: bool) -> bool:
        """Whether the delegation of this code reads it, or a reader who may know names or not."""
        return reads(follows=self.follows, named=named, own=self.party.code == code)


@dataclass(frozen=True)
class TimeRequest:
    """A delegation in the room asked for time on a version, and why."""

    party: Party
    version: int
    reason: str
    language: str
    at: datetime


def stated(row: Position | View | Late, apart: tuple[Concern, ...] = ()) -> Stated:
    return Stated(
        party=Party.of(row.delegation),
        stance=Stance(row.stance),
        version=row.version,
        clause=row.clause,
        explanation=row.explanation,
        would_join=row.would_join,
        language=row.language,
        at=row.at,
        entry=row.entry,
        current=row.current,
        ad_referendum=getattr(row, "ad_referendum", False),
        entered_by=row.entered_by,
        countersigned=getattr(row, "countersigned", None),
        bloc=getattr(row, "bloc_id", None),
        follows=getattr(row, "follows", True),
        apart=apart,
        question=row.question_id,
    )


def in_order(party: Party) -> str:
    """English alphabetical order, as is usual in such bodies: no order by position."""
    return plain(party.names.get("en", party.code))


def by_name(said: Iterable[Stated]) -> tuple[Stated, ...]:
    """What several said, in the order of their names."""
    return tuple(sorted(said, key=lambda spoken: in_order(spoken.party)))


@dataclass(frozen=True)
class OffTheRoll:
    """A Participant that somebody's act kept off the roll of a question."""

    party: Party
    absence: Absence
