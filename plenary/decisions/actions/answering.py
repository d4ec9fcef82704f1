"""Answer a question: a Participant's position, an Observer's view, and what came too late."""

from dataclasses import dataclass, replace
from typing import Any

from plenary.bodies.models import Delegation
from plenary.decisions import rules
from plenary.decisions.actions.known import (
    asked,
    asked_on,
    called,
    is_open,
    stage,
    supersede,
    terms,
    version_of,
)
from plenary.decisions.models import Bloc, Late, Position, Question, View
from plenary.decisions.rules import Ended, Stance
from plenary.proposals import actions as texts
from plenary.proposals.models import Proposal
from plenary.proposals.rules import stage_before
from plenary.record.act import Record, act, door
from plenary.record.models import Receipt
from plenary.refusal import Fault, Forbidden, Invalid, Refused, refuse


@dataclass(frozen=True)
class Answer:
    """A position, or an Observer's view, as it is handed in."""

    stance: Stance
    version: int
    clause: str = ""
    explanation: str = ""
    would_join: str = ""
    language: str = "en"
    ad_referendum: bool = False
    key: str = ""


@door
async def state_position(by: str, year: int, number: int, answer: Answer) -> Receipt:
    """A Participant answers; a later answer supersedes, and both stay on the record.

    Refused("too_late", …) once it is kept as late: on the record with its time, in no count.
    """
    async with act(by=by) as record:
        answer = replace(answer, key=answer.key and f"{year}/{number}/position {answer.key}")
        if again := await record.already(answer.key):
            return again
        proposal, question = await asked_on(year, number)
        if late := came_late(question):
            receipt = await enter_late(record, proposal, question, _code(by), answer)
        else:
            receipt = await enter_position(record, proposal, _code(by), answer, question=question)
    refuse(_too_late(question, receipt) if late else None)
    return receipt


async def enter_position(
    record: Record, proposal: Proposal, code: str, answer: Answer, *, entered_by: str = "",
    bloc: Bloc | None = None, question: Question | None = None,
) -> Receipt:  # fmt: skip
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
    entry = record.append(
        "position.entered" if entered_by else "position.stated", proposal.symbol,
        **await facts(proposal, question, answer), **entered,
        ad_referendum=int(answer.ad_referendum), veil=veil(question), payload=payload(answer),
    )  # fmt: skip
    await supersede(question, participant)
    await Position.create(
        question=question, delegation=participant, ad_referendum=answer.ad_referendum,
        entered_by=entered_by, bloc=bloc, **columns(answer), at=record.now, entry=entry,
    )  # fmt: skip
    if answer.stance is Stance.OBJECT and terms(question).breaks("objection"):
        await break_silence(record, proposal, question, entry)
    return await receipt_for(record, proposal, answer, participant, entry)


async def break_silence(record: Record, proposal: Proposal, question: Question, entry: int) -> None:
    """The first objection ends a silence at once; the Chair decides what follows."""
    with record.signed("system"):
        ending = record.append(
            "silence.broken", proposal.symbol, question=question.entry, objection=entry
        )
    question.closed, question.ended, question.version = record.now, Ended.BROKEN, proposal.newest
    await Question.filter(id=question.id).update(
        closed=record.now, ended=Ended.BROKEN, ending=ending, version=proposal.newest
    )
    await stage(record, proposal, stage_before(proposal.body.key))


@door
async def be_heard(by: str, year: int, number: int, answer: Answer) -> Receipt:
    """An Observer takes the same positions, in a ledger that enters no count."""
    async with act(by=by) as record:
        answer = replace(answer, key=answer.key and f"{year}/{number}/position {answer.key}")
        if again := await record.already(answer.key):
            return again
        proposal, question = await asked_on(year, number)
        if late := came_late(question):
            receipt = await enter_late(record, proposal, question, _code(by), answer)
        else:
            receipt = await enter_view(record, proposal, _code(by), answer)
    refuse(_too_late(question, receipt) if late else None)
    return receipt


async def enter_view(
    record: Record, proposal: Proposal, code: str, answer: Answer, *, entered_by: str = ""
) -> Receipt:
    question = await asked(proposal)
    observer = await Delegation.get_or_none(code=code, kind="observer")
    await _bar(record, proposal, question, answer, entitled=observer is not None)
    assert observer is not None  # else _bar has refused
    entered = {"delegation": code} if entered_by else {}
    entry = record.append(
        "observer.entered" if entered_by else "observer.heard", proposal.symbol,
        **await facts(proposal, question, answer), **entered,
        veil=veil(question), payload=payload(answer),
    )  # fmt: skip
    await View.filter(question=question, delegation=observer, current=True).update(current=False)
    await View.create(
        question=question, delegation=observer, entered_by=entered_by, **columns(answer),
        at=record.now, entry=entry,
    )  # fmt: skip
    return await receipt_for(record, proposal, answer, observer, entry)


