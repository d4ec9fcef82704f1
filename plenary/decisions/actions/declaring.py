"""Declare an outcome: the gavel. What the clock decides comes through here too."""

from dataclasses import dataclass, replace
from datetime import datetime

from plenary.bodies.actions.symbols import take_symbol
from plenary.bodies.days import day_of
from plenary.bodies.models import Body, Words
from plenary.bodies.reading import numbering_year
from plenary.decisions.actions.series import number_of
from plenary.decisions.models import Decision, Link
from plenary.decisions.reading import Sight, decision_named, sight_of
from plenary.decisions.register import title_in, words_of
from plenary.decisions.rules import path_to
from plenary.decisions.text import decision_text
from plenary.proposals.models import Proposal, Version
from plenary.proposals.reading import authentic_in, clauses_of, lines_of, load, plain_of
from plenary.proposals.rules import Stage, stage_before
from plenary.questions import bars, rules
from plenary.questions.actions.shared import about, end, may_preside, stage
from plenary.questions.clearance import Clearance, bar_to_adopt
from plenary.questions.models import Question
from plenary.questions.reading import (
    asked,
    clearance_of,
    is_open,
    is_running,
    standing_of,
    terms,
    version_of,
)
from plenary.questions.rules import CARRIED, Ended, Outcome
from plenary.record.act import Record, act, door
from plenary.refusal import Fault, Invalid, Refused, refuse
from plenary.texts import clauses

LINKS = ("amends", "supersedes", "repeals")
WAIVED = "waived"
LONGEST_NAME = 120  # characters of a symbol


@dataclass(frozen=True)
class Declaration:
    """What the Chair declares."""

    outcome: Outcome
    symbol: str = ""
    note: str = ""
    language: str = "en"
    place: str = ""
    meeting: str = ""
    links: tuple[tuple[str, str], ...] = ()  # (amends, supersedes or repeals; symbol or address)
    waived: bool = False  # the notice that was still to run; kept with the decision
    sight: Sight | None = None  # what it was declared on; Refused if that has moved since


@door
async def declare(by: str, year: int, number: int, declaration: Declaration) -> Decision:
    """The gavel. The rule is asked here, under the lock: an objection that came first, counts."""
    async with act(by=by) as record:
        return await enter_decision(record, await load(year, number), declaration)


async def enter_decision(record: Record, proposal: Proposal, said: Declaration) -> Decision:
    clear = await check_declaration(record.by, record.now, proposal, said)
    # Only what was still to run is waived.
    waived = said.waived and said.outcome in CARRIED and not clear.noticed(record.now)
    said = replace(said, waived=waived)
    return await settle(record, proposal, await asked(proposal), said)


async def check_declaration(
    by: str, now: datetime, proposal: Proposal, said: Declaration
) -> Clearance:
    """Refused where this office cannot declare it now, or not on what it had in sight."""
    may_preside(by, proposal.body.key)
    question = await asked(proposal)
    if not await _is_declarable(question, proposal, now):
        raise Refused("question_closed")
    if said.sight is not None and said.sight != await sight_of(question, proposal):
        raise Refused("moved_since_seen")
    at, asked_on = question.closed or now, version_of(question, proposal)
    standing = await standing_of(question, asked_on, at)
    clear = await clearance_of(question, proposal, asked_on, now)
    bar = bars.bar_to_declare(
        said.outcome,
        terms(question),
        standing,
        decides=question.decides,
        running=is_running(question, proposal, now),
        ended=question.ended,
        closes=question.closes,
        bar=bar_to_adopt(clear, now, waived=said.waived),
        disputed=clear.disputed,
    )
    refuse(await about(bar, proposal.id))
    return clear


async def _is_declarable(question: Question, proposal: Proposal, now: datetime) -> bool:
    """Of a body that has it no more nothing is declared: its roll was not that of another."""
    if question.body_id != proposal.body.id:
        return False
    decision = await Decision.get_or_none(question=question)
    return bars.awaits_outcome(
        Stage(proposal.stage),
        open=is_open(question, proposal, now),
        ended=question.ended,
        outcome=decision.outcome if decision else "",
    )


