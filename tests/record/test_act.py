"""The one door: an act is on the record wholly or not at all, and in its order."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tortoise.exceptions import BaseORMException, IntegrityError

from plenary import clock
from plenary.people.models import Person
from plenary.record import entry as entries
from plenary.record.act import (
    Record,
    Torn,
    act,
    aside,
    door,
    drain,
    its_nothing,
    once,
)
from plenary.record.entry import LIMIT, read_entry, read_payload
from plenary.record.models import Entry, Head, Node, Payload, Receipt
from plenary.record.under_way import acts_under_way
from plenary.refusal import Refused
from tests.record.said import say
from tests.record.whole import whole
from tests.world import found_world

NOON = datetime(2019, 11, 20, 12, 0, tzinfo=UTC)


@once(its_nothing)
async def undone(after: Callable[[Record], Any], key: str = "once") -> None:
    """Everything an act can leave behind, and then what breaks it."""
    async with act(by="delegation:BEL") as record:
        await Person.create(email="who@example.org", name="Who", created=record.now)
        entry = record.append("meeting.called", "KP", payload={"words": "No."})
        await record.receipt(entry, topic="KP", path="/record")
        await after(record)


async def nothing_but(size: int) -> None:
    """The record is as it was with so many entries, and no table holds anything else."""
    assert await whole() == size
    kept = [await model.all().count() for model in (Person, Receipt, Entry, Payload)]
    assert kept == [0, min(size, 1), size, size]


# --- wholly or not at all ------------------------------------------------------------------------


async def test_an_act_is_entry_payload_nodes_and_head_together(db: str) -> None:
    assert await say(times=4, value="object") == 3
    assert await whole() == 4
    assert await Node.all().count() == 7
    entry = await Entry.get(n=3)
    payload = await Payload.get(commitment=entry.payload)
    assert read_entry(entry.written)["value"] == "object"
    assert (payload.content, len(payload.salt)) == (b'{"words":"No."}', 32)


async def test_an_act_that_says_nothing_leaves_the_record_as_it_was(db: str) -> None:
    await say()
    before = await Head.all().values()
    with clock.pretending(clock.now() + timedelta(days=1)):
        await silent()
    assert await Head.all().values() == before


@door
async def silent() -> None:
    async with act(by="system"):
        pass


async def test_a_refusal_inside_leaves_nothing(db: str) -> None:
    async def refused(record: Record) -> None:
        raise Refused("objection_stands", objectors=["COR"])

    await say()
    with pytest.raises(Refused, match="objection_stands"):
        await undone(refused)
    await nothing_but(1)


async def test_a_fault_of_the_database_inside_leaves_nothing(db: str) -> None:
    async def twice(record: Record) -> None:
        await Person.create(email="who@example.org", name="Who", created=record.now)

    await say()
    with pytest.raises(IntegrityError):
        await undone(twice)
    await nothing_but(1)


async def test_an_entry_too_long_leaves_nothing(db: str) -> None:
    async def too_long(record: Record) -> None:
        record.append("meeting.called", "KP", value="é" * (LIMIT // 2))

    await say()
    with pytest.raises(Refused, match="more_than_an_entry_holds") as refused:
        await undone(too_long)
    assert refused.value.facts["most"] == LIMIT
    await nothing_but(1)


@door
async def listed(lists: Any, payload: Any, *, by: str) -> None:
    async with act(by=by) as record:
        record.append("meeting.called", "KP", lists, payload=payload)


async def test_a_list_is_bound_by_the_entry_and_stands_in_the_payload(db: str) -> None:
    codes = [f"LONGCODE{n:04}" for n in range(3_000)]

    await listed({"roll": codes}, {"why": "it grew"}, by="secretariat")
    entry = await Entry.get(n=0)
    kept = read_payload(bytes((await Payload.get(commitment=entry.payload)).content))
    facts = read_entry(bytes(entry.written))
    assert len(entry.written) < 400
    assert (facts["roll_size"], kept["why"]) == (3_000, "it grew")
    assert entries.whole(facts, kept)["roll"] == codes
    with pytest.raises(ValueError, match="another list"):
        entries.whole(facts, kept | {"roll": codes[1:]})
    assert entries.whole({"roll": ["AO"]}, {})["roll"] == ["AO"]  # as the first builds wrote it


async def test_an_act_whose_head_moved_keeps_nothing(db: str) -> None:
    """Nobody else can move it under the lock; if somebody does, it is not overwritten."""

    async def moved(record: Record) -> None:
        await Head.filter(id=1).update(size=7)

    await say()
    with pytest.raises(Torn):
        await undone(moved)
    await nothing_but(1)


async def test_a_door_opened_inside_an_open_door_keeps_neither_act(db: str) -> None:
    async def again(record: Record) -> None:
        await say(by="delegation:COR")

    await say()
    with pytest.raises((Torn, BaseORMException)):
        await undone(again)
    await nothing_but(1)


async def test_the_door_opens_only_inside_an_action(db: str) -> None:
    async def open_it() -> None:
        async with act(by="chair:plenary"):
            pass

    async def in_another_task(record: Record) -> None:
        await asyncio.create_task(open_it())

    with pytest.raises(RuntimeError, match="marked @door"):
        await open_it()
    with pytest.raises(RuntimeError, match="marked @door"):
        await undone(in_another_task)
    await nothing_but(0)


async def test_who_asked_may_go_the_act_is_done(db: str) -> None:
    asking = asyncio.ensure_future(say())
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await drain()
    assert await whole() == 1


# --- in its order --------------------------------------------------------------------------------


async def test_the_root_is_that_of_all_entries_whatever_was_done(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.state("ALD")
    with pytest.raises(Refused):
        await world.state("BEL", version=2)
    await world.hear()
    await world.declare()
    assert await whole() == await Entry.all().count() > 20


async def test_forty_acts_at_once_follow_one_another(db: str) -> None:
    numbers = await asyncio.gather(*(say(times=1 + n % 3) for n in range(40)))
    assert len(set(numbers)) == 40
    assert await whole() == sum(1 + n % 3 for n in range(40))


async def test_time_on_the_record_never_goes_back(db: str) -> None:
    for hours in (0, 1, -5, 0.5, 2):
        with clock.pretending(NOON + timedelta(hours=hours)):
            await say()
    written = [entry.at for entry in await Entry.all().order_by("n")]
    assert written == [NOON + timedelta(hours=hours) for hours in (0, 1, 1, 1, 2)]
    assert await whole() == 5


async def test_what_the_door_says_itself_no_fact_may_say(db: str) -> None:
    await say(n=7, v=2, at="1999-12-31T23:59:59.999Z", actor="delegation:COR")
    assert await whole() == 1
    facts = read_entry((await Entry.get(n=0)).written)
    assert (facts["n"], facts["v"], facts["actor"]) == (0, 1, "delegation:ALD")


async def test_a_key_of_an_act_that_was_undone_is_free_again(db: str) -> None:
    async def refused(record: Record) -> None:
        raise Refused("question_closed")

    with pytest.raises(Refused):
        await undone(refused)
    assert await say(by="delegation:BEL", key="once") == 0


# --- what begins when they are over --------------------------------------------------------------


async def test_what_can_wait_begins_when_the_acts_under_way_are_over(db: str) -> None:
    """Those that are under way now, and for no longer than is said; with none, at once."""
    let = asyncio.Event()

    @door
    async def hold() -> None:
        async with act(by="system"):
            await let.wait()

    await acts_under_way.over(0)
    held = asyncio.create_task(hold())
    await asyncio.sleep(0)
    before = asyncio.get_running_loop().time()
    await acts_under_way.over(0.05)
    assert not held.done()
    assert asyncio.get_running_loop().time() - before >= 0.04
    waiting = [asyncio.create_task(acts_under_way.over(60)) for _ in range(3)]
    await asyncio.sleep(0)
    later = asyncio.create_task(say())  # behind it, and not waited for
    let.set()
    await asyncio.wait_for(asyncio.gather(*waiting), 30)
    assert held.done()
    await later


async def test_letters_and_other_work_beside_hold_up_nothing(db: str) -> None:
    let = asyncio.Event()
    aside(let.wait())
    await asyncio.wait_for(acts_under_way.over(60), 30)
    let.set()
    await drain()
