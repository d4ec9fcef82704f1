"""Put a question, answer it, declare its outcome."""

from dataclasses import dataclass, replace
from typing import Any

from tortoise.expressions import Q

from plenary.bodies.actions import numbering_year, root
from plenary.bodies.days import day_of
from plenary.bodies.models import Delegation
from plenary.bodies.rolls import roll_today
from plenary.bodies.rules import Roll
from plenary.decisions import rules
from plenary.decisions.models import Decision, Link, Position, Question, RollCall, View
from plenary.decisions.register import folded
from plenary.decisions.rules import Outcome, Said, Stance
from plenary.decisions.text import decision_text
from plenary.proposals import actions as texts
from plenary.proposals import clauses
from plenary.proposals.models import Proposal, Version
from plenary.proposals.rules import ON_THE_TABLE, Stage, stage_before
from plenary.record.act import Record, act, door
from plenary.record.models import Receipt
from plenary.refusal import Fault, Forbidden, Invalid, Refused, refuse


@dataclass(frozen=True)
class Put:
    """A question as the Chair puts it."""

    version: int
    procedure: str = "consensus"
    publication: str = "now"


@door
async def put_question(by: str, year: int, number: int, put: Put) -> Question:
    """Put the newest version to the roll of its body; the roll is frozen with the question."""
    async with act(by=by) as record:
        return await enter_question(record, await texts.load(year, number), put)


async def enter_question(record: Record, proposal: Proposal, put: Put) -> Question:
    _may_preside(record.by, proposal.body.key)
    if proposal.stage == Stage.QUESTION_PUT:
        raise Refused("question_open")
    if proposal.stage not in ON_THE_TABLE:
        raise Refused("proposal_not_on_the_table", stage=proposal.stage)
    if put.version != proposal.newest:
        raise Refused("version_overtaken", base=put.version, latest=proposal.newest)
    roll = await roll_today(proposal.body, await day_of(record.now))
    if not len(roll):
        raise Refused("nobody_on_the_roll")
    entry = record.append(
        "question.put", proposal.symbol, version=put.version, procedure=put.procedure,
        body=proposal.body.key,
        publication=put.publication, roll=sorted(roll.participating), states=roll.states,
    )  # fmt: skip
    question = await Question.create(
        proposal=proposal, body=proposal.body, version=put.version,
        procedure={"kind": put.procedure}, publication=put.publication, put_by=record.by,
        opens=record.now, entry=entry,
    )  # fmt: skip
    codes = {d.code: d for d in await Delegation.filter(code__in=list(roll.represents))}
    await RollCall.bulk_create(
        [
            RollCall(question=question, delegation=codes[code], represents=states)
            for code, states in sorted(roll.represents.items())
        ]
    )
    await _stage(record, proposal, Stage.QUESTION_PUT)
    return question


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
    """A Participant answers; a later answer supersedes, and both stay on the record."""
    async with act(by=by) as record:
        answer = replace(answer, key=answer.key and f"{year}/{number}/position {answer.key}")
        if again := await record.already(answer.key):
            return again
        proposal = await texts.load(year, number)
        return await enter_position(record, proposal, _code(by), answer)


async def enter_position(record: Record, proposal: Proposal, code: str, answer: Answer) -> Receipt:
    question = await _asked(proposal)
    called = await RollCall.get_or_none(question=question, delegation__code=code).prefetch_related(
        "delegation"
    )
    await _bar(proposal, question, answer, entitled=called is not None)
    assert called is not None  # else _bar has refused
    participant = called.delegation
    entry = record.append(
        "position.stated", proposal.symbol, **await _facts(proposal, question, answer),
        ad_referendum=int(answer.ad_referendum), veil=f"question:{question.id}",
        payload=_payload(answer),
    )  # fmt: skip
    standing = Position.filter(question=question, delegation=participant, current=True)
    await standing.update(current=False)
    await Position.create(
        question=question, delegation=participant, ad_referendum=answer.ad_referendum,
        **_columns(answer), at=record.now, entry=entry,
    )  # fmt: skip
    return await _receipt(record, proposal, answer, participant, entry)


@door
async def be_heard(by: str, year: int, number: int, answer: Answer) -> Receipt:
    """An Observer takes the same positions, in a ledger that enters no count."""
    async with act(by=by) as record:
        answer = replace(answer, key=answer.key and f"{year}/{number}/position {answer.key}")
        if again := await record.already(answer.key):
            return again
        proposal = await texts.load(year, number)
        return await enter_view(record, proposal, _code(by), answer)


