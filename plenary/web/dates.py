"""Instants as people read them: the place's own time first, then UTC, the same everywhere."""

import re
from datetime import UTC, date, datetime, timedelta
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
    return _first(format_date(_local(when, place), "d MMMM y", locale=current()))


def weekday(when: date | datetime, place: Place) -> str:
    """Wednesday 20 November 2019."""
    return _first(format_date(_local(when, place), "EEEE d MMMM y", locale=current()))


def hour(at: datetime, place: Place) -> str:
    """14:30."""
    return format_time(place.here(at), "HH:mm", locale=current())


def exact(at: datetime, place: Place) -> str:
    """14:30:05.412: to the millisecond, as exact as the record."""
    return (
        f"{format_time(place.here(at), 'HH:mm:ss', locale=current())}.{at.microsecond // 1000:03d}"
    )


def machine(at: datetime) -> str:
    """For the datetime attribute: 2019-11-20T09:00:00Z."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant(at: datetime, place: Place, *, seconds: bool = False) -> Markup:
    """Wednesday 20 November 2019, 14:30 New Delhi (09:00 UTC), as a <time> element."""
    pattern = "HH:mm:ss" if seconds else "HH:mm"
    there = format_time(place.here(at), pattern, locale=current())
    utc = format_time(at.astimezone(UTC), pattern, locale=current())
    same = place.here(at).utcoffset() == at.astimezone(UTC).utcoffset()
    if place.here(at).date() != at.astimezone(UTC).date():
        utc = f"{_first(format_date(at.astimezone(UTC).date(), 'd MMMM', locale=current()))}, {utc}"
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
    shown = format_date(whole, "d MMMM y" if len(parts) == 3 else "MMMM y", locale=current())
    return _first(shown) if len(parts) == 3 else shown


def _first(shown: str) -> str:
    """French writes 1er for the first of a month, which CLDR leaves to its users."""
    return re.sub(r"(?<!\d)1 (?=\D)", "1er ", shown) if current() == "fr" else shown


def _local(when: date | datetime, place: Place) -> date:
    return place.here(when).date() if isinstance(when, datetime) else when