async def settle(
    record: Record, proposal: Proposal, question: Question, said: Declaration
) -> Decision:
    """Write an outcome that the rule allows: its number, its text, its fingerprint."""
    at = question.closed or record.now
    year = await numbering_year(record.now)
    number = await number_of(question, said.outcome, year, said.symbol)
    symbol = number.symbol
    await take_symbol(symbol, path_to(number.register, number.source_id))
    asked_on = version_of(question, proposal)
    version = await Version.get(proposal=proposal, number=asked_on)
    decided = await _texts_of(proposal, version)
    prints = {
        language: clauses.fingerprint(
            decision_text(
                symbol,
                title_in(proposal.title, language, proposal.original),
                text,
                sample=proposal.sample,
                outcome=said.outcome,
                brackets=version.brackets,
            )
        )
        for language, text in decided.items()
    }
    entry = record.append(
        "decision.declared" if question.decides else "group.declared",
        proposal.symbol,
        outcome=said.outcome,
        symbol=symbol,
        version=asked_on,
        question=question.entry,
        body=proposal.body.key,
        text=f"sha256:{prints[proposal.original]}",
        texts=_others(prints, proposal.original),
        **({"notice": WAIVED} if said.waived else {}),
        payload={"note": said.note, "language": said.language, "title": proposal.title},
    )
    decision = await Decision.create(
        register=number.register,
        source_id=number.source_id,
        year=year,
        number=number.number,
        symbol=symbol,
        title=proposal.title,
        summary=proposal.sense,
        kind="decision" if question.decides else "outcome",
        outcome=said.outcome,
        date=(await day_of(at)).isoformat(),
        place=said.place,
        meeting=said.meeting or question.meeting,
        procedure=question.procedure,
        note=said.note,
        language=said.language,
        declared_by=record.by,
        notice=WAIVED if said.waived else "",
        version=asked_on,
        fingerprint=prints,
        sample=proposal.sample,
        at=record.now,
        entry=entry,
        words=words_of(symbol, proposal.title, proposal.sense, decided[proposal.original]),
        body=proposal.body,
        question=question,
        proposal=proposal,
    )
    await _link(record, decision, said.links)
    if question.closed is None:
        await end(question, Ended.DECLARED, at=record.now, entry=entry, version=asked_on)
    await _leave(record, proposal, said.outcome)
    return decision


async def _leave(record: Record, proposal: Proposal, outcome: Outcome) -> None:
    """Where an outcome leaves it: what a group agreed or reported is before its parent."""
    if outcome in rules.GOES_UP:
        parent = await Body.get(id=proposal.body.parent_id)
        await Proposal.filter(id=proposal.id).update(body_id=parent.id)
        await stage(record, proposal, stage_before(parent.key))
    else:
        await stage(record, proposal, _stage_after(outcome, proposal.body.key))


async def _texts_of(proposal: Proposal, version: Version) -> dict[str, str]:
    """What is decided: the original, and each language in which the whole of it is authentic."""
    found = {proposal.original: clauses.plain(await clauses_of(version))}
    for language in await authentic_in(proposal, version):
        found[language] = plain_of(await lines_of(proposal, version, language))
    return found


def _others(prints: Words, original: str) -> list[str]:
    """The fingerprints of the other authentic texts, as the entry names them."""
    return [
        f"{language} sha256:{mark}" for language, mark in prints.items() if language != original
    ]


async def _link(record: Record, decision: Decision, links: tuple[tuple[str, str], ...]) -> None:
    """Say what the decision amends, supersedes or repeals; one that is not there is named."""
    for kind, named in links:
        target = await decision_named(named)
        if target is None:
            raise Invalid({kind: Fault("unknown_decision", value=named)})
        entry = record.append(
            "decision.linked", decision.symbol, value=kind, target=target.symbol or target.source_id
        )
        await Link.create(decision=decision, kind=kind, target=target, entry=entry)


def _stage_after(outcome: Outcome, body: str) -> Stage:
    """Where an outcome leaves the proposal: a failed consensus leaves it on the table."""
    if outcome is Outcome.DEFERRED:
        return Stage.DEFERRED
    if outcome is Outcome.REFERRED_BACK:
        return Stage.WORKING_GROUP
    stays = outcome in (Outcome.NO_CONSENSUS, Outcome.NOT_AGREED)
    return stage_before(body) if stays else Stage.DECIDED
