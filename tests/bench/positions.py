"""Positions per second through the door, beside a bare durable write: see README.md here.

`python -m tests.bench.positions [--db sqlite|postgres|both] [--many 500]`
"""

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from tortoise.transactions import in_transaction

from plenary import clock
from plenary.db.config import connect, disconnect
from plenary.decisions.actions import Answer, state_position
from plenary.decisions.rules import Stance
from plenary.people.models import Person
from plenary.settings import MODELS
from tests.databases import Databases, Schema
from tests.world import ALD, BEL, COR, World, found_world

ROUNDS = 5  # alternating, so that a busy machine slows both alike


async def bare(number: int) -> None:
    """One row in one transaction, as durable as an act: less than this nothing can cost."""
    async with in_transaction():
        await Person.create(email=f"{number}@example.org", name="Who", created=clock.now())


async def measure(url: str, many: int) -> tuple[float, float]:
    """Bare writes and positions per second."""
    await connect(url, MODELS)
    try:
        world = await found_world()
        await world.put()
        spent = [0.0, 0.0]
        for turn in range(ROUNDS):
            numbers = range(turn * many // ROUNDS, (turn + 1) * many // ROUNDS)
            spent[0] += await timed([lambda n=n: bare(n) for n in numbers])  # type: ignore[misc]
            spent[1] += await timed(positions(world, len(numbers)))
        return many / spent[0], many / spent[1]
    finally:
        await disconnect()


def positions(world: World, many: int) -> list[Callable[[], Awaitable[object]]]:
    answer = Answer(Stance.OBJECT, 1, clause="p1", explanation="Not every stone. " * 20)
    return [
        lambda by=by: state_position(by, world.year, world.number, answer)  # type: ignore[misc]
        for by in islice(cycle((ALD, BEL, COR)), many)
    ]


async def timed(acts: list[Callable[[], Awaitable[object]]]) -> float:
    begun = perf_counter()
    for act in acts:
        await act()
    return perf_counter() - begun


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.bench.positions")
    words.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    words.add_argument("--many", type=int, default=500)
    given = words.parse_args()
    kinds = ("sqlite", "postgres") if given.db == "both" else (given.db,)
    with ExitStack() as stack, TemporaryDirectory() as folder:
        databases = Databases(Path(folder), stack)
        for kind in kinds:
            with databases.fresh(kind, Schema(MODELS), Path(folder)) as url:
                writes, acts = asyncio.run(measure(url, given.many))
            print(
                f"{kind:9}{acts:6.0f} positions/s; a bare durable write {writes:.0f}/s: "
                f"a position costs {writes / acts:.1f} of them",
                flush=True,
            )


if __name__ == "__main__":
    main()
