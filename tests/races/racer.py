"""One side of a race, in an operating-system process of its own: `python -m tests.races.racer`.

Standard input says which race on which database. Before each round it meets the other side over a
socket. In the first rounds the two then stand still in a window, and come in turn; in the others
both are let go at one moment, and wait a millisecond or two or not, that each may come first.
"""

import asyncio
import json
import random
import socket
import sys
from typing import Any

from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.record.act import drain
from plenary.settings import MODELS
from tests.databases import wait_for_ever
from tests.races import broken
from tests.races.grounds import set_clock, stop_clock
from tests.races.judging import Race, Said
from tests.races.rounds import RACES, tell
from tests.races.window import Held, Stale, Window, set_up

APART = 0.002  # seconds


def meet(other: socket.socket) -> None:
    other.sendall(b".")
    if other.recv(1) != b".":
        raise RuntimeError("the other side is gone")


async def run(spec: dict[str, Any], other: socket.socket) -> list[Said]:
    race, in_turn = RACES[spec["race"]], spec["in_turn"]
    wire()
    wait_for_ever()
    await connect(spec["url"], MODELS)
    try:
        told = await forced(race, spec, spec["numbers"][:in_turn], other)
        return told + await by_chance(race, spec, spec["numbers"][in_turn:], other)
    finally:
        await drain()
        await disconnect()


async def by_chance(
    race: Race, spec: dict[str, Any], numbers: list[int], other: socket.socket
) -> list[Said]:
    """Let go together; the clock runs. Either may come first."""
    side = getattr(race, spec["side"])
    chance = random.Random(f"{spec['seed']} {spec['side']}")
    told = []
    for number in numbers:
        await asyncio.to_thread(meet, other)
        if race.clock is not None:
            set_clock(number, race.clock)
        await asyncio.sleep(max(0.0, chance.uniform(-APART, APART)))
        told.append(await tell(side, spec["year"], number))
    return told


async def forced(
    race: Race, spec: dict[str, Any], numbers: list[int], other: socket.socket
) -> list[Said]:
    """In a window, the left side first and the right side first by turns; the clock stands."""
    left = spec["side"] == "left"
    window: Window = Stale(other) if spec["without"] else Held(other)
    set_up(window)
    told = []
    for place, number in enumerate(numbers):
        meet(other)
        if race.clock is not None:
            stop_clock(number, race.clock if left else race.clock - race.later)
        window.opens(first=left == (place % 2 == 0))
        told.append(await tell(getattr(race, spec["side"]), spec["year"], number))
        window.closes()
    return told


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    if given["without"]:
        broken.take_out(given["without"])
    with socket.socket(fileno=int(sys.argv[1])) as other:
        print(json.dumps(asyncio.run(run(given, other))))
