"""The only place that asks the time, and how long something took by what no one can set."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

_pretended: ContextVar[datetime | None] = ContextVar("pretended", default=None)
_UPTIME = Path("/proc/uptime")  # goes on while the machine sleeps, and cannot be set
_BOOT = Path("/proc/sys/kernel/random/boot_id")


def now() -> datetime:
    """The present instant in UTC, to the millisecond: the record knows no finer time."""
    present = _pretended.get() or wall()
    return present.replace(microsecond=present.microsecond // 1000 * 1000)


def wall() -> datetime:
    """What the clock of the machine shows, which somebody may have set."""
    return datetime.now(UTC)


def ticks() -> float:
    """Seconds since the machine was started (where it tells; else since some moment)."""
    try:
        return float(_UPTIME.read_bytes().split()[0])
    except (OSError, ValueError, IndexError):
        return time.monotonic()


@cache
def boot() -> str:
    """Which start of which machine the ticks are counted from; empty where nobody tells."""
    try:
        return _BOOT.read_text().strip()[:64]
    except OSError:
        return ""


def is_pretended() -> bool:
    """Whether the time is given and not read."""
    return _pretended.get() is not None


@contextmanager
def pretending(at: datetime) -> Iterator[None]:
    """For the sample, whose meeting began before its first run, and for tests."""
    token = _pretended.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)
