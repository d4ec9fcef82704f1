"""One of two workers, in an operating-system process of its own: `python -m tests.notices.teller`.

Standard input says on which database and at which moment. It meets the other over a socket, so that
both look at the deadlines at once; its letter box is a file, one line for each letter.
"""

import asyncio
import json
import os
import socket
import sys
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from plenary import clock
from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.notices import due, sending
from plenary.notices.models import Notice
from plenary.record.act import drain
from plenary.settings import MODELS
from tests.notices.post import BASE, SENDER
from tests.races.racer import meet

ROUNDS = 3


def take_out(guard: str) -> None:
    """The red runs: a key that is not the same to everybody; a claim that bars nobody."""
    if guard == "key":
        whole: Any = due.Due.key
        due.Due.key = property(lambda one: f"{whole.fget(one)} {os.getpid()}")  # type: ignore[assignment,method-assign]
    if guard == "claim":

        async def claimed(id_: int) -> Notice:
            return await Notice.get(id=id_)

        sending._claimed = claimed  # type: ignore[assignment]


def drop(box: Path, line: str) -> None:
    with box.open("a") as lines:  # O_APPEND: whole lines, whoever writes
        lines.write(line)


async def tell(spec: dict[str, Any], other: socket.socket) -> None:
    box = Path(spec["box"])

    async def post(mail: EmailMessage) -> None:
        await asyncio.to_thread(drop, box, f"{mail['Message-ID']}\n")

    wire()
    await connect(spec["url"], MODELS)
    try:
        await Notice.all().count()  # connected before they meet
        with clock.pretending(datetime.fromisoformat(spec["at"])):
            await asyncio.to_thread(meet, other)
            await due.queue_questions()
            for _ in range(ROUNDS):
                await asyncio.to_thread(meet, other)
                await sending.send_due(post, base_url=BASE, sender=SENDER)
    finally:
        await drain()
        await disconnect()


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    take_out(given["without"])
    with socket.socket(fileno=int(sys.argv[1])) as other:
        asyncio.run(tell(given, other))
