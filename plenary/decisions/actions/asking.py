"""Put a question, move its closing instant, end the answering."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plenary.bodies.attendance import in_session
from plenary.bodies.calendars import holidays_of
from plenary.bodies.days import day_of
from plenary.bodies.models import Body, Delegation
from plenary.bodies.rolls import roll_today
from plenary.decisions.actions.adopting import procedure_of
from plenary.decisions.actions.known import asked, is_open, may_preside, stage, terms
from plenary.decisions.deadlines import Calendar, after, bar_to_close, bar_to_extend
from plenary.decisions.models import Question, RollCall
from plenary.decisions.rules import Ended
from plenary.decisions.terms import Terms, complete
from plenary.proposals import actions as texts
from plenary.proposals.models import Proposal
from plenary.proposals.reading import uneven_languages
from plenary.proposals.rules import ON_THE_TABLE, Stage
from plenary.record.act import Record, act, door
from plenary.record.entry import instant
from plenary.refusal import Fault, Invalid, Refused, refuse


@dataclass(frozen=True)
class Put:
    """A question as the Chair puts it. `closes` is an instant, `zone` where it is printed."""

    version: int
    procedure: str = "consensus"
    publication: str = "now"
    chosen: Mapping[str, Any] = field(default_factory=dict)  # terms that the procedure leaves open
    closes: datetime | None = None
    zone: str = ""
    uneven: str = ""  # why it is put before every authentic language is level
    language: str = "en"  # of that reason
    meeting: str = ""


@door
async def put_question(by: str, year: int, number: int, put: Put) -> Question:
    """Put the newest version to the roll of its body; roll, rule and calendar are frozen with it.

    Refused: a text that moved on, a window shorter than the body's least, a language that lags.
    """
    async with act(by=by) as record:
        return await enter_question(record, await texts.load(year, number), put)


async def enter_question(record: Record, proposal: Proposal, put: Put) -> Question:
    may_preside(record.by, proposal.body.key)
    _bar_to_put(proposal, put.version)
    kept = await _terms(proposal.body, put)
    await _after(proposal, Terms(kept))
    closes, deadline = await _window(record, proposal.body, Terms(kept), put)
    await _level(proposal, Terms(kept), put.uneven)
    meeting = put.meeting or await in_session(proposal.body.key, record.now)
    roll = await roll_today(proposal.body, await day_of(record.now), meeting)
    if not len(roll):
        raise Refused("nobody_on_the_roll")
    entry = record.append(
        "question.put", proposal.symbol, version=put.version, procedure=kept["key"],
        body=proposal.body.key, publication=put.publication, roll=sorted(roll.participating),
        states=roll.states, meeting=meeting, **_told(kept, closes, deadline),
        payload={"reason": put.uneven, "language": put.language} if put.uneven else None,
    )  # fmt: skip
    question = await Question.create(
        proposal=proposal, body=proposal.body, version=put.version, procedure=kept,
        publication=put.publication, put_by=record.by, meeting=meeting, opens=record.now,
        closes=closes, zone=put.zone or proposal.body.zone, deadline=deadline, uneven=put.uneven,
        entry=entry,
    )  # fmt: skip
    codes = {d.code: d for d in await Delegation.filter(code__in=list(roll.represents))}
    await RollCall.bulk_create(
        [
            RollCall(question=question, delegation=codes[code], represents=states)
            for code, states in sorted(roll.represents.items())
        ]
    )
    await stage(record, proposal, Stage.QUESTION_PUT, held=not Terms(kept).text_moves)
    return question


@door
async def extend_question(
    by: str, year: int, number: int, *, closes: datetime, reason: str, language: str = "en"
) -> Question:
    """Move the closing instant to a later one, as often as the body's rule allows."""
    async with act(by=by) as record:
        proposal = await texts.load(year, number)
        may_preside(by, proposal.body.key)
        question = await asked(proposal)
        if question.closes is None or question.closed is not None:
            raise Refused("no_window")
        if not is_open(question, proposal, record.now):
            raise Refused("question_closed")  # withdrawn with its proposal
        done = len([one for one in question.deadline.get("moved", []) if one["why"] == "extended"])
        refuse(bar_to_extend(question.closes, closes, done, terms(question).extensions, record.now))
        refuse(bar_to_close(question.opens, closes, None, Calendar(question.zone)))
        payload = {"reason": reason, "language": language}
        await move(record, proposal, question, closes, "extended", payload)
        return question


