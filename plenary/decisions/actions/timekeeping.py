"""Hold the clock against the last sign of life: before every act, and with every sign of life.

While the clock is in doubt nothing is put on the record: nothing closes, no deadline moves. It ends
by itself when the clock is right again, or when an operator says that it is.
"""

from contextvars import ContextVar
from datetime import datetime

from plenary import clock
from plenary.bodies.models import Body
from plenary.db.prepared import Prepared
from plenary.decisions.models import Pulse
from plenary.decisions.timekeeping import Doubt, Sign, doubt, is_fresh
from plenary.record.act import Record
from plenary.record.entry import instant
from plenary.record.models import Head
from plenary.refusal import Unavailable

_PULSE = Prepared(lambda row: Pulse.filter(id=row))
_HEAD = Prepared(lambda row: Head.filter(id=row))
_believed: dict[str, Sign] = {}  # the last reading of this process that was believed
# While an operator confirms the clock: where the number of the entry is put.
confirming: ContextVar[list[int] | None] = ContextVar("confirming", default=None)


async def believe_the_clock(record: Record) -> None:
    """Refuse the act while nobody knows what time it is; put it down where an operator says so."""
    told = confirming.get()
    if told is not None:
        last = await Pulse.get_or_none(id=1)
        before = instant(last.at if last else record.before)
        told.append(record.append("clock.confirmed", "plenary", last=before))
    else:
        refuse_doubt(await doubt_of(record.before))


def refuse_doubt(why: Doubt | None) -> None:
    if why:
        raise Unavailable("clock_in_doubt", why=str(why))


async def clock_doubt() -> Doubt | None:
    """The same outside an act: why the clock is not believed now, or None."""
    head = await _HEAD.first(1)
    assert head is not None
    return await doubt_of(head.at)


async def doubt_of(head: datetime) -> Doubt | None:
    """Why the clock is not believed, the record's last entry being of that time."""
    if clock.is_pretended():
        return None
    present, own = reading(), _believed.get("own")
    if own and is_fresh(present, own) and not doubt(present, head, own):
        return None  # asked at every act, and a sign of life is as old
    pulse = await _PULSE.first(1)
    last = Sign(pulse.at, pulse.boot, pulse.ticks) if pulse else None
    why = doubt(present, head, last, own)
    if why == Doubt.LONG_STOP and await Body.filter(key="plenary", sample=True).exists():
        why = None  # nobody operates a demonstration, and it decides nothing
    if not why:
        _believed["own"] = present
    return why


def reading() -> Sign:
    """What the clock and the ticks say now; a time that is given has no ticks."""
    if clock.is_pretended():
        return Sign(clock.now())
    return Sign(clock.now(), clock.boot(), clock.ticks())
