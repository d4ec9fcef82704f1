"""What there is to tell of a question, and since when. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from plenary.procedures.deadlines import next_reminders
from plenary.questions.rules import Ended

NEWS = timedelta(days=7)  # what is older stands on the desk, and is sent to nobody any more


@dataclass(frozen=True)
class Occasion:
    """A reason to tell somebody something: its name, and when it arose (UTC)."""

    name: str
    due: datetime


@dataclass(frozen=True)
class Course:
    """What has become of a question, as far as those who decide have to be told."""

    opens: datetime
    closes: datetime | None = None
    open: bool = True  # by the clock
    moves: tuple[Occasion, ...] = ()  # of its closing: extended, outage; in the order of time
    announced: bool = True  # else it was put in a room, which heard it
    revised: tuple[Occasion, ...] = ()  # the newest text, where it was put on an earlier one
    by_clock: bool = True  # whether the clock makes the outcome, or the Chair
    closed: datetime | None = None
    ended: str = ""
    adopted: bool = False  # by the clock
    agreed: bool = False  # by the clock, in a body that does not decide
    declared: datetime | None = None  # by the Chair
    withdrawn: datetime | None = None


def occasions(course: Course, now: datetime) -> tuple[Occasion, ...]:
    """What is news now: each is told once. Nothing of a window is told once it is over.

    Of a question that was put in a room only its outcome is told: its opening was heard there. A
    new text is told like an opening, so that those who are asked know what is before them. After a
    pause only the newest of the reminders is told, and none from before a move.
    """
    found = _running(course, now) if course.open else _ended(course)
    if not course.announced:
        found = ()
    if course.declared:
        found = (*found, Occasion("declared", course.declared))
    # While a right runs its notice is news, however long the mail has been away.
    news = timedelta.max if course.open and not course.declared else NEWS
    return tuple(
        occasion for occasion in found if now - occasion.due < news and occasion.due <= now
    )


def _running(course: Course, now: datetime) -> tuple[Occasion, ...]:
    opened = (Occasion("opened", course.opens), *course.revised)
    if course.closes is None:
        return opened
    last = course.moves[-1:]
    since = last[0].due if last else course.opens
    reminders = next_reminders(course.opens, course.closes, since, now)[-1:]
    return (
        *opened,
        *last,
        *(Occasion(reminder.name, reminder.at) for reminder in reminders),
    )


def _ended(course: Course) -> tuple[Occasion, ...]:
    """Nothing in the moment after the closing instant, before it is written down."""
    if course.withdrawn:
        return (Occasion("withdrawn", course.withdrawn),)
    if course.closed is None:
        return ()
    if course.ended == Ended.BROKEN:
        return (Occasion("broken", course.closed),)
    if course.ended == Ended.CLOSED or (course.ended == Ended.RAN_OUT and not course.by_clock):
        return (Occasion("closed", course.closed),)
    if course.ended == Ended.RAN_OUT:
        carried = "agreed" if course.agreed else "adopted" if course.adopted else ""
        return (Occasion(carried or "ran_out", course.closed),)
    return ()
