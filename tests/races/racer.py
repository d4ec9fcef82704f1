"""One side of a race, in an operating-system process of its own: `python -m tests.races.racer`.

Standard input says which race on which database. Before each round it meets the other side over a
socket, so that both are let go at one moment; then it waits a millisecond or two or not at all,
that each side may come first.
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
from tests.races import broken
from tests.races.grounds import set_clock
from tests.races.judging import Said
from tests.races.rounds import RACES, tell

APART = 0.002  # seconds


def meet(other: socket.socket) -> None:
    other.sendall(b".")
    if other.recv(1) != b".":
        raise RuntimeError("the other side is gone")


async def run(spec: dict[str, Any], other: socket.socket) -> list[Said]:
    race = RACES[spec["race"]]
    side = getattr(race, spec["side"])
    chance = random.Random(f"{spec['seed']} {spec['side']}")
    wire()
    await connect(spec["url"], MODELS)
    try:
        told = []
        for number in spec["numbers"]:
            await asyncio.to_thread(meet, other)
            if race.clock is not None:
                set_clock(number, race.clock)
            await asyncio.sleep(max(0.0, chance.uniform(-APART, APART)))
            told.append(await tell(side, spec["year"], number))
        return told
    finally:
        await drain()
        await disconnect()


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    if given["without"]:
        broken.take_out(given["without"])
    with socket.socket(fileno=int(sys.argv[1])) as other:
        print(json.dumps(asyncio.run(run(given, other))))
