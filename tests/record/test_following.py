"""What is remembered follows the record: to later entries, and to another record."""

import asyncio
from typing import Any

import pytest

from plenary.record import remembered
from plenary.record.models import Head
from plenary.record.remembered import Kind, Memory, Since
from tests.world import World, found_world


async def asked() -> World:
    world = await found_world()
    await world.put()
    return world


async def test_who_was_overtaken_while_following_goes_back_to_no_earlier_entry(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, memory, read = await asked(), Memory(), remembered._entries
    heads = [await Head.get(id=1)]
    await memory.follow(heads[0].size, heads[0].root)
    for _ in range(2):
        await world.state("BEL")
        heads.append(await Head.get(id=1))

    async def overtaken(start: int, size: int) -> list[Any]:
        rows = await read(start, size)
        if size == heads[1].size:
            await memory.follow(heads[2].size, heads[2].root)
        return rows

    monkeypatch.setattr(remembered, "_entries", overtaken)
    await memory.follow(heads[1].size, heads[1].root)
    assert (memory.size, memory.root) == (heads[2].size, heads[2].root)


async def test_another_record_of_the_same_length_is_another_record(db: str) -> None:
    """As after a demo was laid anew: what holds no words is written the same each time."""
    await asked()
    head, memory = await Head.get(id=1), Memory()
    kind: Kind[int, str] = Kind(10, lambda _, since: since.topics is None)
    await memory.follow(head.size, head.root)
    memory.of(kind).put(1, "kept", 1)
    await memory.follow(head.size, "another")
    assert memory.of(kind).get(1) is None


async def test_a_record_that_lost_its_last_entry_is_another_record(db: str) -> None:
    """As after a fail-over."""
    await asked()
    head, memory = await Head.get(id=1), Memory()
    await memory.follow(head.size, head.root)
    await memory.follow(head.size - 1, "before")
    await memory.follow(0, "none")
    assert (memory.size, memory.root) == (0, "none")


async def test_two_who_follow_an_answer_at_a_time_forget_no_other_question(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, memory = await asked(), Memory()
    other = await world.table_proposal()
    before, read = await Head.get(id=1), remembered._entries
    kind: Kind[int, str] = Kind(10, lambda topic, since: topic in (since.topics or [topic]))

    async def slowly(start: int, size: int) -> list[Any]:
        await asyncio.sleep(0)
        return await read(start, size)

    await memory.follow(before.size, before.root)
    memory.of(kind).put(1, world.symbol, 1)
    await other.comment()
    after = await Head.get(id=1)
    monkeypatch.setattr(remembered, "_entries", slowly)
    await asyncio.gather(*(memory.follow(after.size, after.root) for _ in range(2)))
    assert memory.of(kind).get(1) == world.symbol


def test_only_answers_are_answers() -> None:
    assert Since([("position.stated", "KP/2019/P.1"), ("observer.heard", "X")]).is_answers
    assert not Since([("position.stated", "KP/2019/P.1"), ("silence.broken", "X")]).is_answers
    assert not Since(None).is_answers
    assert Since([("comment.made", "A"), ("position.stated", "B")]).topics == {"A", "B"}
    assert Since([("comment.made", "A"), ("proposal.tabled", "B")]).topics is None
