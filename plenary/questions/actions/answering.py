"""Answer a question: a Participant's position, an Observer's view."""

from typing import Protocol

from plenary.bodies.days import day_of
from plenary.bodies.models import Delegation
from plenary.bodies.rolls import seat_has_ended
from plenary.proposals.models import Proposal
from plenary.proposals.rules import stage_before
from plenary.questions import bars
from plenary.questions.actions.answers import (
    Answer,
    check_answer,
    choice,
    columns,
    facts,
    keep_concerns,
    payload,
    receipt_for,
    veil,
)
from plenary.questions.actions.late import came_late, enter_late, too_late
from plenary.questions.actions.late_swing import carrying, swing
from plenary.questions.actions.shared import delegation_in, end, stage, supersede
from plenary.questions.models import Bloc, Position, Question, View
from plenary.questions.reading import asked, asked_on, called, is_open, terms
from plenary.questions.rules import Ended, Stance
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Forbidden, refuse


class Enter(Protocol):
    """Into which ledger an answer is entered, inside an open act."""

    async def __call__(
        self,
        record: Record,
        proposal: Proposal,
        code: str,
        answer: Answer,
        /,
        *,
        question: Question,
    ) -> Receipt: ...


@once(its_receipt)
async def state_position(by: str, year: int, number: int, answer: Answer) -> Receipt:
    """A Participant answers; a later answer supersedes, and both stay on the record.

    Refused("too_late", …) once it is kept as late: on the record with its time, in no count.
    """
    return await _answer(by, year, number, answer, enter_position)


@once(its_receipt)
async def be_heard(by: str, year: int, number: int, answer: Answer) -> Receipt:
    """An Observer takes the same positions, in a ledger that enters no count."""
    return await _answer(by, year, number, answer, enter_view)


async def _answer(by: str, year: int, number: int, answer: Answer, enter: Enter) -> Receipt:
    """What comes at or after the end is kept as late, and refused once it is kept."""
    async with act(by=by) as record:
        proposal, question = await asked_on(year, number)
        code = delegation_in(by)
        if late := came_late(question):
            receipt = await enter_late(record, proposal, question, code, answer)
        else:
            receipt = await enter(record, proposal, code, answer, question=question)
    refuse(too_late(question, receipt) if late else None)
    return receipt


async def enter_position(
    record: Record,
    proposal: Proposal,
    code: str,
    answer: Answer,
    *,
    entered_by: str = "",
    bloc: Bloc | None = None,
    question: Question | None = None,
) -> Receipt:
    """The same inside an open act; `entered_by` is the officer who enters it from the room.

    `bloc`: the position that another stated on its behalf, and that it confirms with this.
    """
    question = question or await asked(proposal)
    participant = await called(question, code)
    await _bar(record, proposal, question, answer, entitled=participant is not None)
    assert participant is not None  # else _bar has refused
    entered: dict[str, str | int] = {"delegation": code} if entered_by else {}
    if bloc:
        entered["bloc"] = bloc.entry
    carried = await carrying(record, proposal, question)
    entry = record.append(
        "position.entered" if entered_by else "position.stated",
        proposal.symbol,
        **await facts(proposal, question, answer),
        **entered,
        ad_referendum=int(answer.ad_referendum),
        veil=veil(question),
        payload=payload(answer),
    )
    await supersede(question, participant)
    await Position.create(
        question=question,
        delegation=participant,
        ad_referendum=answer.ad_referendum,
        entered_by=entered_by,
        bloc=bloc,
        **columns(answer),
        at=record.now,
        entry=entry,
    )
    await keep_concerns(answer, entry)
    if answer.stance is Stance.OBJECT and terms(question).breaks("objection"):
        await break_silence(record, proposal, question, entry)
    await swing(record, proposal, question, carried)
    return await receipt_for(record, proposal, answer, participant, entry)


async def break_silence(record: Record, proposal: Proposal, question: Question, entry: int) -> None:
    """The first objection ends a silence at once; the Chair decides what follows."""
    with record.signed("system"):
        ending = record.append(
            "silence.broken", proposal.symbol, question=question.entry, objection=entry
        )
    await end(question, Ended.BROKEN, at=record.now, entry=ending, version=proposal.newest)
    await stage(record, proposal, stage_before(proposal.body.key))


async def enter_view(
    record: Record,
    proposal: Proposal,
    code: str,
    answer: Answer,
    *,
    entered_by: str = "",
    question: Question | None = None,
) -> Receipt:
    """The same in the ledger of Observers: public at once, unless the Observer chose otherwise.

    No officer chooses for it: what is entered from the room goes as its last view went.
    """
    question = question or await asked(proposal)
    observer = await Delegation.get_or_none(code=code, kind="observer")
    if observer and await seat_has_ended(question.body_id, observer.id, await day_of(record.now)):
        raise Forbidden("seat_has_ended")
    await _bar(record, proposal, question, answer, entitled=observer is not None)
    assert observer is not None  # else _bar has refused
    current = View.filter(question=question, delegation=observer, current=True)
    follows = (
        await current.filter(follows=True).exists() if entered_by else answer.follow_publication
    )
    entered = {"delegation": code} if entered_by else {}
    entry = record.append(
        "observer.entered" if entered_by else "observer.heard",
        proposal.symbol,
        **await facts(proposal, question, answer),
        **entered,
        **choice(follows=follows),
        veil=veil(question, follows=follows),
        payload=payload(answer),
    )
    await current.update(current=False)
    await View.create(
        question=question,
        delegation=observer,
        entered_by=entered_by,
        follows=follows,
        **columns(answer),
        at=record.now,
        entry=entry,
    )
    await keep_concerns(answer, entry)
    return await receipt_for(record, proposal, answer, observer, entry)


async def _bar(
    record: Record, proposal: Proposal, question: Question, answer: Answer, *, entitled: bool
) -> None:
    refuse(
        bars.bar_to_answer(
            open=is_open(question, proposal, record.now),
            asked=proposal.newest,
            version=answer.version,
            entitled=entitled,
            latest=proposal.newest,
            stance=answer.stance,
            answers=terms(question).answers,
        )
    )
    await check_answer(proposal, answer)
