"""Who is reading: a person with a delegation and offices, as they stand today."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tortoise.expressions import Q

from plenary import clock
from plenary.bodies.days import day_of, holding
from plenary.bodies.models import Accreditation, Delegation, Officer, Seat, Spell, Words
from plenary.bodies.powers import Capacity, Power, Role, bar_to_author, may
from plenary.bodies.rules import Standing, standing_on
from plenary.db.prepared import Prepared
from plenary.people.models import Person

SPEAKING = ("head", "alternate")  # of the four roles, those who bind their delegation


@dataclass(frozen=True)
class Viewer:
    """Whoever asks. The public is the viewer without a person. Two are equal who may read the same:
    what is only printed of them does not count."""

    person: int | None = None
    name: str = field(default="", compare=False)
    email: str = field(default="", compare=False)
    delegation: int | None = None
    code: str = ""
    slug: str = ""
    kind: str = ""
    names: Words = field(default_factory=dict, compare=False)
    role: str = ""
    offices: frozenset[tuple[str, str]] = frozenset()  # (office, key of the body)
    roles: frozenset[Role] = frozenset({Role.PUBLIC})
    session: int | None = field(default=None, compare=False)
    standing: str = ""  # of the delegation today
    unseated: frozenset[str] = frozenset()  # bodies in which an Observer's seat has ended

    def may(self, power: str, body: str = "") -> bool:
        """Whether this viewer holds a power; where a body is named, in that body's business.

        Who chairs a group holds nothing by it before any other body.
        """
        elsewhere = body and body not in self.chairs
        return may(self.roles - {Role.GROUP_CHAIR} if elsewhere else self.roles, Power(power))

    def powers(self, body: str) -> frozenset[Power]:
        """Every power that this viewer holds in a body's business."""
        return frozenset(power for power in Power if self.may(power, body))

    @property
    def chairs(self) -> frozenset[str]:
        """The bodies that this viewer chairs."""
        return frozenset(body for office, body in self.offices if office == "chair")

    @property
    def drafts(self) -> frozenset[str] | None:
        """The bodies whose drafts this viewer reads; None: every body's."""
        everywhere = may(self.roles - {Role.GROUP_CHAIR}, Power.READ_DRAFTS)
        return None if everywhere else self.chairs

    def reads(self, body: str, *, public: bool) -> bool:
        """Whether this viewer may know of a communiqué of a body.

        Until it is issued it is for delegations and the bureau, and in the bureau for the chair of
        the body that has it.
        """
        return public or self.may(Power.READ_DRAFTS, body)

    def readable(self, public: Q, body: str) -> Q:
        """The same of rows: `public` are open to this viewer in any case, `body` leads to the key
        of the body whose drafts the others are."""
        if self.drafts is None:
            return Q()
        drafts: dict[str, Any] = {f"{body}__in": sorted(self.drafts)}
        return public | Q(**drafts) if self.drafts else public

    def writes(self, body: str) -> bool:
        """Whether this viewer authors texts before a body: what is offered is what is granted."""
        return bar_to_author(Capacity(self.edits(body), self.kind, self.standing), body) is None

    @property
    def writes_somewhere(self) -> bool:
        """Whether there is a body before which this viewer hands in proposals."""
        bodies = {"plenary", *self.chairs}
        return may(self.roles, Power.PROPOSE) and any(map(self.writes, bodies))

    @property
    def capacities(self) -> frozenset[str]:
        """Everybody in whose name this viewer's acts may be signed."""
        keeps = {"secretariat"} if ("secretariat", "plenary") in self.offices else set()
        own = {f"delegation:{self.code}"} if self.code else set()
        return frozenset(own | keeps | {f"chair:{body}" for body in self.chairs})

    @property
    def signed_in(self) -> bool:
        return self.person is not None

    @property
    def inside(self) -> bool:
        """Delegations, Observers and officers: those in the room."""
        return bool(self.roles - {Role.PUBLIC})

    @property
    def actor(self) -> str:
        """How this viewer's acts are signed when no particular office is asked for."""
        if self.code:
            return f"delegation:{self.code}"
        if ("secretariat", "plenary") in self.offices:
            return "secretariat"
        chairs = sorted(self.chairs)
        return f"chair:{'plenary' if 'plenary' in chairs else chairs[0]}" if chairs else ""

    def presides(self, body: str) -> str:
        """The office that lets this viewer preside over a body's business, or nothing.

        The Chair of the Plenary presides everywhere, the chair of a group over its own.
        """
        for key in ("plenary", body):
            if ("chair", key) in self.offices:
                return f"chair:{key}"
        return ""

    def oversees(self, body: str) -> bool:
        """Whoever sees before a closing whom its opening reached: who presides, the secretariat."""
        return bool(self.presides(body)) or self.may(Power.ADMINISTER)

    def edits(self, body: str) -> str:
        """Who this viewer is when issuing or referring a text before a body."""
        office = self.presides(body)
        return office or ("secretariat" if Role.SECRETARIAT in self.roles else self.actor)

    def writes_as(self, body: str, authors: frozenset[str]) -> str:
        """Who this viewer is on a text before a body: the author that they speak for, if they do,
        else as `edits` has it."""
        own = f"delegation:{self.code}"
        return own if self.role in SPEAKING and own in authors else self.edits(body)


