"""The roll of a body as it stands today."""

from collections import defaultdict
from datetime import date

from tortoise.expressions import Q

from plenary.bodies.models import Body, Seat, Spell
from plenary.bodies.rules import Candidate, Roll, Standing, roll_of


async def roll_today(body: Body, today: date) -> Roll:
    """Who may decide in this body on this day: what a question freezes when it is put."""
    seats = await Seat.filter(
        Q(until=None) | Q(until__gt=today), body=body, since__lte=today
    ).prefetch_related("delegation")
    spells: dict[int, list[Standing]] = defaultdict(list)
    for spell in await Spell.filter(delegation_id__in=[s.delegation.id for s in seats] or [0]):
        spells[spell.delegation_id].append(Standing(spell.standing, spell.since, spell.until))  # type: ignore[attr-defined]
    return roll_of(
        (
            Candidate(
                s.delegation.code,
                s.delegation.kind,
                s.delegation.represents,
                s.kind,
                tuple(spells[s.delegation.id]),
            )
            for s in seats
        ),
        today,
    )
