"""A decision says what it amends, supersedes or repeals."""

import pytest

from plenary.decisions.models import Decision, Link
from plenary.decisions.reading import decision_named
from plenary.record.models import Entry, Head
from plenary.refusal import Invalid
from tests.world import World, found_world

pytestmark = pytest.mark.usefixtures("db")


async def adopted(world: World, **more: object) -> Decision:
    await world.put()
    return await world.declare("adopted", **more)


async def test_a_decision_names_what_it_supersedes_by_symbol_or_by_address() -> None:
    world = await found_world()
    first = await adopted(world)
    second = await adopted(
        await world.table_proposal(), links=(("supersedes", first.symbol), ("amends", "2019/1"))
    )
    assert [link.kind for link in await Link.filter(decision=second).order_by("id")] == [
        "supersedes",
        "amends",
    ]
    assert await Entry.filter(type="decision.linked", topic=second.symbol).count() == 2


async def test_a_decision_that_is_not_there_keeps_the_gavel_up() -> None:
    """Nothing is half done: no decision, no link, no entry, and the question stays open."""
    world = await found_world()
    await world.put()
    before = (await Head.get(id=1)).size
    with pytest.raises(Invalid) as invalid:
        await world.declare("adopted", links=(("amends", "KP/1066/Plenary/AD.1"),))
    assert invalid.value.errors["amends"].name == "unknown_decision"
    assert not await Decision.all().exists()
    assert (await Head.get(id=1)).size == before
    assert (await world.question()).closed is None


@pytest.mark.parametrize("name", ["x" * 120, "a/b", "/", "💎" * 100, ""])
async def test_a_strange_name_finds_nothing_and_breaks_nothing(name: str) -> None:
    await found_world()
    assert await decision_named(name) is None
