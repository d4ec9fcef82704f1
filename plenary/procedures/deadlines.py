"""Exact deadlines: one instant, computed once, in UTC to the millisecond. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, Self

from plenary.refusal import Refused
from plenary.zones import days_after, exact, first_at, zone_of

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FARTHEST = 400  # days: beyond this a closing is a slip of the pen
MOST = {"hours": 24 * FARTHEST, "days": FARTHEST, "working_days": 250}
MOST_LENGTH = {"minutes": 24 * 60 * FARTHEST, "hours": 24 * FARTHEST, "days": FARTHEST}


@dataclass(frozen=True)
class Span:
    """How long: hours, days, or working days. ValueError if unknown, none or absurdly many."""

    unit: str
    number: int

    def __post_init__(self) -> None:
        _one({self.unit: self.number}, MOST)

    @classmethod
    def read(cls, data: object) -> Self:
        """From a body's rule: {"hours": 72}."""
        return cls(*_one(data, MOST))

    @property
    def data(self) -> dict[str, int]:
        return {self.unit: self.number}


@dataclass(frozen=True)
class Calendar:
    """The days of a seat. A question freezes its own, so that no later edit moves its closing.

    `weekend`: days of the week, Monday is 0. ValueError for an unknown zone or day.
    """

    zone: str
    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})

    def __post_init__(self) -> None:
        zone_of(self.zone)
        if not self.weekend < frozenset(range(7)):
            raise ValueError(f"no such weekend: {sorted(self.weekend)}")

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        """From JSON: {"zone": "Asia/Kolkata", "holidays": ["2019-12-25"], "weekend": [5, 6]}."""
        try:
            holidays = frozenset(map(date.fromisoformat, data.get("holidays", ())))
            return cls(data["zone"], holidays, frozenset(data.get("weekend", (5, 6))))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"no calendar: {data!r}") from error

    @property
    def data(self) -> dict[str, Any]:
        days = sorted(day.isoformat() for day in self.holidays)
        return {"zone": self.zone, "holidays": days, "weekend": sorted(self.weekend)}

    def between(self, opens: datetime, closes: datetime) -> Self:
        """The same with no other holidays than those that a window could count."""
        first, last = (at.astimezone(zone_of(self.zone)).date() for at in (opens, closes))
        return replace(self, holidays=frozenset(d for d in self.holidays if first <= d <= last))

    def works(self, day: date) -> bool:
        """Whether it is a working day: no holiday, and not of the weekend."""
        return day not in self.holidays and day.weekday() not in self.weekend


@dataclass(frozen=True)
class Reminder:
    """A notice before a closing: its name (half, day, two_hours), and when it is due (UTC)."""

    name: str
    at: datetime


def after(opens: datetime, span: Span, calendar: Calendar) -> datetime:
    """The closing instant, in UTC.

    Hours pass exactly. Days end at the time of the clock at which they began, at the seat, on the
    n-th day or working day after that of the opening. If the clocks jump over that time, it is the
    first instant after the jump; if they repeat it, the later of the two.
    """
    if span.unit == "hours":
        return exact(opens) + span.number * HOUR
    here = exact(opens).astimezone(zone := zone_of(calendar.zone))
    days = days_after(here.date(), zone)
    counted = days if span.unit == "days" else filter(calendar.works, days)
    last = next(islice(counted, span.number - 1, None))
    return first_at(datetime.combine(last, here.time()), zone)


def over(closes: datetime, now: datetime) -> bool:
    """What arrives at the closing instant, or after it, is late."""
    return now >= closes


def bar_to_close(
    opens: datetime, closes: datetime, least: Span | None, calendar: Calendar
) -> Refused | None:
    """A window ends after it opens, not beyond 400 days, not before the least a body allows.

    `earliest` is the first whole minute that would do, since minutes are what a Chair types.
    """
    if closes <= opens:
        return Refused("closes_in_the_past", opens=opens, closes=closes)
    if closes - opens > FARTHEST * DAY:
        return Refused("closes_too_far", closes=closes, most=FARTHEST)
    if least is None or closes >= (earliest := after(opens, least, calendar)):
        return None
    minute = earliest.replace(second=0, microsecond=0)
    shown = minute if minute == earliest else minute + timedelta(minutes=1)
    return Refused("window_too_short", earliest=shown, unit=least.unit, number=least.number)


def bar_to_extend(
    closes: datetime, new: datetime, times_done: int, times_most: int, now: datetime
) -> Refused | None:
    """A running window may be made longer, as often as the body's rule allows."""
    if over(closes, now):
        return Refused("window_over", closes=closes)
    if bar := bar_to_extend_again(times_done, times_most):
        return bar
    return None if new > closes else Refused("not_later", closes=closes, new=new)


def bar_to_extend_again(times_done: int, times_most: int) -> Refused | None:
    """Whatever the new closing would be."""
    if times_done < times_most:
        return None
    return Refused("extended_enough", times=times_done, most=times_most)


def after_outage(
    closes: datetime, began: datetime, ended: datetime, rule: Mapping[str, Any]
) -> datetime | None:
    """The new closing after an outage in the last hours, or None if it does not move.

    `rule`: {"within": {"hours": 6}, "longer_than": {"minutes": 15}, "by": {"hours": 24}}, or
    empty. An outage of at least that length, any part of which fell in the last hours before the
    closing, moves it to so long after the outage ended. ValueError for a broken rule.
    """
    if not rule:
        return None
    within, least, by = (_length(rule.get(name)) for name in ("within", "longer_than", "by"))
    touched = began < closes and ended > closes - within
    new = exact(ended + by)
    return new if touched and ended - began >= least and new > closes else None


def reminders(opens: datetime, closes: datetime) -> tuple[Reminder, ...]:
    """In the order of time: at half time, a day and two hours before the closing.

    Only within the window, and no sooner than an hour after the opening, which was told itself.
    """
    half = Reminder("half", exact(opens + (closes - opens) / 2))
    last = (Reminder("day", closes - DAY), Reminder("two_hours", closes - 2 * HOUR))
    due = (reminder for reminder in (half, *last) if opens + HOUR <= reminder.at < closes)
    return tuple(sorted(due, key=lambda reminder: reminder.at))


def next_reminders(
    opens: datetime, closes: datetime, since: datetime, now: datetime
) -> tuple[Reminder, ...]:
    """Those that fell due after `since` and up to `now`: each once, however time is cut."""
    return tuple(reminder for reminder in reminders(opens, closes) if since < reminder.at <= now)


def _length(data: object) -> timedelta:
    unit, number = _one(data, MOST_LENGTH)
    return timedelta(**{unit: number})


def _one(data: object, most: Mapping[str, int]) -> tuple[str, int]:
    """The unit and the number of {"hours": 72}; ValueError if it is not such a thing."""
    if not isinstance(data, Mapping) or len(data) != 1:
        raise ValueError(f"one unit and its number, not {data!r}")
    [(unit, number)] = data.items()
    if unit not in most or type(number) is not int or not 0 < number <= most[unit]:
        raise ValueError(f"from 1 to the most of {dict(most)}, not {data!r}")
    return unit, number
