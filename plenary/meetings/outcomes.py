"""The outcomes of a meeting as facts: what was declared, and what came to stand beside it since."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from tortoise.expressions import Q

from plenary.bodies.models import Body
from plenary.decisions.models import Decision, Link, Statement
from plenary.decisions.rules import GROUPS, OWN, SETTLED
from plenary.meetings.communique import Fact, Tied
from plenary.meetings.models import Meeting
from plenary.proposals.rules import CLOSED
from plenary.questions.carried import kin, lines_of
from plenary.questions.models import Position, Question
from plenary.questions.rules import Stance


async def outcomes(meeting: Meeting, told: Sequence[Tied]) -> list[Decision]:
    """Declared for the meeting or in its days, told already, or on a proposal told as pending.

    What a group agreed is told by the group's own meetings.
    """
    symbols = [paragraph.proposal for paragraph in told if paragraph.proposal]
    in_its_days = Q(meeting="", body=meeting.body, at__gte=meeting.begins, at__lte=meeting.ends)
    since = Q(proposal__symbol__in=symbols or [""], at__gte=meeting.begins)
    known = Q(id__in=[paragraph.decision for paragraph in told] or [0])
    own = Q(register=OWN) | Q(register=GROUPS, body=meeting.body)
    rows = Decision.filter(Q(meeting=meeting.slug) | in_its_days | since | known, own)
    return list(await rows.order_by("id").prefetch_related("body", "proposal"))


def is_of(meeting: Meeting, decision: Decision) -> bool:
    """Whether the meeting itself declared it: it says so, or it fell in its days."""
    if decision.meeting:
        return decision.meeting == meeting.slug
    same = decision.body is not None and decision.body.id == meeting.body.id
    return same and meeting.begins <= decision.at <= meeting.ends


async def decisions(declared: list[Decision], own: list[Decision]) -> list[Fact]:
    ids = [decision.id for decision in declared] or [0]
    marks, statements = await _marks(ids), await _statements(ids)
    reserved, newest = await _reserved(declared), await _newest(declared)
    return [
        Fact(
            "decision",
            {
                "kind": "decision",
                "symbol": decision.symbol,
                "address": decision.source_id,
                "outcome": decision.outcome,
                "title": decision.title,
                "version": decision.version or 0,
                **body_of(decision.body),
                "marks": marks[decision.id],
                "reservations": len(reserved[decision.id] | statements["reservation", decision.id]),
                "statements": len(statements["participant", decision.id]),
                "heard": len(statements["observer", decision.id]),
                "on_table": _on_table(decision, newest),
            },
            decision.id,
            decision.proposal.symbol if decision.proposal else "",
            decision in own,
        )
        for decision in declared
    ]


def _on_table(decision: Decision, newest: dict[int, int]) -> bool:
    """Without consensus a proposal stays, until it is decided again or taken back."""
    if decision.proposal is None or decision.outcome != "no_consensus":
        return False
    return (
        decision.proposal.stage not in tuple(CLOSED) and newest[decision.proposal.id] == decision.id
    )


async def _marks(ids: list[int]) -> dict[int, list[dict[str, str]]]:
    """By id of a decision: what amends, supersedes or repeals it."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    for link in await Link.filter(target_id__in=ids).prefetch_related("decision").order_by("id"):
        by = link.decision
        found[link.target_id].append(
            {"kind": link.kind, "symbol": by.symbol, "address": by.source_id, "date": by.date}
        )
    return found


async def _statements(ids: list[int]) -> dict[tuple[str, int], set[int]]:
    """Statements of Participants and of others, which no count mixes; and who made reservations."""
    found: dict[tuple[str, int], set[int]] = defaultdict(set)
    rows = Statement.filter(decision_id__in=ids).prefetch_related("delegation")
    for statement in await rows:
        decides = statement.delegation.kind == "participant"
        found["participant" if decides else "observer", statement.decision_id].add(statement.id)
        if decides and statement.kind == "reservation":
            found["reservation", statement.decision_id].add(statement.delegation.id)
    return found


async def _reserved(declared: Iterable[Decision]) -> dict[int, set[int]]:
    """By id of a decision: the Participants that joined with a reservation on its version."""
    # Else there is nothing to join.
    joined = [decision for decision in declared if decision.outcome in SETTLED]
    asked = {decision.question_id: decision for decision in joined}
    found: dict[int, set[int]] = defaultdict(set)
    questions = await Question.filter(id__in=[key for key in asked if key] or [0])
    lines = await lines_of(questions)
    every = sorted({each.id for line in lines.values() for each in line})
    rows = await Position.filter(question_id__in=every or [0], current=True).order_by("entry")
    for question in questions:
        decision, line = asked[question.id], {each.id for each in lines[question.id]}
        among = kin(question)
        said = [row for row in rows if row.question_id in line and row.stance in among]
        last = {row.delegation_id: row for row in said}
        for key, row in last.items():
            if row.stance == Stance.RESERVATION and row.version == decision.version:
                found[decision.id].add(key)
    return found


async def _newest(declared: Iterable[Decision]) -> dict[int, int]:
    """By id of a proposal: its newest decision."""
    ids = {decision.proposal.id for decision in declared if decision.proposal} or {0}
    rows = Decision.filter(proposal_id__in=sorted(ids)).order_by("id")
    return {row.proposal_id or 0: row.id for row in await rows}


def body_of(body: Body | None) -> dict[str, Any]:
    """Who decides; the Plenary is called so, and not by its full name."""
    return {"body": body.names if body and body.key != "plenary" else {}}
