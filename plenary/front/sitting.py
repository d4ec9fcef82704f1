"""Who sat in a body when it agreed: its seats and its officers of that day."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from plenary.bodies.days import holding
from plenary.bodies.models import Delegation, Officer, Seat
from plenary.bodies.rules import SEATS
from plenary.front.decided import Decided


@dataclass(frozen=True)
class Sitting:
    """Members, provisional members and Observers apart, each in the order of their codes."""

    seats: Sequence[tuple[str, Sequence[Delegation]]] = ()
    officers: Sequence[Officer] = ()
    codes: dict[str, list[str]] = field(default_factory=dict)  # of the seats, by their kind


async def sitting(shown: Decided) -> Sitting:
    """On the day of the outcome."""
    question = shown.stand.question if shown.stand else None
    if question is None:
        return Sitting()
    day = date.fromisoformat(shown.decision.date)
    rows = await Seat.filter(holding(day), body_id=question.body_id).prefetch_related("delegation")
    held: dict[str, list[Delegation]] = {kind: [] for kind in SEATS}
    for row in sorted(rows, key=lambda row: row.delegation.code):
        held[row.kind].append(row.delegation)
    officers = Officer.filter(holding(day), body_id=question.body_id).order_by("id")
    return Sitting(
        [(kind, parties) for kind, parties in held.items() if parties],
        await officers.prefetch_related("delegation"),
        {kind: [party.code for party in parties] for kind, parties in held.items()},
    )
