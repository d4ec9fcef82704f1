"""What a letter says while a question runs: the text asked about, the form, who was not told."""

import pytest

from tests.notices.post import Box, at, beat, opened, send
from tests.world import ALD, SECRETARIAT, TEXT, found_world

pytestmark = pytest.mark.anyio


async def test_it_says_what_is_asked_about_in_the_language_of_each_half(db: str) -> None:
    world, box = await opened(), Box()
    with at(1):
        french = TEXT.replace("Decides that rough stones are", "Décide que les pierres brutes sont")
        await world.revise(french, language="fr", by=SECRETARIAT)
    await beat(2, box)
    for who in ("head.ald", "head.del", "chair"):
        text = box.text(who)
        asked = "operative paragraph of version 1: Decides that rough stones are sealed before"
        assert asked in text
        assert "version 1 : Décide que les pierres brutes sont sealed before shipment." in text


async def test_the_words_of_a_version_are_those_that_are_asked_about_and_not_too_many(
    db: str,
) -> None:
    with at(-1):
        first = await found_world()
        long = "1. Decides " + "and decides again " * 40 + "at the very end."
        world = await first.table_proposal(long)
    with at():
        await world.put(procedure="consensus", hours=72)
    with at(1):
        await world.revise("1. Decides otherwise.", by=ALD)
    box = Box()
    await beat(2, box)
    assert "paragraph of version 2: Decides otherwise." in box.text("head.bel")
    with at(3):
        await world.revise(long.replace("very", "last"), by=ALD)
    await beat(36, box)
    text = box.text("head.bel")
    assert "paragraph of version 3: Decides and decides again" in text
    assert "again …" in text or "decides …" in text or "and …" in text
    assert "last end" not in text


async def test_an_outcome_repeats_no_text_and_leads_to_no_form(db: str) -> None:
    await opened()
    box = Box()
    await beat(0, box)
    await beat(72, box)
    assert "operative paragraph" not in box.text("head.bel")
    assert "/position" not in box.text("head.bel")


async def test_chair_and_secretariat_read_before_the_closing_whom_it_has_not_reached(
    db: str,
) -> None:
    await opened()
    box = Box(unknown="head.bel@example.org")
    await beat(0)
    for hours in (0.1, 48):
        await beat(hours)
        with at(hours):
            await send(box)
    for who in ("chair", "secretariat"):
        text = box.text(who)
        assert "The opening has not reached 1 Participant on the roll: Belmark." in text
        assert "L’ouverture n’est pas parvenue à 1 Participant de la liste d’appel : Belmark." in (
            text.replace("\u202f", " ").replace("\xa0", " ")
        )
    assert "has not reached" not in box.text("head.ald")
    box.unknown = ""
    await beat(70, box)
    assert "The opening has reached every Participant on the roll." in box.text("chair")
    assert "The opening has reached" not in box.text("head.ald") + box.text("head.del")
