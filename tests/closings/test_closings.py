"""Any number of workers may run: what the clock decides is written down once, and in time."""

import pytest

from tests.closings.run import MANY, forty, looked_at

pytestmark = pytest.mark.slow
SILENCES = 30
WELL = {"closed": MANY, "adopted": SILENCES, "by a worker": MANY}


async def test_forty_closings_by_two_workers_are_written_down_once_each(db: str) -> None:
    """None twice, none overlooked, none before its instant, in the order of their instants."""
    assert await forty(db, silences=SILENCES) == WELL


# --- the red runs: else the run above could not fail ----------------------------------------------


async def test_without_its_guard_a_closing_is_written_over_again_and_again(db: str) -> None:
    """A procedure that ran out then stands as withdrawn, since its proposal has moved on."""
    ended = await forty(db, silences=0, without="guard")
    assert ended["ended otherwise"] == MANY
    assert ended["by a worker"] == 2 * await looked_at()


async def test_looked_up_before_the_lock_a_closing_is_written_down_twice(db: str) -> None:
    ended = await forty(db, silences=0, without="look")
    assert ended["closed twice"] == MANY
    assert ended["by a worker"] == 2 * MANY
