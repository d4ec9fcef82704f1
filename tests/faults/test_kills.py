"""A server that is killed under load loses nothing it acknowledged, and halves nothing.

PLENARY_KILLS says how often, here 20 times; PLENARY_SEED says at which moments.
"""

import os
from pathlib import Path

import pytest

from tests.faults.kills import killed
from tests.faults.run import SEED

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("PLENARY_KILLS") or 20)


async def test_a_server_killed_under_load_has_lost_nothing_it_acknowledged(
    database_url: str, tmp_path: Path
) -> None:
    seed = int(os.environ.get("PLENARY_SEED") or SEED)
    told = await killed(database_url, tmp_path, KILLS, seed)
    assert told["kills"] == KILLS
    assert told["acknowledged"] >= KILLS  # each came after an answer at least


@pytest.mark.only("sqlite")
async def test_a_server_that_acknowledges_before_it_commits_is_found_out(
    database_url: str, tmp_path: Path
) -> None:
    with pytest.raises(AssertionError, match="was acknowledged and is lost"):
        await killed(database_url, tmp_path, KILLS, SEED, "tests.faults.broken")
