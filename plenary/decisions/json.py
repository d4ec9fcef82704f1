"""A proposal and its positions, for programs: the names of the contract, instants in UTC."""

from typing import Any

from plenary.decisions.ledger import Row
from plenary.proposals.comments import standing_with
from plenary.proposals.history import Withdrawal, cycle_with, sponsoring, withdrawal_of
from plenary.proposals.models import Comment, Version
from plenary.proposals.reading import clauses_of
from plenary.questions.rules import (
    Blocked,
    Carries,
    Ended,
    NoQuorum,
    Pending,
    Short,
    Standing,
    Withheld,
)
from plenary.questions.stand import PassedOn, Spoken, Stand
from plenary.record.entry import instant


def standing_json(standing: Standing) -> dict[str, Any]:
    """The standing by its name, with its facts."""
    match standing:
        case Blocked():
            facts: dict[str, Any] = {"objectors": sorted(standing.objectors)}
        case Carries():
            facts = {"ad_referendum": sorted(standing.ad_referendum)}
        case Short():
            facts = {"by": standing.by, "needed": standing.needed, "have": standing.have,
                     "answers": list(standing.answers)}  # fmt: skip
        case NoQuorum():
            facts = {"present": standing.present, "needed": standing.needed}
        case Pending():
            facts = {"closes": instant(standing.closes)}
        case Withheld():
            facts = {}
    return {"name": standing.name} | facts


NAMING = ("objectors", "ad_referendum")  # facts of a standing that name delegations


def position_json(one: Spoken) -> dict[str, Any]:
    return {
        "delegation": one.party.code, "stance": one.stance.value, "version": one.version,
        "clause": one.clause or None, "explanation": one.explanation,
        "would_join": one.would_join, "language": one.language,
        "ad_referendum": one.ad_referendum, "at": instant(one.at),
        "entered_by": one.entered_by or None,
        "countersigned": instant(one.countersigned) if one.countersigned else None,
        "on_behalf": one.bloc,
    }  # fmt: skip


def observer_json(one: Spoken) -> dict[str, Any]:
    """An Observer's view: in a list of its own, and in no count."""
    return {
        "delegation": one.party.code, "constituency": one.party.constituency,
        "stance": one.stance.value, "version": one.version, "clause": one.clause or None,
        "explanation": one.explanation, "would_join": one.would_join, "language": one.language,
        "at": instant(one.at), "entered_by": one.entered_by or None,
        "countersigned": instant(one.countersigned) if one.countersigned else None,
    }  # fmt: skip


def roll_json(stand: Stand) -> dict[str, int]:
    return {"participants": len(stand.roll), "represents": stand.roll.states}


def question_json(stand: PassedOn) -> dict[str, Any]:
    """An open or closed question; the objectors' names only for those who may read names."""
    standing = standing_json(stand.standing)
    if not stand.named:
        standing = {name: fact for name, fact in standing.items() if name not in NAMING}
    closes, closed = stand.closes or stand.question.closed, stand.question.closed
    if stand.ended == Ended.RAN_OUT:
        closed = closed or stand.closes  # at its instant, written down yet or not
    return {
        "procedure": stand.question.procedure, "publication": stand.question.publication,
        "opens": instant(stand.question.opens), "zone": stand.question.zone,
        "closes": instant(closes) if closes else None,
        "closed": instant(closed) if closed else None, "ended": stand.ended or None,
        "moved": [dict(one) for one in stand.question.deadline.get("moved", ())],
        "open": stand.open, "version": stand.version, "roll": roll_json(stand),
        "standing": standing, "counts": stand.counts if stand.counted else None,
        "late": [position_json(one) for one in stand.late_said],
        "late_observers": [observer_json(one) for one in stand.late_heard],
    }  # fmt: skip


async def proposal_json(row: Row) -> dict[str, Any]:
    proposal, stand = row.proposal, row.stand.for_file() if row.stand else None
    versions = await Version.filter(proposal=proposal).order_by("number")
    comments = Comment.filter(standing_with(proposal), proposal=proposal)
    cycle, withdrawal = await cycle_with(proposal), await withdrawal_of(proposal)
    return {
        "symbol": proposal.symbol, "title": proposal.title, "sense": proposal.sense,
        "theme": proposal.theme, "stage": proposal.stage, "body": proposal.body.key,
        "original": proposal.original, "author": proposal.author,
        "sponsors": [one.code for one in await sponsoring(proposal)],
        "cycle": cycle.key if cycle else None,
        "withdrawal": withdrawal_json(withdrawal) if withdrawal else None,
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
        "comments": [
            comment_json(one)
            for one in await comments.order_by("number", "id").prefetch_related("delegation")
        ],
        "decision": row.decision.symbol if row.decision else None,
        "sample": proposal.sample,
    }  # fmt: skip


def withdrawal_json(one: Withdrawal) -> dict[str, Any]:
    """Who withdrew it, and the reason that they gave."""
    return {
        "reason": one.reason, "language": one.language or None, "by": one.entry.actor,
        "at": instant(one.entry.at), "entry": one.entry.n,
    }  # fmt: skip


def comment_json(one: Comment) -> dict[str, Any]:
    """`number` is null in the file of a draft: its comments get theirs when they are published."""
    return {
        "number": one.number, "version": one.version, "clause": one.clause or None,
        "by": one.delegation.code if one.delegation else one.by, "text": one.text,
        "language": one.language, "at": instant(one.at), "entry": one.entry,
        "published": instant(one.published) if one.published else None,
    }  # fmt: skip
