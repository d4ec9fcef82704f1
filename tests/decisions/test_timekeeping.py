"""Whether the clock can be believed, by what truly elapsed. Pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.decisions.timekeeping import BELIEVED, JUMP, Doubt, Sign, doubt

NOON = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def sign(
    after: timedelta = timedelta(), *, truly: timedelta | None = None, boot: str = "a"
) -> Sign:
    """What the clock says so long after noon, when so much had elapsed by the machine's ticks."""
    elapsed = after if truly is None else truly
    return Sign(NOON + after, boot, 1_000 + elapsed.total_seconds())


@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_jumps_by_400_days_is_doubted_by_everybody(days: int) -> None:
    jumped = sign(days * DAY, truly=SECOND)
    assert doubt(jumped, NOON - 800 * DAY, sign()) == Doubt.JUMPED  # another process, a new one
    far = Sign(NOON, "other machine", 5.0)
    assert doubt(jumped, NOON - 800 * DAY, far, own=sign()) == Doubt.JUMPED  # the same process


def test_a_clock_behind_the_record_is_doubted() -> None:
    assert doubt(sign(), NOON + DAY, sign()) == Doubt.BEHIND_RECORD
    assert doubt(sign(), NOON + 4 * SECOND, sign()) is None


def test_a_week_end_off_is_believed_where_the_machine_counted_it() -> None:
    assert doubt(sign(3 * DAY), NOON, sign()) is None


def test_of_a_stop_that_nobody_counted_an_hour_is_believed_and_no_more() -> None:
    before = sign(boot="before")
    assert doubt(sign(BELIEVED), NOON, before) is None
    assert doubt(sign(BELIEVED + SECOND), NOON, before) == Doubt.LONG_STOP
    assert doubt(sign(-2 * JUMP), NOON - DAY, before) == Doubt.LONG_STOP


def test_a_sign_of_life_from_before_ticks_were_kept_is_one_that_nobody_counted() -> None:
    assert doubt(sign(DAY), NOON, Sign(NOON)) == Doubt.LONG_STOP
    assert doubt(sign(SECOND), NOON, Sign(NOON)) is None


def test_where_nothing_was_served_yet_the_clock_is_believed() -> None:
    assert doubt(sign(DAY), NOON, None) is None


def test_a_sign_of_life_of_another_machine_that_agrees_ends_the_doubt() -> None:
    jumped = sign(400 * DAY, truly=SECOND)
    confirmed = Sign(jumped.at - 2 * SECOND, "other", 7.0)
    assert doubt(jumped, NOON, confirmed, own=sign()) is None


@given(
    slewed=st.timedeltas(min_value=-JUMP, max_value=JUMP),
    elapsed=st.timedeltas(min_value=timedelta(), max_value=1000 * DAY),
)
def test_whatever_elapsed_a_clock_within_a_minute_of_it_is_believed(
    slewed: timedelta, elapsed: timedelta
) -> None:
    assert doubt(sign(elapsed + slewed, truly=elapsed), NOON - DAY, sign()) is None


@given(
    off=st.timedeltas(min_value=JUMP + SECOND, max_value=1000 * DAY),
    elapsed=st.timedeltas(min_value=timedelta(), max_value=1000 * DAY),
    ahead=st.booleans(),
)
def test_whatever_elapsed_a_clock_further_off_is_doubted(
    off: timedelta, elapsed: timedelta, ahead: bool
) -> None:
    shown = elapsed + (off if ahead else -off)
    assert doubt(sign(shown, truly=elapsed), NOON - 2000 * DAY, sign()) == Doubt.JUMPED
