"""Acts at random on a house, refused ones too; and a process of its own that does them when told.

`python -m tests.web.acting URL SEED`: does one act for each line that it reads, and says which when
it is on the record.
"""

import asyncio
import random
import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

from plenary import clock
from plenary.bodies.actions import attendance
from plenary.bodies.actions.attendance import leave
from plenary.bodies.rules import Room
from plenary.db.config import connect, disconnect
from plenary.decisions.actions.closing import close_due
from plenary.decisions.actions.follow_ups import Order as Task
from plenary.decisions.actions.follow_ups import open_follow_up
from plenary.decisions.models import Decision
from plenary.decisions.rules import Owner
from plenary.disclosure.removing import remove_words
from plenary.hooks import wire
from plenary.meetings.models import Meeting
from plenary.notices.due import queue_questions
from plenary.notices.sending import send_due
from plenary.people.mail import Unsent
from plenary.proposals.models import Proposal
from plenary.record.act import drain
from plenary.record.models import Entry
from plenary.refusal import Refused
from plenary.settings import MODELS
from tests.disclosure.nouns import order
from tests.world import AMENDED, BEL, PARTICIPANTS, SECRETARIAT, TEXT, World

YEAR = 2019


class Acts:
    """Whoever may do anything, in no order; the same ones for the same seed."""

    def __init__(self, seed: object) -> None:
        self.chance = random.Random(repr(seed))
        self.made = 0

    async def next(self) -> str:
        """One act, by its name, and what became of it."""
        do = self.chance.choice(ACTS)
        self.made += 1
        try:
            await do(self)
        except Refused as no:
            return f"{do.__name__}: {no.reason}"
        return do.__name__

    async def any(self) -> World:
        numbers = await Proposal.filter(year=YEAR).values_list("number", flat=True)
        return World(YEAR, self.chance.choice([int(str(number)) for number in numbers]))

    def anyone(self) -> str:
        return self.chance.choice(list(PARTICIPANTS))

    async def comment(self) -> None:
        await (await self.any()).comment(self.anyone(), f"Which seals? {self.made}")

    async def state(self) -> None:
        world = await self.any()
        await world.state(self.anyone(), self.chance.choice(("support", "object", "reservation")))

    async def hear(self) -> None:
        await (await self.any()).hear("DEL", self.chance.choice(("support", "object")))

    async def revise(self) -> None:
        await (await self.any()).revise(f"{AMENDED}\n3. Decides {self.made}.\n")

    async def table(self) -> None:
        await World(YEAR, 0).table_proposal(TEXT, by=self.chance.choice(("delegation:ALD", BEL)))

    async def put(self) -> None:
        kind = self.chance.choice(("consensus", "silence", "vote"))
        hours = {"hours": self.chance.uniform(25, 80)} if kind == "silence" else {}
        await (await self.any()).put(procedure=kind, **hours)

    async def extend(self) -> None:
        by = timedelta(days=3, seconds=self.chance.randrange(90_000))
        await (await self.any()).extend(clock.now() + by)

    async def declare(self) -> None:
        await (await self.any()).declare(self.chance.choice(("adopted", "no_consensus")))

    async def withdraw(self) -> None:
        await (await self.any()).withdraw()

    async def enter(self) -> None:
        await (await self.any()).from_the_room(self.anyone())

    async def arrive(self) -> None:
        meeting = await Meeting.get(slug="autumn")
        room = Room("plenary", "autumn", meeting.begins, meeting.ends)
        await self.chance.choice((attendance.arrive, leave))(SECRETARIAT, room, [self.anyone()])

    async def follow_up(self) -> None:
        decision = self.chance.choice(await Decision.filter(register="own"))
        due = datetime(2031, 1, 1 + self.made % 28, tzinfo=UTC).date()
        await open_follow_up(
            SECRETARIAT,
            "own",
            decision.source_id,
            Task({"en": f"Report {self.made}."}, Owner(code="ALD"), due=due),
        )

    async def remove(self) -> None:
        entry = self.chance.choice(await Entry.filter(type="comment.made"))
        await remove_words(SECRETARIAT, entry.n, order(reason=f"Ordered {self.made}."))

    async def close(self) -> None:
        await close_due()

    async def queue(self) -> None:
        await queue_questions()

    async def send(self) -> None:
        """Some letters leave, some do not: pages say whom the opening of a question reached."""

        async def post(letter: EmailMessage) -> None:
            if self.chance.random() < 0.5:
                raise Unsent from OSError("away")

        await send_due(post, base_url="http://testserver", sender="P <notices@example.org>")


ACTS: list[Callable[[Acts], Awaitable[None]]] = [
    Acts.comment, Acts.state, Acts.state, Acts.state, Acts.hear, Acts.revise, Acts.table, Acts.put,
    Acts.put, Acts.extend, Acts.declare, Acts.withdraw, Acts.enter, Acts.arrive, Acts.follow_up,
    Acts.remove, Acts.close, Acts.queue, Acts.send,
]  # fmt: skip


async def run(url: str, seed: str) -> None:
    wire()
    await connect(url, MODELS)
    try:
        acts = Acts(seed)
        while await asyncio.to_thread(sys.stdin.readline):
            print(await acts.next(), flush=True)
    finally:
        await drain()
        await disconnect()


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:3]))
