"""Whether the clock can be believed: by the last sign of life and what truly elapsed since. Pure.

A clock that jumps would close what is open and date the record wrongly, for good. So it is held
against a second measure: the ticks of the machine, which no one sets. A sign of life (`Sign`)
carries both, and any process on the same machine can tell from it what time it must be, even after
a week-end in which nothing ran. Where the machine was started anew, or is another one, nobody knows
how much elapsed: an hour is believed, and for more than that an operator answers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

JUMP = timedelta(seconds=60)  # more than what elapsed: then the clock was set, not read
BEHIND = timedelta(seconds=5)  # how far the record may be ahead of a clock that is merely coarse
FRESH = 15.0  # seconds
BELIEVED = timedelta(hours=1)  # how long a stop may be of which nothing tells the length


class Doubt(StrEnum):
    BEHIND_RECORD = "behind_the_record"
    JUMPED = "jumped"
    LONG_STOP = "long_stop"


@dataclass(frozen=True)
class Sign:
    """A moment at which the clock was believed: its time, and the ticks of which start of which
    machine (empty where there is none to tell)."""

    at: datetime
    boot: str = ""
    ticks: float | None = None


def doubt(
    present: Sign, head: datetime, last: Sign | None, own: Sign | None = None
) -> Doubt | None:
    """Why the present reading is not believed; None if it is.

    `head` is the time of the record's last entry, `last` the last sign of life of any process,
    `own` the last reading of this process that was believed.
    """
    if present.at < head - BEHIND:
        return Doubt.BEHIND_RECORD
    if last is None:
        return _jumped(present, own) if own else None
    if _comparable(present, last):
        return _jumped(present, last)
    stopped = present.at - last.at
    if abs(stopped) <= JUMP:
        return None
    if own and _comparable(present, own):
        return _jumped(present, own)
    return Doubt.LONG_STOP if not timedelta() <= stopped <= BELIEVED else None


def is_fresh(present: Sign, own: Sign) -> bool:
    """Whether a reading of the same process is too new for another's sign of life to tell more."""
    return _comparable(present, own) and (present.ticks or 0) - (own.ticks or 0) < FRESH


def _comparable(sign: Sign, other: Sign) -> bool:
    return bool(sign.boot) and sign.boot == other.boot and None not in (sign.ticks, other.ticks)


def _jumped(present: Sign, last: Sign) -> Doubt | None:
    if not _comparable(present, last):
        return None
    assert present.ticks is not None
    assert last.ticks is not None
    elapsed = timedelta(seconds=present.ticks - last.ticks)
    return Doubt.JUMPED if abs(present.at - last.at - elapsed) > JUMP else None
