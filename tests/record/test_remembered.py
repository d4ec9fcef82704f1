"""What was read is kept while it is true: an entry follows, or not, or while it is read."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from tortoise.connection import get_connection
from tortoise.models import Model
from tortoise.transactions import in_transaction

from plenary.bodies.models import Delegation
from plenary.bodies.powers import Role
from plenary.db.config import CONNECTION
from plenary.kept import size_of
from plenary.questions.ledgers import ledgers_of
from plenary.record import remembered
from plenary.record.models import Entry, Head
from plenary.record.remembered import Known, one_look
from tests.client import Site
from tests.reads import reads
from tests.web.house import WHO, build, routes
from tests.world import World, found_world

ROOT = Path(__file__).parents[2]


@remembered.remembered()
async def parties(kind: str) -> int:
    return await Delegation.filter(kind=kind).count()


@remembered.remembered(answers=True)
async def entries() -> int:
    return await Entry.all().count()


async def asked() -> World:
    world = await found_world()
    await world.put()
    return world


async def test_what_nothing_has_followed_is_read_once_for_each_argument(db: str) -> None:
    await asked()
    with reads() as found:
        assert [await parties("participant") for _ in range(3)] == [3, 3, 3]
        assert await parties("observer") == 1
    assert found.of("delegation") == 2


async def test_an_answer_spares_what_tells_of_none_and_every_other_act_spares_nothing(
    db: str,
) -> None:
    world = await asked()
    _, many = await parties("participant"), await entries()
    await world.state("BEL")
    await world.hear("DEL")
    with reads() as found:
        assert await entries() == many + 2
        await parties("participant")
    assert found.of("delegation") == 0
    await world.comment()
    with reads() as found:
        await parties("participant")
    assert found.of("delegation") == 1


async def test_inside_a_transaction_nothing_is_believed_and_nothing_is_kept(db: str) -> None:
    await asked()
    await parties("participant")

    async def given_up() -> None:
        async with in_transaction():
            await Delegation.filter(code="BEL").update(kind="observer")
            assert await parties("participant") == 2
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await given_up()
    assert await parties("participant") == 3


async def test_what_was_read_while_an_entry_came_is_not_kept(db: str) -> None:
    world = await asked()
    asking: Any = None

    @remembered.remembered()
    async def slowly() -> int:
        found = await entries()
        if asking:
            await asking()
        return found

    asking = world.comment
    before = await slowly()
    asking = None
    assert await slowly() == before + 1


async def test_what_a_stranger_asks_for_fills_no_more_than_its_room(db: str) -> None:
    """Whatever they choose, and whatever it holds: thousands of large values, and of empty ones."""
    await asked()

    @remembered.remembered()
    async def page(number: int) -> Sequence[Mapping[str, str]]:
        return [{"words": str(number) * 20_000} for _ in range(number % 3)]

    with one_look():
        for number in range(10, 10_010):
            await page(number)
    memory = remembered._memories[get_connection(CONNECTION)]
    (values,) = [kept for kind, kept in memory._kept.items() if kind.read is page.__wrapped__]  # type: ignore[attr-defined]
    assert size_of(values._values) < 1.5 * remembered.ROOM
    assert await page(10_009) is await page(10_009)


async def test_one_look_asks_for_the_head_once_and_again_after_an_act_of_this_process(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, end, asked_for = await asked(), remembered._end, []

    async def counted(client: Any) -> Any:
        asked_for.append(client)
        return await end(client)

    monkeypatch.setattr(remembered, "_end", counted)
    with one_look():
        many, *_ = [await entries() for _ in range(3)]
        assert len(asked_for) == 1
        await world.state("BEL")
        assert await entries() == many + 1


async def test_one_look_ends_with_the_request_that_took_it(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another process writes meanwhile, whose bell does not ring here, the next one sees."""
    world = await asked()
    turn = remembered.rung()
    monkeypatch.setattr(remembered, "rung", lambda: turn)
    with one_look():
        before = await entries()
        await world.state("BEL")
        assert await entries() == before
    assert await entries() == before + 1
    with one_look():
        assert await entries() == before + 1


