"""What the door does before every act, what follows from one, and the one place where it is said.

app, cli and tests open the database here, or call `wire`: the door stays shut until somebody did,
so that no command can forget what the clock decides.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from plenary.bodies.authority import asked_through
from plenary.db.config import connect, disconnect
from plenary.decisions.actions.closing import write_down
from plenary.decisions.actions.naming import name_decisions
from plenary.decisions.actions.timekeeping import believe_the_clock
from plenary.decisions.reading import any_question_put, authority_named
from plenary.proposals.actions.versions import followed_by
from plenary.record.act import drain, hand_over
from plenary.settings import MODELS

FIRST = (believe_the_clock, write_down)  # in this order
NAMES = (name_decisions,)  # what is called as its proposal is


def wire() -> None:
    """Hand the door what it does first, a proposal's name what goes with it, and whoever cites a
    decision the register."""
    hand_over(*FIRST)
    followed_by(*NAMES)
    asked_through(authority_named, any_question_put)


@asynccontextmanager
async def opened(url: str, *, statement: float | None = None) -> AsyncIterator[None]:
    """The database and the door, from the first act to the last.

    `statement` is how many seconds PostgreSQL may take for one statement.
    """
    wire()
    await connect(url, MODELS, statement=statement)
    try:
        yield
    finally:
        await drain()
        await disconnect()