def came_late(question: Question) -> bool:
    """Whether its end has come by the clock, an objection or the Chair: then it is kept as late."""
    return question.ended in rules.LATE_AFTER


async def enter_late(
    record: Record, proposal: Proposal, question: Question, code: str, answer: Answer
) -> Receipt:
    """What came at or after the end goes on the record with its time; nothing said is lost."""
    speaker = await _entitled(question, code)
    refuse(
        rules.bar_to_answer(
            open=True, asked=version_of(question, proposal), version=answer.version, entitled=True,
            latest=proposal.newest, stance=answer.stance, answers=terms(question).answers,
        )
    )  # fmt: skip
    await check_answer(proposal, answer)
    entry = record.append(
        "position.late", proposal.symbol, **await facts(proposal, question, answer),
        ad_referendum=int(answer.ad_referendum), veil=veil(question), payload=payload(answer),
    )  # fmt: skip
    said = columns(answer) | {"current": False}
    await Late.create(question=question, delegation=speaker, **said, at=record.now, entry=entry)
    return await receipt_for(record, proposal, answer, speaker, entry)


async def _entitled(question: Question, code: str) -> Delegation:
    """On the roll, or an Observer; Forbidden otherwise."""
    participant = await called(question, code)
    speaker = participant or await Delegation.get_or_none(code=code, kind="observer")
    if speaker is None:
        raise Forbidden("not_on_the_roll")
    return speaker


def _too_late(question: Question, receipt: Receipt) -> Refused:
    reason = "too_late" if question.ended == Ended.RAN_OUT else "too_late_after"
    return Refused(reason, closed=question.closed, ended=question.ended, receipt=receipt.code)


async def _bar(
    record: Record, proposal: Proposal, question: Question, answer: Answer, *, entitled: bool
) -> None:
    refuse(
        rules.bar_to_answer(
            open=is_open(question, proposal, record.now), asked=proposal.newest,
            version=answer.version, entitled=entitled, latest=proposal.newest,
            stance=answer.stance, answers=terms(question).answers,
        )
    )  # fmt: skip
    await check_answer(proposal, answer)


async def check_answer(proposal: Proposal, answer: Answer) -> None:
    """What an answer must hold: an objection names its clause and its reason; Invalid if not."""
    errors = {}
    if answer.stance in rules.NEEDS_EXPLANATION and not answer.explanation.strip():
        errors["explanation"] = Fault("explanation_needed", stance=answer.stance.value)
    if answer.stance is Stance.OBJECT and not answer.clause:
        errors["clause"] = Fault("clause_needed")
    if answer.clause:
        version = await texts.version_numbered(proposal, answer.version)
        if answer.clause not in {c.key for c in await texts.clauses_of(version)}:
            errors["clause"] = Fault("unknown_clause", clause=answer.clause)
    if errors:
        raise Invalid(errors)


def _code(by: str) -> str:
    if not by.startswith("delegation:"):
        raise Forbidden("not_a_delegation")
    return by.removeprefix("delegation:")


def veil(question: Question) -> str:
    """Who reads what was said is up to the question's rule of publication."""
    return f"question:{question.id}"


async def facts(proposal: Proposal, question: Question, answer: Answer) -> dict[str, Any]:
    """Who said what on which text: what is in the entry is never redacted."""
    version = await texts.version_numbered(proposal, answer.version)
    return {
        "question": question.entry, "value": answer.stance.value, "version": answer.version,
        "clause": answer.clause, "body": proposal.body.key, "text": f"sha256:{version.fingerprint}",
    }  # fmt: skip


def payload(answer: Answer) -> dict[str, str]:
    return {
        "explanation": answer.explanation, "would_join": answer.would_join,
        "language": answer.language,
    }  # fmt: skip


def columns(answer: Answer) -> dict[str, Any]:
    return {
        "version": answer.version, "stance": answer.stance, "clause": answer.clause,
        "explanation": answer.explanation, "would_join": answer.would_join,
        "language": answer.language,
    }  # fmt: skip


async def receipt_for(
    record: Record, proposal: Proposal, answer: Answer, speaker: Delegation, entry: int
) -> Receipt:
    return await record.receipt(
        entry, topic=proposal.symbol, key=answer.key,
        path=f"/proposals/{proposal.year}/{proposal.number}/positions#{speaker.slug}",
    )  # fmt: skip
