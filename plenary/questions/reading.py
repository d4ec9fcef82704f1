"""A question as it is read: which it is, whether it is open, who is on its roll, who said what."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from plenary import clock
from plenary.bodies.attendance import roll_called
from plenary.bodies.calendars import holidays_of
from plenary.bodies.models import Body, Delegation
from plenary.bodies.rules import Roll
from plenary.db.prepared import Prepared
from plenary.procedures.deadlines import Calendar, over
from plenary.procedures.terms import Terms, terms_of
from plenary.proposals.models import Proposal
from plenary.proposals.reading import load
from plenary.proposals.rules import Stage
from plenary.questions import models, rules
from plenary.questions.carried import kin
from plenary.questions.circulated import circulated
from plenary.questions.clearance import Before, Clearance, clearance, sits
from plenary.questions.concerns import Concern, is_reasoned
from plenary.questions.models import (
    Answered,
    Bloc,
    Late,
    Position,
    Question,
    RollCall,
    TimeAsked,
    View,
)
from plenary.questions.rules import STANCES, CurrentAnswer, Stance, Standing
from plenary.questions.stated import Stated
from plenary.refusal import Refused

FEW = 500  # entries asked for at once: a database takes so many in one list


async def asked(proposal: Proposal) -> Question:
    """The newest question on a proposal; Refused where none was ever put."""
    question = await _ASKED.first(proposal.id)
    if question is None:
        raise Refused("no_question")
    return question


async def asked_on(year: int, number: int) -> tuple[Proposal, Question]:
    """A proposal and its newest question at once; Missing, or Refused where none was ever put."""
    question = await _ASKED_ON.first(year, number)
    if question is None:
        await load(year, number)
        raise Refused("no_question")
    return question.proposal, question


_ASKED = Prepared(lambda proposal: Question.filter(proposal_id=proposal).order_by("-id").limit(1))
_ASKED_ON = Prepared(
    lambda year, number: (
        Question.filter(proposal__year=year, proposal__number=number)
        .select_related("proposal__body")
        .order_by("-id")
        .limit(1)
    )
)


async def called(question: Question, code: str) -> Delegation | None:
    """The Participant of this code, if it is on the roll."""
    call = await _CALLED.first(question.id, code)
    return call.delegation if call else None


_CALLED = Prepared(
    lambda question, code: RollCall.filter(
        question_id=question, delegation__code=code
    ).select_related("delegation")
)


def is_open(question: Question, proposal: Proposal, at: datetime | None = None) -> bool:
    """Open until it is closed, its instant has come, or its proposal leaves the table.

    Decided by the clock at each request: no job has to have run.
    """
    if question.closed is not None or proposal.stage != Stage.QUESTION_PUT:
        return False
    return question.closes is None or not over(question.closes, at or clock.now())


def is_running(question: Question, proposal: Proposal, at: datetime | None = None) -> bool:
    """Whether it has a closing instant that is still to come."""
    return question.closes is not None and is_open(question, proposal, at)


def version_of(question: Question, proposal: Proposal) -> int:
    """An open question follows the text to its newest version; an ended one stays on its own."""
    return proposal.newest if question.closed is None else question.version


def terms(question: Question) -> Terms:
    return terms_of(question.procedure)


async def roll_of(question: Question) -> Roll:
    """The roll as it was frozen."""
    rows = await RollCall.filter(question=question).values_list("delegation__code", "represents")
    return Roll({str(code): int(states) for code, states in rows})


async def positions_of(question: Question) -> dict[str, CurrentAnswer]:
    """The current position of each Participant that has one, on this question or before it."""
    on = Q(question__proposal_id=question.proposal_id)
    here, before = Q(on, question_id__lte=question.id), Q(on, question_id__lt=question.id)
    return await _positions(here, before, kin(question))


async def positions_on(
    proposal: Proposal, among: frozenset[Stance] = STANCES
) -> dict[str, CurrentAnswer]:
    """The same of a text, whatever it was said on: what the next question finds."""
    on = Q(question__proposal_id=proposal.id)
    return await _positions(on, on, among)


async def _positions(here: Q, before: Q, among: frozenset[Stance]) -> dict[str, CurrentAnswer]:
    """By code; what came too late for an earlier question is in time for this one."""
    said = "entry", "delegation__code", "stance", "version", "explanation", "several"
    rows, late = Position.filter(here, current=True), Late.filter(before)
    found = [*await rows.values_list(*said, "ad_referendum")]
    found += [(*row, False) for row in await late.values_list(*said)]
    apart = await concerns_at([entry for entry, *_, several, _ in found if several])
    return {
        str(code): CurrentAnswer(
            Stance(stance), int(version), bool(ad), is_reasoned(words, apart.get(entry, ()))
        )
        for entry, code, stance, version, words, _, ad in sorted(found)
        if stance in among
    }


async def apart_of(rows: Iterable[Answered]) -> Mapping[int, tuple[Concern, ...]]:
    """The concerns of these answers that are kept apart, by entry."""
    return await concerns_at([row.entry for row in rows if row.several])


async def concerns_at(entries: Sequence[int]) -> Mapping[int, tuple[Concern, ...]]:
    """The same by the entries of answers that have some; most have none, and nothing is asked."""
    found: dict[int, list[Concern]] = defaultdict(list)
    for few in (entries[start : start + FEW] for start in range(0, len(entries), FEW)):
        rows = models.Concern.filter(entry__in=few).order_by("entry", "place")
        for entry, *said in await rows.values_list("entry", "clause", "explanation", "would_join"):
            found[entry].append(Concern(*said))
    return {entry: tuple(concerns) for entry, concerns in found.items()}


async def present_at(question: Question, at: datetime) -> frozenset[str] | None:
    """Who is in the room of the meeting that it was put in; None where nobody called the roll."""
    return await roll_called(question.meeting, at)


async def standing_of(question: Question, version: int, at: datetime) -> Standing:
    """What its rule says of the positions as they are."""
    return rules.standing(
        terms(question),
        await roll_of(question),
        await positions_of(question),
        version,
        await present_at(question, at),
    )


async def clearance_of(
    question: Question, proposal: Proposal, version: int, at: datetime
) -> Clearance:
    """What stands before the adoption of a version, as the act that may adopt it finds it."""
    roll, here = await roll_of(question), await present_at(question, at)
    said = await positions_on(proposal)
    objected = (
        code
        for code, last in said.items()
        if last.stance is Stance.OBJECT and last.version != version
    )
    known = Before(
        opens=question.opens,
        text=(await circulated([proposal.id]))[proposal.id][version],
        objected=roll.participating & {*objected},
        sitting=sits(terms(question), roll, here),
        time=await asked_for_time(question, version),
        decides=question.decides,
    )
    return clearance(terms(question), known)


async def asked_for_time(question: Question, version: int) -> frozenset[str]:
    """Who in the room has asked for time on this text, by code."""
    rows = TimeAsked.filter(question=question, version=version)
    return frozenset(str(code) for (code,) in await rows.values_list("delegation__code"))


async def calendar_of(body: Body) -> Calendar:
    """A body's working days, in its zone: a question freezes what it finds here."""
    return Calendar(body.zone, await holidays_of(body))


async def decision_on(question: Question) -> Any:
    """What was decided on it, which is of a room above; None where nothing was. Of a row of its
    own: the one that is asked about is everybody's (`record/remembered.py`)."""
    return (await Question.get(id=question.id).prefetch_related("decision")).decision


async def current_of(question: Question, code: str) -> Position | View | None:
    """What a delegation said last on a text, in whichever ledger it speaks: on this question, or on
    an earlier one."""
    for ledger in (Position, View):
        rows = ledger.filter(
            question__proposal_id=question.proposal_id,
            question_id__lte=question.id,
            delegation__code=code,
            current=True,
            stance__in=sorted(kin(question)),
        )
        row = await rows.order_by("-entry").first().prefetch_related("delegation", "question")
        if row is not None:
            return row
    return None


def own(row: Position | View | Stated) -> bool:
    """Whether the delegation has said it itself, or has countersigned it."""
    return not row.entered_by or row.countersigned is not None


def lapsed(bloc: Bloc, *, open: bool, version: int) -> str:
    """Why nobody can confirm it any more: over, moved (the text), replaced; nothing while it can.

    `version`: the one that its question is on now.
    """
    if not open:
        return "over"
    if bloc.version != version:
        return "moved"
    return "" if bloc.current else "replaced"