async def enter_view(record: Record, proposal: Proposal, code: str, answer: Answer) -> Receipt:
    question = await _asked(proposal)
    observer = await Delegation.get_or_none(code=code, kind="observer")
    await _bar(proposal, question, answer, entitled=observer is not None)
    assert observer is not None  # else _bar has refused
    entry = record.append(
        "observer.heard", proposal.symbol, **await _facts(proposal, question, answer),
        veil=f"question:{question.id}", payload=_payload(answer),
    )  # fmt: skip
    await View.filter(question=question, delegation=observer, current=True).update(current=False)
    await View.create(
        question=question, delegation=observer, **_columns(answer), at=record.now, entry=entry
    )
    return await _receipt(record, proposal, answer, observer, entry)


LINKS = ("amends", "supersedes", "repeals")
LONGEST_NAME = 120  # characters of a symbol
LONGEST_REGISTER = 40


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


@door
async def declare(by: str, year: int, number: int, declaration: Declaration) -> Decision:
    """The gavel. The rule is asked here, under the lock: an objection that came first, counts."""
    async with act(by=by) as record:
        return await enter_decision(record, await texts.load(year, number), declaration)


async def enter_decision(record: Record, proposal: Proposal, said: Declaration) -> Decision:
    _may_preside(record.by, proposal.body.key)
    question = await _asked(proposal)
    if not is_open(question, proposal):
        raise Refused("question_closed")
    roll, positions = await roll_of(question), await positions_of(question)
    rule = rules.PROCEDURES[question.procedure["kind"]]
    refuse(await _named(rules.bar_to_declare(said.outcome, rule(roll, positions, proposal.newest))))
    year = await numbering_year(record.now)
    ordinal = 1 + await Decision.filter(register="own", year=year).count()
    symbol = said.symbol or await _next_symbol(proposal, said.outcome, year)
    if await Decision.filter(symbol=symbol).exists():
        raise Refused("symbol_taken", symbol=symbol)
    version = await Version.get(proposal=proposal, number=proposal.newest)
    text = clauses.plain(await texts.clauses_of(version))
    prints = {
        proposal.original: clauses.fingerprint(
            decision_text(
                symbol, proposal.title.get(proposal.original, ""), text, sample=proposal.sample
            )
        )
    }
    entry = record.append(
        "decision.declared", proposal.symbol, outcome=said.outcome, symbol=symbol,
        version=proposal.newest, question=question.entry, body=proposal.body.key,
        text=f"sha256:{prints[proposal.original]}",
        payload={"note": said.note, "language": said.language, "title": proposal.title},
    )  # fmt: skip
    decision = await Decision.create(
        register="own", source_id=f"{year}/{ordinal}", year=year,
        number=ordinal, symbol=symbol, title=proposal.title, summary=proposal.sense,
        kind="decision", outcome=said.outcome, date=(await day_of(record.now)).isoformat(),
        place=said.place, meeting=said.meeting, procedure=question.procedure, note=said.note,
        language=said.language, declared_by=record.by, version=proposal.newest,
        fingerprint=prints, sample=proposal.sample, at=record.now, entry=entry,
        words=folded(symbol, *proposal.title.values(), *proposal.sense.values(), text),
        body=proposal.body, question=question, proposal=proposal,
    )  # fmt: skip
    await _link(record, decision, said.links)
    await Question.filter(id=question.id).update(closed=record.now, version=proposal.newest)
    await _stage(record, proposal, _stage_after(said.outcome, proposal.body.key))
    return decision


def is_open(question: Question, proposal: Proposal) -> bool:
    """A question is open until it is closed, or its proposal leaves the table."""
    return question.closed is None and proposal.stage == Stage.QUESTION_PUT


async def roll_of(question: Question) -> Roll:
    """The roll as it was frozen."""
    rows = await RollCall.filter(question=question).values_list("delegation__code", "represents")
    return Roll({str(code): int(states) for code, states in rows})


async def positions_of(question: Question) -> dict[str, Said]:
    """The current position of each Participant that has one."""
    rows = await Position.filter(question=question, current=True).values_list(
        "delegation__code", "stance", "version", "ad_referendum"
    )
    return {str(code): Said(Stance(stance), int(v), bool(ad)) for code, stance, v, ad in rows}


