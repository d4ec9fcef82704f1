"""A consensus that is put outside a sitting is told to everyone, as a silence is."""

import pytest

from tests.notices.post import EVERYBODY, Box, at, beat
from tests.world import World, adopt, found_world

pytestmark = pytest.mark.anyio
CONSENSUS = {"kind": "consensus", "closing": "chair", "text": "moves"}


async def put(meeting: str = "") -> World:
    with at(-24):
        world = await found_world()
        await adopt("consensus", CONSENSUS, names={"en": "Consensus"}, notice=True)
    with at():
        await world.put(meeting=meeting)
    return world


async def test_everyone_is_told_when_it_is_put_and_from_when_it_can_be_adopted(db: str) -> None:
    await put()
    box = Box()
    await beat(1, box)
    assert {mail["To"] for mail in box.mails} == EVERYBODY
    text = box.text("head.cor")
    assert "A question was put on P.1: Consensus." in text
    assert "Notice runs until Tuesday 3 March 2026, 09:00" in text
    assert "/proposals/2019/1/position" in text


async def test_everyone_is_told_of_the_new_text_on_which_it_is_then(db: str) -> None:
    world, box = await put(), Box()
    await beat(1, box)
    with at(2):
        await world.revise()
    later = Box()
    await beat(3, later)
    assert {mail["To"] for mail in later.mails} == EVERYBODY
    text = later.text("head.cor")
    assert "the question is on it now: version 2" in text
    assert "Notice runs until Tuesday 3 March 2026, 11:00" in text


async def test_what_is_put_in_a_room_is_heard_there(db: str) -> None:
    await put(meeting="2019-sealand")
    box = Box()
    await beat(1, box)
    assert box.mails == []
