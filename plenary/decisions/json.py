"""A proposal and its positions, for programs: the names of the contract, instants in UTC."""

from typing import Any

from plenary.decisions.models import Decision
from plenary.decisions.overview import ProposalRow
from plenary.decisions.reading import decisions_on
from plenary.proposals.comments import standing
from plenary.proposals.history import Withdrawal, cycle_with, sponsoring, withdrawal_of
from plenary.proposals.models import Comment, Version
from plenary.proposals.names import handed_in, handed_json, names_json, names_under
from plenary.proposals.reading import authors_of, clauses_of
from plenary.questions.concerns import Worded
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
from plenary.questions.stand import PassedOn, Stand, Stated
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


def position_json(position: Stated) -> dict[str, Any]:
    return {
        "delegation": position.party.code,
        "stance": position.stance.value,
        "version": position.version,
        "clause": position.clause or None,
        "explanation": position.explanation,
        "would_join": position.would_join,
        "concerns": concerns_json(position),
        "language": position.language,
        "ad_referendum": position.ad_referendum,
        "at": instant(position.at),
        "entered_by": position.entered_by or None,
        "countersigned": instant(position.countersigned) if position.countersigned else None,
        "on_behalf": position.bloc,
    }


def concerns_json(said: Worded) -> list[dict[str, str | None]]:
    """Each paragraph that it is about, with the reason and what would lift it; null: the whole."""
    return [
        {
            "clause": concern.clause or None,
            "explanation": concern.explanation,
            "would_join": concern.would_join,
        }
        for concern in said.filled()
    ]


def observer_json(view: Stated) -> dict[str, Any]:
    """An Observer's view: in a list of its own, and in no count."""
    return {
        "delegation": view.party.code, "constituency": view.party.constituency,
        "stance": view.stance.value, "version": view.version, "clause": view.clause or None,
        "explanation": view.explanation, "would_join": view.would_join,
        "concerns": concerns_json(view), "language": view.language,
        "at": instant(view.at), "entered_by": view.entered_by or None,
        "countersigned": instant(view.countersigned) if view.countersigned else None,
        "follow_publication": view.follows,
    }  # fmt: skip


def roll_json(stand: Stand) -> dict[str, Any]:
    return {"participants": len(stand.roll), "represents": stand.roll.states}


def absent_json(stand: Stand) -> list[dict[str, Any]]:
    """Whom somebody's act kept off the roll: since when, until when, by which act."""
    return [each.absence.data(each.party.code) for each in stand.absent]


def apart_json(stand: PassedOn) -> dict[str, Any]:
    """Objections that no count holds: beside a vote, and to an earlier version, unanswered."""
    return {
        name: {"count": apart.count, "positions": [position_json(said) for said in apart.said]}
        for name, apart in (("objections_beside", stand.beside), ("objected_before", stand.before))
    }


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
        "moved": [dict(move) for move in stand.question.deadline.get("moved", ())],
        "open": stand.open, "version": stand.version, "roll": roll_json(stand),
        "absent": absent_json(stand), "standing": standing,
        "counts": stand.counts if stand.counted else None,
        **apart_json(stand),
        "late": [position_json(position) for position in stand.late_said],
        "late_observers": [observer_json(view) for view in stand.late_heard],
    }  # fmt: skip


async def proposal_json(row: ProposalRow) -> dict[str, Any]:
    proposal, stand = row.proposal, row.stand.for_file() if row.stand else None
    versions = await Version.filter(proposal=proposal).order_by("number")
    comments = Comment.filter(standing(on_a_draft=proposal.tabled is None), proposal=proposal)
    outcomes = await decisions_on(proposal)
    cycle, withdrawal = await cycle_with(proposal), await withdrawal_of(proposal)
    return {
        "symbol": proposal.symbol,
        "title": proposal.title,
        "sense": proposal.sense,
        "theme": proposal.theme,
        "matter": proposal.matter,
        "party": proposal.party or None,
        "stage": proposal.stage,
        "body": proposal.body.key,
        "original": proposal.original,
        "author": proposal.author,
        "authors": sorted(await authors_of(proposal)),
        "hand": row.version.hand or None,
        "sponsorships": names_json(await names_under(proposal), proposal.newest),
        "handed_in": handed_json(await handed_in(proposal)),
        "sponsors": [delegation.code for delegation in await sponsoring(proposal)],
        "cycle": cycle.key if cycle else None,
        "withdrawal": withdrawal_json(withdrawal) if withdrawal else None,
        "versions": [
            {
                "number": v.number,
                "issued": instant(v.at),
                "issued_by": v.issued_by,
                "hand": v.hand or None,
                "note": v.note,
                "brackets": v.brackets,
                "fingerprint": v.fingerprint,
            }
            for v in versions
        ],
        "text": [
            {"clause": c.key, "kind": c.kind, "number": c.number, "text": c.text}
            for c in await clauses_of(row.version)
        ],
        "question": question_json(stand) if stand else None,
        "positions": [position_json(position) for position in stand.spoken.values()]
        if stand
        else [],
        "stale": [position_json(position) for position in stand.stale.values()] if stand else [],
        "observers": [observer_json(view) for view in stand.heard] if stand else [],
        "comments": [
            comment_json(comment)
            for comment in await comments.order_by("number", "id").prefetch_related("delegation")
        ],
        "decision": next((made.symbol for made in outcomes if not made.of_a_group), None),
        "agreed": [agreed_json(made) for made in outcomes if made.of_a_group],
        "sample": proposal.sample,
    }


def agreed_json(outcome: Decision) -> dict[str, Any]:
    """What a body below the Plenary agreed or reported on it."""
    return {
        "symbol": outcome.symbol, "body": outcome.body.key if outcome.body else None,
        "outcome": outcome.outcome, "date": outcome.date, "version": outcome.version,
        "path": outcome.path,
    }  # fmt: skip


def withdrawal_json(withdrawal: Withdrawal) -> dict[str, Any]:
    """Who withdrew it, and the reason that they gave."""
    return {
        "reason": withdrawal.reason,
        "language": withdrawal.language or None,
        "by": withdrawal.entry.actor,
        "at": instant(withdrawal.entry.at),
        "entry": withdrawal.entry.n,
    }


def comment_json(comment: Comment) -> dict[str, Any]:
    """`number` is null in the file of a draft: its comments get theirs when they are published."""
    return {
        "number": comment.number, "version": comment.version, "clause": comment.clause or None,
        "by": comment.delegation.code if comment.delegation else comment.by, "text": comment.text,
        "language": comment.language, "at": instant(comment.at), "entry": comment.entry,
        "published": instant(comment.published) if comment.published else None,
    }  # fmt: skip
