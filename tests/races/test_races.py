"""Two operating-system processes at once: whoever comes first counts, and nobody slips through.

Each race begins with a round for each order, in which the second stands at the door while the first
has judged and not yet written (window.py). Then come rounds by chance, which may end in either
order: PLENARY_RACE_ROUNDS says how many, here few; the README here has the figures of many.
"""

import os

import pytest

from tests.races.judging import FIRST, SECOND
from tests.races.run import Ended, race

ROUNDS = int(os.environ.get("PLENARY_RACE_ROUNDS") or 20)
pytestmark = pytest.mark.slow


def ordered(ended: Ended, rounds: int) -> None:
    """One side came first and the other was answered by name, and nothing else: in every round."""
    assert ended.in_turn == [FIRST, SECOND]
    assert set(ended.by_chance) <= {FIRST, SECOND}, ended
    assert (ended.by_chance.total(), ended.broken) == (rounds, {})


def always(ended: Ended, how: str, rounds: int) -> None:
    assert (set(ended.in_turn), ended.by_chance, ended.broken) == ({how}, {how: rounds}, {})


async def test_no_text_is_adopted_over_an_objection_that_came_first(db: str) -> None:
    """Each round ends as "objection, and adoption refused" or "adopted, and objection refused"."""
    ordered(await race("objection", ROUNDS, db), ROUNDS)


async def test_of_two_gavels_at_once_one_falls(db: str) -> None:
    ordered(await race("gavel", ROUNDS, db), ROUNDS)


async def test_no_position_is_taken_on_a_text_that_has_been_overtaken(db: str) -> None:
    ordered(await race("revision", ROUNDS, db), ROUNDS)


async def test_no_text_is_adopted_that_the_chair_has_not_seen(db: str) -> None:
    """Each round ends as "declared, and the text refused" or "a new text, and the gavel held"."""
    ordered(await race("sight", ROUNDS, db), ROUNDS)


async def test_of_two_texts_on_one_version_one_is_the_next(db: str) -> None:
    ordered(await race("text", ROUNDS, db), ROUNDS)


async def test_an_objection_holds_the_gavel_on_the_same_text_put_again(db: str) -> None:
    """Each round ends as "lifted, and adopted" or "held by the objection, which then is lifted"."""
    ordered(await race("again", ROUNDS, db), ROUNDS)


async def test_the_same_form_sent_to_two_processes_is_one_act(db: str) -> None:
    always(await race("receipt", ROUNDS, db), "one act", ROUNDS)


async def test_of_two_positions_of_one_delegation_the_last_is_current(db: str) -> None:
    ordered(await race("position", ROUNDS, db), ROUNDS)


async def test_a_delegation_that_two_people_see_arriving_is_in_the_room_once(db: str) -> None:
    ordered(await race("presence", ROUNDS, db), ROUNDS)


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
    ordered(await race(name, FEWER, db), FEWER)


async def test_what_comes_at_the_closing_is_late_whoever_writes_it_down(db: str) -> None:
    always(await race("late", FEWER, db), "kept as late", FEWER)


# --- the red runs: else the races above could not fail -------------------------------------------

# In both rounds the two sides have judged before either writes; in the second one the right side
# writes first. Nothing here is left to chance.
OVER_AN_OBJECTION = "in the tables: adopted over an objection"


@pytest.mark.only("postgres")
@pytest.mark.parametrize(
    "name, ends, broken",
    [
        ("objection", "violation", OVER_AN_OBJECTION),
        ("instant", FIRST, OVER_AN_OBJECTION),
        ("put", "violation", "in the tables: two questions at once"),
    ],
)
async def test_without_the_lock_what_was_judged_is_written_though_it_is_no_longer_true(
    db: str, name: str, ends: str, broken: str
) -> None:
    """Texts are adopted over objections, by the gavel and by the clock; questions stand twice."""
    ended = await race(name, 0, db, without="order")
    assert ended.in_turn == [ends, ends]
    assert ended.broken[broken] == 2


@pytest.mark.only("postgres")
@pytest.mark.parametrize("name", ["held", "extension"])
async def test_without_the_lock_two_texts_or_two_extensions_are_done(db: str, name: str) -> None:
    assert (await race(name, 0, db, without="order")).in_turn == ["violation", "violation"]


@pytest.mark.only("postgres")
async def test_without_the_lock_the_head_alone_still_keeps_one_of_two_writers_out(db: str) -> None:
    """The lock is what makes a refusal of it that has a name; the head is the second wall."""
    ended = await race("objection", 0, db, without="lock")
    broken_off = "failed: IntegrityError: duplicate key value violates unique constraint"
    assert [line.startswith(broken_off) for line in ended.in_turn] == [True, True]
    assert ended.broken == {}


@pytest.mark.only("sqlite")
async def test_sqlite_without_its_immediate_lock_breaks_off_instead(db: str) -> None:
    """Its snapshots refuse a writer that has read, at once and whoever waits; no violation."""
    ended = await race("objection", 0, db, without="order")
    assert ended.in_turn == [
        "unforeseen: done and database_busy",
        "unforeseen: database_busy and done",
    ]
    assert ended.broken == {}
