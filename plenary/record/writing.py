"""Whether anything can be written at all: tried now, and remembered from what acts met last."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tortoise.connection import get_connection
from tortoise.expressions import F

from plenary.db.config import CONNECTION, dialect
from plenary.record.models import Head
from plenary.refusal import Unavailable

# What goes on until somebody sees to it.
LASTING = ("database_full", "database_read_only", "database_disk", "database_broken")
REMEMBERED = 30.0  # seconds; an act that succeeds ends it before
_met: dict[str, float] = {}  # the last of them, and when


async def write_nothing() -> None:
    """Write, durably and with a lock, what means nothing; Unavailable where that cannot be.

    Each time another number on SQLite: what it finds written there already it writes no more.
    """
    if dialect() == "sqlite":
        number = secrets.randbelow(2**31)
        await get_connection(CONNECTION).execute_query(f"PRAGMA user_version = {number}")
        return
    await Head.filter(id=1).update(size=F("size"))


@contextmanager
def noted() -> Iterator[None]:
    """Remember what an act met. One page can be written for long where an act finds no room."""
    try:
        yield
    except Unavailable as away:
        if away.reason in LASTING:
            _met.clear()
            _met[away.reason] = time.monotonic()
        raise
    else:
        _met.clear()


def forget() -> None:
    """What was met elsewhere says nothing of the database that is opened now."""
    _met.clear()


def met() -> str:
    """What acts of this process have lately met and none has overcome since; or nothing."""
    return next((why for why, at in _met.items() if time.monotonic() - at < REMEMBERED), "")
