"""Two operating-system processes at once: whoever comes first counts, and nobody slips through.

PLENARY_RACE_ROUNDS says how many rounds, here few; the README here has the figures of many.
"""

import os
from collections import Counter

import pytest

from tests.races.rounds import FIRST, SECOND
from tests.races.run import race

ROUNDS = int(os.environ.get("PLENARY_RACE_ROUNDS") or 40)
pytestmark = pytest.mark.slow


def orders(ended: Counter[str]) -> int:
    """Rounds in which one side came first and the other was answered by name, and nothing else."""
    assert set(ended) <= {FIRST, SECOND}, ended
    return ended.total()


async def test_no_text_is_adopted_over_an_objection_that_came_first(db: str) -> None:
    """Each round ends as "objection, and adoption refused" or "adopted, and objection refused"."""
    assert orders(await race("objection", ROUNDS, db)) == ROUNDS


async def test_of_two_gavels_at_once_one_falls(db: str) -> None:
    assert orders(await race("gavel", ROUNDS, db)) == ROUNDS


async def test_no_position_is_taken_on_a_text_that_has_been_overtaken(db: str) -> None:
    assert orders(await race("revision", ROUNDS, db)) == ROUNDS


async def test_the_same_form_sent_to_two_processes_is_one_act(db: str) -> None:
    assert await race("receipt", ROUNDS, db) == {"one act": ROUNDS}


async def test_of_two_positions_of_one_delegation_the_last_is_current(db: str) -> None:
    assert orders(await race("position", ROUNDS, db)) == ROUNDS


# --- the red runs --------------------------------------------------------------------------------


@pytest.mark.only("postgres")
async def test_without_the_lock_texts_are_adopted_over_objections(db: str) -> None:
    """Else the race above could not fail."""
    ended = await race("objection", 20, db, without="order")
    assert ended["violation"] > 0
    assert ended["in the tables: adopted over an objection"] > 0


@pytest.mark.only("postgres")
async def test_without_the_lock_the_head_alone_still_keeps_one_of_two_writers_out(db: str) -> None:
    """The lock is what makes a refusal of it that has a name; the head is the second wall."""
    ended = await race("objection", 20, db, without="lock")
    assert any(name.startswith("failed: ") for name in ended)
    assert set(ended) - {FIRST, SECOND} == {name for name in ended if name.startswith("failed: ")}


@pytest.mark.only("sqlite")
async def test_sqlite_without_its_immediate_lock_breaks_off_instead(db: str) -> None:
    """Its snapshots refuse a writer that has read: an error without a name, but no violation."""
    ended = await race("objection", 20, db, without="order")
    assert ended["failed: OperationalError: database is locked"] > 0
    assert set(ended) <= {FIRST, SECOND, "failed: OperationalError: database is locked"}
