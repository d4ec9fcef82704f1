"""Days are counted where the Plenary has its seat: an accreditation begins at its midnight."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from plenary.bodies.models import Body


async def day_of(at: datetime) -> date:
    """The day it is at the seat; in UTC before there is one."""
    return at.astimezone(await seat_zone()).date()


async def seat_zone() -> tzinfo:
    zones = await Body.filter(key="plenary").values_list("zone", flat=True)
    return ZoneInfo(str(zones[0])) if zones else UTC
