"""What came at or after the end: on the record with its time, and in no count."""

from plenary.bodies.models import Delegation
from plenary.proposals.models import Proposal
from plenary.questions import bars, rules
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
from plenary.questions.models import Late, Question
from plenary.questions.reading import called, terms, version_of
from plenary.questions.rules import Ended
from plenary.record.act import Record
from plenary.record.models import Receipt
from plenary.refusal import Forbidden, Refused, refuse


def came_late(question: Question) -> bool:
    """Whether its end has come by the clock, an objection or the Chair: then it is kept as late."""
    return question.ended in rules.LATE_AFTER


async def enter_late(
    record: Record, proposal: Proposal, question: Question, code: str, answer: Answer
) -> Receipt:
    """What came at or after the end goes on the record with its time; nothing said is lost."""
    speaker = await _entitled(question, code)
    refuse(
        bars.bar_to_answer(
            open=True,
            asked=version_of(question, proposal),
            version=answer.version,
            entitled=True,
            latest=proposal.newest,
            stance=answer.stance,
            answers=terms(question).answers,
        )
    )
    await check_answer(proposal, answer)
    observes = speaker.kind == "observer"
    follows = answer.follow_publication or not observes
    entry = record.append(
        "observer.late" if observes else "position.late",
        proposal.symbol,
        **await facts(proposal, question, answer),
        **(choice(follows=follows) if observes else {"ad_referendum": int(answer.ad_referendum)}),
        veil=veil(question, follows=follows),
        payload=payload(answer),
    )
    said = columns(answer) | {"current": False, "follows": follows}
    await Late.create(question=question, delegation=speaker, **said, at=record.now, entry=entry)
    await keep_concerns(answer, entry)
    return await receipt_for(record, proposal, answer, speaker, entry)


async def _entitled(question: Question, code: str) -> Delegation:
    """On the roll, or an Observer; Forbidden otherwise."""
    participant = await called(question, code)
    speaker = participant or await Delegation.get_or_none(code=code, kind="observer")
    if speaker is None:
        raise Forbidden("not_on_the_roll")
    return speaker


def too_late(question: Question, receipt: Receipt) -> Refused:
    """What is said once it is kept."""
    reason = "too_late" if question.ended == Ended.RAN_OUT else "too_late_after"
    return Refused(reason, closed=question.closed, ended=question.ended, receipt=receipt.code)