PUBLIC = Viewer()


async def viewer_of(
    person: Person, session: int | None = None, *, today: date | None = None
) -> Viewer:
    """The viewer that a person is today, at the seat."""
    today = today or await day_of(clock.now())
    accreditation = await _ACCREDITED.first(person.id, today)
    delegation = accreditation.delegation if accreditation else None
    speaks = bool(accreditation and accreditation.role in SPEAKING)
    if delegation and speaks:
        held = await _HELD_BY_EITHER.all(person.id, delegation.id, today)
    else:
        held = await _HELD.all(person.id, today)
    offices = frozenset((officer.office, officer.body.key) for officer in held)
    return Viewer(
        person=person.id,
        name=person.name,
        email=person.email,
        delegation=delegation.id if delegation else None,
        code=delegation.code if delegation else "",
        slug=delegation.slug if delegation else "",
        kind=delegation.kind if delegation else "",
        names=delegation.names if delegation else {},
        role=accreditation.role if accreditation else "",
        offices=offices,
        roles=_roles(delegation.kind if delegation else "", speaks, offices),
        session=session,
        standing=await _standing(delegation.id, today) if delegation else "",
        unseated=await _unseated(delegation, today) if delegation else frozenset(),
    )


async def _standing(delegation: int, today: date) -> str:
    spells = await _SPELLS.all(delegation)
    return standing_on(
        [Standing(spell.standing, spell.since, spell.until) for spell in spells], today
    )


async def _unseated(delegation: Delegation, today: date) -> frozenset[str]:
    """Where an Observer is not heard any more: it has had a seat, and has none today."""
    if delegation.kind != "observer":
        return frozenset()
    seats = await _SEATS.all(delegation.id)
    held = {seat.body.key for seat in seats if _holds(seat, today)}
    return frozenset(seat.body.key for seat in seats if seat.since <= today) - held


def _holds(seat: Seat, day: date) -> bool:
    return Standing(seat.kind, seat.since, seat.until).holds(day)


_ACCREDITED = Prepared(
    lambda person, today: (
        Accreditation.filter(holding(today), person_id=person)
        .select_related("delegation")
        .order_by("id")
        .limit(1)
    )
)
_SPELLS = Prepared(lambda delegation: Spell.filter(delegation_id=delegation))
_SEATS = Prepared(lambda delegation: Seat.filter(delegation_id=delegation).select_related("body"))
_HELD = Prepared(
    lambda person, today: Officer.filter(holding(today), person_id=person).select_related("body")
)
_HELD_BY_EITHER = Prepared(
    lambda person, delegation, today: Officer.filter(
        Q(person_id=person) | Q(delegation_id=delegation, person_id=None), holding(today)
    ).select_related("body")
)


def _roles(kind: str, speaks: bool, offices: frozenset[tuple[str, str]]) -> frozenset[Role]:
    roles = set()
    if kind == "participant":
        roles.add(Role.HEAD if speaks else Role.DELEGATE)
    elif kind:
        roles.add(Role.OBSERVER)
    for office, body in offices:
        if office == "chair":
            roles.add(Role.CHAIR if body == "plenary" else Role.GROUP_CHAIR)
        elif office == "secretariat" and body == "plenary":  # a group's secretary keeps no record
            roles.add(Role.SECRETARIAT)
    return frozenset(roles or {Role.PUBLIC})
