"""Who is told: those who speak today for whom it concerns, the Chair and the secretariat."""

from collections import defaultdict
from collections.abc import Iterable

from tortoise.expressions import Q

from plenary import clock
from plenary.bodies.days import day_of, holding
from plenary.bodies.models import Accreditation, Body, Officer, Seat
from plenary.bodies.viewers import SPEAKING
from plenary.decisions.models import FollowUp
from plenary.questions.models import Question, RollCall

SECRETARIAT = Q(office="secretariat", body__key="plenary")


async def readers_of(question: Question) -> set[int]:
    """Persons by id: heads and alternates of the roll and of the Observers in the body, officers.

    Whose accreditation or office has ended today is not among them.
    """
    return (await readers_of_each([question]))[question.id]


async def readers_of_each(questions: Iterable[Question]) -> dict[int, set[int]]:
    """The same by id of a question: asked for each body, and not for each question."""
    body_of: dict[int, int] = {question.id: question.body_id for question in questions}
    heard = await _observers(set(body_of.values()))
    deciding: dict[int, set[int]] = defaultdict(set)
    rolls = RollCall.filter(question_id__in=[*body_of] or [0])
    for question, delegation in await rolls.values_list("question_id", "delegation_id"):
        deciding[_id(question)].add(_id(delegation))
    speaking = await _speaking(set().union(*heard.values(), *deciding.values()))
    presiding = await _presiding(set(body_of.values()))
    return {
        question: presiding[body].union(
            *(speaking[delegation] for delegation in deciding[question] | heard[body])
        )
        for question, body in body_of.items()
    }


async def _observers(bodies: set[int]) -> dict[int, set[int]]:
    """By body: the Observers that sit there today."""
    found: dict[int, set[int]] = defaultdict(set)
    seats = Seat.filter(await _today(), body_id__in=[*bodies] or [0], delegation__kind="observer")
    for body, delegation in await seats.values_list("body_id", "delegation_id"):
        found[_id(body)].add(_id(delegation))
    return found


async def presiding_over(body: str) -> set[int]:
    """Its own Chair, the Chair of the Plenary and the secretariat."""
    chamber = await Body.get(key=body)
    return (await _presiding({chamber.id}))[chamber.id]


async def _presiding(bodies: set[int]) -> dict[int, set[int]]:
    """The same by id of the body."""
    everywhere = await officers_of(Q(office="chair", body__key="plenary") | SECRETARIAT)
    return {
        body: everywhere | await officers_of(Q(office="chair", body_id=body)) for body in bodies
    }


async def readers_of_follow_up(follow_up: FollowUp) -> set[int]:
    """Whoever owes it, or chairs the body that does, and the secretariat."""
    chairs = Q(office="chair", body_id=follow_up.body_id or 0)
    speakers = await speakers_of([follow_up.delegation_id or 0])
    return speakers | await officers_of(chairs | SECRETARIAT)


async def speakers_of(delegations: Iterable[int]) -> set[int]:
    """Heads and alternates of delegations, today."""
    return set().union(*(await _speaking(delegations)).values())


async def _speaking(delegations: Iterable[int]) -> dict[int, set[int]]:
    """The same by delegation."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Accreditation.filter(
        await _today(), delegation_id__in=[*delegations] or [0], role__in=SPEAKING
    )
    for delegation, person in await rows.values_list("delegation_id", "person_id"):
        found[_id(delegation)].add(_id(person))
    return found


async def officers_of(which: Q) -> set[int]:
    """An office that a delegation holds without naming a person is that of those who speak."""
    found = await Officer.filter(await _today(), which)
    named = {officer.person_id for officer in found if officer.person_id}
    holding = [officer.delegation_id for officer in found if not officer.person_id]
    return named | await speakers_of(id_ for id_ in holding if id_)


async def _today() -> Q:
    return holding(await day_of(clock.now()))


def _id(value: object) -> int:
    return int(str(value))