async def move(
    record: Record, proposal: Proposal, question: Question, closes: datetime, why: str,
    payload: Mapping[str, object] | None = None,
) -> None:  # fmt: skip
    """Write down a new closing instant and why it moved: extended by the Chair, or an outage."""
    assert question.closes is not None
    before = instant(question.closes)
    entry = record.append(
        "question.extended", proposal.symbol, question=question.entry, why=why,
        before=before, closes=instant(closes), payload=payload,
    )  # fmt: skip
    moved = {"why": why, "from": before, "to": instant(closes), "entry": entry}
    question.deadline = question.deadline | {"moved": [*question.deadline.get("moved", []), moved]}
    question.closes = closes
    await Question.filter(id=question.id).update(closes=closes, deadline=question.deadline)


@door
async def end_question(by: str, year: int, number: int) -> Question:
    """End the answering of a question that the Chair declares: a recorded vote is over."""
    async with act(by=by) as record:
        proposal = await texts.load(year, number)
        may_preside(by, proposal.body.key)
        question = await asked(proposal)
        if not is_open(question, proposal, record.now):
            raise Refused("question_closed")
        if terms(question).by_clock:
            raise Refused("window_open", closes=question.closes)
        if terms(question).text_moves:
            raise Refused("declared_only")
        entry = record.append("question.closed", proposal.symbol, question=question.entry)
        question.closed = record.now
        await Question.filter(id=question.id).update(
            closed=record.now, ended=Ended.CLOSED, ending=entry, version=proposal.newest
        )  # the text stays held until the outcome is declared
        return question


def _bar_to_put(proposal: Proposal, version: int) -> None:
    if proposal.stage == Stage.QUESTION_PUT:
        raise Refused("question_open")
    if proposal.stage not in ON_THE_TABLE:
        raise Refused("proposal_not_on_the_table", stage=proposal.stage)
    if version != proposal.newest:
        raise Refused("version_overtaken", base=version, latest=proposal.newest)


async def _terms(body: Body, put: Put) -> dict[str, Any]:
    data = await procedure_of(body, put.procedure)
    try:
        return complete(data, put.chosen)
    except ValueError as error:  # "threshold: …": the term that makes no sense
        name = str(error).partition(":")[0]
        at = name if name in put.chosen else "procedure"
        raise Invalid({at: Fault("bad_term", term=name)}) from error


async def _after(proposal: Proposal, kept: Terms) -> None:
    """On a ladder, a procedure is open once the one before it has failed on this proposal."""
    if not kept.after:
        return
    for question in await Question.filter(proposal=proposal).prefetch_related("decision"):
        if terms(question).key == kept.after and question.closed is not None:
            return
    raise Refused("ladder", after=kept.after)


async def _window(
    record: Record, body: Body, kept: Terms, put: Put
) -> tuple[datetime | None, dict[str, Any]]:
    """The closing instant, computed once, and the rule and calendar that it was computed by."""
    if put.closes is None and kept.usual is None:
        return None, {}
    calendar = await calendar_of(body)
    closes = put.closes or after(record.now, kept.usual, calendar)  # type: ignore[arg-type]
    refuse(bar_to_close(record.now, closes, kept.least, calendar))
    return closes, {"least": kept.least.data if kept.least else {}, "calendar": calendar.data}


async def calendar_of(body: Body) -> Calendar:
    """A body's working days, in its zone: a question freezes what it finds here."""
    return Calendar(body.zone, await holidays_of(body))


async def _level(proposal: Proposal, kept: Terms, reason: str) -> None:
    """What the clock decides is put when every authentic language says the same."""
    if not kept.by_clock or reason:
        return
    if behind := await uneven_languages(proposal):
        raise Refused("languages_uneven", languages=behind)


def _told(
    kept: Mapping[str, Any], closes: datetime | None, deadline: Mapping[str, Any]
) -> dict[str, str]:
    """What the record keeps of rule and window: as text, so that a verifier can run them again."""
    rule = {name: value for name, value in kept.items() if name != "names"}
    told = {"rule": json.dumps(rule, sort_keys=True, separators=(",", ":"))}
    if closes is None:
        return told
    window = json.dumps(deadline, sort_keys=True, separators=(",", ":"))
    return told | {"closes": instant(closes), "window": window}
