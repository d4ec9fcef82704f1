"""What the two sides of each race do in a round, and what may have come of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from tortoise.exceptions import BaseORMException

from plenary.decisions import actions as decisions
from plenary.decisions.actions import Answer, Declaration, Put
from plenary.decisions.rules import Outcome, Stance
from plenary.proposals import actions as proposals
from plenary.proposals.actions import Tabled
from plenary.record.act import Torn, act, door
from plenary.refusal import Refused
from tests.world import AMENDED, CHAIR, COR, TEXT

Side = Callable[[int, int], Awaitable[Any]]
Said = dict[str, Any]  # {"done": entry, "receipt": code} or {"refused": reason} or {"failed": why}
FIRST, SECOND = "first", "second"  # which side came first, where a round ended as it may


@dataclass(frozen=True)
class Race:
    left: Side
    right: Side
    judge: Callable[[Said, Said], str]  # the name of how a round ended


async def object_(year: int, number: int) -> Any:
    said = Answer(Stance.OBJECT, 1, clause="p1", explanation="Not every stone.")
    return await decisions.state_position(COR, year, number, said)


async def support(year: int, number: int) -> Any:
    return await decisions.state_position(COR, year, number, Answer(Stance.SUPPORT, 1))


async def support_once(year: int, number: int) -> Any:
    said = Answer(Stance.SUPPORT, 1, key=f"form-{number}")
    return await decisions.state_position(COR, year, number, said)


async def adopt(year: int, number: int) -> Any:
    return await decisions.declare(CHAIR, year, number, Declaration(Outcome.ADOPTED))


async def revise(year: int, number: int) -> Any:
    return await proposals.revise(
        CHAIR, year, number, text=AMENDED, language="en", base=1, note={"en": "Yearly."}
    )


def objection_or_adoption(objection: Said, adoption: Said) -> str:
    if "done" in objection and "done" in adoption:
        return "violation"
    if "done" in objection and adoption.get("refused") == "objection_stands":
        return FIRST
    if "done" in adoption and objection.get("refused") == "question_closed":
        return SECOND
    return _failed(objection, adoption)


def one_gavel(one: Said, other: Said) -> str:
    if "done" in one and "done" in other:
        return "violation"
    for place, won, lost in ((FIRST, one, other), (SECOND, other, one)):
        if "done" in won and lost.get("refused") == "question_closed":
            return place
    return _failed(one, other)


def position_or_text(position: Said, text: Said) -> str:
    if "done" in position and "done" in text:
        return FIRST if position["done"] < text["done"] else "violation"
    if "done" in text and position.get("refused") == "version_moved":
        return SECOND
    return _failed(position, text)


def one_receipt(one: Said, other: Said) -> str:
    if "done" in one and "done" in other:
        return "one act" if one == other else "violation"
    return _failed(one, other)


def both_said(one: Said, other: Said) -> str:
    if "done" in one and "done" in other:
        return FIRST if one["done"] < other["done"] else SECOND
    return _failed(one, other)


def _failed(one: Said, other: Said) -> str:
    why = [said["failed"] for said in (one, other) if "failed" in said]
    answers = (said.get("refused", "done") for said in (one, other))
    return f"failed: {' and '.join(why)}" if why else f"unforeseen: {' and '.join(answers)}"


RACES = {
    "objection": Race(object_, adopt, objection_or_adoption),
    "gavel": Race(adopt, adopt, one_gavel),
    "revision": Race(support, revise, position_or_text),
    "receipt": Race(support_once, support_once, one_receipt),
    "position": Race(object_, support, both_said),
}


async def tell(side: Side, year: int, number: int) -> Said:
    """What one side's act came to."""
    try:
        made = await side(year, number)
    except Refused as refused:
        return {"refused": refused.reason}
    except (BaseORMException, Torn) as error:
        return {"failed": f"{type(error).__name__}: {str(error).partition(chr(10))[0][:50]}"}
    return {"done": made.entry, "receipt": getattr(made, "code", "")}


@door
async def set_out(year: int, number: int, many: int) -> None:
    """So many proposals on the table from this number on, each with a question put; one act."""
    async with act(by=CHAIR) as record:
        for place in range(number, number + many):
            tabled = Tabled({"en": "Seals"}, {"en": "Sealed."}, "trade", "plenary", "en", TEXT)
            proposal = await proposals.enter_proposal(record, tabled, draft=False)
            assert proposal.number == place
            await decisions.enter_question(record, proposal, Put(version=1))
