"""The two sides of each race about windows, votes, holds and statements."""

import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from plenary.decisions.actions import statements
from plenary.decisions.actions.closing import close_due
from plenary.decisions.rules import StatementKind
from plenary.proposals.actions import versions
from plenary.questions.actions import from_the_room
from plenary.questions.actions.answering import state_position
from plenary.questions.actions.answers import Answer
from plenary.questions.actions.asking import Put, put_question
from plenary.questions.actions.windows import end_question, extend_question
from plenary.questions.models import Position
from plenary.questions.rules import Stance
from tests.races.grounds import closing, decided, entered, nothing, silence, vote
from tests.races.judging import FIRST, SECOND, Race, Said, failed
from tests.world import AMENDED, BEL, CHAIR, COR

# How long before the closing instant a round begins.
AT_IT, IN_IT, EARLY, AFTER = (
    timedelta(milliseconds=2), timedelta(hours=1), timedelta(hours=80), timedelta(0)
)  # fmt: skip
WATCH = 0.02  # seconds for which the side that closes looks whether it may


@dataclass(frozen=True)
class Made:
    entry: int


def objects(by: str) -> Any:
    async def side(year: int, number: int) -> Any:
        said = Answer(Stance.OBJECT, 1, clause="p1", explanation="Not every stone.")
        return await state_position(by, year, number, said)

    return side


def answers(stance: Stance) -> Any:
    async def side(year: int, number: int) -> Any:
        return await state_position(COR, year, number, Answer(stance, 1))

    return side


async def close(year: int, number: int) -> Made:
    """What a worker does, in a hurry; how many there were."""
    until = time.monotonic() + WATCH
    while True:
        if (closed := await close_due()) or time.monotonic() > until:
            return Made(closed)


async def extend(year: int, number: int) -> Any:
    closes = closing(number) + timedelta(seconds=5)
    return await extend_question(CHAIR, year, number, closes=closes, reason="Later.")


async def end(year: int, number: int) -> Made:
    return Made((await end_question(CHAIR, year, number)).entry)


async def put(year: int, number: int) -> Any:
    put = Put(1, "silence", closes=closing(number))
    return await put_question(CHAIR, year, number, put)


async def revise(year: int, number: int) -> Any:
    return await versions.revise(
        CHAIR, year, number, text=AMENDED, language="en", base=1, note={"en": "Yearly."}
    )


def explains(by: str) -> Any:
    async def side(year: int, number: int) -> Any:
        draft = statements.Draft(StatementKind.EXPLANATION, "We joined.")
        # The first proposal has no decision.
        return await statements.state_beside(by, f"{year}/{number - 1}", draft)

    return side


async def countersign(year: int, number: int) -> Any:
    row = await Position.get(question__proposal__number=number, entered_by=CHAIR)
    return await from_the_room.countersign(COR, year, number, row.entry)


# --- how a round may end ---


def either(lost_first: set[str], lost_second: set[str]) -> Any:
    """One of the two is done, and the other refused by one of these names."""

    def judge(left: Said, other: Said) -> str:
        if "done" in left and "done" in other:
            return "violation"
        if "done" in left and other.get("refused") in lost_second:
            return FIRST
        if "done" in other and left.get("refused") in lost_first:
            return SECOND
        return failed(left, other)

    return judge


def then(lost: set[str]) -> Any:
    """The first is done or refused by one of these names, and the second is done in any case."""

    def judge(left: Said, other: Said) -> str:
        if "done" not in other:
            return failed(left, other)
        if "done" in left:
            return FIRST
        return SECOND if left.get("refused") in lost else failed(left, other)

    return judge


def both(left: Said, other: Said) -> str:
    if "done" in left and "done" in other and left["done"] != other["done"]:
        return FIRST if left["done"] < other["done"] else SECOND
    return failed(left, other)


def kept_as_late(left: Said, closings: Said) -> str:
    """Whichever of the two wrote the closing down (both may find it due), the answer is late."""
    if left.get("refused") != "too_late" or "done" not in closings:
        return failed(left, closings)
    return "kept as late"


WINDOWS = {
    "instant": Race(objects(COR), close, then({"too_late"}), silence, AT_IT, AT_IT),
    "break": Race(
        objects(BEL), objects(COR), either({"too_late_after"}, {"too_late_after"}), silence, IN_IT
    ),
    "ending": Race(answers(Stance.YES), end, then({"too_late_after"}), vote),
    "extension": Race(
        extend, extend, either({"extended_enough", "not_later"}, {"extended_enough", "not_later"}),
        silence, IN_IT,
    ),
    "last moment": Race(
        extend, close, then({"no_window", "question_closed"}), silence, AT_IT, AT_IT
    ),
    "held": Race(revise, put, either({"text_held"}, {"version_overtaken"}), nothing, EARLY),
    "put": Race(put, put, either({"question_open"}, {"question_open"}), nothing, EARLY),
    "statements": Race(explains(BEL), explains(COR), both, decided),
    "late": Race(answers(Stance.SUPPORT), close, kept_as_late, silence, AFTER),
    "countersign": Race(
        countersign, answers(Stance.SUPPORT), then({"nothing_to_countersign", "entered_anew"}),
        entered,
    ),
}  # fmt: skip
