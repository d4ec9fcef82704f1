"""An officer enters what a delegation says in the room; the delegation countersigns it."""

from dataclasses import dataclass

from plenary.bodies.reading import delegation_of
from plenary.proposals.models import Proposal
from plenary.proposals.reading import load
from plenary.questions.actions.answering import enter_position, enter_view
from plenary.questions.actions.answers import Answer, veil
from plenary.questions.actions.shared import delegation_in
from plenary.questions.bars import bar_to_enter_for
from plenary.questions.models import Position, View
from plenary.questions.reading import asked, current_of, is_open, own
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Fault, Invalid, Refused, refuse


@dataclass(frozen=True)
class FromTheRoom:
    """What a delegation said in the room, as an officer hands it in."""

    code: str  # of the delegation
    answer: Answer
    seen: int = 0  # the entry of what it had said, as the officer was shown it; 0: nothing
    changed: bool = False  # in the room it has changed what it had stated itself


@once(its_receipt)
async def enter_from_the_room(by: str, year: int, number: int, said: FromTheRoom) -> Receipt:
    """Recorded and counted at once, in the officer's name; marked until it is countersigned.

    Refused: over what the officer was not shown, or over the delegation's own unless it changed it.
    """
    async with act(by=by) as record:
        return await enter_said(record, await load(year, number), said)


async def enter_said(record: Record, proposal: Proposal, said: FromTheRoom) -> Receipt:
    """The same inside an open act."""
    question = await asked(proposal)
    refuse(bar_to_enter_for(record.by, question.put_by))
    speaker = await delegation_of(said.code)
    if not is_open(question, proposal, record.now):
        raise Refused("over_for_others")
    _bar_to_overtake(await current_of(question, said.code), said)
    enter = enter_view if speaker.kind == "observer" else enter_position
    return await enter(record, proposal, said.code, said.answer, entered_by=record.by)


@once(its_receipt, natural=True)
async def countersign(by: str, year: int, number: int, entry: int) -> Receipt:
    """A delegation says that what was entered for it is what it said; 409 if that has moved on."""
    async with act(by=by) as record:
        proposal = await load(year, number)
        return await enter_countersignature(record, proposal, entry)


async def enter_countersignature(record: Record, proposal: Proposal, entry: int) -> Receipt:
    code, question = delegation_in(record.by), await asked(proposal)
    row = await current_of(question, code)
    if row is None or not row.entered_by or row.countersigned:
        raise Refused("nothing_to_countersign")
    if row.entry != entry:
        raise Refused("entered_anew")
    n = record.append(
        "observer.countersigned" if isinstance(row, View) else "position.countersigned",
        proposal.symbol,
        question=row.question.entry,
        position=entry,
        value=row.stance,
        version=row.version,
        body=proposal.body.key,
        veil=veil(row.question, follows=not isinstance(row, View) or row.follows),
    )
    await type(row).filter(id=row.id).update(countersigned=record.now)
    path = f"/proposals/{proposal.year}/{proposal.number}/positions#{row.delegation.slug}"
    return await record.receipt(n, topic=proposal.symbol, path=path)


def _bar_to_overtake(row: Position | View | None, said: FromTheRoom) -> None:
    if (row.entry if row else 0) != said.seen:
        raise Refused("spoke_meanwhile")
    if row and own(row) and row.version == said.answer.version and not said.changed:
        raise Invalid({"changed": Fault("stated_itself")})
