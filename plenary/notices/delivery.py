"""Delivery is a fact: whom the opening of a question reached, when, by which road, and why not."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from tortoise.expressions import Q

from plenary import clock
from plenary.bodies.days import day_of, holding
from plenary.bodies.models import Accreditation, Delegation, Seat
from plenary.bodies.viewers import SPEAKING
from plenary.notices.models import Notice
from plenary.procedures.terms import terms_of
from plenary.questions.clearance import announced
from plenary.questions.delivery import Delivery, Reached
from plenary.questions.models import Position, Question, RollCall, View
from plenary.questions.stated import Party, in_order


async def delivery_of(question: Question) -> Delivery | None:
    """None for a question that was heard in the room, where it was put."""
    terms = terms_of(question.procedure)
    if not announced(terms, meeting=question.meeting, closes=question.closes):
        return None
    end = question.closed or question.closes or clock.now()
    roll = [
        roll_call.delegation
        for roll_call in await RollCall.filter(question=question).prefetch_related("delegation")
    ]
    letters = await _letters(question)
    speakers = await _speakers(question, end)
    spoke = await _spoke(question)
    return Delivery(
        _reached(roll, speakers, letters, spoke, end),
        _reached(await _observers(question, end), speakers, letters, spoke, end),
    )


def _reached(
    delegations: Iterable[Delegation],
    speakers: dict[int, set[int]],
    letters: dict[int, Notice],
    spoke: dict[int, datetime],
    end: datetime,
) -> tuple[Reached, ...]:
    found = (
        _one(
            Party.of(delegation),
            [letters[p] for p in speakers[delegation.id] if p in letters],
            spoke.get(delegation.id),
            end,
        )
        for delegation in delegations
    )
    return tuple(sorted(found, key=lambda reached: in_order(reached.party)))


def _one(party: Party, letters: list[Notice], spoke: datetime | None, end: datetime) -> Reached:
    """By the first letter that left in time; else by its own answer, which shows that it knew."""
    sent = [letter.sent for letter in letters if letter.sent]
    in_time = [at for at in sent if at < end]
    if in_time:
        return Reached(party, min(in_time), "mail")
    if spoke:
        return Reached(party, spoke, "answer")
    return Reached(party, min(sent, default=None), why=_why(letters, late=bool(sent)))


def _why(letters: list[Notice], *, late: bool) -> str:
    if late:
        return "late"
    if not letters:
        return "nobody"
    return next((letter.failed for letter in letters if letter.failed), "waiting")


async def _letters(question: Question) -> dict[int, Notice]:
    """The letters of the opening, by person."""
    rows = await Notice.filter(question=question, name="opened").order_by("id")
    return {notice.person_id: notice for notice in rows}


async def _speakers(question: Question, end: datetime) -> dict[int, set[int]]:
    """By id of a delegation: the persons who spoke for it at any time while it ran."""
    opened, ended = await day_of(question.opens), await day_of(end)
    rows = Accreditation.filter(
        Q(until=None) | Q(until__gte=opened), since__lte=ended, role__in=SPEAKING
    )
    found: dict[int, set[int]] = defaultdict(set)
    for accreditation in await rows:
        found[accreditation.delegation_id].add(accreditation.person_id)
    return found


async def _spoke(question: Question) -> dict[int, datetime]:
    """By id of a delegation: when it first answered by itself, in either ledger. Not where who
    has answered is kept back: this is read by all."""
    if question.publication != "now":
        return {}
    own: dict[str, Any] = {"question": question, "entered_by": ""}
    said: list[Position | View] = [
        *await Position.filter(**own).prefetch_related("delegation").order_by("-id"),
        *await View.filter(**own).prefetch_related("delegation").order_by("-id"),
    ]
    return {position.delegation.id: position.at for position in said}


async def _observers(question: Question, end: datetime) -> list[Delegation]:
    day = await day_of(min(end, clock.now()))
    seats = Seat.filter(
        holding(day),
        body_id=question.body_id,
        delegation__kind="observer",
    )
    return [seat.delegation for seat in await seats.prefetch_related("delegation")]
