"""What ends when: questions with a closing instant, meetings, follow-ups that are due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.viewers import Viewer
from plenary.decisions.annexes import due_follow_ups
from plenary.decisions.models import FollowUp
from plenary.front.visible import proposals_for
from plenary.meetings.models import Meeting
from plenary.procedures.terms import Terms, terms_of
from plenary.proposals.models import Proposal
from plenary.proposals.rules import Stage
from plenary.questions.models import Question
from plenary.questions.reading import is_running
from plenary.questions.rules import Ended
from plenary.record.models import Entry
from plenary.record.remembered import remembered

KEPT = timedelta(days=60)  # so long a calendar still holds what is over or was cancelled


@dataclass(frozen=True)
class Closing:
    """A closing instant, as a list and a calendar show it."""

    question: Question
    proposal: Proposal
    closes: datetime
    changed: datetime  # when it was set, moved or given up last

    @property
    def terms(self) -> Terms:
        return terms_of(self.question.procedure)

    @property
    def moved(self) -> int:
        return len(self.question.deadline.get("moved", ()))

    @property
    def cancelled(self) -> bool:
        """Broken, withdrawn or declared before its instant came."""
        closed = self.question.closed
        if closed is None:
            return self.proposal.stage != Stage.QUESTION_PUT
        return closed < self.closes or self.question.ended == Ended.WITHDRAWN

    @property
    def sequence(self) -> int:
        """Grows with each change (RFC 5545, section 3.8.7.4)."""
        return self.moved + self.cancelled


@dataclass(frozen=True)
class Deadlines:
    closings: list[Closing]
    meetings: list[Meeting]
    follow_ups: list[FollowUp]


async def running(viewer: Viewer) -> list[Closing]:
    """The closings that are still to come, soonest first; decided by the clock, not by a job."""
    return [
        closing
        for closing in await _still_open(viewer)
        if is_running(closing.question, closing.proposal)
    ]


@remembered()
async def _still_open(viewer: Viewer) -> Sequence[Closing]:
    """Those that nothing on the record has closed yet, whatever the clock says."""
    questions = Question.filter(closed=None, closes__isnull=False).order_by("closes", "id")
    return await _closings(viewer, await questions)


async def deadlines(viewer: Viewer) -> Deadlines:
    """All that is coming."""
    now = clock.now()
    return Deadlines(
        await running(viewer),
        await Meeting.filter(ends__gte=now).order_by("begins", "id").prefetch_related("body"),
        await due_follow_ups(await day_of(now)),
    )


async def calendar(viewer: Viewer) -> Deadlines:
    """The same with what is over since, so that a calendar that knew it learns of its end."""
    since = clock.now() - KEPT
    questions = Question.filter(closes__gte=since).order_by("closes", "id")
    meetings = Meeting.filter(ends__gte=since).order_by("begins", "id").prefetch_related("body")
    today = await day_of(clock.now())
    return Deadlines(
        await _closings(viewer, await questions), await meetings, await due_follow_ups(today)
    )


async def _closings(viewer: Viewer, questions: Sequence[Question]) -> list[Closing]:
    """Of the proposals that this reader may know of."""
    ids = [question.proposal_id for question in questions] or [0]
    known = {
        proposal.id: proposal
        for proposal in await proposals_for(viewer).filter(id__in=ids).prefetch_related("body")
    }
    moves = [
        question.deadline["moved"][-1]["entry"]
        for question in questions
        if question.deadline.get("moved")
    ]
    moved = {entry.n: entry.at for entry in await Entry.filter(n__in=moves or [-1])}
    return [
        _closing(question, known[question.proposal_id], moved)
        for question in questions
        if question.proposal_id in known
    ]


def _closing(question: Question, proposal: Proposal, moved: dict[int, datetime]) -> Closing:
    assert question.closes is not None  # it was looked for by its closing instant
    last = question.deadline.get("moved", ())
    changed = moved[last[-1]["entry"]] if last else question.opens
    if question.closed or proposal.stage != Stage.QUESTION_PUT:
        changed = max(changed, question.closed or proposal.changed)
    return Closing(question, proposal, question.closes, changed)
