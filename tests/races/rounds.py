"""What the two sides of each race do in a round, and what may have come of it."""

from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tortoise.exceptions import BaseORMException

from plenary import clock
from plenary.bodies.actions.attendance import arrive
from plenary.bodies.rules import Room
from plenary.decisions.actions.declaring import Declaration, declare
from plenary.decisions.reading import Sight, sight_of
from plenary.proposals.actions import versions
from plenary.proposals.actions.moves import Tabled, enter_proposal
from plenary.proposals.reading import load
from plenary.questions.actions.answering import state_position
from plenary.questions.actions.answers import Answer
from plenary.questions.models import Question
from plenary.questions.rules import Outcome, Stance
from plenary.record.act import Torn, act, door
from plenary.refusal import Refused
from tests.races.grounds import EARLIER, YEARS_ON, put_again
from tests.races.judging import FIRST, SECOND, Race, Said, Side, failed
from tests.races.windows import WINDOWS
from tests.world import AMENDED, CHAIR, COR, TEXT


async def object_(year: int, number: int) -> Any:
    said = Answer(Stance.OBJECT, 1, clause="p1", explanation="Not every stone.")
    return await state_position(COR, year, number, said)


async def support(year: int, number: int) -> Any:
    return await state_position(COR, year, number, Answer(Stance.SUPPORT, 1))


async def support_once(year: int, number: int) -> Any:
    said = Answer(Stance.SUPPORT, 1, key=f"form-{number}")
    return await state_position(COR, year, number, said)


async def adopt(year: int, number: int) -> Any:
    return await declare(CHAIR, year, number, Declaration(Outcome.ADOPTED))


async def adopt_what_was_seen(year: int, number: int) -> Any:
    """The Chair has version 1 in sight, whatever has come since."""
    proposal = await load(year, number)
    sight = Sight(1, "what was on the page", "")
    if proposal.newest == 1:
        question = await Question.get(proposal=proposal)
        sight = await sight_of(question, proposal)
    said = Declaration(Outcome.ADOPTED, sight=sight)
    return await declare(CHAIR, year, number, said)


async def revise(year: int, number: int) -> Any:
    return await versions.revise(
        CHAIR, year, number, text=AMENDED, language="en", base=1, note={"en": "Yearly."}
    )


async def revise_otherwise(year: int, number: int) -> Any:
    text = AMENDED.replace("every year", "every month")
    return await versions.revise(
        CHAIR, year, number, text=text, language="en", base=1, note={"en": "Monthly."}
    )


@dataclass(frozen=True)
class Made:
    entry: int


def _room(number: int) -> Room:
    return Room("plenary", f"m{number}", *(datetime(y, 1, 1, tzinfo=UTC) for y in (2000, 2900)))


async def brought_in(year: int, number: int) -> Made:
    return Made(await arrive(CHAIR, _room(number), ["COR"]))


async def come(year: int, number: int) -> Made:
    return Made(await arrive(COR, _room(number), ["COR"]))


def one_presence(left: Said, other: Said) -> str:
    if "done" in left and "done" in other:
        return "violation"
    for place, won, lost in ((FIRST, left, other), (SECOND, other, left)):
        if "done" in won and lost.get("refused") == "in_the_room_already":
            return place
    return failed(left, other)


def objection_or_adoption(objection: Said, adoption: Said) -> str:
    if "done" in objection and "done" in adoption:
        return "violation"
    if "done" in objection and adoption.get("refused") == "objection_stands":
        return FIRST
    if "done" in adoption and objection.get("refused") == "question_closed":
        return SECOND
    return failed(objection, adoption)


def one_gavel(left: Said, other: Said) -> str:
    if "done" in left and "done" in other:
        return "violation"
    for place, won, lost in ((FIRST, left, other), (SECOND, other, left)):
        if "done" in won and lost.get("refused") == "question_closed":
            return place
    return failed(left, other)


def position_or_text(position: Said, text: Said) -> str:
    if "done" in position and "done" in text:
        return FIRST if position["done"] < text["done"] else "violation"
    if "done" in text and position.get("refused") == "version_moved":
        return SECOND
    return failed(position, text)


def seen_or_not_adopted(declaration: Said, text: Said) -> str:
    """A text that came first is not adopted unseen; after the gavel there is no other text."""
    if "done" in declaration and "done" in text:
        return "violation"
    if "done" in declaration and text.get("refused") == "proposal_closed":
        return FIRST
    if "done" in text and declaration.get("refused") == "moved_since_seen":
        return SECOND
    return failed(declaration, text)


def one_text(left: Said, other: Said) -> str:
    """Of two texts on one version the first is the next version, and the other comes too late."""
    if "done" in left and "done" in other:
        return "violation"
    for place, won, lost in ((FIRST, left, other), (SECOND, other, left)):
        if "done" in won and lost.get("refused") == "version_overtaken":
            return place
    return failed(left, other)


def lifted_or_held(answer: Said, adoption: Said) -> str:
    """An objection of the question before holds the gavel until its holder has lifted it."""
    if "done" in answer and "done" in adoption:
        return FIRST if answer["done"] < adoption["done"] else "violation"
    if "done" in answer and adoption.get("refused") == "objection_stands":
        return SECOND
    return failed(answer, adoption)


def one_receipt(left: Said, other: Said) -> str:
    if "done" in left and "done" in other:
        return "one act" if left == other else "violation"
    return failed(left, other)


def both_said(left: Said, other: Said) -> str:
    if "done" in left and "done" in other:
        return FIRST if left["done"] < other["done"] else SECOND
    return failed(left, other)


RACES = {
    "objection": Race(object_, adopt, objection_or_adoption),
    "gavel": Race(adopt, adopt, one_gavel),
    "revision": Race(support, revise, position_or_text),
    "sight": Race(adopt_what_was_seen, revise, seen_or_not_adopted),
    "text": Race(revise, revise_otherwise, one_text),
    "again": Race(support, adopt, lifted_or_held, put_again),
    "receipt": Race(support_once, support_once, one_receipt),
    "position": Race(object_, support, both_said),
    "presence": Race(brought_in, come, one_presence),
} | WINDOWS


async def tell(side: Side, year: int, number: int) -> Said:
    """What one side's act came to."""
    try:
        made = await side(year, number)
    except Refused as refused:
        return {"refused": refused.reason}
    except (BaseORMException, Torn) as error:
        return {"failed": f"{type(error).__name__}: {str(error).partition(chr(10))[0][:50]}"}
    return {"done": made.entry, "receipt": getattr(made, "code", "")}


async def set_out(race: str, year: int, number: int, many: int) -> None:
    """So many proposals on the table from this number on, and what stands on each as it begins."""
    timed = RACES[race].clock is not None
    with clock.pretending(YEARS_ON - EARLIER) if timed else nullcontext():
        await _set_out(race, number, many)


@door
async def _set_out(race: str, number: int, many: int) -> None:
    async with act(by=CHAIR) as record:
        for place in range(number, number + many):
            tabled = Tabled({"en": "Seals"}, {"en": "Sealed."}, "trade", "plenary", "en", TEXT)
            proposal = await enter_proposal(record, tabled, draft=False)
            assert proposal.number == place
            await RACES[race].ground(record, proposal)
