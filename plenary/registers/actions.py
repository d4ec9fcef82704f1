"""Enter past decisions: all of a file or nothing, once, and never over what is there."""

from collections.abc import Mapping

from plenary.bodies.actions.symbols import take_symbol
from plenary.decisions.models import Decision
from plenary.decisions.rules import path_to
from plenary.record.act import Record, act, door
from plenary.refusal import Refused, refuse
from plenary.registers.rules import ImportedRow, Register, bar_to_register
from plenary.registers.words import basis_of, outcome_of
from plenary.texts.folding import folded
from plenary.texts.removed import is_removed
from plenary.texts.tables import bad_row

BATCH = 500


@door
async def import_register(by: str, key: str, register: Register) -> int:
    """Import the decisions of a file that are not there yet; returns how many that were."""
    async with act(by=by) as record:
        return await enter_register(record, key, register)


async def enter_register(record: Record, key: str, register: Register) -> int:
    """The same inside an act that is already open.

    A row that is there with other facts is refused by its name: the record is never edited.
    """
    refuse(bar_to_register(key))
    there = {decision.source_id: decision for decision in await Decision.filter(register=key)}
    fresh = []
    for place, row in enumerate(register.rows, 1):
        if row.id not in there:
            fresh.append((place, row))
        elif columns := differing(there[row.id], row):
            raise Refused(
                "register_differs", file=register.file, line=row.line, id=row.id, columns=columns
            )
    if fresh:
        await _enter(record, key, register, fresh)
    return len(fresh)


def differing(there: Decision, row: ImportedRow) -> list[str]:
    """The columns in which a row contradicts the record; a language left out does not, and nothing
    contradicts words that were removed: what stood there nobody can say any more."""
    pairs = {
        "date": (there.date, row.date), "place": (there.place, row.place),
        "meeting": (there.meeting, row.meeting), "kind": (there.kind, row.kind),
        "source": (there.source, row.source), "confidence": (there.confidence, row.confidence),
        "procedure": (there.procedure.get("stated", ""), row.procedure),
        "title": _shared(there.title, row.title), "summary": _shared(there.summary, row.summary),
        "symbol": (there.symbol, row.symbol or there.symbol),
    }  # fmt: skip
    return [
        column for column, (before, now) in pairs.items() if before != now and not _gone(before)
    ]


def _gone(before: object) -> bool:
    return isinstance(before, str) and is_removed(before)


def _shared(
    there: dict[str, str], told: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    stand = {language: there.get(language, "") for language in told}
    said = {language: words for language, words in told.items() if not is_removed(stand[language])}
    return {language: stand[language] for language in said}, said


async def _enter(
    record: Record, key: str, register: Register, fresh: list[tuple[int, ImportedRow]]
) -> None:
    record.append(
        "register.imported",
        key,
        count=len(fresh),
        rows=len(register.rows),
        file=f"sha256:{register.digest}",
    )
    for _, row in fresh:
        if row.symbol:
            await _take(key, register, row)
    await Decision.bulk_create(
        [_decision(record, key, place, row) for place, row in fresh], batch_size=BATCH
    )


async def _take(key: str, register: Register, row: ImportedRow) -> None:
    """A symbol that looks like another's is refused by the line it stands in."""
    try:
        await take_symbol(row.symbol, path_to(key, row.id))
    except Refused as refused:
        raise bad_row(register.file, row.line, "symbol", refused.reason, **refused.facts)


def _decision(record: Record, key: str, place: int, row: ImportedRow) -> Decision:
    outcome = outcome_of(row.kind, row.procedure)
    facts = {
        "date": row.date, "place": row.place, "meeting": row.meeting, "kind": row.kind,
        "title": dict(row.title), "summary": dict(row.summary), "source": row.source,
        "procedure": row.procedure, "confidence": row.confidence,
    }  # fmt: skip
    entry = record.append(
        "decision.imported", f"{key}/{row.id}", outcome=outcome, symbol=row.symbol, payload=facts
    )
    texts = (*row.title.values(), *row.summary.values())
    return Decision(
        register=key,
        source_id=row.id,
        year=row.year,
        place_in_source=place,
        symbol=row.symbol,
        title=dict(row.title),
        summary=dict(row.summary),
        kind=row.kind,
        outcome=outcome,
        date=row.date,
        place=row.place,
        meeting=row.meeting,
        procedure={"kind": basis_of(row.procedure), "stated": row.procedure},
        confidence=row.confidence,
        source=row.source,
        at=record.now,
        entry=entry,
        words=folded(row.symbol, *texts, row.place, row.meeting, row.kind, row.date),
    )
