"""How long a page stays true that was made once. Pure, but for what a page says while it is made.

A public page is a function of its address, of the record and of what the clock shows. The record is
known by its root. The clock changes a page when the minute changes that it shows, and when an
instant comes at which something is decided, opened or over without anybody's act. Days begin with
a minute in every zone; what is left until an instant is told in minutes that end with its seconds.
So a page stands until the next moment at which any clock could show something else, and no longer.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

MINUTE = timedelta(minutes=1)
TICK = timedelta(milliseconds=1)  # the record knows no finer time
# A page that is still true of the record may be shown so long while the database is away, if
# nothing was to be decided meanwhile: what it says of the time that is left may be so old.
AWAY = timedelta(minutes=10)
QUARTER = timedelta(minutes=15)  # at the end of one it may be midnight somewhere: days have terms
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Edition:
    """What all public pages are a function of besides the clock.

    `turn` counts what this process itself has written, `at` is the time of the record's last entry.
    While an instant is to come, a page that tells how long it is until then changes with its
    seconds; once it is past, it changes a page no more than a day's end does.
    """

    root: str
    turn: int
    at: datetime
    instants: tuple[datetime, ...] = ()  # when something ends or begins without an act
    leaves: tuple[datetime, ...] = ()  # when something past is told of no longer

    def is_that_of(self, other: "Edition") -> bool:
        return (self.root, self.turn) == (other.root, other.turn)

    def until(self, made: datetime) -> datetime:
        """The first moment at which a page made now may show something else."""
        if self.at >= made:  # by a clock that is coarse: whatever was just done is still to come
            return made + TICK
        to_come = [instant for instant in self.instants if instant > made]
        seconds = {timedelta(), *((instant - _EPOCH) % MINUTE for instant in to_come)}
        whole = made + min(_to(second, made) for second in seconds)
        return min([whole, *(moment for moment in self.leaves if moment > made)])

    def undecided(self, made: datetime) -> datetime:
        """Until then nothing is decided by the clock alone, and no day ends; and a page is not too
        old to be shown while the record cannot be read."""
        quarter = made + QUARTER - (made - _EPOCH) % QUARTER
        return min(
            [made + AWAY, quarter, *(instant for instant in self.instants if instant > made)]
        )


def _to(second: timedelta, made: datetime) -> timedelta:
    """How long it is to that place in a minute; a page made exactly there is past it at once."""
    return (second - (made - _EPOCH)) % MINUTE or TICK


@dataclass
class Making:
    """What is said of a page while it is made."""

    longest: timedelta = field(default=MINUTE)  # nothing: it is for whoever asked, and now


_making: ContextVar[Making | None] = ContextVar("making", default=None)


@contextmanager
def making() -> Iterator[Making]:
    """Collect what is said of the page that is made meanwhile, in whatever thread."""
    token = _making.set(page := Making())
    try:
        yield page
    finally:
        _making.reset(token)


def stands_for(longest: timedelta) -> None:
    """The page that is being made stands no longer than that."""
    if page := _making.get():
        page.longest = min(page.longest, longest)


def off_the_record(ask: Callable[P, Awaitable[T]], longest: timedelta) -> Callable[P, Awaitable[T]]:
    """What is asked changes without an entry: a page that shows it stands no longer than that."""

    @wraps(ask)
    async def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        stands_for(longest)
        return await ask(*args, **kwargs)

    return asked
