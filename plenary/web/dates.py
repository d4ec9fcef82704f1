"""Instants as people read them: the place's own time first, then UTC, the same everywhere."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from markupsafe import Markup

from plenary import clock
from plenary.web.language import current


class Place:
    """A seat: its name in each language, and its time zone."""

    def __init__(self, names: dict[str, str], zone: str) -> None:
        self.names, self.zone = names, ZoneInfo(zone)

    def here(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    @property
    def offset(self) -> str:
        """How far from UTC the place is today: UTC+05:30."""
        ahead = self.here(clock.now()).strftime("%z")
        return f"UTC{ahead[:3]}:{ahead[3:]}" if ahead != "+0000" else "UTC"

    @property
    def name(self) -> str:
        return self.names.get(current()) or self.names.get("en") or str(self.zone.key)


def place_of(zone: str, home: Place) -> Place:
    """The seat whose clock an instant is set by: the site's own, or another by its zone's name."""
    return home if zone in ("", home.zone.key) else Place({}, zone)


def time_left(at: datetime) -> tuple[str, int]:
    """How long it is until then, in whole days, hours or minutes; past: ("minutes", 0)."""
    return span(at - clock.now())


def span(length: timedelta) -> tuple[str, int]:
    """A length of time in whole days, hours or minutes; never less than nothing."""
    minutes = max(0, int(length.total_seconds()) // 60)
    if minutes >= 2 * 24 * 60:
        return "days", minutes // (24 * 60)
    return ("hours", minutes // 60) if minutes >= 2 * 60 else ("minutes", minutes)


def day(when: date | datetime, place: Place) -> str:
    """20 November 2019."""
    return _day(_local(when, place), "d MMMM y", current())


def weekday(when: date | datetime, place: Place) -> str:
    """Wednesday 20 November 2019."""
    return _day(_local(when, place), "EEEE d MMMM y", current())


def hour(at: datetime, place: Place) -> str:
    """14:30."""
    return _hour(place.here(at), "HH:mm", current())


def exact(at: datetime, place: Place) -> str:
    """14:30:05.412: to the millisecond, as exact as the record."""
    return f"{_hour(place.here(at), 'HH:mm:ss', current())}.{at.microsecond // 1000:03d}"


def machine(at: datetime) -> str:
    """For the datetime attribute: 2019-11-20T09:00:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(at: datetime, place: Place, *, seconds: bool = False) -> Markup:
    """Wednesday 20 November 2019, 14:30 New Delhi (09:00 UTC), as a <time> element."""
    pattern = "HH:mm:ss" if seconds else "HH:mm"
    there = _hour(place.here(at), pattern, current())
    utc = _hour(at.astimezone(UTC), pattern, current())
    same = place.here(at).utcoffset() == at.astimezone(UTC).utcoffset()
    if place.here(at).date() != at.astimezone(UTC).date():
        utc = f"{_day(at.astimezone(UTC).date(), 'd MMMM', current())}, {utc}"
    shown = f"{there} UTC" if same else f"{there} {place.name} ({utc} UTC)"
    return Markup('<time class="wr" datetime="{}">{}, {}</time>').format(
        machine(at), weekday(at, place), shown
    )


def loose(text: str) -> str:
    """A date as exact as its source: 2019, November 2019, 20 November 2019."""
    parts = text.split("-")
    if len(parts) == 1:
        return text
    whole = date.fromisoformat("-".join([*parts, "01"][:3]))
    return _day(whole, "d MMMM y" if len(parts) == 3 else "MMMM y", current())


# The same few days and hours stand on every page, and Babel takes a tenth of its time for them.
@lru_cache(2_000)
def _day(day: date, pattern: str, language: str) -> str:
    """French writes 1er for the first of a month, which CLDR leaves to its users."""
    shown = format_date(day, pattern, locale=language)
    first = day.day == 1 and language == "fr"
    return re.sub(r"(?<!\d)1 (?=\D)", "1er ", shown) if first else shown


def _hour(here: datetime, pattern: str, language: str) -> str:
    """By what the clock shows there: two instants are equal in any two zones."""
    return _time(here.time().replace(microsecond=0), pattern, language)


@lru_cache(2_000)
def _time(shown: time, pattern: str, language: str) -> str:
    return format_time(shown, pattern, locale=language)


def _local(when: date | datetime, place: Place) -> date:
    return place.here(when).date() if isinstance(when, datetime) else when
