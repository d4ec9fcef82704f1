"""Exact deadlines: T − 1 ms, T, T + 1 ms; every zone; clocks that jump and clocks that repeat."""

import json
from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plenary.procedures.deadlines import (
    Calendar,
    Reminder,
    Span,
    after,
    after_outage,
    bar_to_close,
    bar_to_extend,
    next_reminders,
    over,
    reminders,
)
from plenary.refusal import Refused
from plenary.zones import NoSuchTime, instant_of

MS, MINUTE, HOUR, DAY = (timedelta(**{u: 1}) for u in ("milliseconds", "minutes", "hours", "days"))
ZONES = sorted(available_timezones())
NEW_DELHI = Calendar("Asia/Kolkata")
OPENS = datetime(2019, 11, 20, 9, 0, tzinfo=UTC)  # Wednesday 14:30 in New Delhi
CLOSES = OPENS + 72 * HOUR
RULE: dict[str, Any] = {"within": {"hours": 6}, "longer_than": {"minutes": 15}, "by": {"hours": 24}}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def local(text: str) -> datetime:
    """As the Chair types it."""
    return datetime.fromisoformat(text)


def wall(at: datetime, zone: str) -> datetime:
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def at_seat(text: str, zone: str) -> datetime:
    """What a clock on the wall shows, read without our own code; of two, the earlier."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def moments(first: int, last: int) -> st.SearchStrategy[datetime]:
    start, end = utc(f"{first}-01-01"), utc(f"{last}-01-01")
    return st.integers(0, (end - start) // MS).map(lambda n: start + n * MS)


def reason(bar: Refused | None) -> str | None:
    return bar.reason if bar else None


# ---------------------------------------------------------------- the instant


@pytest.mark.parametrize("early, late", [(-MS, False), (0 * MS, True), (MS, True), (-DAY, False)])
def test_at_the_closing_instant_it_is_over_and_a_millisecond_before_it_is_not(
    early: timedelta, late: bool
) -> None:
    assert over(CLOSES, CLOSES + early) is late


@pytest.mark.parametrize(
    "zone, opens",
    [("Europe/Paris", "2024-03-29T14:30"), ("America/New_York", "2024-11-01T14:30"),
     ("Australia/Lord_Howe", "2024-10-04T14:30"), ("Pacific/Apia", "2011-12-28T14:30")],
)  # fmt: skip
def test_hours_pass_exactly_whatever_the_clocks_do(zone: str, opens: str) -> None:
    start = at_seat(opens, zone)
    assert after(start, Span("hours", 72), Calendar(zone)) - start == 72 * HOUR


def test_days_end_at_the_time_of_the_clock_at_which_they_began() -> None:
    assert after(OPENS, Span("days", 3), NEW_DELHI) == utc("2019-11-23T09:00")
    friday = at_seat("2024-03-29T18:00", "Europe/Paris")
    closes = after(friday, Span("days", 3), Calendar("Europe/Paris"))
    assert wall(closes, "Europe/Paris") == local("2024-04-01T18:00")
    assert closes - friday == 71 * HOUR


def test_the_day_is_that_of_the_seat_and_not_that_of_greenwich() -> None:
    late = utc("2019-11-21T20:00")  # Friday 01:30 in New Delhi
    assert after(late, Span("working_days", 1), NEW_DELHI) == utc("2019-11-24T20:00")  # Monday


def test_a_deadline_is_as_exact_as_the_record() -> None:
    fine = OPENS.replace(microsecond=123_999)
    for span in (Span("hours", 5), Span("days", 5), Span("working_days", 5)):
        assert after(fine, span, NEW_DELHI).microsecond == 123_000
        assert after(fine, span, NEW_DELHI).tzinfo is UTC


def test_an_instant_without_a_zone_is_refused() -> None:
    for span in (Span("hours", 5), Span("days", 5)):
        with pytest.raises(ValueError, match="zone"):
            after(OPENS.replace(tzinfo=None), span, NEW_DELHI)


# ---------------------------------------------------------------- clocks that jump and repeat

JUMPS = [  # zone, the day before, a time that was jumped over, the first instant after (UTC)
    ("Europe/Paris", "2024-03-30", "2024-03-31T02:30", "2024-03-31T01:00"),
    ("America/New_York", "2024-03-09", "2024-03-10T02:00", "2024-03-10T07:00"),
    ("Australia/Lord_Howe", "2024-10-05", "2024-10-06T02:29:59.999", "2024-10-05T15:30"),
    ("Africa/Casablanca", "2025-04-05", "2025-04-06T02:30", "2025-04-06T02:00"),
    ("America/Nuuk", "2023-03-24", "2023-03-25T22:15", "2023-03-26T01:00"),
    ("America/Nuuk", "2024-03-29", "2024-03-30T23:59:59.999", "2024-03-31T01:00"),
    ("America/Santiago", "2024-09-07", "2024-09-08T00:00", "2024-09-08T04:00"),
    ("Antarctica/Troll", "2024-03-30", "2024-03-31T02:45", "2024-03-31T01:00"),
]
REPEATS = [  # zone, the day before, a time that comes twice, its second passing (UTC)
    ("Europe/Paris", "2024-10-26", "2024-10-27T02:30", "2024-10-27T01:30"),
    ("America/New_York", "2024-11-02", "2024-11-03T01:00", "2024-11-03T06:00"),
    ("Australia/Lord_Howe", "2024-04-06", "2024-04-07T01:59:59.999", "2024-04-06T15:29:59.999"),
    ("Africa/Casablanca", "2025-02-22", "2025-02-23T02:15", "2025-02-23T02:15"),
    ("America/Nuuk", "2024-10-25", "2024-10-26T23:00", "2024-10-27T01:00"),
    ("America/Santiago", "2024-04-05", "2024-04-06T23:30", "2024-04-07T03:30"),
    ("Antarctica/Troll", "2024-10-26", "2024-10-27T01:00", "2024-10-27T01:00"),
]


@pytest.mark.parametrize("zone, before, jumped, first", JUMPS)
def test_a_time_that_the_clocks_jumped_over_is_the_first_instant_after_the_jump(
    zone: str, before: str, jumped: str, first: str
) -> None:
    opens = at_seat(f"{before}T{jumped.partition('T')[2]}", zone)
    assert after(opens, Span("days", 1), Calendar(zone)) == utc(first)
    with pytest.raises(NoSuchTime) as caught:
        instant_of(local(jumped), zone)
    assert caught.value.first == utc(first)


@pytest.mark.parametrize("zone, before, twice, second", REPEATS)
def test_a_time_that_the_clocks_repeat_is_its_second_passing(
    zone: str, before: str, twice: str, second: str
) -> None:
    opens = at_seat(f"{before}T{twice.partition('T')[2]}", zone)
    assert after(opens, Span("days", 1), Calendar(zone)) == utc(second)
    assert instant_of(local(twice), zone) == utc(second)
    assert instant_of(local(twice).replace(fold=1), zone) == utc(second)


def test_the_edges_of_a_jump_and_of_a_repetition_are_ordinary_times() -> None:
    paris = "Europe/Paris"
    for typed, instant in [
        ("2024-03-31T01:59:59.999", "2024-03-31T00:59:59.999"),
        ("2024-03-31T03:00", "2024-03-31T01:00"),
        ("2024-10-27T01:59:59.999", "2024-10-26T23:59:59.999"),
        ("2024-10-27T03:00", "2024-10-27T02:00"),
    ]:
        assert instant_of(local(typed), paris) == utc(instant)


def test_india_keeps_its_clocks_and_every_day_has_24_hours() -> None:
    for n in range(1, 400):
        assert after(OPENS, Span("days", n), NEW_DELHI) - OPENS == n * DAY


def test_the_day_that_samoa_left_out_is_no_day() -> None:
    """Friday 30 December 2011: counted as one, a day opened at 23:00 would have had one hour."""
    apia = Calendar("Pacific/Apia", weekend=frozenset({6}))
    opens = at_seat("2011-12-29T23:00", "Pacific/Apia")
    for unit in ("days", "working_days"):
        closes = after(opens, Span(unit, 1), apia)
        assert wall(closes, "Pacific/Apia") == local("2011-12-31T23:00")
        assert closes - opens == DAY
    with pytest.raises(NoSuchTime) as caught:
        instant_of(local("2011-12-30T12:00"), "Pacific/Apia")
    assert wall(caught.value.first, "Pacific/Apia") == local("2011-12-31")


# ---------------------------------------------------------------- every zone there is


def changes(zone: str) -> list[datetime]:
    """The instants at which the clocks of a zone change, 2019 to 2024, found by looking."""
    where, start = ZoneInfo(zone), utc("2019-01-01")
    days = [start + n * DAY for n in range(2193)]
    ahead = [day.astimezone(where).utcoffset() for day in days]
    return [
        change_in(where, day, then)
        for day, (then, later) in zip(days, pairwise(ahead), strict=False)
        if then != later
    ]


def change_in(where: ZoneInfo, day: datetime, ahead: timedelta | None) -> datetime:
    """The second of the day from which the clocks are no longer so far ahead."""
    seconds = [day + timedelta(seconds=n) for n in range(0, 86_401, 60)]  # they change on a minute
    return seconds[
        bisect_left(seconds, True, key=lambda at: at.astimezone(where).utcoffset() != ahead)
    ]


def test_at_every_change_of_the_clocks_in_every_zone_the_rule_holds() -> None:
    assert len(ZONES) >= 400
    jumps = repeats = 0
    for zone in ZONES:
        for change in changes(zone):
            old, new = wall(change - MS, zone) + MS, wall(change, zone)
            middle = old + (new - old) / 2
            if new > old:
                jumps += 1
                for typed in (old, middle, new - MS):
                    with pytest.raises(NoSuchTime) as caught:
                        instant_of(typed, zone)
                    assert caught.value.first == change, (zone, typed)
            else:
                repeats += 1
                for typed in (new, middle, old - MS):
                    assert instant_of(typed, zone) == change + (typed - new), (zone, typed)
    assert jumps > 600
    assert repeats > 600


@settings(max_examples=1_000, deadline=None)
@given(st.sampled_from(ZONES), moments(1990, 2037), st.integers(1, 400))
def test_days_keep_the_time_of_the_clock_and_are_never_short(
    zone: str, opens: datetime, days: int
) -> None:
    closes = after(opens, Span("days", days), Calendar(zone))
    here, there = wall(opens, zone), wall(closes, zone)
    rise = (there - closes.replace(tzinfo=None)) - (here - opens.replace(tzinfo=None))
    left_out = rise > 20 * HOUR  # the zone crossed the date line and left out a date
    wanted = here + (days + left_out) * DAY
    assert there == wanted or wall(closes - MS, zone) < wanted < there  # jumped over
    assert closes - opens >= days * 23 * HOUR or rise - left_out * DAY > HOUR
    if there == wanted:
        assert closes >= there.replace(tzinfo=ZoneInfo(zone), fold=1)


@settings(max_examples=1_000, deadline=None)
@given(st.sampled_from(ZONES), moments(1975, 2100))
def test_what_the_clock_shows_is_read_back_as_the_same_instant_or_its_second_passing(
    zone: str, at: datetime
) -> None:
    shown = wall(at, zone)
    read = instant_of(shown, zone)
    assert wall(read, zone) == shown
    assert read == at or (read > at and at.astimezone(ZoneInfo(zone)).fold == 0)


@pytest.mark.parametrize(
    "zone", ["", "Nowhere/City", "Europe", "../Paris", "/etc", "a\0b", "x" * 999]
)
def test_an_unknown_zone_is_named_and_not_a_fault_of_the_server(zone: str) -> None:
    with pytest.raises(ValueError, match="no such time zone"):
        instant_of(local("2019-11-21T18:00"), zone)
    with pytest.raises(ValueError, match="no such time zone"):
        Calendar(zone)


@pytest.mark.parametrize(
    "typed, zone",
    [
        ("9999-12-31T23:59", "America/New_York"),
        ("0001-01-01T00:00", "Asia/Kolkata"),
        ("2019-11-21T18:00+00:00", "Asia/Kolkata"),
    ],
)
def test_a_time_beyond_all_calendars_or_with_a_zone_of_its_own_is_refused(
    typed: str, zone: str
) -> None:
    with pytest.raises(ValueError, match=r"too far|zone of its own"):
        instant_of(local(typed), zone)


# ---------------------------------------------------------------- working days

HOLIDAYS = st.frozensets(st.integers(0, 120).map(lambda n: date(2024, 1, 1) + n * DAY), max_size=30)
WEEKENDS = st.sampled_from([frozenset(days) for days in ((), (5, 6), (4, 5), (6,), (0, 2, 4))])


def test_working_days_leave_out_the_weekend_and_the_day_of_opening() -> None:
    wednesday = OPENS
    assert after(wednesday, Span("working_days", 2), NEW_DELHI) == utc("2019-11-22T09:00")
    assert after(wednesday, Span("working_days", 3), NEW_DELHI) == utc("2019-11-25T09:00")
    saturday = utc("2019-11-23T09:00")
    assert after(saturday, Span("working_days", 1), NEW_DELHI) == utc("2019-11-25T09:00")


def test_where_the_weekend_is_friday_and_saturday_sunday_is_a_working_day() -> None:
    doha = Calendar("Asia/Qatar", weekend=frozenset({4, 5}))
    thursday = utc("2019-11-21T09:00")
    assert after(thursday, Span("working_days", 1), doha) == utc("2019-11-24T09:00")


def test_working_days_leave_out_holidays() -> None:
    paris = Calendar("Europe/Paris", frozenset({date(2019, 12, 25), date(2020, 1, 1)}))
    tuesday = utc("2019-12-24T09:00")
    assert after(tuesday, Span("working_days", 1), paris) == utc("2019-12-26T09:00")
    assert after(tuesday, Span("working_days", 5), paris) == utc("2020-01-02T09:00")


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(ZONES), moments(2024, 2025), st.integers(1, 60), HOLIDAYS, WEEKENDS)
def test_working_days_are_those_that_one_counts_on_the_fingers(
    zone: str, opens: datetime, number: int, holidays: frozenset[date], weekend: frozenset[int]
) -> None:
    day, left = wall(opens, zone).date(), number
    while left:
        day += DAY
        left -= day not in holidays and day.weekday() not in weekend
    closes = wall(
        after(opens, Span("working_days", number), Calendar(zone, holidays, weekend)), zone
    )
    assert closes.date() == day or closes - datetime.combine(day, time(23)) <= 2 * HOUR


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ZONES), HOLIDAYS, WEEKENDS, moments(2024, 2025), st.integers(1, 30))
def test_a_calendar_edited_later_does_not_move_a_frozen_one(
    zone: str, holidays: frozenset[date], weekend: frozenset[int], opens: datetime, number: int
) -> None:
    seat = Calendar(zone, holidays, weekend).data
    frozen = Calendar.read(json.loads(json.dumps(seat)))
    assert frozen == Calendar(zone, holidays, weekend)
    span = Span("working_days", number)
    closes = after(opens, span, frozen)
    assume(wall(closes, zone).time() == wall(opens, zone).time())
    read = Calendar.read(seat)
    seat["holidays"].append(wall(closes, zone).date().isoformat())
    seat["weekend"] = [wall(closes, zone).weekday()]
    assert after(opens, span, frozen) == after(opens, span, read) == closes
    assert after(opens, span, Calendar.read(seat)) != closes


def test_a_frozen_calendar_is_plain_and_in_order() -> None:
    paris = Calendar("Europe/Paris", frozenset({date(2020, 1, 1), date(2019, 12, 25)}))
    days = ["2019-12-25", "2020-01-01"]
    assert paris.data == {"zone": "Europe/Paris", "holidays": days, "weekend": [5, 6]}
    assert Calendar.read({"zone": "Europe/Paris", "holidays": days}) == paris


@pytest.mark.parametrize(
    "data",
    [{}, {"zone": 5}, {"zone": "UTC", "holidays": ["soon"]}, {"zone": "UTC", "holidays": [1]},
     {"zone": "UTC", "holidays": 1}, {"zone": "UTC", "weekend": [7]},
     {"zone": "UTC", "weekend": [-1]}, {"zone": "UTC", "weekend": list(range(7))},
     {"zone": "UTC", "weekend": ["sunday"]}, [], "UTC", None],
)  # fmt: skip
def test_what_is_no_calendar_is_refused(data: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (many reasons, one kind)
        Calendar.read(data)


@pytest.mark.parametrize(
    "data", [{"hours": 72}, {"days": 400}, {"working_days": 1}, {"hours": 9600}]
)
def test_a_span_is_read_and_written_alike(data: dict[str, int]) -> None:
    assert Span.read(data).data == data


@pytest.mark.parametrize(
    "data",
    [{}, {"hours": 0}, {"hours": -1}, {"hours": 9601}, {"days": 401}, {"working_days": 251},
     {"weeks": 1}, {"hours": 1.5}, {"hours": "72"}, {"hours": True}, {"hours": None},
     {"minutes": 5}, {"hours": 1, "days": 1}, [], "72", None],
)  # fmt: skip
def test_what_is_no_span_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match=r"one unit|from 1 to"):
        Span.read(data)


# ---------------------------------------------------------------- opening and extending


@pytest.mark.parametrize(
    "closes, bar",
    [(OPENS - MS, "closes_in_the_past"), (OPENS, "closes_in_the_past"),
     (OPENS + MS, "window_too_short"), (CLOSES - MS, "window_too_short"),
     (CLOSES, None), (CLOSES + MS, None),
     (OPENS + 400 * DAY, None), (OPENS + 400 * DAY + MS, "closes_too_far")],
)  # fmt: skip
def test_a_window_is_neither_past_nor_too_short_nor_too_far(closes: datetime, bar: str) -> None:
    assert reason(bar_to_close(OPENS, closes, Span("hours", 72), NEW_DELHI)) == bar
    if bar != "window_too_short":
        assert reason(bar_to_close(OPENS, closes, None, NEW_DELHI)) == bar
    else:
        assert bar_to_close(OPENS, closes, None, NEW_DELHI) is None


def test_who_opens_too_short_a_window_is_told_the_earliest_minute_that_would_do() -> None:
    opens = OPENS + 12_345 * MS
    bar = bar_to_close(opens, CLOSES, Span("days", 3), NEW_DELHI)
    assert bar is not None
    assert bar.facts == {"earliest": CLOSES + MINUTE, "unit": "days", "number": 3}
    assert bar_to_close(opens, CLOSES + MINUTE, Span("days", 3), NEW_DELHI) is None
    whole = bar_to_close(OPENS, CLOSES - MS, Span("days", 3), NEW_DELHI)
    assert whole is not None
    assert whole.facts["earliest"] == CLOSES


@settings(max_examples=500, deadline=None)
@given(
    st.sampled_from(ZONES),
    moments(2019, 2037),
    st.builds(Span, st.sampled_from(["hours", "days", "working_days"]), st.integers(1, 90)),
)
def test_the_earliest_that_is_told_is_taken_when_it_is_typed(
    zone: str, opens: datetime, least: Span
) -> None:
    bar = bar_to_close(opens, opens + MS, least, Calendar(zone))
    assert bar is not None
    earliest = bar.facts["earliest"]
    assert isinstance(earliest, datetime)
    assert after(opens, least, Calendar(zone)) <= earliest
    typed = instant_of(wall(earliest, zone), zone)
    assert bar_to_close(opens, typed, least, Calendar(zone)) is None


@pytest.mark.parametrize(
    "now, new, done, bar",
    [(-MS, MS, 0, None), (0 * MS, MS, 0, "window_over"), (MS, MS, 0, "window_over"),
     (-MS, 0 * MS, 0, "not_later"), (-MS, -MS, 0, "not_later"), (-MS, MS, 1, None),
     (-MS, MS, 2, "extended_enough"), (-MS, MS, 3, "extended_enough")],
)  # fmt: skip
def test_a_running_window_is_made_longer_as_often_as_the_rule_allows(
    now: timedelta, new: timedelta, done: int, bar: str | None
) -> None:
    assert reason(bar_to_extend(CLOSES, CLOSES + new, done, 2, CLOSES + now)) == bar


# ---------------------------------------------------------------- an outage


@pytest.mark.parametrize(
    "began, ended, moves",
    [  # minutes from the closing
        (-60, -30, True),
        (-60, -45, True),  # exactly fifteen
        (-60, -46, False),  # too short to matter
        (-900, -360, False),  # over when the last six hours began
        (-900, -359, True),  # any part of it fell in them
        (-30, 30, True),  # spans the closing
        (-900, 600, True),
        (0, 60, False),  # began when it was over
        (1, 60, False),
        (30, -30, False),  # no outage at all
    ],
)
def test_an_outage_in_the_last_hours_moves_the_closing(began: int, ended: int, moves: bool) -> None:
    new = after_outage(CLOSES, CLOSES + began * MINUTE, CLOSES + ended * MINUTE, RULE)
    assert new == (CLOSES + ended * MINUTE + 24 * HOUR if moves else None)


def test_the_boundaries_of_an_outage_are_kept_to_the_millisecond() -> None:
    edge = CLOSES - 6 * HOUR
    assert after_outage(CLOSES, edge - HOUR, edge, RULE) is None
    assert after_outage(CLOSES, edge - HOUR, edge + MS, RULE) == edge + MS + 24 * HOUR
    assert after_outage(CLOSES, CLOSES - MS, CLOSES + HOUR, RULE) == CLOSES + 25 * HOUR
    assert after_outage(CLOSES, CLOSES - HOUR, CLOSES - 45 * MINUTE - MS, RULE) is None


def test_an_outage_never_makes_a_window_shorter() -> None:
    rule = RULE | {"by": {"hours": 1}}
    assert after_outage(CLOSES, CLOSES - 3 * HOUR, CLOSES - 2 * HOUR, rule) is None
    assert after_outage(CLOSES, CLOSES - 3 * HOUR, CLOSES - HOUR, rule) is None  # to the same
    assert after_outage(CLOSES, CLOSES - 3 * HOUR, CLOSES - HOUR + MS, rule) == CLOSES + MS


def test_a_body_without_a_rule_moves_nothing_and_a_broken_rule_is_refused() -> None:
    assert after_outage(CLOSES, CLOSES - HOUR, CLOSES, {}) is None
    for broken in ({"within": {"hours": 6}}, RULE | {"by": {"working_days": 1}}, RULE | {"by": 24}):
        with pytest.raises(ValueError):  # noqa: PT011
            after_outage(CLOSES, CLOSES - HOUR, CLOSES, broken)


# ---------------------------------------------------------------- reminders

HOURS = st.integers(1, 24 * 400 * 60).map(lambda n: n * MINUTE)


@pytest.mark.parametrize(
    "window, names",
    [(HOUR, []), (2 * HOUR, ["half"]), (3 * HOUR, ["two_hours", "half"]), (3 * HOUR - MS, ["half"]),
     (10 * HOUR, ["half", "two_hours"]), (25 * HOUR - MS, ["half", "two_hours"]),
     (25 * HOUR, ["day", "half", "two_hours"]), (48 * HOUR, ["half", "day", "two_hours"]),
     (72 * HOUR, ["half", "day", "two_hours"])],
)  # fmt: skip
def test_a_short_window_needs_no_notice_of_a_day(window: timedelta, names: list[str]) -> None:
    assert [reminder.name for reminder in reminders(OPENS, OPENS + window)] == names


def test_reminders_fall_due_at_half_time_a_day_and_two_hours_before() -> None:
    assert reminders(OPENS, CLOSES) == (
        Reminder("half", OPENS + 36 * HOUR),
        Reminder("day", OPENS + 48 * HOUR),
        Reminder("two_hours", OPENS + 70 * HOUR),
    )


@settings(max_examples=500, deadline=None)
@given(moments(2019, 2037), HOURS)
def test_reminders_come_in_order_within_the_window_and_not_beside_the_opening(
    opens: datetime, window: timedelta
) -> None:
    closes = opens + window
    told = reminders(opens, closes)
    assert [reminder.at for reminder in told] == sorted(reminder.at for reminder in told)
    assert all(opens + HOUR <= reminder.at < closes for reminder in told)
    assert all(reminder.at.microsecond % 1000 == 0 for reminder in told)
    left = {"day": DAY, "two_hours": 2 * HOUR, "half": window / 2}
    for name, before in left.items():
        found = [closes - reminder.at for reminder in told if reminder.name == name]
        assert bool(found) == (window - before >= HOUR), name
        assert all(0 * MS <= gap - before < MS for gap in found), name


@settings(max_examples=500, deadline=None)
@given(moments(2019, 2037), HOURS, st.lists(st.integers(-60, 24 * 60 * 401), max_size=12))
def test_each_reminder_is_due_once_however_time_is_cut(
    opens: datetime, window: timedelta, cuts: list[int]
) -> None:
    closes = opens + window
    looks = [opens, *sorted({opens + n * MINUTE for n in cuts if n > 0}), closes + 401 * DAY]
    due: Iterator[Reminder] = (
        reminder
        for since, now in pairwise(looks)
        for reminder in next_reminders(opens, closes, since, now)
    )
    assert tuple(due) == reminders(opens, closes)


def test_a_reminder_is_due_at_its_instant_and_not_again() -> None:
    half = OPENS + 36 * HOUR
    assert next_reminders(OPENS, CLOSES, half - HOUR, half - MS) == ()
    assert next_reminders(OPENS, CLOSES, half - MS, half) == (Reminder("half", half),)
    assert next_reminders(OPENS, CLOSES, half, half + HOUR) == ()
