"""One of two web processes, by itself: `python -m tests.people.asker`.

Standard input says on which database, for which address and how often at once; standard output has
how many passed. It meets the other over a socket.
"""

import asyncio
import json
import socket
import sys
from typing import Any

from plenary.db.config import connect, disconnect
from plenary.people.actions import ask_for_link
from plenary.people.models import Person
from plenary.refusal import Refused
from plenary.settings import MODELS
from tests.races.racer import meet


async def ask_at_once(spec: dict[str, Any], other: socket.socket) -> int:
    async def passed() -> bool:
        try:
            await ask_for_link(spec["email"], browser="b", network="192.0.2.1", secret="s" * 40)
        except Refused:
            return False
        return True

    await connect(spec["url"], MODELS)
    try:
        await Person.all().count()  # connected before they meet
        await asyncio.to_thread(meet, other)
        return sum(await asyncio.gather(*(passed() for _ in range(spec["many"]))))
    finally:
        await disconnect()


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    with socket.socket(fileno=int(sys.argv[1])) as other:
        print(asyncio.run(ask_at_once(given, other)))