async def _asked(proposal: Proposal) -> Question:
    question = await Question.filter(proposal=proposal).order_by("-id").first()
    if question is None:
        raise Refused("no_question")
    return question


async def _bar(proposal: Proposal, question: Question, answer: Answer, *, entitled: bool) -> None:
    refuse(
        rules.bar_to_answer(
            open=is_open(question, proposal), asked=proposal.newest, version=answer.version,
            entitled=entitled, latest=proposal.newest,
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
        version = await Version.get(proposal=proposal, number=answer.version)
        if answer.clause not in {c.key for c in await texts.clauses_of(version)}:
            errors["clause"] = Fault("unknown_clause", clause=answer.clause)
    if errors:
        raise Invalid(errors)


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


async def decision_named(name: str) -> Decision | None:
    """A decision by its symbol, or by its address in the register: kp/2012-11-30-…, 2019/1."""
    register, _, source_id = name.removeprefix("/decisions/").partition("/")
    ways = Q(symbol=name) | Q(register="own", source_id=name)
    if len(register) <= LONGEST_REGISTER:
        ways |= Q(register=register, source_id=source_id)
    return await Decision.filter(ways).first()


async def _named(bar: Refused | None) -> Refused | None:
    """The same bar with the names of the objectors, for whoever has to read it."""
    if bar is not None and "objectors" in bar.facts:
        rows = Delegation.filter(code__in=bar.facts["objectors"]).order_by("code")
        bar.facts["names"] = [one.names for one in await rows]
    return bar


def _may_preside(by: str, body: str) -> None:
    """The Chair of the Plenary presides over any body's question, a group's chair over its own."""
    if by not in ("chair:plenary", f"chair:{body}"):
        raise Forbidden("not_the_chair", body=body)


async def _stage(record: Record, proposal: Proposal, stage: Stage) -> None:
    proposal.stage = stage
    await Proposal.filter(id=proposal.id).update(stage=stage, changed=record.now)


def _stage_after(outcome: Outcome, body: str) -> Stage:
    """Where an outcome leaves the proposal: a failed consensus leaves it on the table."""
    if outcome is Outcome.DEFERRED:
        return Stage.DEFERRED
    if outcome is Outcome.REFERRED_BACK:
        return Stage.WORKING_GROUP
    return stage_before(body) if outcome is Outcome.NO_CONSENSUS else Stage.DECIDED


async def _next_symbol(proposal: Proposal, outcome: Outcome, year: int) -> str:
    """Adoptions count as AD.1, AD.2…, other outcomes as OC.1…: each series without gaps."""
    series = "AD" if outcome in rules.ADOPTIONS else "OC"
    chamber = "Plenary" if proposal.body.key == "plenary" else proposal.body.symbol
    prefix = f"{(await root()).symbol}/{year}/{chamber}/{series}."
    taken = await Decision.filter(symbol__startswith=prefix).count()
    while await Decision.filter(symbol=f"{prefix}{taken + 1}").exists():
        taken += 1
    return f"{prefix}{taken + 1}"


def _code(by: str) -> str:
    if not by.startswith("delegation:"):
        raise Forbidden("not_a_delegation")
    return by.removeprefix("delegation:")


async def _facts(proposal: Proposal, question: Question, answer: Answer) -> dict[str, Any]:
    """Who said what on which text: what is in the entry is never redacted."""
    version = await Version.get(proposal=proposal, number=answer.version)
    return {
        "question": question.entry, "value": answer.stance.value, "version": answer.version,
        "clause": answer.clause, "body": proposal.body.key, "text": f"sha256:{version.fingerprint}",
    }  # fmt: skip


def _payload(answer: Answer) -> dict[str, str]:
    return {
        "explanation": answer.explanation, "would_join": answer.would_join,
        "language": answer.language,
    }  # fmt: skip


def _columns(answer: Answer) -> dict[str, Any]:
    return {
        "version": answer.version, "stance": answer.stance, "clause": answer.clause,
        "explanation": answer.explanation, "would_join": answer.would_join,
        "language": answer.language,
    }  # fmt: skip


async def _receipt(
    record: Record, proposal: Proposal, answer: Answer, speaker: Delegation, entry: int
) -> Receipt:
    return await record.receipt(
        entry, topic=proposal.symbol, key=answer.key,
        path=f"/proposals/{proposal.year}/{proposal.number}/positions#{speaker.slug}",
    )  # fmt: skip
