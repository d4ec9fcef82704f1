"""What may be done on a question now. Pure: one value that the pages, the desk and the tests ask.

Who may do it is the business of the powers; that it is not refused as things stand, of this.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from plenary.procedures.deadlines import bar_to_extend_again
from plenary.procedures.terms import Terms
from plenary.proposals.rules import ON_THE_TABLE, Stage
from plenary.questions import bars
from plenary.questions.rules import FAILED, Carries, Ended, Outcome, Standing
from plenary.refusal import Refused


@dataclass(frozen=True)
class Asked:
    """The newest question on a proposal, as it stands."""

    terms: Terms
    standing: Standing
    open: bool
    running: bool  # its closing instant is still to come
    ended: str = ""
    outcome: str = ""  # its own
    closes: datetime | None = None
    extended: int = 0  # how often the Chair has moved its closing
    decides: bool = True  # the body that it was put in
    here: bool = True  # that body still has the proposal
    bar: Refused | None = None  # to any adoption, as things stand, whatever the rule says
    waivable: bool = False  # and the Chair may waive what is still to run
    disputed: bool = False  # though nobody objects to this text, something in it is open


@dataclass(frozen=True)
class Offers:
    """What is not refused: to whoever presides, and to whoever is asked."""

    put: bool  # the next question
    declare: tuple[Outcome, ...] = ()
    answer: bool = False  # from whoever is on the roll, and from Observers
    extend: bool = False
    end: bool = False  # the answering
    waits: bool = False  # its window runs, and the clock will end it
    over: bool = False  # an outcome stands, or it has left the table
    on_table: bool = False  # the text, for whoever presides
    then: str = ""  # the next rung of the ladder, where this one fails
    ready: bool = False  # whether the next question can be put without a declaration first


class Voice(StrEnum):
    """What a delegation has to say on a question."""

    NONE = ""
    NOT_ASKED = "not_asked"  # nothing was put yet
    ASKED = "asked"  # it is on the roll, and may answer
    HEARD = "heard"  # an Observer, which may answer and enters no count
    OFF_ROLL = "off_roll"  # it may comment
    UNSEATED = "unseated"  # an Observer whose seat in the body has ended: it may comment
    RAN_OUT = "ran_out"  # the clock ended it, and how it stood then is counted

    @property
    def speaks(self) -> bool:
        return self in (Voice.ASKED, Voice.HEARD)


def voice(
    asked: Asked | None, *, code: str, observer: bool, on_roll: bool, unseated: bool = False
) -> Voice:
    """That of the delegation whose code it is; of nobody's it is none."""
    if not code:
        return Voice.NONE
    if asked is None:
        return Voice.NOT_ASKED
    if asked.open and observer and unseated:
        return Voice.UNSEATED
    if asked.open:
        return Voice.HEARD if observer else Voice.ASKED if on_roll else Voice.OFF_ROLL
    ran_out = on_roll and asked.ended == Ended.RAN_OUT and asked.terms.by_clock
    return Voice.RAN_OUT if ran_out else Voice.NONE


def offers(stage: Stage, asked: Asked | None) -> Offers:
    return replace(_offers(stage, asked), on_table=stage in ON_THE_TABLE)


def _offers(stage: Stage, asked: Asked | None) -> Offers:
    put = bars.bar_to_put(stage, 1, 1) is None
    if asked is None:
        return Offers(put)
    terms = asked.terms
    carries = isinstance(asked.standing, Carries) and asked.ended != Ended.BROKEN
    carries = carries and asked.bar is None
    then = "" if carries else terms.then
    if asked.open:
        return Offers(
            put,
            _allowed(asked),
            answer=True,
            extend=asked.running and not bar_to_extend_again(asked.extended, terms.extensions),
            end=bars.bar_to_end(terms, open=True, closes=asked.closes) is None,
            waits=asked.running and terms.by_clock,
            then=then,
        )
    settled = carries and terms.by_clock  # the clock has adopted it, or is about to
    awaits = bars.awaits_outcome(stage, open=False, ended=asked.ended, outcome=asked.outcome)
    if settled or not awaits or not asked.here:
        failed = asked.outcome in FAILED and put
        return Offers(put, over=True, then=then if failed else "", ready=True)
    declare = _allowed(asked)
    return Offers(put, declare, then=then, ready=put)


def _allowed(asked: Asked) -> tuple[Outcome, ...]:
    return bars.allowed(
        asked.terms,
        asked.standing,
        decides=asked.decides,
        running=asked.open and asked.running,
        ended="" if asked.open else asked.ended,
        bar=None if asked.waivable else asked.bar,
        disputed=asked.disputed,
    )
