"""Meetings as they are asked for."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from plenary.meetings.models import Meeting
from plenary.record.remembered import remembered


@remembered()
async def meetings_since(day: date) -> Sequence[Meeting]:
    """Those that were not over when this day (UTC) began, by their beginning."""
    began = datetime.combine(day, time(), UTC)
    return await Meeting.filter(ends__gte=began).order_by("begins", "id")
