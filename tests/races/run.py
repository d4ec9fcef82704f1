"""Two processes race, so many rounds: `python -m tests.races.run --rounds 2000 --db both`.

Prints how the rounds of each race ended, and works the record out again afterwards.
`--without lock` and `--without order` are the red runs (broken.py), with `--rounds 0`: their rounds
are forced (window.py).
"""

import argparse
import asyncio
import json
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.settings import MODELS
from tests.databases import Databases, Schema
from tests.pairs import both
from tests.races.judging import Said
from tests.races.rounds import RACES, set_out
from tests.races.standing import broken_promises, by_the_record
from tests.record.whole import whole
from tests.world import World, found_world

BATCH = 50
IN_TURN = 2
Told = tuple[list[Said], list[Said]]


@dataclass(frozen=True)
class Ended:
    """How the rounds of a race ended."""

    in_turn: list[str]  # the forced ones: left first, right first, left first …
    by_chance: Counter[str]
    broken: Counter[str]  # promises, as the tables and the record tell it


async def race(
    name: str, rounds: int, url: str, *, in_turn: int = IN_TURN, without: str = ""
) -> Ended:
    """So many rounds in turn, then so many by chance. Wants a connected, empty database."""
    world = await found_world()
    first, many = world.number + 1, in_turn + rounds
    for number in range(first, first + many, BATCH):
        await set_out(name, world.year, number, min(BATCH, first + many - number))
    numbers = [*range(first, first + many)]
    told = await asyncio.to_thread(both_sides, name, world, numbers, url, in_turn, without)
    ended = [*map(RACES[name].judge, *told)]
    broken = await broken_promises() + await by_the_record()
    try:
        await whole()
    except AssertionError:
        broken["the record contradicts itself"] += 1
    return Ended(ended[:in_turn], Counter(ended[in_turn:]), broken)


def both_sides(
    name: str, world: World, numbers: list[int], url: str, in_turn: int, without: str
) -> Told:
    """What each side was answered, round by round."""
    spec = {
        "race": name, "year": world.year, "numbers": numbers, "url": url, "without": without,
        "seed": name, "in_turn": in_turn,
    }  # fmt: skip
    answers = both("tests.races.racer", spec | {"side": "left"}, spec | {"side": "right"})
    left, right = map(json.loads, answers)
    return left, right


async def run(name: str, rounds: int, url: str, in_turn: int, without: str) -> Ended:
    wire()
    await connect(url, MODELS)
    try:
        return await race(name, rounds, url, in_turn=in_turn, without=without)
    finally:
        await disconnect()


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.races.run")
    words.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    words.add_argument("--rounds", type=int, default=2_000)
    words.add_argument("--race", choices=(*RACES, "all"), default="all")
    words.add_argument("--without", choices=("", "lock", "order"), default="")
    words.add_argument("--in-turn", type=int, default=IN_TURN, help="forced rounds: window.py")
    given = words.parse_args()
    kinds = ("sqlite", "postgres") if given.db == "both" else (given.db,)
    names = RACES if given.race == "all" else (given.race,)
    with ExitStack() as stack, TemporaryDirectory() as folder:
        databases = Databases(Path(folder), stack)
        for kind in kinds:
            for name in names:
                with databases.fresh(kind, Schema(MODELS), Path(folder)) as url:
                    ended = asyncio.run(run(name, given.rounds, url, given.in_turn, given.without))
                print(f"{kind:9}{name:12}", json.dumps(vars(ended)), flush=True)


if __name__ == "__main__":
    main()
