"""Decisions as JSON, CSV and Markdown: the names of the contract in interface.md."""

from datetime import date
from typing import Any

from plenary.decisions.annexes_json import correction_json, follow_up_json, statement_json
from plenary.decisions.json import (
    absent_json,
    apart_json,
    observer_json,
    position_json,
    roll_json,
)
from plenary.decisions.models import Decision
from plenary.front.addresses import decision_path, proposal_path
from plenary.front.briefs import Brief
from plenary.front.decided import Decided
from plenary.proposals.names import names_json
from plenary.questions.concerns import WHOLE, Concern
from plenary.questions.stand import PassedOn, Stated
from plenary.record.entry import instant
from plenary.registers.words import level_of
from plenary.texts.clauses import brackets

COLUMNS = (
    "register", "source_id", "symbol", "date", "outcome", "title", "title_fr", "summary",
    "summary_fr", "body", "place", "meeting", "kind", "procedure", "confidence", "source",
    "sample", "url", "version", "version_fingerprint", "fingerprint", "brackets", "heard",
)  # fmt: skip


def listed(decision: Decision, base_url: str) -> dict[str, Any]:
    """A decision in a list."""
    return {
        "symbol": decision.symbol, "title": decision.title, "summary": decision.summary,
        "register": decision.register, "source_id": decision.source_id,
        "body": decision.body.key if decision.body else None, "meeting": decision.meeting,
        "place": decision.place, "date": decision.date, "outcome": decision.outcome,
        "procedure": decision.procedure, "confidence": decision.confidence,
        "reported": level_of(decision.confidence) != "confirmed", "source": decision.source,
        "url": base_url + decision_path(decision), "sample": decision.sample,
    }  # fmt: skip


def whole(shown: Decided, base_url: str, today: date) -> dict[str, Any]:
    """One decision. Observers are in lists of their own and in no count."""
    decision, stand, public = shown.decision, shown.stand, shown.passed_on
    links = {kind: _symbols(shown, kind) for kind in ("amends", "supersedes", "repeals")}
    beside = shown.annexes
    return listed(decision, base_url) | {
        "version": decision.version,
        "version_fingerprint": shown.issued.fingerprint if shown.issued else None,
        "sponsorships": names_json(shown.under, decision.version or 0),
        "hand": (shown.issued.hand or None) if shown.issued else None,
        "brackets": _brackets(shown),
        "note": decision.note,
        "notice": decision.notice or None,
        "language": decision.language,
        "roll": roll_json(stand) if stand else None,
        "absent": absent_json(stand) if stand else [],
        "counts": stand.counts if stand and stand.counted else {},
        "publication": stand.question.publication if stand else None,
        "certificate": _certificate(shown, base_url) if stand else None,
        "positions": [position_json(position) for position in _in_order(public)] if public else [],
        **(apart_json(shown.filed) if shown.filed else {}),
        "observers": [observer_json(view) for view in shown.heard],
        "text": dict(shown.texts),
        "fingerprint": decision.fingerprint,
        "original": shown.original,
        "authentic": list(shown.authentic),
        "statements": [
            *(
                _reservation(position, concern)
                for position in (public.by_stance("reservation") if public else ())
                for concern in _grounds(position)
            ),
            *(statement_json(statement) for statement in beside.statements),
        ],
        "observer_statements": [statement_json(statement) for statement in beside.heard],
        "corrections": [correction_json(correction.note) for correction in shown.corrections],
        "follow_up": [follow_up_json(follow_up, today) for follow_up in beside.follow_ups],
        "links": links,
        "linked_by": {f"{kind}_by": _symbols(shown, kind, by=True) for kind in links},
        "record": {"entry": decision.entry, "leaf": shown.leaf, "payload": shown.payload},
    }


def line(decision: Decision, brief: Brief | None, base_url: str) -> tuple[object, ...]:
    """A decision as a row under COLUMNS."""
    return (
        decision.register,
        decision.source_id,
        decision.symbol,
        decision.date,
        decision.outcome,
        decision.title.get("en", ""),
        decision.title.get("fr", ""),
        decision.summary.get("en", ""),
        decision.summary.get("fr", ""),
        decision.body.key if decision.body else "",
        decision.place,
        decision.meeting,
        decision.kind,
        decision.procedure.get("stated") or decision.procedure.get("kind", ""),
        decision.confidence,
        decision.source,
        decision.sample,
        base_url + decision_path(decision),
        *_brief(decision, brief),
    )


def _brief(decision: Decision, brief: Brief | None) -> tuple[str, ...]:
    """What a row adds on a decision of our own; nothing on an imported one."""
    if brief is None:
        return ("",) * 5
    heard = "; ".join(
        " ".join(filter(None, (view.party.code, view.stance.value, *view.clauses)))
        for view in brief.heard
    )
    mark = decision.fingerprint.get(brief.original, "")
    return str(decision.version), brief.version_print, mark, str(brief.brackets), heard


def _brackets(shown: Decided) -> list[dict[str, Any]]:
    return [
        {"number": bracket.number, "clause": bracket.clause, "words": bracket.words}
        for bracket in brackets(shown.clauses)
    ]


def _certificate(shown: Decided, base_url: str) -> str:
    """Where it says what was asked, how, until when, and what arrived."""
    assert shown.proposal is not None  # a decision with a question has its proposal
    return f"{base_url}{proposal_path(shown.proposal)}/certificate/{shown.ordinal}"


def _in_order(stand: PassedOn) -> list[Stated]:
    return [stand.spoken[party.code] for party in stand.parties if party.code in stand.spoken]


def _grounds(position: Stated) -> list[Concern]:
    """On each paragraph with its words; what is said beside them, on the text as a whole."""
    general = Concern(WHOLE, position.explanation)
    return [*([general] if position.words_apart and general.worded else ()), *position.filled()]


def _reservation(position: Stated, concern: Concern) -> dict[str, Any]:
    """A reservation that was a position: printed with the decision, without a number of its own."""
    return {
        "number": None,
        "kind": "reservation",
        "delegation": position.party.code,
        "clause": concern.clause,
        "text": concern.explanation,
        "language": position.language,
        "translations": {},
        "made_as": "position",
        "at": instant(position.at),
        "entry": position.entry,
    }


def _symbols(shown: Decided, kind: str, *, by: bool = False) -> list[str]:
    return [
        link.decision.symbol or decision_path(link.decision)
        for link in shown.links
        if link.kind == kind and link.by == by
    ]
