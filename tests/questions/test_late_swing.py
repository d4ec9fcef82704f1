"""Late swing: a turn in the last hours moves the closing once, so that others can answer."""

from datetime import timedelta

import pytest

from plenary import clock
from plenary.procedures.terms import standard
from plenary.procedures.validation import checked
from plenary.questions.models import Question
from tests.world import RULES, World, adopt, found_world

WINDOW = {"least": {"hours": 24}, "usual": {"hours": 48}}
SWINGING = RULES["written"] | {"window": WINDOW, "late_swing": {"hours": 6}}


async def asked() -> tuple[World, Question]:
    world = await found_world()
    await adopt("written", SWINGING)
    return world, await world.put(procedure="written", hours=48)


async def test_a_late_turn_moves_the_closing_once_and_it_stands_on_the_record(db: str) -> None:
    world, question = await asked()
    await world.state("ALD")
    assert question.closes is not None
    late = question.closes - timedelta(hours=1)
    with clock.pretending(late):
        await world.state("BEL")  # two of three: it would carry now
        moved = await world.question()
        assert moved.closes == question.closes + timedelta(hours=6)
        assert [change["why"] for change in moved.deadline["moved"]] == ["late_swing"]
    with clock.pretending(moved.closes - timedelta(minutes=5)):
        await world.object("COR")  # turns again, and moves nothing
        assert (await world.question()).closes == moved.closes


async def test_an_answer_that_turns_nothing_or_comes_early_moves_nothing(db: str) -> None:
    world, question = await asked()
    assert question.closes is not None
    with clock.pretending(question.closes - timedelta(hours=7)):
        await world.state("ALD")
        await world.state("BEL")  # a turn, but not a late one
    with clock.pretending(question.closes - timedelta(hours=1)):
        await world.state("COR")
        assert (await world.question()).closes == question.closes


def test_only_a_clock_is_moved_by_a_late_turn() -> None:
    data = {k: v for k, v in standard("vote").items() if k not in ("names", "key", "number")}
    with pytest.raises(ValueError, match=r"^late_swing: "):
        checked(data | {"late_swing": {"hours": 24}})
