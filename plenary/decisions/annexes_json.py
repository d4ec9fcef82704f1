"""What stands beside a decision, for programs: names as in the interface contract."""

from datetime import date
from typing import Any

from plenary.decisions import beside
from plenary.decisions.models import Correction, Decision, FollowUp, Statement
from plenary.decisions.reading import owner_of
from plenary.record.entry import instant


def statement_json(one: Statement) -> dict[str, Any]:
    """In the words and the language that it was made in; translations are a courtesy."""
    others = {lang: text for lang, text in one.text.items() if lang != one.language}
    return {
        "number": one.number, "kind": one.kind, "delegation": one.delegation.code,
        "clause": one.clause or None, "text": one.text[one.language], "language": one.language,
        "translations": others, "made_as": "statement", "at": instant(one.at), "entry": one.entry,
        "fingerprint": one.fingerprint,
    }  # fmt: skip


def correction_json(one: Correction) -> dict[str, Any]:
    return {
        "number": one.number, "delegation": one.delegation.code if one.delegation else None,
        "by": one.by, "stance": one.stance or None, "text": one.text, "language": one.language,
        "at": instant(one.at), "entry": one.entry,
    }  # fmt: skip


def follow_up_json(one: FollowUp, today: date) -> dict[str, Any]:
    owner = owner_of(one)
    return {
        "id": one.id, "decision": address_json(one.decision), "number": one.number,
        "kind": one.kind, "text": one.text, "clause": one.clause or None,
        "owner": {"delegation": owner.code or None, "body": owner.body or None},
        "due": one.due.isoformat() if one.due else None, "status": one.status,
        "overdue": beside.overdue(one.status, one.due, today),
        "changed": instant(one.changed), "entry": one.entry, "sample": one.decision.sample,
    }  # fmt: skip


def address_json(decision: Decision) -> dict[str, str]:
    return {
        "symbol": decision.symbol,
        "path": beside.path_to(decision.register, decision.source_id),
    }
