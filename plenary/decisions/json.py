"""What programs read: names as in the interface contract, instants in UTC with milliseconds."""

from typing import Any

from plenary.decisions.ledger import Row
from plenary.decisions.rules import Blocked, Carries, Standing
from plenary.decisions.stand import Spoken, Stand
from plenary.proposals.actions import clauses_of
from plenary.proposals.models import Comment, Version
from plenary.record.entry import instant


def standing_json(standing: Standing) -> dict[str, Any]:
    """The standing by its name, with its facts."""
    if isinstance(standing, Blocked):
        return {"name": standing.name, "objectors": sorted(standing.objectors)}
    assert isinstance(standing, Carries)
    return {"name": standing.name, "ad_referendum": sorted(standing.ad_referendum)}


def position_json(one: Spoken) -> dict[str, Any]:
    return {
        "delegation": one.party.code, "stance": one.stance.value, "version": one.version,
        "clause": one.clause or None, "explanation": one.explanation,
        "would_join": one.would_join, "language": one.language,
        "ad_referendum": one.ad_referendum, "at": instant(one.at),
    }  # fmt: skip


def observer_json(one: Spoken) -> dict[str, Any]:
    """An Observer's view: in a list of its own, and in no count."""
    return {
        "delegation": one.party.code, "constituency": one.party.constituency,
        "stance": one.stance.value, "version": one.version, "clause": one.clause or None,
        "explanation": one.explanation, "language": one.language, "at": instant(one.at),
    }  # fmt: skip


def roll_json(stand: Stand) -> dict[str, int]:
    return {"participants": len(stand.roll), "represents": stand.roll.states}


def question_json(stand: Stand) -> dict[str, Any]:
    """An open or closed question; the objectors' names only for those who may read names."""
    standing = standing_json(stand.standing) if stand.counted else {"name": "withheld"}
    if not stand.named:
        standing = {"name": standing["name"]}
    return {
        "procedure": stand.question.procedure, "publication": stand.question.publication,
        "opens": instant(stand.question.opens),
        "closes": instant(stand.question.closed) if stand.question.closed else None,
        "open": stand.open, "version": stand.version, "roll": roll_json(stand),
        "standing": standing, "counts": stand.counts if stand.counted else None,
    }  # fmt: skip


async def proposal_json(row: Row) -> dict[str, Any]:
    proposal, stand = row.proposal, row.stand
    versions = await Version.filter(proposal=proposal).order_by("number")
    comments = (
        await Comment.filter(proposal=proposal).prefetch_related("delegation").order_by("number")
    )
    return {
        "symbol": proposal.symbol, "title": proposal.title, "sense": proposal.sense,
        "theme": proposal.theme, "stage": proposal.stage, "body": proposal.body.key,
        "original": proposal.original, "author": proposal.author,
        "versions": [
            {"number": v.number, "issued": instant(v.at), "issued_by": v.issued_by,
             "note": v.note, "brackets": v.brackets, "fingerprint": v.fingerprint}
            for v in versions
        ],
        "text": [
            {"clause": c.key, "kind": c.kind, "number": c.number, "text": c.text}
            for c in await clauses_of(row.version)
        ],
        "question": question_json(stand) if stand else None,
        "positions": [position_json(one) for one in stand.spoken.values()] if stand else [],
        "stale": [position_json(one) for one in stand.stale.values()] if stand else [],
        "observers": [observer_json(one) for one in stand.heard] if stand else [],
        "comments": [comment_json(one) for one in comments],
        "decision": row.decision.symbol if row.decision else None,
        "sample": proposal.sample,
    }  # fmt: skip


def comment_json(one: Comment) -> dict[str, Any]:
    return {
        "number": one.number, "version": one.version, "clause": one.clause or None,
        "by": one.delegation.code if one.delegation else one.by, "text": one.text,
        "language": one.language, "at": instant(one.at),
    }  # fmt: skip
