"""Two operating-system processes at once: whoever comes first counts, and nobody slips through.

PLENARY_RACE_ROUNDS says how many rounds, here few; the README here has the figures of many.
"""

import os
from collections import Counter

import pytest

from tests.races.judging import FIRST, SECOND
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


async def test_no_text_is_adopted_that_the_chair_has_not_seen(db: str) -> None:
    """Each round ends as "declared, and the text refused" or "a new text, and the gavel held"."""
    ordered(await race("sight", ROUNDS, db), ROUNDS)


async def test_the_same_form_sent_to_two_processes_is_one_act(db: str) -> None:
    assert await race("receipt", ROUNDS, db) == {"one act": ROUNDS}


async def test_of_two_positions_of_one_delegation_the_last_is_current(db: str) -> None:
    assert orders(await race("position", ROUNDS, db)) == ROUNDS


async def test_a_delegation_that_two_people_see_arriving_is_in_the_room_once(db: str) -> None:
    assert orders(await race("presence", ROUNDS, db)) == ROUNDS


# --- windows, votes, holds, statements: see windows.py ------------------------------------------

FEWER = max(1, ROUNDS // 2)


@pytest.mark.parametrize(
    "name",
    [
        "instant",  # an objection against the closing instant of a silence
        "break",  # two objections break a silence once
        "ending",  # an answer against the end of the voting
        "extension",  # two extensions where one is allowed
        "last moment",  # an extension against the closing instant
        "held",  # a new text against a question on a fixed text
        "put",  # two questions on one proposal
        "statements",  # two statements beside one decision have two numbers
        "countersign",  # a countersignature against a new position
    ],
)
async def test_whoever_comes_first_decides_what_the_other_is_told(db: str, name: str) -> None:
    assert orders(await race(name, FEWER, db)) == FEWER


async def test_what_comes_at_the_closing_is_late_whoever_writes_it_down(db: str) -> None:
    assert await race("late", FEWER, db) == {"kept as late": FEWER}


# --- the red runs --------------------------------------------------------------------------------


@pytest.mark.only("postgres")
async def test_without_the_lock_texts_are_adopted_over_objections(db: str) -> None:
    """Else the race above could not fail."""
    ended = await race("objection", 20, db, without="order")
    assert ended["violation"] > 0
    assert ended["in the tables: adopted over an objection"] > 0


@pytest.mark.only("postgres")
@pytest.mark.parametrize("name", ["put", "held", "extension"])
async def test_without_the_lock_two_questions_two_texts_or_two_extensions(
    db: str, name: str
) -> None:
    ended = await race(name, 10, db, without="order")
    assert ended["violation"] > 0


@pytest.mark.only("postgres")
async def test_without_the_lock_a_silence_is_adopted_over_its_objection(db: str) -> None:
    ended = await race("instant", 20, db, without="order")
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
