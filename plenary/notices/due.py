"""Queue what is due: one row for each person, whatever number of processes finds it at once.

It reads what was committed, and no act waits for it: what a process that died did not queue, the
next one does.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tortoise.expressions import Q

from plenary import clock
from plenary.bodies.days import day_of, seat_zone
from plenary.decisions.annexes import due_follow_ups
from plenary.decisions.models import Decision, FollowUp
from plenary.decisions.rules import DECLARED_HERE, STAGES, stage_of
from plenary.notices.models import Notice
from plenary.notices.readers import readers_of, readers_of_each, readers_of_follow_up
from plenary.notices.rules import NEWS, Course, Occasion, occasions
from plenary.procedures.terms import terms_of
from plenary.proposals.models import Proposal, Version
from plenary.proposals.rules import Stage
from plenary.questions.clearance import announced
from plenary.questions.models import Question
from plenary.questions.reading import is_open
from plenary.questions.rules import Ended
from plenary.record.act import door
from plenary.record.bell import ring
from plenary.record.entry import instant
from plenary.record.models import Entry


@dataclass(frozen=True)
class Due:
    """Something to tell, and what about."""

    occasion: Occasion
    about: Question | FollowUp

    @property
    def key(self) -> str:
        """Names the notice for ever: a window that moved gives its reminders new ones."""
        kind = "question" if isinstance(self.about, Question) else "follow_up"
        return f"{kind}:{self.about.id} {self.occasion.name} {instant(self.occasion.due)}"


@door
async def queue_questions() -> int:
    """Queue what is due about questions; how many notices were new here."""
    since = clock.now() - NEWS
    decided = await Decision.filter(at__gt=since, register__in=DECLARED_HERE).values_list(
        "question_id", flat=True
    )
    put = Q(Q(closes__isnull=False), Q(meeting=""), join_type="OR")
    asked = Q(closed=None) & put | Q(closed__gt=since)
    asked |= Q(id__in=[id_ for id_ in decided if id_] or [0])
    questions = await Question.filter(asked).prefetch_related("proposal").order_by("id")
    return await _queue(await due_on(questions))


@door
async def queue_follow_ups() -> int:
    """The same for what is to be done after decisions."""
    today = await day_of(clock.now())
    return await _queue(
        [due for follow_up in await due_follow_ups(today) if (due := await due_of(follow_up))]
    )


async def due_on(questions: Iterable[Question]) -> list[Due]:
    """What is news now of these questions; the proposal comes with each."""
    asked = list(questions)
    decisions = {
        decision.question_id: decision
        for decision in await Decision.filter(
            question_id__in=[question.id for question in asked] or [0]
        )
    }
    at, texts = await _times_of(asked), await _newest_texts(asked)
    found = []
    for question in asked:
        course = _course(question, question.proposal, decisions.get(question.id), at, texts)
        found += [Due(occasion, question) for occasion in occasions(course, clock.now())]
    return found


async def due_of(follow_up: FollowUp) -> Due | None:
    """What is news now of a follow-up: that its last day is near, or past."""
    name = stage_of(follow_up.status, follow_up.due, await day_of(clock.now()))
    if not name or follow_up.due is None:
        return None
    ahead = {stage: days for days, stage in STAGES}.get(name, -1)
    begins = follow_up.due - timedelta(days=ahead)
    midnight = datetime.combine(begins, time(), await seat_zone())
    return Due(Occasion(name, midnight), follow_up)


async def _times_of(questions: Iterable[Question]) -> Mapping[int | str, datetime]:
    """When closings were moved, by entry, and proposals withdrawn, by symbol."""
    moved = [move["entry"] for question in questions for move in question.deadline.get("moved", ())]
    gone = [
        question.proposal.symbol
        for question in questions
        if question.proposal.stage == Stage.WITHDRAWN
    ]
    entries = await Entry.filter(
        Q(n__in=moved or [-1]) | Q(type="proposal.withdrawn", topic__in=gone or [""])
    ).order_by("n")
    return {
        (entry.topic if entry.type == "proposal.withdrawn" else entry.n): entry.at
        for entry in entries
    }


async def _newest_texts(questions: Iterable[Question]) -> Mapping[int, datetime]:
    """When the newest version of each text was issued, by id of its proposal, where questions whose
    terms know notice are open on it: those who are asked are told of it."""
    open_ = {
        question.proposal_id: question.proposal.newest
        for question in questions
        if question.closed is None
        and (notice := terms_of(question.procedure).notice)
        and notice.outside
        and not question.meeting
    }
    rows = Version.filter(proposal_id__in=sorted(open_) or [0])
    found = await rows.values_list("proposal_id", "number", "at")
    return {key: at for key, number, at in found if open_[key] == number}


def _course(
    question: Question,
    proposal: Proposal,
    decision: Decision | None,
    at: Mapping[int | str, datetime],
    texts: Mapping[int, datetime],
) -> Course:
    terms, revised = terms_of(question.procedure), texts.get(question.proposal_id)
    by_hand = decision is not None and decision.declared_by != "system"
    left = decision is None and question.ended in ("", Ended.WITHDRAWN)
    return Course(
        opens=question.opens,
        closes=question.closes,
        open=is_open(question, proposal),
        moves=tuple(
            Occasion(move["why"], at[move["entry"]]) for move in question.deadline.get("moved", ())
        ),
        announced=announced(terms, meeting=question.meeting, closes=question.closes),
        revised=(Occasion("revised", revised),) if revised and revised > question.opens else (),
        by_clock=terms.by_clock,
        closed=question.closed,
        ended=question.ended,
        adopted=decision is not None and not by_hand and question.decides,
        agreed=decision is not None and not by_hand and not question.decides,
        declared=decision.at if decision and by_hand else None,
        withdrawn=at.get(proposal.symbol) if left else None,
    )


async def _queue(found: Iterable[Due]) -> int:
    """Insert what has no row yet. The unique key settles who of several was first, and nobody else.

    Rows come in one order, so that two who insert the same wait for each other in turn.
    """
    due = {owed.key: owed for owed in found}
    known = await Notice.filter(key__in=[*due] or [""]).distinct().values_list("key", flat=True)
    fresh = due.keys() - {str(key) for key in known}
    rows = [row for key in fresh for row in _rows(due[key], await _readers(due[key]))]
    rows += await _newcomers([owed for key, owed in due.items() if key not in fresh])
    rows.sort(key=lambda row: (row.key, row.person_id))
    if rows:
        await Notice.bulk_create(rows, ignore_conflicts=True)
        ring()
    return len(rows)


async def _newcomers(running: Iterable[Due]) -> list[Notice]:
    """Who came to speak, or to an office, while a question runs is told that it opened, too.

    Each look compares who may read with who was told, and remembers nothing: a day on which an
    accreditation begins leaves no entry, and an insert that failed is to be made again.
    """
    openings = [due for due in running if due.occasion.name == "opened"]
    told: dict[str, set[int]] = defaultdict(set)
    rows = Notice.filter(key__in=[opening.key for opening in openings] or [""])
    for key, person in await rows.values_list("key", "person_id"):
        told[str(key)].add(int(str(person)))
    asked = [opening.about for opening in openings if isinstance(opening.about, Question)]
    readers = await readers_of_each(asked)
    return [
        row
        for opening in openings
        for row in _rows(opening, readers[opening.about.id] - told[opening.key])
    ]


async def _readers(due: Due) -> set[int]:
    about = due.about
    return await (readers_of(about) if isinstance(about, Question) else readers_of_follow_up(about))


def _rows(due: Due, people: set[int]) -> list[Notice]:
    about = {"question" if isinstance(due.about, Question) else "follow_up": due.about}
    now = clock.now()
    return [
        Notice(
            person_id=person,
            key=due.key,
            name=due.occasion.name,
            due=due.occasion.due,
            queued=now,
            again=now,
            **about,
        )
        for person in people
    ]
