"""On which matters a body below the Plenary decides, and by which decision of its parent."""

from collections.abc import Sequence

from plenary.bodies.models import Body, Competence
from plenary.record.remembered import remembered


async def power_of(body: Body, matter: str) -> Competence | None:
    """The power in force on one matter; in an act, locked by the head that the door has locked."""
    return await Competence.get_or_none(body=body, matter=matter, ended=None)


@remembered()
async def powers_of(body: Body) -> Sequence[Competence]:
    """All that are in force, in the order in which they were given."""
    return await Competence.filter(body=body, ended=None).order_by("id")
