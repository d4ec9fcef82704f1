"""One of two workers, in an operating-system process of its own: `python -m tests.notices.teller`.

Standard input says on which database and at which moment. It meets the other over a socket, so that
both look at the deadlines at once, and again in the window between judging and writing: nothing is
left to chance. Its letter box is a file, one line for each letter.
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
from tests.databases import wait_for_ever
from tests.notices.post import BASE, SENDER
from tests.races.racer import meet

ROUNDS = 2


def take_out(guard: str) -> None:
    """The red runs: a key that is not the same to everybody; a claim that bars nobody; one that
    only looks whether somebody else was first."""
    if guard == "key":
        whole: Any = due.Due.key
        due.Due.key = property(lambda due_notice: f"{whole.fget(due_notice)} {os.getpid()}")  # type: ignore[assignment,method-assign]
    if guard == "claim":
        sending._claimed = _read  # type: ignore[assignment]
    if guard == "condition":
        sending._claimed = _looked  # type: ignore[assignment]


async def _read(id_: int) -> Notice:
    return await Notice.get(id=id_)


async def _looked(id_: int) -> Notice | None:
    notice = await Notice.get(id=id_)
    if notice.sent or notice.again > clock.now():
        return None
    await Notice.filter(id=id_).update(again=clock.now() + sending.PAUSES[0])
    return notice


class Window:
    """Between judging and writing: once in each round, both stand there before either goes on."""

    def __init__(self, other: socket.socket) -> None:
        self.other, self.stood = other, False
        get: Any = Notice.get
        create: Any = Notice.bulk_create
        Notice.get = self._after(get)  # type: ignore[assignment,method-assign]
        Notice.bulk_create = self._before(create)  # type: ignore[assignment,method-assign]

    async def opens(self) -> None:
        await asyncio.to_thread(meet, self.other)
        self.stood = False

    async def _stand(self) -> None:
        if not self.stood:
            self.stood = True
            await asyncio.to_thread(meet, self.other)

    def _after(self, read: Any) -> Any:
        """Both have read that nobody claimed it, and neither has claimed it."""

        async def both(**values: Any) -> Any:
            notice = await read(**values)
            await self._stand()
            return notice

        return both

    def _before(self, write: Any) -> Any:
        """Both have seen that it is not queued, and neither has queued it."""

        async def both(*values: Any, **more: Any) -> Any:
            await self._stand()
            return await write(*values, **more)

        return both


def drop(box: Path, line: str) -> None:
    with box.open("a") as lines:  # O_APPEND: whole lines, whoever writes
        lines.write(line)


async def tell(spec: dict[str, Any], other: socket.socket) -> None:
    box = Path(spec["box"])

    async def post(mail: EmailMessage) -> None:
        await asyncio.to_thread(drop, box, f"{mail['Message-ID']}\n")

    wire()
    wait_for_ever()
    await connect(spec["url"], MODELS)
    try:
        await Notice.all().count()  # connected before they meet
        with clock.pretending(datetime.fromisoformat(spec["at"])):
            window = Window(other)
            await window.opens()
            await due.queue_questions()
            for _ in range(ROUNDS):
                await window.opens()
                await sending.send_due(post, base_url=BASE, sender=SENDER)
    finally:
        await drain()
        await disconnect()


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    take_out(given["without"])
    with socket.socket(fileno=int(sys.argv[1])) as other:
        asyncio.run(tell(given, other))
