"""What stands beside a decision, for programs: names as in the interface contract."""

from datetime import date
from typing import Any

from plenary.decisions import rules
from plenary.decisions.models import Correction, Decision, FollowUp, Statement
from plenary.decisions.reading import owner_of
from plenary.record.entry import instant


def statement_json(statement: Statement) -> dict[str, Any]:
    """In the words and the language that it was made in; translations are a courtesy."""
    others = {lang: text for lang, text in statement.text.items() if lang != statement.language}
    return {
        "number": statement.number,
        "kind": statement.kind,
        "delegation": statement.delegation.code,
        "clause": statement.clause or None,
        "text": statement.text[statement.language],
        "language": statement.language,
        "translations": others,
        "made_as": "statement",
        "at": instant(statement.at),
        "entry": statement.entry,
        "fingerprint": statement.fingerprint,
    }


def correction_json(correction: Correction) -> dict[str, Any]:
    return {
        "number": correction.number,
        "delegation": correction.delegation.code if correction.delegation else None,
        "by": correction.by,
        "stance": correction.stance or None,
        "text": correction.text,
        "language": correction.language,
        "at": instant(correction.at),
        "entry": correction.entry,
    }


def follow_up_json(follow_up: FollowUp, today: date) -> dict[str, Any]:
    owner = owner_of(follow_up)
    return {
        "id": follow_up.id,
        "decision": address_json(follow_up.decision),
        "number": follow_up.number,
        "kind": follow_up.kind,
        "text": follow_up.text,
        "clause": follow_up.clause or None,
        "owner": {"delegation": owner.code or None, "body": owner.body or None},
        "due": follow_up.due.isoformat() if follow_up.due else None,
        "status": follow_up.status,
        "overdue": rules.overdue(follow_up.status, follow_up.due, today),
        "changed": instant(follow_up.changed),
        "entry": follow_up.entry,
        "sample": follow_up.decision.sample,
    }


def address_json(decision: Decision) -> dict[str, str]:
    return {
        "symbol": decision.symbol,
        "path": rules.path_to(decision.register, decision.source_id),
    }
