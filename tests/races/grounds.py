"""What stands when a round begins, and what its clock shows.

The windows of the rounds end ten seconds apart in a year to come. Where a round is about time, both
processes set their clocks as it begins, to so long before the closing instant of its question; from
then on they run, or in a forced round stand.
"""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from plenary import clock
from plenary.decisions.actions.declaring import Declaration, enter_decision
from plenary.proposals.models import Proposal
from plenary.questions.actions.answering import enter_position
from plenary.questions.actions.answers import Answer
from plenary.questions.actions.asking import Put, enter_question
from plenary.questions.rules import Outcome, Stance
from plenary.record.act import Record
from tests.world import CHAIR

Ground = Callable[[Record, Proposal], Awaitable[object]]
YEARS_ON = datetime(2030, 1, 1, tzinfo=UTC)
APART = timedelta(seconds=10)
EARLIER = timedelta(days=30)


def closing(number: int) -> datetime:
    """When the window of the question on this proposal ends."""
    return YEARS_ON + number * APART


def set_clock(number: int, before: timedelta) -> None:
    """In this process, from now on, it is so long before the closing of this round's question."""
    began = time.monotonic()

    def now() -> datetime:
        passed = timedelta(milliseconds=int((time.monotonic() - began) * 1000))
        return closing(number) - before + passed

    _given(now)


def stop_clock(number: int, before: timedelta) -> None:
    """In this process it is exactly so long before that closing, and stays so."""
    _given(lambda: closing(number) - before)


def _given(now: Callable[[], datetime]) -> None:
    """A time that is given is not held against the ticks of the machine: it is no false clock."""
    clock.now = now
    clock.is_pretended = lambda: True


async def consensus(record: Record, proposal: Proposal) -> None:
    await enter_question(record, proposal, Put(version=1))


async def silence(record: Record, proposal: Proposal) -> None:
    put = Put(1, "silence", closes=closing(proposal.number))
    await enter_question(record, proposal, put)


async def vote(record: Record, proposal: Proposal) -> None:
    await enter_question(record, proposal, Put(1, "vote"))


async def entered(record: Record, proposal: Proposal) -> None:
    """A position that the Chair has entered for Corvania, which has not countersigned it."""
    await consensus(record, proposal)
    answer = Answer(Stance.ACCEPT, 1)
    await enter_position(record, proposal, "COR", answer, entered_by=CHAIR)


async def decided(record: Record, proposal: Proposal) -> None:
    await consensus(record, proposal)
    await enter_decision(record, proposal, Declaration(Outcome.ADOPTED))


async def put_again(record: Record, proposal: Proposal) -> None:
    """Corvania has objected, the question was deferred, and the same version is put again."""
    await consensus(record, proposal)
    objection = Answer(Stance.OBJECT, 1, clause="p1", explanation="Not every stone.")
    await enter_position(record, proposal, "COR", objection, entered_by=CHAIR)
    await enter_decision(record, proposal, Declaration(Outcome.DEFERRED))
    await consensus(record, proposal)


async def nothing(record: Record, proposal: Proposal) -> None:
    """It is on the table, and no question was put."""
