"""How much one delegation or office writes in how long, before it is asked to wait. Pure.

Ordinary work never meets these numbers: a delegation that answers every proposal of a session, a
room of eighty-five that answers within a second (each of them once), a secretariat that enters a
room. They stop a loop, not a person. What was written is counted on the record itself, under its
lock: so it holds across processes and restarts, and nothing slips through beside another.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from plenary.record.acts import CATALOGUE
from plenary.refusal import TooMany

SHORT, LONG = timedelta(minutes=10), timedelta(days=1)
OFFICE = 5  # times as much as a delegation: it writes for many
# Acts of one kind by one delegation: within ten minutes, and within a day.
PACES = {name: row.pace for name, row in CATALOGUE.items() if row.pace}


def paces(kind: str, actor: str) -> Iterator[tuple[int, timedelta]]:
    """So many of this kind within so long; nothing for acts that only offices and clocks do."""
    times = 1 if actor.startswith("delegation:") else OFFICE
    for most, within in zip(PACES.get(kind, ()), (SHORT, LONG), strict=False):
        yield times * most, within


def bar_to_write(before: datetime | None, within: timedelta, now: datetime) -> TooMany | None:
    """`before`: when the act was done that has to be over before there is another."""
    if before is None or now - before >= within:
        return None
    return TooMany("too_many_acts", seconds=1 + int((before + within - now).total_seconds()))
