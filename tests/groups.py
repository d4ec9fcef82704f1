"""A working group of the standing cast: the World Diamond Council's seat, as it were.

Delmonia, an Observer, chairs the Working Group on Monitoring; Aldoria and Belmark are its members,
Corvania is none, and Delmonia sits in it as an Observer.
"""

from datetime import date

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.seats import seat
from plenary.proposals.actions.moves import refer
from tests.world import CHAIR, SEAT, SECRETARIAT, TEXT, World, found_world

KEY, GROUP = "monitoring", "chair:monitoring"
EMAIL = "head.del@example.org"  # of the Observer that presides
SINCE = date.fromisoformat(SEAT)


async def found_group(*members: str) -> None:
    """The group, its chair, and its seats."""
    await form_body(SECRETARIAT, KEY, "WGM", {"en": "Working Group on Monitoring"})
    await appoint(SECRETARIAT, KEY, "chair", code="DEL", since=SINCE)
    for code in members:
        await seat(SECRETARIAT, KEY, code, "member", since=SINCE)
    await seat(SECRETARIAT, KEY, "DEL", "observer", since=SINCE)


async def in_the_group(*members: str, text: str = TEXT) -> World:
    """The first proposal, before the group."""
    world = await found_world(text=text)
    await found_group(*(members or ("ALD", "BEL")))
    await refer(CHAIR, world.year, world.number, body=KEY)
    return world
