"""Days are counted where the Plenary has its seat: an accreditation begins at its midnight."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from tortoise.expressions import Q

from plenary.bodies.models import Body
from plenary.db.prepared import Prepared

_PLENARY = Prepared(lambda key: Body.filter(key=key).only("zone"))


async def day_of(at: datetime) -> date:
    """The day it is at the seat; in UTC before there is one."""
    return at.astimezone(await seat_zone()).date()


async def seat_zone() -> tzinfo:
    plenary = await _PLENARY.first("plenary")
    return ZoneInfo(plenary.zone) if plenary else UTC


def holding(day: date) -> Q:
    """The seats, offices, accreditations and standings that hold on a day: from their first day,
    up to but without another. `Standing.holds` is the same of one that is read."""
    return Q(since__lte=day) & not_over(day)


def not_over(day: date) -> Q:
    """Those that hold on a day or on a later one."""
    return Q(until=None) | Q(until__gt=day)
