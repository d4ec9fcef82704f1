"""Who takes part in deciding, and who is heard. Pure."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from plenary.refusal import Fault, Forbidden, Invalid, Refused
from plenary.zones import zone_of

KINDS = ("participant", "observer", "applicant", "guest")
CONSTITUENCIES = ("industry", "civil_society", "independent")
STANDINGS = ("active", "provisional", "suspended")
SEATS = ("member", "provisional", "observer")
OFFICES = ("chair", "vice_chair", "secretariat", "regional_coordinator")
SINGLE_OFFICES = frozenset({"chair", "vice_chair"})  # a new holder takes the place of the old
CREDENTIALS = ("presented", "accepted", "refused")  # a meeting's; until refused, all are good
SPEAKERS = ("head", "alternate", "delegate", "adviser")
# What a proposal is about: a procedure says which of them it may decide.
MATTERS = (
    "text", "election", "admission", "standing", "mandate", "body", "rules", "name", "agenda",
    "communique", "other",
)  # fmt: skip
CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")  # BW, EU, WDC: stands in every entry of the record
DAYS_AT_ONCE = 100  # holidays of one entry of the record
MOST_DAYS = 5_000  # of one body's calendar: those of centuries
# Of everything that is entered by hand, and then stands whole on a roll, a list or in a select:
# delegations and bodies in all; the offices of a body and the speakers of a delegation at a time;
# the procedures of a body with all their numbers, the follow-ups of a decision, and what one
# speaker states, or corrects, beside it. Members of a body, its roll and the sponsors of a text are
# delegations.
MOST = {
    "delegations": 2_000, "bodies": 500, "offices": 200, "speakers": 200, "procedures": 500,
    "follow_ups": 500, "statements": 200, "corrections": 200,
}  # fmt: skip
KEPT_KEYS = frozenset({"published"})  # of bodies: /procedures/published/… leads elsewhere
KEPT_SLUGS = frozenset({"access"})  # of delegations: /observers/access leads elsewhere
SLUG = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")  # botswana: a part of an address


def delegation_path(kind: str, slug: str) -> str:
    """Where a delegation's page stands."""
    return f"/{'participants' if kind == 'participant' else 'observers'}/{slug}"


def bar_to_zone(zone: str) -> Refused | None:
    """A seat's clocks, and a meeting's, go by one of the world's time zones."""
    try:
        zone_of(zone)
    except ValueError:
        return Refused("unknown_zone", zone=zone)
    return None


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

    def among(self, codes: Container[str]) -> "Roll":
        """Those on it who are among some: in the room, for a quorum. An Observer cannot be."""
        return Roll({code: n for code, n in self.represents.items() if code in codes})


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
    seat: str  # its seat in the body: member, provisional, observer; empty for none
    spells: tuple[Standing, ...]
    credentials: str = ""  # for the meeting, where there is one: presented, accepted, refused


def standing_on(spells: Iterable[Standing], day: date) -> str:
    """The standing that holds on a day; none at all is `none`. A suspension outweighs the rest."""
    names = {spell.name for spell in spells if spell.holds(day)}
    return next((n for n in ("suspended", "provisional", "active") if n in names), "none")


def why_not(candidate: Candidate, day: date) -> str:
    """Why a delegation is not on the roll of a day; nothing where it is.

    heard (no Participant), suspended, provisional, not_active, seat, credentials (refused for the
    meeting): the first that holds. Credentials that nobody has presented yet bar nobody.
    """
    standing = standing_on(candidate.spells, day)
    bars = {
        "heard": candidate.kind != "participant",
        "suspended": standing == "suspended",
        "provisional": standing == "provisional",
        "not_active": standing != "active",
        "seat": candidate.seat != "member",
        "credentials": candidate.credentials == "refused",
    }
    return next((reason for reason, holds in bars.items() if holds), "")


def roll_of(candidates: Iterable[Candidate], day: date) -> Roll:
    """Active Participants with a member's seat decide; an Observer is never on a roll."""
    return Roll(
        {
            candidate.code: candidate.represents
            for candidate in candidates
            if not why_not(candidate, day)
        }
    )


@dataclass(frozen=True)
class Room:
    """The room of a meeting: of which body, at which address, and from when to when it is open."""

    body: str
    meeting: str
    opens: datetime
    closes: datetime

    @property
    def path(self) -> str:
        return f"/meetings/{self.meeting}/roll"


def bar_to_more(kind: str, there: int) -> Refused | None:
    """One more of what is shown, counted or asked whole."""
    return Refused("list_full", kind=kind, most=MOST[kind]) if there >= MOST[kind] else None


def bar_to_calendar(entered: int, there: int) -> Refused | None:
    """So many holidays are entered beside those that a body has."""
    if entered > DAYS_AT_ONCE:
        return Invalid({"days": Fault("too_many_lines", most=DAYS_AT_ONCE)})
    if there + entered > MOST_DAYS:
        return Invalid({"days": Fault("too_many_holidays", most=MOST_DAYS, there=there)})
    return None


@dataclass(frozen=True)
class Authority:
    """A decision of the register, as an act cites it: which it is, and whether it was adopted."""

    symbol: str  # empty where the source gives none
    address: str  # own/2019/1, kp/2003-04-30-final-extension
    path: str  # of its page
    adopted: bool
    date: str  # 2019, 2019-11 or 2019-11-20: as exact as the source
    body: str = ""  # key of the body that decided; empty where the source does not say
    party: str = ""  # code of the delegation that it is about, where its proposal named one

    @property
    def name(self) -> str:
        """How an act cites it."""
        return self.symbol or self.address


def bar_to_cite(name: str, cited: Authority | None) -> Refused | None:
    """What needs a decision cites one that stands in the register and was adopted."""
    if not name.strip():
        return Refused("decision_needed")
    if cited is None:
        return Refused("unknown_decision", id=name)
    return None if cited.adopted else Refused("decision_not_adopted", symbol=cited.name)


POWERS_CHANGE = ("given", "taken")  # of a body below another, on one matter


def bar_to_empower(
    cited: Authority, parent: str, change: str, *, matter: str, held: bool
) -> Refused | None:
    """A body decides on a matter by a decision of the body that it stands under, and of no other.

    `parent`: its key; empty for the Plenary, which decides in any case. A decision that came with
    another register is the Plenary's where its source does not say otherwise.
    """
    if not parent:
        return Refused("decides_already")
    if (cited.body or "plenary") != parent:
        return Refused("not_the_parents", symbol=cited.name, parent=parent)
    if held == (change == "given"):
        return Refused("power_unchanged", matter=matter, held=held)
    return None


def bar_to_cite_for(cited: Authority, code: str) -> Refused | None:
    """What a body decided about one delegation carries no act about another."""
    other = bool(cited.party) and cited.party != code
    return (
        Refused("decision_about_another", symbol=cited.name, party=cited.party) if other else None
    )


def bar_to_enter(room: Room, now: datetime) -> Refused | None:
    """Nobody is in the room before the meeting's first day, nor long after its end."""
    if now < room.opens:
        return Refused("room_not_open", opens=room.opens)
    return Refused("meeting_over") if now >= room.closes else None


def bar_to_keep(by: str, body: str) -> Refused | None:
    """Who is in the room is written down by those who preside there, and by the secretariat."""
    keepers = ("secretariat", "chair:plenary", f"chair:{body}", "system")
    return None if by in keepers else Forbidden("not_the_keeper_of_the_room", body=body)
