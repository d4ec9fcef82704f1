"""What the pages beside a decision have in common."""

from typing import Any

from starlette.requests import Request

from plenary.bodies.reading import names_of_all
from plenary.decisions import rules
from plenary.decisions.models import Decision
from plenary.proposals.reading import ClauseLine, lines_of, version_of
from plenary.record.models import Receipt
from plenary.web.language import current


async def context_of(decision: Decision) -> dict[str, Any]:
    """The decision, its address, its paragraphs, and the names of delegations and bodies."""
    lines = await lines_on(decision)
    return {
        "decision": decision, "own_path": rules.path_to(decision.register, decision.source_id),
        "lines": lines, "numbers": {line.key: line.clause.number for line in lines},
        "names": await names_of_all(),
    }  # fmt: skip


async def given_receipt(request: Request, decision: Decision) -> Receipt | None:
    """The receipt that was just given, where the address names one of this decision."""
    code = request.query_params.get("receipt", "")
    topic = rules.topic_of(decision.register, decision.source_id, decision.symbol)
    return await Receipt.get_or_none(code=code[:12], topic=topic) if code else None


async def lines_on(decision: Decision) -> list[ClauseLine]:
    """The paragraphs that were decided on; an imported decision has none here."""
    if decision.proposal is None or decision.version is None:
        return []
    version = await version_of(decision.proposal, decision.version)
    return await lines_of(decision.proposal, version, current())
