"""What an adoption needs besides its rule. Pure.

A text on which nothing is left open; an answer of each who objected to an earlier version, or the
time to give one; and notice, so that nothing is adopted before those who decide have read it.
"""

from dataclasses import dataclass
from datetime import datetime

from plenary.bodies.rules import Roll
from plenary.procedures.terms import Terms
from plenary.refusal import Refused, Whose


@dataclass(frozen=True)
class Circulated:
    """A version as everybody had it: when, with how many open brackets."""

    at: datetime
    brackets: int = 0


@dataclass(frozen=True)
class Clearance:
    """What stands between a text and its adoption, whatever the rule makes of the answers."""

    brackets: int = 0  # open in the text that is asked about
    objected: frozenset[str] = frozenset()  # to an earlier version, and not answered on this one
    asked: datetime | None = None  # since when those know that this version is before them
    answer_by: datetime | None = None  # until then they are waited for
    notice_until: datetime | None = None  # before it nothing is adopted
    sitting: bool = False  # whether the room of its meeting is in session
    time: frozenset[str] = frozenset()  # who in the room has asked for time

    @property
    def disputed(self) -> bool:
        """Whether something is open that a failure may be declared over, though nobody objects."""
        return bool(self.brackets or self.objected)

    @property
    def waivable(self) -> bool:
        """Whether the Chair may waive the notice: in a sitting, where nobody has asked for time."""
        return self.sitting and not self.time

    def waited(self, now: datetime) -> bool:
        """Whether those who objected to an earlier version have had the time to answer."""
        return not self.objected or self.answer_by is None or now >= self.answer_by

    def noticed(self, now: datetime) -> bool:
        return self.notice_until is None or now >= self.notice_until


CLEAR = Clearance()
NOTICE = "notice_running"  # the one bar that the Chair may waive


@dataclass(frozen=True)
class Before:
    """What is known of a question when its clearance is worked out."""

    opens: datetime
    text: Circulated
    objected: frozenset[str] = frozenset()
    sitting: bool = False
    time: frozenset[str] = frozenset()
    decides: bool = True  # what a body agrees that does not goes to its parent with its brackets


def sits(terms: Terms, roll: Roll, here: frozenset[str] | None) -> bool:
    """Whether a room is in session. One whom an office let in alone is no sitting.

    Where its rules set a quorum, whether it is met is asked before everything else; where they set
    none, more than half of the roll are in the room. `here`: None where nobody called the roll.
    """
    there = roll.among(here or ())
    return bool(there) if terms.rule.quorum else 2 * len(there) > len(roll)


def announced(terms: Terms, *, meeting: str, closes: datetime | None) -> bool:
    """Whether everyone on the roll is told that it was put: unless it was heard in the room."""
    notice = terms.notice
    return closes is not None or bool(not meeting and notice and notice.outside)


def clearance(terms: Terms, known: Before) -> Clearance:
    """In a sitting the text was circulated so long before; outside one the question, too.

    What the clock adopts has a window, which is its notice. A vote counts votes: nobody is asked
    whether an objection is met. Terms from before there was notice ask for none.
    """
    notice = terms.notice
    asked = max(known.opens, known.text.at)
    objected = known.objected - terms.rule.without if terms.seeks_consensus else frozenset()
    least = notice.least(sitting=known.sitting) if notice else None
    since = known.text.at if known.sitting else asked
    return Clearance(
        known.text.brackets if known.decides else 0,
        objected,
        asked,
        asked + least if least is not None else None,
        since + least if least is not None and not terms.by_clock else None,
        known.sitting,
        known.time,
    )


def bar_to_adopt(clear: Clearance, now: datetime, *, waived: bool = False) -> Refused | None:
    """Neither the gavel nor the clock adopts what is not clear; `waived`: the notice, and only it.

    What an objector is owed is not the Chair's to waive.
    """
    if clear.brackets:
        return Refused("brackets_open", brackets=clear.brackets)
    if not clear.waited(now):
        return Refused(
            "earlier_objection_unanswered", objectors=Whose(clear.objected), until=clear.answer_by
        )
    if clear.noticed(now) or (waived and clear.waivable):
        return None
    return Refused(
        "notice_running",
        until=clear.notice_until,
        sitting=clear.sitting,
        time=len(clear.time),
    )
