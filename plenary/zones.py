"""The time zones of the world, and the instants of what their clocks show. Pure.

Nobody loses time: of an hour that the clocks repeat, the second passing counts, and a date that a
zone left out (Samoa, 30 December 2011) is no day.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


class NoSuchTime(ValueError):
    """The clocks of the zone jumped over this time; `first` is the instant they came to (UTC)."""

    def __init__(self, local: datetime, zone: str, first: datetime) -> None:
        super().__init__(f"there is no {local:%Y-%m-%d %H:%M} in {zone}")
        self.local, self.zone, self.first = local, zone, first


def zone_of(name: str) -> ZoneInfo:
    """The time zone of this name; ValueError if there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, AttributeError, OSError) as error:
        raise ValueError(f"no such time zone: {name!r}") from error


@cache
def cities() -> tuple[str, ...]:
    """The zones by the names of their cities, to choose from."""
    return tuple(sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc/")))


def instant_of(local: datetime, zone: str) -> datetime:
    """The instant, in UTC, of a time that somebody typed; the later one if the clocks repeat it.

    NoSuchTime if the clocks jump over it; ValueError for an unknown zone, or a time that has one.
    """
    if local.tzinfo is not None:
        raise ValueError("this time has a zone of its own")
    where = zone_of(zone)
    try:
        at = first_at(local, where)
        if _wall(at, where) != local:
            raise NoSuchTime(local, zone, at)
    except OverflowError as error:
        raise ValueError(f"too far away: {local}") from error
    return exact(at)


def days_after(day: date, zone: ZoneInfo) -> Iterator[date]:
    """The dates after this one that there were in the zone."""
    for n in count(1):
        midnight = datetime.combine(day + n * DAY, time())
        if _wall(first_at(midnight, zone), zone).date() == midnight.date():
            yield midnight.date()


def first_at(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a local time; the later of two; the end of the jump if it was jumped over."""
    # By the offset before a change of the clocks, and by the one since it.
    before, since = (local.replace(tzinfo=zone, fold=n).astimezone(UTC) for n in (0, 1))
    if before <= since:
        return since
    jump = since.replace(microsecond=0)  # clocks change on a whole second, and after this one
    seconds = range((before - jump) // SECOND + 1)
    return jump + SECOND * bisect_left(
        seconds, True, key=lambda n: _wall(jump + n * SECOND, zone) >= local
    )


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    """What the clocks of the zone show, without its name."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


def exact(at: datetime) -> datetime:
    """In UTC, to the millisecond, which is as exact as the record."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)
