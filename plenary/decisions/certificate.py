"""The certificate of a question: what was asked of whom, how, until when, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision, Interruption
from plenary.procedures.deadlines import Calendar
from plenary.proposals.models import Proposal, Version
from plenary.questions.models import Question
from plenary.questions.stand import Stand, stand_on
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.record.telling import told_by
from plenary.refusal import Missing


@dataclass(frozen=True)
class Move:
    """A closing instant that was moved: by the Chair, or since nobody could reach the service."""

    why: str  # extended, outage
    before: datetime
    to: datetime
    entry: int
    reason: str = ""
    language: str = ""
    outage: Interruption | None = None


@dataclass(frozen=True)
class Act:
    """An entry of the record that bears on the question, with its leaf."""

    n: int
    type: str
    at: datetime
    actor: str
    leaf: str

    @property
    def words(self) -> str:
        return acts.of(self.type).words


@dataclass(frozen=True)
class Certificate:
    """The question number `k` that was put on a proposal, as one reader may see it."""

    proposal: Proposal
    version: Version
    stand: Stand
    k: int
    moves: tuple[Move, ...]
    acts: tuple[Act, ...]
    decision: Decision | None

    @property
    def computed(self) -> datetime | None:
        """The closing instant as it was computed when the question was put."""
        return self.moves[0].before if self.moves else self.stand.closes

    @property
    def ended_at(self) -> datetime | None:
        """When it ended; at its instant where that has come, written down yet or not."""
        question = self.stand.question
        return question.closed or (None if self.stand.running else question.closes)

    @property
    def outcome(self) -> str:
        return self.decision.outcome if self.decision else ""

    @property
    def least(self) -> tuple[str, int] | None:
        """The least window of the rule, as it was: ("hours", 72)."""
        found: Mapping[str, int] = self.stand.question.deadline.get("least") or {}
        return next(iter(found.items()), None)

    @property
    def calendar(self) -> Mapping[str, Any]:
        """zone, weekend and holidays, frozen when the question was put."""
        found: Mapping[str, Any] = self.stand.question.deadline.get("calendar", {})
        return found

    @property
    def holidays(self) -> list[date]:
        """Those of the frozen calendar that lie in the window."""
        if not self.calendar or self.stand.closes is None:
            return []
        calendar = Calendar.read(self.calendar)
        return sorted(calendar.between(self.stand.question.opens, self.stand.closes).holidays)


async def certificate(proposal: Proposal, viewer: Viewer, k: int | None = None) -> Certificate:
    """Of the k-th question put on a proposal; without a number: of the newest one.

    Missing where there is none, or where it has neither a closing instant nor an end yet.
    """
    questions = await Question.filter(proposal=proposal).order_by("id")
    k = len(questions) if k is None else k
    if not 1 <= k <= len(questions):
        raise Missing("unknown_question", n=k, latest=len(questions))
    stand = await stand_on(questions[k - 1], proposal, viewer)
    if stand.closes is None and stand.open:
        raise Missing("no_certificate")
    return Certificate(
        proposal=proposal,
        stand=stand,
        k=k,
        version=await Version.get(proposal=proposal, number=stand.version),
        moves=tuple([await _move(move) for move in stand.question.deadline.get("moved", ())]),
        acts=tuple(await _acts(proposal, stand.question)),
        decision=await Decision.get_or_none(question=stand.question),
    )


async def _move(moved: Mapping[str, Any]) -> Move:
    entry = await Entry.get(n=moved["entry"])
    told = await told_by(entry)
    before = Interruption.filter(entry__lt=entry.n).order_by("-entry")
    return Move(
        why=moved["why"],
        before=_instant(moved["from"]),
        to=_instant(moved["to"]),
        entry=entry.n,
        reason=str(told["reason"]),
        language=str(told["language"]),
        outage=await before.first() if moved["why"] == "outage" else None,
    )


async def _acts(proposal: Proposal, question: Question) -> list[Act]:
    """Put, moved, broken or closed, declared: in the order of the record."""
    kinds = acts.on_questions()
    entries = Entry.filter(topic=proposal.symbol, type__in=kinds, n__gte=question.entry)
    return [
        Act(entry.n, entry.type, entry.at, entry.actor, entry.leaf)
        for entry in await entries.order_by("n")
        if entry.n == question.entry
        or read_entry(bytes(entry.written)).get("question") == question.entry
    ]


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written)
