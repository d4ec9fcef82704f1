"""The window of a question: its end is moved, or its answering ended."""

from collections.abc import Mapping
from datetime import datetime

from plenary.procedures.deadlines import Calendar, bar_to_close, bar_to_extend
from plenary.proposals.models import Proposal
from plenary.proposals.reading import load
from plenary.questions import bars
from plenary.questions.actions.shared import end, may_preside
from plenary.questions.models import Question
from plenary.questions.reading import asked, is_open, terms
from plenary.questions.rules import Ended
from plenary.record.act import Record, act, door
from plenary.record.entry import instant
from plenary.refusal import Refused, refuse


@door
async def extend_question(
    by: str,
    year: int,
    number: int,
    *,
    closes: datetime,
    reason: str,
    language: str = "en",
    seen: str = "",
) -> Question:
    """Move the closing instant to a later one, as often as the body's rule allows.

    `seen`: the closing that the Chair had in sight; Refused where it has moved since.
    """
    async with act(by=by) as record:
        proposal = await load(year, number)
        may_preside(by, proposal.body.key)
        question = await asked(proposal)
        if question.closes is None or question.closed is not None:
            raise Refused("no_window")
        if not is_open(question, proposal, record.now):
            raise Refused("question_closed")  # withdrawn with its proposal
        if seen and seen != instant(question.closes):
            raise Refused("moved_since_seen")
        done = len(
            [moved for moved in question.deadline.get("moved", []) if moved["why"] == "extended"]
        )
        refuse(bar_to_extend(question.closes, closes, done, terms(question).extensions, record.now))
        refuse(bar_to_close(question.opens, closes, None, Calendar(question.zone)))
        payload = {"reason": reason, "language": language}
        await move(record, proposal, question, closes, "extended", payload)
        return question


async def move(
    record: Record,
    proposal: Proposal,
    question: Question,
    closes: datetime,
    why: str,
    payload: Mapping[str, object] | None = None,
) -> None:
    """Write down a new closing instant and why it moved: extended by the Chair, or an outage."""
    assert question.closes is not None
    before = instant(question.closes)
    entry = record.append(
        "question.extended",
        proposal.symbol,
        question=question.entry,
        why=why,
        before=before,
        closes=instant(closes),
        payload=payload,
    )
    moved = {"why": why, "from": before, "to": instant(closes), "entry": entry}
    question.deadline = question.deadline | {"moved": [*question.deadline.get("moved", []), moved]}
    question.closes = closes
    await question.save(update_fields=("closes", "deadline"))


@door
async def end_question(by: str, year: int, number: int, *, seen: int | None = None) -> Question:
    """End the answering of a question that the Chair declares: a recorded vote is over.

    `seen`: the entry of the question that the Chair had in sight; Refused on another one.
    """
    async with act(by=by) as record:
        proposal = await load(year, number)
        may_preside(by, proposal.body.key)
        question = await asked(proposal)
        if seen is not None and seen != question.entry:
            raise Refused("moved_since_seen")
        still = is_open(question, proposal, record.now)
        refuse(bars.bar_to_end(terms(question), open=still, closes=question.closes))
        entry = record.append("question.closed", proposal.symbol, question=question.entry)
        # The text stays held until the outcome is declared.
        await end(question, Ended.CLOSED, at=record.now, entry=entry, version=proposal.newest)
        return question
