"""Who is in the room of a meeting, and whose credentials are in order.

A meeting is known here by its address only: what it is stands higher up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from tortoise.expressions import Q

from plenary.bodies.days import not_over
from plenary.bodies.models import Credential, Presence
from plenary.record.remembered import remembered


async def roll_called(meeting: str, at: datetime) -> frozenset[str] | None:
    """The codes of all delegations in the room at an instant, Observers and guests among them.

    Who leaves at an instant is no longer there at it; None where nobody has called the roll.
    What a quorum counts is `roll.among(…)`.
    """
    return (await rolls_called([(meeting, at)]))[meeting, at]


async def rolls_called(
    wanted: Iterable[tuple[str, datetime]],
) -> dict[tuple[str, datetime], frozenset[str] | None]:
    """The same for many meetings and instants, in one query."""
    asked = {*wanted}
    meetings = {meeting for meeting, _ in asked} - {""}
    spans = await _spans(tuple(sorted(meetings))) if meetings else {}
    return {(meeting, at): _there(spans.get(meeting, ()), at) for meeting, at in asked}


@remembered()
async def _spans(meetings: tuple[str, ...]) -> Mapping[str, "Sequence[Span]"]:
    rows = Presence.filter(meeting__in=meetings).values_list(
        "meeting", "delegation__code", "arrived", "left"
    )
    spans: dict[str, list[Span]] = defaultdict(list)
    for meeting, *span in await rows:
        spans[meeting].append(tuple(span))
    return spans


Span = tuple[str, datetime, datetime | None]  # a code, when it came, and when it left


def _there(spans: Sequence[Span], at: datetime) -> frozenset[str] | None:
    if not spans:
        return None
    return frozenset(code for code, came, left in spans if came <= at and (not left or at < left))


async def in_session(body: str, at: datetime) -> str:
    """The address of the meeting whose room has somebody of this body in it, or nothing.

    Of two rooms at once, the one that was entered last.
    """
    there = Presence.filter(_at(at), body__key=body).order_by("-arrived", "-id")
    newest = await there.first()
    return newest.meeting if newest else ""


async def credentials_of(meeting: str, day: date) -> dict[str, str]:
    """Code -> presented, accepted or refused, on a day; who has presented none yet is not in it.

    Whose refusal has run out is not in it either.
    """
    if not meeting:
        return {}
    held = Credential.filter(not_over(day), meeting=meeting)
    rows = await held.values_list("delegation__code", "status")
    return {str(code): str(status) for code, status in rows}


def _at(instant: datetime) -> Q:
    return Q(Q(left=None) | Q(left__gt=instant), arrived__lte=instant)
