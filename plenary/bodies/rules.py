"""Who takes part in deciding, and who is heard. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from plenary.refusal import Refused

KINDS = ("participant", "observer", "applicant", "guest")
CONSTITUENCIES = ("industry", "civil_society", "independent")
STANDINGS = ("active", "provisional", "suspended")
SEATS = ("member", "provisional", "observer")
OFFICES = ("chair", "vice_chair", "secretariat", "regional_coordinator")
SINGLE_OFFICES = frozenset({"chair", "vice_chair"})  # a new holder takes the place of the old
SPEAKERS = ("head", "alternate", "delegate", "adviser")
CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")  # BW, EU, WDC: stands in every entry of the record
SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")  # botswana: a part of an address


@dataclass(frozen=True)
class Roll:
    """The delegations entitled to decide, and the states each speaks for.

    Frozen with a question.
    """

    represents: Mapping[str, int]  # code -> states

    @property
    def participating(self) -> frozenset[str]:
        return frozenset(self.represents)

    @property
    def states(self) -> int:
        return sum(self.represents.values())

    def __len__(self) -> int:
        return len(self.represents)


@dataclass(frozen=True)
class Standing:
    """A spell of a Participant's standing: from a day, up to but without another."""

    name: str  # active, provisional, suspended
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


def overlap(since: date, until: date | None, other_since: date, other_until: date | None) -> bool:
    """Whether two spans of days share a day; each ends before its last date, or never."""
    first, last = max(since, other_since), min(until or date.max, other_until or date.max)
    return first < last


def left_of(spell: Standing, new: Standing) -> tuple[Standing, ...]:
    """What a new spell leaves of an earlier one: the days before it, and those after it."""
    left = []
    if spell.since < new.since:
        ends = new.since if spell.until is None else min(spell.until, new.since)
        left.append(Standing(spell.name, spell.since, ends))
    if new.until is not None and (spell.until is None or new.until < spell.until):
        left.append(Standing(spell.name, new.until, spell.until))
    return (spell,) if not overlap(spell.since, spell.until, new.since, new.until) else tuple(left)


def bar_to_stand(spells: Sequence[Standing], new: Standing) -> Refused | None:
    """A standing begins with admission, ends after it began, and changes something."""
    begun = min(spell.since for spell in spells)
    if new.until is not None and new.until <= new.since:
        return Refused("ends_before_it_begins", since=new.since, until=new.until)
    if new.since < begun:
        return Refused("not_yet_admitted", since=begun)
    covered = {s.name for s in spells if overlap(s.since, s.until, new.since, new.until)}
    return Refused("standing_unchanged", standing=new.name) if covered == {new.name} else None


@dataclass(frozen=True)
class Candidate:
    """A delegation as the roll is drawn up."""

    code: str
    kind: str
    represents: int
    seat: str  # its seat in the body: member, provisional, observer
    spells: tuple[Standing, ...]


def standing_on(spells: Iterable[Standing], day: date) -> str:
    """The standing that holds on a day; none at all is `none`. A suspension outweighs the rest."""
    names = {spell.name for spell in spells if spell.holds(day)}
    return next((n for n in ("suspended", "provisional", "active") if n in names), "none")


def roll_of(candidates: Iterable[Candidate], day: date) -> Roll:
    """Only active Participants with a member's seat decide; an Observer is never on a roll."""
    return Roll(
        {
            one.code: one.represents
            for one in candidates
            if one.kind == "participant"
            and one.seat == "member"
            and standing_on(one.spells, day) == "active"
        }
    )
