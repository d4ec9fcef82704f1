"""Put a question: the roll, the rule and the calendar are frozen with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plenary.bodies.attendance import in_session
from plenary.bodies.competences import power_of
from plenary.bodies.days import day_of
from plenary.bodies.models import Body, Delegation
from plenary.bodies.rolls import roll_today, taken_off
from plenary.procedures.deadlines import after, bar_to_close
from plenary.procedures.in_force import procedure_of, procedures_of
from plenary.procedures.terms import Terms, complete
from plenary.proposals.models import Proposal, Version
from plenary.proposals.reading import clauses_of, load, uneven_languages, version_of
from plenary.proposals.rules import Stage
from plenary.questions import bars
from plenary.questions.actions.shared import about, may_preside, stage
from plenary.questions.models import Question, RollCall
from plenary.questions.reading import calendar_of, positions_on, terms
from plenary.questions.rules import live
from plenary.record.act import Record, act, door
from plenary.record.entry import Listed, instant
from plenary.refusal import Fault, Invalid, Refused, refuse
from plenary.texts.removed import is_removed


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
        return await enter_question(record, await load(year, number), put)


async def enter_question(record: Record, proposal: Proposal, put: Put) -> Question:
    may_preside(record.by, proposal.body.key)
    refuse(bars.bar_to_put(Stage(proposal.stage), put.version, proposal.newest))
    version = await _legible(proposal, put.version)
    kept = await _terms(proposal, put)
    power = await power_of(proposal.body, proposal.matter)
    decides = proposal.body.parent_id is None or power is not None
    refuse(bars.bar_to_open(Terms(kept), version.brackets if decides else 0))
    refuse(bars.bar_by_ladder(Terms(kept), await _failed_on(proposal)))
    closes, deadline = await _window(record, proposal.body, Terms(kept), put)
    await _level(proposal, Terms(kept), put.uneven)
    meeting = put.meeting or await in_session(proposal.body.key, record.now)
    today = await day_of(record.now)
    roll = await roll_today(proposal.body, today, meeting)
    if not len(roll):
        raise Refused("nobody_on_the_roll")
    if faults := bars.faults_of_choice(Terms(kept), roll):
        raise Invalid(faults)
    refuse(bars.bar_by_bounds(Terms(kept), roll))
    said = live(roll, await positions_on(proposal), put.version)
    refuse(await about(bars.bar_to_silence(Terms(kept), said), proposal.id))
    off = await taken_off(proposal.body, roll, today, meeting)
    absent = {code: absence.data(code) for code, absence in off.items()}
    grown: dict[str, Listed] = {"roll": sorted(roll.participating), **_told(kept, deadline)}
    if absent:
        grown["absent"] = absent
    entry = record.append(
        "question.put",
        proposal.symbol,
        grown,
        version=put.version,
        procedure=kept["key"],
        body=proposal.body.key,
        publication=put.publication,
        states=roll.states,
        meeting=meeting,
        **({"closes": instant(closes)} if closes else {}),
        **({"power": power.decision} if power else {}),
        payload={"reason": put.uneven, "language": put.language} if put.uneven else None,
    )
    question = await Question.create(
        proposal=proposal,
        body=proposal.body,
        version=put.version,
        procedure=kept,
        publication=put.publication,
        decides=decides,
        power=power.decision if power else "",
        put_by=record.by,
        meeting=meeting,
        opens=record.now,
        closes=closes,
        zone=put.zone or proposal.body.zone,
        deadline=deadline,
        absent=[*absent.values()],
        uneven=put.uneven,
        entry=entry,
    )
    codes = {d.code: d for d in await Delegation.filter(code__in=list(roll.represents))}
    await RollCall.bulk_create(
        [
            RollCall(question=question, delegation=codes[code], represents=states)
            for code, states in sorted(roll.represents.items())
        ]
    )
    await stage(record, proposal, Stage.QUESTION_PUT, held=not Terms(kept).text_moves)
    return question


async def _legible(proposal: Proposal, number: int) -> Version:
    """No question is put on a text of which words were removed: nobody could read what is asked."""
    version = await version_of(proposal, number)
    if any(is_removed(clause.text) for clause in await clauses_of(version)):
        raise Refused("words_of_text_removed", version=number)
    return version


async def _terms(proposal: Proposal, put: Put) -> dict[str, Any]:
    """The rule as it is put: it decides this matter, and leaves out nobody but who may be."""
    found = await procedures_of(proposal.body)
    data = procedure_of(found, proposal.body.key, put.procedure)
    ways = {key: Terms(other) for key, other in found.items()}
    refuse(bars.bar_by_matter(Terms(data), proposal.matter, ways))
    kept = _completed(data, put)
    refuse(bars.bar_to_leave_out(Terms(kept), proposal.matter, proposal.party))
    return kept


def _completed(data: Mapping[str, Any], put: Put) -> dict[str, Any]:
    try:
        return complete(data, put.chosen)
    except ValueError as error:  # "threshold: …": the term that makes no sense
        name = str(error).partition(":")[0]
        at = name if name in put.chosen else "procedure"
        raise Invalid({at: Fault("bad_term", term=name)}) from error


async def _failed_on(proposal: Proposal) -> set[str]:
    """The procedures that were tried on this proposal by the body that has it, and failed."""
    tried = Question.filter(proposal=proposal, body=proposal.body)
    outcomes = dict(
        await tried.filter(decision__id__isnull=False).values_list("id", "decision__outcome")
    )
    return {
        terms(question).key
        for question in await tried
        if bars.failed(question.ended, outcomes.get(question.id, ""))
    }


async def _window(
    record: Record, body: Body, kept: Terms, put: Put
) -> tuple[datetime | None, dict[str, Any]]:
    """The closing instant, computed once, and the rule and calendar that it was computed by."""
    if put.closes is None and kept.usual is None:
        return None, {}
    calendar = await calendar_of(body)
    closes = put.closes or after(record.now, kept.usual, calendar)  # type: ignore[arg-type]
    refuse(bar_to_close(record.now, closes, kept.least, calendar))
    frozen = calendar.between(record.now, closes)
    return closes, {"least": kept.least.data if kept.least else {}, "calendar": frozen.data}


async def _level(proposal: Proposal, kept: Terms, reason: str) -> None:
    """What the clock decides is put when every authentic language says the same."""
    if not kept.by_clock or reason:
        return
    if behind := await uneven_languages(proposal):
        raise Refused("languages_uneven", languages=behind)


def _told(kept: Mapping[str, Any], deadline: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """What the record keeps of rule and window, so that a verifier can run them again."""
    rule = {name: value for name, value in kept.items() if name != "names"}
    return {"rule": rule} | ({"window": deadline} if deadline else {})