async def test_who_looked_earlier_takes_nothing_from_who_looked_later(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their look is an older one: that makes the newer memory no other record."""
    world = await asked()
    turn = remembered.rung()
    monkeypatch.setattr(remembered, "rung", lambda: turn)
    with one_look():
        await parties("participant")
        await world.comment()
        with one_look():
            await parties("participant")
        with reads() as found:
            await parties("participant")
    assert found.of("delegation") == 0


async def test_a_head_that_arrives_late_takes_nothing_from_who_saw_a_later_one(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two ask at a time, of two connections: the answers come in another order."""
    world, end, late = await asked(), remembered._end, []

    async def sent_late(client: Any) -> tuple[int, str]:
        return late.pop() if late else await end(client)

    monkeypatch.setattr(remembered, "_end", sent_late)
    client = get_connection(CONNECTION)
    before = await end(client)
    await world.comment()
    await parties("participant")
    late.append(before)
    with reads() as found:
        await parties("participant")
        await parties("participant")
    assert found.of("delegation") == 0


async def test_no_page_and_no_answer_changes_what_is_kept_through_answers(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every page of every reader has its readings kept, and leaves them as they were; then
    everything is answered; then each is read anew, and is what was kept."""
    keep, first = Known.keep, []

    def noted(self: Any, key: Any, value: Any, weight: int = 1) -> None:
        if isinstance(key, tuple):
            first.append((key, value, plain(value)))
        keep(self, key, value, weight)

    house = await build()
    monkeypatch.setattr(Known, "keep", noted)
    for role in (Role.PUBLIC, Role.HEAD, Role.OBSERVER, Role.CHAIR, Role.SECRETARIAT):
        browser = await site.browser(WHO[role])
        for route in routes("GET"):
            await browser.get(house.path(route))
    assert [key for key, value, before in first if plain(value) != before] == []
    await ledgers_of([(await house.world.question(), await house.world.proposal())])
    memory = remembered._memories[get_connection(CONNECTION)]
    before = memory.root
    for code in ("ALD", "BEL", "COR"):
        said = await house.world.state(code, "reservation", explanation="Our mines are far apart.")
    await house.world.hear("DEL", "support")
    await house.world.from_the_room("COR", "support", seen=said.entry, changed=True)
    head = await Head.get(id=1)
    await memory.follow(head.size, head.root)
    assert memory.root != before
    kept = [
        (kind.read, args, value)
        for kind, values in memory._kept.items()
        if kind.read
        for args, (value, _) in values._values.items()
    ]
    assert len({read for read, _, _ in kept}) > 12
    remembered.forget()
    for read, (args, *named), (value,) in kept:
        anew = await read(*args, **dict(named))
        assert plain(anew) == plain(value), f"{read.__module__}.{read.__qualname__}{args}"


def test_of_a_row_that_is_asked_about_nothing_counts_that_changes() -> None:
    """A row is known by its key, and whoever asks may have read it before the last act: what is
    kept of it for everybody depends on no column that another act sets, and on nothing unseen."""
    found = {}
    for path in sorted((ROOT / "plenary").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AsyncFunctionDef) and "remembered" in map(
                ast.unparse, (getattr(by, "func", by) for by in node.decorator_list)
            ):
                found[node.name] = set(_counts(node))
    assert len(found) > 20
    assert found["sponsoring"] == set()
    assert found["_milestones"] == {"symbol", "author"}
    assert set().union(*found.values()) == SET_ONCE


ROWS = {"Proposal", "Version"}
SET_ONCE = {"symbol", "author", "original", "cycle_id", "id", "number"}
BY_KEY = {"clauses_of", "_translations", "_originals", "kept_with"}  # no more than that of a row


def _counts(reading: ast.AsyncFunctionDef) -> Iterator[str]:
    """The columns of the rows it is asked about, and whatever else a whole row is handed to; a
    refusal is not kept."""
    args = (*reading.args.args, *reading.args.kwonlyargs)
    rows = {arg.arg for arg in args if arg.annotation and ast.unparse(arg.annotation) in ROWS}
    left: list[ast.AST] = [*reading.body]
    while left:
        node = left.pop()
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") in rows:
            yield node.attr
        elif isinstance(node, ast.Name) and node.id in rows:
            yield node.id
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in BY_KEY:
            left += [arg for arg in node.args if not isinstance(arg, ast.Name)]
        elif isinstance(node, ast.keyword) and (node.arg or "").endswith(("proposal", "version")):
            continue
        elif not isinstance(node, ast.Raise):
            left += ast.iter_child_nodes(node)


def plain(value: Any) -> Any:
    """With all that a row holds, which is else equal to any of the same key."""
    if isinstance(value, Model):
        return {name: plain(held) for name, held in sorted(vars(value).items())}
    if is_dataclass(value) and not isinstance(value, type):
        return [plain(getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return [(key, plain(held)) for key, held in value.items()]
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        return [plain(held) for held in value]
    return value
