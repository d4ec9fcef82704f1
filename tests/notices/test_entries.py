"""Heads are told of what another hand does for their delegation, and newcomers are welcomed."""

import pytest

from plenary.bodies.actions.accreditations import accredit, end_accreditation
from plenary.notices.entries import queue_entries
from plenary.notices.models import Notice
from tests.notices.post import BASE, Box, at, opened, send
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.anyio


async def test_an_accreditation_is_told_to_the_heads_and_to_its_person(db: str) -> None:
    with at():
        await found_world()
        await accredit(SECRETARIAT, "ALD", "new@example.org", "Nora New", "delegate")
        assert await queue_entries() == 2
        assert await queue_entries() == 0
        box = Box()
        await send(box)
    assert {mail["To"] for mail in box.mails} == {"head.ald@example.org", "new@example.org"}
    assert "You speak for Aldoria" in box.to("new")[0]
    assert "Somebody was accredited for Aldoria" in box.to("head.ald")[0]
    assert "Nora New" not in box.text("head.ald"), "who it is stands behind a sign-in"
    assert "/register/" in box.text("head.ald")


async def test_what_is_entered_from_the_room_or_on_behalf_is_told_to_the_head(db: str) -> None:
    world = await opened("vote")
    with at(1):
        await world.from_the_room("ALD", "no")
        await world.on_behalf("BEL", ["COR"], "yes")
        await world.from_the_room("DEL", "no")
        await queue_entries()
        told = await Notice.filter(key__startswith="entry:").values_list("person__email", flat=True)
        box = Box()
        await send(box)
    assert sorted(told) == ["head.ald@example.org", "head.cor@example.org", "head.del@example.org"]
    assert any("Something was entered for Aldoria" in subject for subject in box.to("head.ald"))
    assert "P.1 · Seals" in box.text("head.ald")
    for who, form in (
        ("head.ald", "countersignature"),
        ("head.del", "countersignature"),
        ("head.cor", "on-behalf/1"),
    ):
        assert f"{BASE}/proposals/2019/1/{form} " in box.text(who), who


async def test_under_never_the_letter_says_not_on_what_a_delegation_was_entered(db: str) -> None:
    """A letter is passed on: who has spoken on what is read at the desk."""
    world = await opened("vote", publication="never")
    with at(1):
        await world.from_the_room("ALD", "no")
        await queue_entries()
        box = Box()
        await send(box)
    text = box.text("head.ald")
    assert text.startswith("[ALD] Something was entered for Aldoria")
    assert f"{BASE}/desk " in text
    assert not [word for word in ("P.1", "2019/1", "Seals", "/register/") if word in text]


async def test_each_of_two_accreditations_is_told_once_on_each_database(db: str) -> None:
    """Red while a process remembered how far it had read: the second database was read from where
    the first one ended."""
    with at():
        await found_world()
        for number in range(2):
            await accredit(SECRETARIAT, "ALD", f"n{number}@example.org", f"N{number}", "delegate")
            await queue_entries()
        assert await Notice.filter(name="welcome").count() == 2
        assert await Notice.filter(name="accredited").count() == 2


async def test_whose_accreditation_ended_before_the_letter_left_gets_none(db: str) -> None:
    with at():
        await found_world()
        new = await accredit(SECRETARIAT, "ALD", "new@example.org", "Nora New", "delegate")
        await queue_entries()
        await end_accreditation(SECRETARIAT, new.id)
        box = Box()
        await send(box)
    assert box.to("new") == []
    assert len(box.to("head.ald")) == 1
