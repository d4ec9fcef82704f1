"""The holidays that working days are counted without."""

from datetime import date

from plenary.bodies.models import Body, Holiday


async def holidays_of(body: Body) -> frozenset[date]:
    """The days on which a body does not work: its own, and those of the bodies it stands under.

    A question freezes what it finds here when it is put; nothing entered later moves its deadline.
    """
    above: Body | None = body
    ids = []
    while above is not None:
        ids.append(above.id)
        above = await Body.get_or_none(id=above.parent_id or 0)
    return frozenset([holiday.day for holiday in await Holiday.filter(body_id__in=ids)])
