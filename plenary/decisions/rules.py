"""What may stand beside a decision: statements, corrections of the record, follow-up. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote

from plenary.questions.rules import ADOPTIONS, Outcome
from plenary.refusal import Fault, Forbidden, Refused


class StatementKind(StrEnum):
    """What a delegation wants printed with a decision."""

    EXPLANATION = "explanation"
    INTERPRETATIVE = "interpretative"
    RESERVATION = "reservation"
    DISSOCIATION = "dissociation"


OF_THOSE_WHO_DECIDE = frozenset(
    {StatementKind.RESERVATION, StatementKind.DISSOCIATION}
)  # the others never joined
SETTLED = ADOPTIONS | {Outcome.NOTED}  # only of these there is something to reserve or interpret


def kinds_open(outcome: str, *, on_roll: bool) -> tuple[StatementKind, ...]:
    """The kinds of statement open to a delegation, after this outcome.

    Whoever was not on the roll (an Observer, a suspended Participant) did not join, and so has
    nothing to reserve or to dissociate from. Where nothing was adopted, all can explain.
    """
    if outcome not in SETTLED:
        return (StatementKind.EXPLANATION,)
    return tuple(kind for kind in StatementKind if on_roll or kind not in OF_THOSE_WHO_DECIDE)


class CorrectionMatter(StrEnum):
    """What a correction of the record is about."""

    POSITION = "position"  # a delegation says what it had meant to state
    CLERICAL = "clerical"  # the Chair or the secretariat corrects a slip of the pen


class Task(StrEnum):
    ACTION = "action"
    RECOMMENDATION = "recommendation"  # of a peer review


class Status(StrEnum):
    OPEN = "open"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


UNFINISHED = frozenset({Status.OPEN, Status.UNDER_WAY})
DROPPERS = frozenset({"secretariat", "chair:plenary"})  # who may give a follow-up up


@dataclass(frozen=True)
class Owner:
    """Who owes a follow-up: a delegation by its code, or a body by its key."""

    code: str = ""
    body: str = ""

    @property
    def actor(self) -> str:
        """Who reports for it: the delegation itself, or the chair of the body."""
        return f"delegation:{self.code}" if self.code else f"chair:{self.body}"


def reporters(owner: Owner) -> frozenset[str]:
    """Who may report on a follow-up; the Chair of the Plenary presides over every body."""
    return DROPPERS | {owner.actor}


def bar_to_report(by: str, owner: Owner, *, now: str, to: str) -> Refused | None:
    """Its owner reports, the Chair and the secretariat too; only these two drop it or take it up.

    `now` and `to` are the status it has, and the one that is reported.
    """
    if by not in reporters(owner):
        return Forbidden("not_the_owner")
    if Status.DROPPED in (now, to) and now != to and by not in DROPPERS:
        return Forbidden("not_yours_to_drop")
    return None


def fault_of_report(note: str, *, now: str, to: str) -> Fault | None:
    """A report says something: a new status, or words; giving up always needs its reason."""
    silent = not note.strip()
    return Fault("needed") if silent and (now == to or to == Status.DROPPED) else None


def overdue(status: str, due: date | None, today: date) -> bool:
    """Unfinished on the day after the last day."""
    return status in UNFINISHED and due is not None and due < today


STAGES = ((3, "three_days"), (14, "fourteen_days"))  # at most so many days left, the name


def stage_of(status: str, due: date | None, today: date) -> str:
    """How near its last day is: overdue, three_days, fourteen_days, or nothing to say yet.

    A stage lasts until the next, so that a reminder missed on its day can still be sent.
    """
    if due is None or status not in UNFINISHED:
        return ""
    left = (due - today).days
    return "overdue" if left < 0 else next((name for days, name in STAGES if left <= days), "")


def soonest(status: str, due: date | None) -> tuple[bool, date]:
    """To sort by: unfinished first, the soonest on top, those without a day after them."""
    return status not in UNFINISHED, due or date.max


OWN = "own"  # the register of what was decided here
GROUPS = "groups"  # what bodies below the Plenary agreed or reported: in no register of decisions
DECLARED_HERE = (OWN, GROUPS)


def path_to(register: str, source_id: str) -> str:
    """/decisions/2019/1 of our own, /decisions/kp/2003-04-30-final-extension of an imported one,
    /groups/monitoring/outcomes/2019/1 of what a group agreed or reported."""
    if register == GROUPS:
        group, _, number = source_id.partition("/")
        return f"/groups/{quote(group)}/outcomes/{quote(number)}"
    return f"/decisions/{quote(source_id if register == OWN else f'{register}/{source_id}')}"


LONGEST_TOPIC = 120  # characters of a topic on the record


def topic_of(register: str, source_id: str, symbol: str) -> str:
    """How a decision is called on the record: by its symbol, else by its place in its register."""
    return (symbol or f"{register}/{source_id}")[:LONGEST_TOPIC]
