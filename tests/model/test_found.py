"""What histories have found, each as the short history that it was shrunk to."""

from datetime import UTC, datetime, timedelta

import pytest

from plenary import clock
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.refusal import Refused
from tests.world import found_world

OPENS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(hours=72)


async def test_the_window_of_a_withdrawn_proposal_is_not_extended(db: str) -> None:
    with clock.pretending(OPENS):
        world = await found_world()
        await world.put(procedure="silence", hours=72)
        await world.withdraw()
        with pytest.raises(Refused) as refused:
            await world.extend(CLOSES + timedelta(hours=24))
    assert refused.value.reason == "question_closed"
    assert not await Entry.filter(type="question.extended").exists()


async def test_what_came_late_keeps_that_it_was_subject_to_the_capital(db: str) -> None:
    with clock.pretending(OPENS):
        world = await found_world()
        await world.put(procedure="silence", hours=72)
    with clock.pretending(CLOSES), pytest.raises(Refused):
        await world.state("ALD", ad_referendum=True)
    entry = await Entry.get(type="position.late")
    assert read_entry(entry.written)["ad_referendum"] == 1
