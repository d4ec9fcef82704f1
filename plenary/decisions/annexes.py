"""What stands beside a decision, as one reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from tortoise.expressions import Q

from plenary.bodies.powers import Role
from plenary.bodies.viewers import Viewer
from plenary.decisions import rules
from plenary.decisions.models import (
    Correction,
    Decision,
    FollowUp,
    Progress,
    Statement,
)
from plenary.decisions.reading import SPEAKERS, on_roll, owner_of
from plenary.decisions.rules import STAGES, UNFINISHED, CorrectionMatter, Owner, StatementKind
from plenary.questions.publication import may_name

FURTHEST = timedelta(days=max(days for days, _ in STAGES))  # the first reminder


@dataclass(frozen=True)
class Noted:
    """A correction of the record; `closed` where the rule of publication keeps it back."""

    note: Correction
    closed: bool


@dataclass(frozen=True)
class Annexes:
    """Participants and Observers never share a list."""

    statements: list[Statement] = field(default_factory=list)  # of Participants
    heard: list[Statement] = field(default_factory=list)  # of Observers
    corrections: list[Noted] = field(default_factory=list)
    follow_ups: list[FollowUp] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Characters of what was said beside the decision."""
        made = (*self.statements, *self.heard)
        return sum(len(text) for statement in made for text in statement.text.values())


async def annexes_of(decision: Decision, viewer: Viewer) -> Annexes:
    """All that stands beside a decision, each list in the order of its numbers."""
    found = Statement.filter(decision=decision).prefetch_related("delegation")
    made = await found.order_by("number")
    return Annexes(
        [statement for statement in made if statement.delegation.kind == "participant"],
        [statement for statement in made if statement.delegation.kind != "participant"],
        await corrections_of(decision, viewer),
        await follow_ups_of(decision),
    )


async def corrections_of(decision: Decision, viewer: Viewer) -> list[Noted]:
    """A delegation's position is read under the rule of publication, a slip of the pen by all."""
    question = decision.question
    named = question is None or may_name(question, viewer, decided=True)
    notes = Correction.filter(decision=decision).prefetch_related("delegation").order_by("number")
    return [
        Noted(note, bool(note.delegation and not named and note.delegation.code != viewer.code))
        for note in await notes
    ]


async def follow_ups_of(decision: Decision) -> list[FollowUp]:
    return await FollowUp.filter(decision=decision).prefetch_related(*WITH).order_by("number")


WITH = ("delegation", "body", "decision")


@dataclass(frozen=True)
class Wanted:
    """Which follow-ups a reader asks for; what is not understood asks for nothing."""

    status: str = ""  # a status, or overdue
    owner: str = ""  # delegation:BW, chair:monitoring

    @classmethod
    def of(cls, status: str, owner: str) -> "Wanted":
        return cls(status if status in (*rules.Status, "overdue") else "", owner[:80])


async def find(wanted: Wanted, today: date) -> list[FollowUp]:
    """Those of all decisions that are asked for: unfinished first, the soonest on top."""
    query = FollowUp.all()
    if wanted.status == "overdue":
        query = query.filter(status__in=list(UNFINISHED), due__lt=today)
    elif wanted.status:
        query = query.filter(status=wanted.status)
    if wanted.owner:
        office, _, name = wanted.owner.partition(":")
        query = query.filter(
            Q(delegation__code=name) if office == "delegation" else Q(body__key=name)
        )
    return _sorted(await query.prefetch_related(*WITH))


async def owed_by(viewer: Viewer) -> list[FollowUp]:
    """What this reader's delegation, or a body that it chairs, has not finished; soonest first."""
    bodies = [key for office, key in viewer.offices if office == "chair"]
    mine = Q(body__key__in=bodies or [""])
    if viewer.code:
        mine |= Q(delegation__code=viewer.code)
    query = FollowUp.filter(mine, status__in=list(UNFINISHED))
    return _sorted(await query.prefetch_related(*WITH))


async def due_follow_ups(today: date) -> list[FollowUp]:
    """What a reminder may be due for: unfinished, and its last day past or near enough.

    `beside.stage_of(one.status, one.due, today)` names which reminder: each is sent once.
    """
    query = FollowUp.filter(status__in=list(UNFINISHED), due__lte=today + FURTHEST)
    return _sorted(await query.prefetch_related(*WITH))


async def progress_on(follow_up: FollowUp) -> list[Progress]:
    return await Progress.filter(follow_up=follow_up).order_by("id")


def _sorted(found: Iterable[FollowUp]) -> list[FollowUp]:
    return sorted(
        found,
        key=lambda follow_up: (*rules.soonest(follow_up.status, follow_up.due), follow_up.id),
    )


async def kinds_for(decision: Decision, viewer: Viewer) -> tuple[StatementKind, ...]:
    """The kinds of statement that this reader's delegation may make now; none: it may make none."""
    if not viewer.may("make_statement") or viewer.kind not in SPEAKERS:
        return ()
    return rules.kinds_open(decision.outcome, on_roll=await on_roll(decision, viewer.code))


async def matters_for(decision: Decision, viewer: Viewer) -> tuple[CorrectionMatter, ...]:
    """What this reader may correct: its own position, a slip of the pen, both or neither."""
    body = decision.body.key if decision.body else ""
    mine = viewer.may("make_statement") and (
        viewer.kind == "observer" or await on_roll(decision, viewer.code)
    )
    keeps = viewer.presides(body) or Role.SECRETARIAT in viewer.roles
    return (
        *((CorrectionMatter.POSITION,) if mine else ()),
        *((CorrectionMatter.CLERICAL,) if keeps else ()),
    )


def owners(found: Iterable[FollowUp]) -> dict[str, Owner]:
    """Who owes any of these, by the name to filter by."""
    return {owner.actor: owner for owner in map(owner_of, found)}
