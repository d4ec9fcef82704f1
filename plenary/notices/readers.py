"""Who is told: those who speak today for whom it concerns, the Chair and the secretariat."""

from collections.abc import Iterable

from tortoise.expressions import Q

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Accreditation, Officer, Seat
from plenary.bodies.viewers import SPEAKING
from plenary.decisions.models import FollowUp, Question, RollCall

SECRETARIAT = Q(office="secretariat", body__key="plenary")


async def readers_of(question: Question) -> list[int]:
    """Persons by id: heads and alternates of the roll and of the Observers in the body, officers.

    Whose accreditation or office has ended today is not among them.
    """
    roll = await RollCall.filter(question=question).values_list("delegation_id", flat=True)
    body: int = question.body_id  # type: ignore[attr-defined]
    seats = Seat.filter(await _today(), body_id=body, delegation__kind="observer")
    observers = await seats.values_list("delegation_id", flat=True)
    chairs = Q(office="chair") & (Q(body__key="plenary") | Q(body_id=body))
    speakers = await speakers_of([*_ids(roll), *_ids(observers)])
    return sorted(speakers | await _officers(chairs | SECRETARIAT))


async def readers_of_follow_up(one: FollowUp) -> list[int]:
    """Whoever owes it, or chairs the body that does, and the secretariat."""
    chairs = Q(office="chair", body_id=one.body_id or 0)  # type: ignore[attr-defined]
    speakers = await speakers_of([one.delegation_id or 0])  # type: ignore[attr-defined]
    return sorted(speakers | await _officers(chairs | SECRETARIAT))


async def speakers_of(delegations: Iterable[int]) -> set[int]:
    """Heads and alternates of delegations, today."""
    found = Accreditation.filter(
        await _today(), delegation_id__in=[*delegations] or [0], role__in=SPEAKING
    )
    return set(_ids(await found.values_list("person_id", flat=True)))


async def _officers(which: Q) -> set[int]:
    """An office that a delegation holds without naming a person is that of those who speak."""
    found = await Officer.filter(await _today(), which)
    named = {one.person_id for one in found if one.person_id}  # type: ignore[attr-defined]
    holding = [one.delegation_id for one in found if not one.person_id]  # type: ignore[attr-defined]
    return named | await speakers_of(id_ for id_ in holding if id_)


async def _today() -> Q:
    today = await day_of(clock.now())
    return Q(since__lte=today) & (Q(until=None) | Q(until__gt=today))


def _ids(rows: Iterable[object]) -> list[int]:
    return [int(str(one)) for one in rows]
