"""A worker in a process of its own: `python -m tests.closings.worker SOCKET`.

Standard input says on which database, at which moments it looks, and which promise is taken out. At
each moment it meets the other worker, and again once both have seen what is due and neither has
written: what a race may only hope for, each moment shows. It says how many it wrote down.

`guard`: what is closed is due again. `look`: what is due is looked up before the head is locked,
and not again.
"""

import asyncio
import json
import socket
import sys
from datetime import datetime
from typing import Any

from plenary import clock
from plenary.db.config import connect, disconnect
from plenary.decisions.actions import closing
from plenary.decisions.actions.closing import close_due
from plenary.hooks import wire
from plenary.questions.models import Question
from plenary.record.act import Record, act, door, drain, hand_over
from plenary.settings import MODELS
from tests.databases import wait_for_ever
from tests.races.racer import meet

_due, _close = closing._due, closing._close
closed = 0


async def _count(record: Record, question: Question) -> None:
    global closed
    await _close(record, question)
    closed += 1


async def _due_again(now: datetime) -> list[Question]:
    rows = Question.filter(closes__lte=now).order_by("closes", "id")
    return await rows.prefetch_related("proposal__body")


@door
async def close_early() -> None:
    if due := await closing._due(clock.now()):
        async with act(by="system") as record:
            for question in due:
                await closing._close(record, question)


def stand(other: socket.socket, look: Any) -> Any:
    """The same look, and in each moment the first waits until the other worker has looked too."""
    stood: set[datetime] = set()

    async def both(now: datetime) -> Any:
        due, first = await look(now), now not in stood
        stood.add(now)
        if first:
            await asyncio.to_thread(meet, other)
        return due

    return both


async def run(spec: dict[str, Any], other: socket.socket) -> None:
    closing._close = _count
    closing._due = stand(other, _due_again if spec["without"] == "guard" else _due)
    wire()
    if spec["without"] == "look":
        hand_over()
    wait_for_ever()
    await connect(spec["url"], MODELS)
    try:
        for moment in spec["moments"]:
            await asyncio.to_thread(meet, other)
            with clock.pretending(datetime.fromisoformat(moment)):
                await (close_early if spec["without"] == "look" else close_due)()
    finally:
        await drain()
        await disconnect()
    print(closed)


if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    with socket.socket(fileno=int(sys.argv[1])) as other:
        asyncio.run(run(given, other))
