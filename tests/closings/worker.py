"""A worker in a process of its own: `python -m tests.closings.worker URL [PROMISE]`.

It writes closings down as the program's worker does, only without its second's pause, says "ready"
when it has begun, and when its standard input is closed it says how many it wrote down.
PROMISE is what is taken out: `guard` (what is closed is due again), `look` (what is due is looked
up before the head is locked, and not again).
"""

import asyncio
import sys
from datetime import datetime

from plenary import clock
from plenary.db.config import connect, disconnect
from plenary.decisions.actions import close_due, closing
from plenary.decisions.models import Question
from plenary.hooks import wire
from plenary.record.act import Record, act, door, drain, hand_over
from plenary.settings import MODELS
from plenary.worker import every, stop

PAUSE = 0.001  # seconds
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
    if due := await _due(clock.now()):
        async with act(by="system") as record:
            for question in due:
                await closing._close(record, question)


async def run(url: str, without: str) -> None:
    closing._close = _count
    if without == "guard":
        closing._due = _due_again
    wire()
    if without == "look":
        hand_over()
    await connect(url, MODELS)
    task = asyncio.create_task(every(PAUSE, close_early if without == "look" else close_due))
    print("ready", flush=True)
    try:
        await asyncio.to_thread(sys.stdin.read)
    finally:
        await stop([task])
        await drain()
        await disconnect()
    print(closed)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], "".join(sys.argv[2:3])))
