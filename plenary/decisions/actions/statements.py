"""Say something beside a decision: a statement, its courtesy translation, a correction."""

from dataclasses import dataclass

from plenary.bodies.models import Delegation
from plenary.bodies.rules import bar_to_more
from plenary.decisions import rules
from plenary.decisions.models import Correction, Decision, Statement
from plenary.decisions.reading import (
    SPEAKERS,
    address_of,
    load_decision,
    on_roll,
    path_of,
    stances_of,
    statement_of,
)
from plenary.decisions.rules import CorrectionMatter, StatementKind
from plenary.proposals.models import Version
from plenary.proposals.reading import clauses_of
from plenary.record.act import Record, act, its_receipt, once
from plenary.record.models import Receipt
from plenary.refusal import Fault, Forbidden, Invalid, Refused, refuse


@dataclass(frozen=True)
class Draft:
    """A statement as it is handed in."""

    kind: StatementKind
    text: str
    language: str = "en"
    clause: str = ""  # of the decided text; empty: the whole
    key: str = ""


@once(its_receipt)
async def state_beside(by: str, source_id: str, draft: Draft) -> Receipt:
    """Attach a statement to a decision declared here; numbered and dated as it arrives."""
    async with act(by=by) as record:
        decision = await load_decision("own", source_id)
        made = await enter_statement(record, decision, draft)
        path = f"{path_of(decision)}/statements#s{made.number}"
        return await record.receipt(made.entry, topic=decision.symbol, path=path)


async def enter_statement(record: Record, decision: Decision, draft: Draft) -> Statement:
    speaker = await _speaker(record.by)
    joined = await on_roll(decision, speaker.code)
    if draft.kind not in (open_ := rules.kinds_open(decision.outcome, on_roll=joined)):
        raise Refused("statement_kind_closed", kind=draft.kind.value, open=[*open_])
    if draft.clause and draft.clause not in await _clauses(decision):
        raise Invalid({"clause": Fault("unknown_clause", clause=draft.clause)})
    own = await Statement.filter(decision=decision, delegation=speaker).count()
    refuse(bar_to_more("statements", own))
    number = 1 + await Statement.filter(decision=decision).count()
    entry = record.append(
        "statement.made",
        decision.symbol,
        decision=address_of(decision),
        statement=number,
        value=draft.kind.value,
        clause=draft.clause,
        body=_body(decision),
        payload={"text": draft.text, "language": draft.language},
    )
    return await Statement.create(
        decision=decision,
        delegation=speaker,
        number=number,
        kind=draft.kind,
        clause=draft.clause,
        language=draft.language,
        text={draft.language: draft.text},
        at=record.now,
        entry=entry,
    )


@once(its_receipt)
async def translate_statement(
    by: str, source_id: str, number: int, *, text: str, language: str, key: str = ""
) -> Receipt:
    """Add a courtesy translation; the words that were made stay the only authentic ones."""
    async with act(by=by) as record:
        decision = await load_decision("own", source_id)
        entry = await enter_translation(record, decision, number, text=text, language=language)
        path = f"{path_of(decision)}/statements#s{number}"
        return await record.receipt(entry, topic=decision.symbol, path=path)


async def enter_translation(
    record: Record, decision: Decision, number: int, *, text: str, language: str
) -> int:
    made = await statement_of(decision, number)
    if record.by not in ("secretariat", f"delegation:{made.delegation.code}"):
        raise Forbidden("not_your_statement")
    if language == made.language:
        raise Invalid({"language": Fault("original_language")})
    entry = record.append(
        "statement.translated",
        decision.symbol,
        decision=address_of(decision),
        statement=number,
        language=language,
        payload={"text": text, "language": language},
    )
    await Statement.filter(id=made.id).update(text=made.text | {language: text})
    return entry


@dataclass(frozen=True)
class Note:
    """A correction of the record as it is handed in."""

    matter: CorrectionMatter
    text: str
    language: str = "en"
    stance: str = ""  # what the delegation had meant to state
    key: str = ""


@once(its_receipt)
async def correct_record(by: str, source_id: str, note: Note) -> Receipt:
    """Put a note beside what was recorded, which stays as it was: no count, no outcome changes."""
    async with act(by=by) as record:
        decision = await load_decision("own", source_id)
        made = await enter_correction(record, decision, note)
        path = f"{path_of(decision)}/corrections#k{made.number}"
        return await record.receipt(made.entry, topic=decision.symbol, path=path)


async def enter_correction(record: Record, decision: Decision, note: Note) -> Correction:
    speaker = await _corrector(record.by, decision, note)
    own = await Correction.filter(decision=decision, by=record.by).count()
    refuse(bar_to_more("corrections", own))
    number = 1 + await Correction.filter(decision=decision).count()
    # What a delegation had meant to state is a position: the rule of publication holds for it too.
    veil = f"question:{decision.question.id}" if speaker and decision.question else ""
    entry = record.append(
        "record.corrected",
        decision.symbol,
        decision=address_of(decision),
        correction=number,
        value=note.stance,
        body=_body(decision),
        veil=veil,
        payload={"text": note.text, "language": note.language},
    )
    return await Correction.create(
        decision=decision,
        number=number,
        delegation=speaker,
        by=record.by,
        stance=note.stance,
        text=note.text,
        language=note.language,
        at=record.now,
        entry=entry,
    )


async def _corrector(by: str, decision: Decision, note: Note) -> Delegation | None:
    """The delegation whose position it is; none for a slip that an office corrects."""
    if note.matter is CorrectionMatter.CLERICAL:
        if by not in ("secretariat", "chair:plenary", f"chair:{_body(decision)}"):
            raise Forbidden("not_the_record_keeper")
        return None
    speaker = await _speaker(by)
    if speaker.kind == "participant" and not await on_roll(decision, speaker.code):
        raise Forbidden("not_on_the_roll")
    if note.stance not in stances_of(decision):
        raise Invalid({"stance": Fault("unknown_choice", value=note.stance)})
    return speaker


async def _speaker(by: str) -> Delegation:
    code = by.removeprefix("delegation:")
    found = await Delegation.get_or_none(code=code, kind__in=SPEAKERS) if code != by else None
    if found is None:
        raise Forbidden("not_heard_beside")
    return found


async def _clauses(decision: Decision) -> set[str]:
    version = await Version.get(proposal=decision.proposal, number=decision.version)
    return {clause.key for clause in await clauses_of(version)}


def _body(decision: Decision) -> str:
    return decision.body.key if decision.body else ""
