"""A server that is killed again and again while 55 heads speak, and what must be true each time."""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tortoise.connection import get_connection

from plenary.db.config import connect, dialect, disconnect
from plenary.hooks import wire
from plenary.proposals.models import Comment
from plenary.questions.models import Position
from plenary.record.models import Entry, Receipt
from plenary.settings import MODELS
from tests.bench.hall import fill, sign_in
from tests.faults.load import Form, Hall, Sending, send_again
from tests.record.whole import whole
from tests.served import Served, free_port, start

SECRET = "only for killing servers, and long enough for it"
MOST = 40  # answers until a kill
AGAIN = 5  # of those that were acknowledged, so many are sent once more after each kill
PATIENCE = 120.0  # for what takes a second on an idle machine: only what hangs is caught by it


@dataclass
class Killing:
    """What was sent so far, and what came of it."""

    url: str
    folder: Path
    hall: Hall
    chance: random.Random
    port: int
    forms: Iterator[Form]
    answered: dict[Form, str] = field(default_factory=dict)  # "" for what was under way
    tally: Counter[str] = field(default_factory=Counter)
    program: str = "plenary"

    def start(self) -> Served:
        settings = {
            "DATABASE_URL": self.url, "SECRET_KEY": SECRET, "PLENARY_DATA": str(self.folder),
            "BASE_URL": f"http://127.0.0.1:{self.port}", "PLENARY_DEMO": "0",
        }  # fmt: skip
        return start([self.program, "serve"], settings, self.port, self.folder / "served.log")

    async def once(self) -> None:
        """Start, send again what was not answered, go on speaking, kill, look."""
        served = await asyncio.to_thread(self.start)
        try:
            await self.sent_again()
            sending = Sending(self.port, self.forms)
            under_way = asyncio.create_task(sending.run())
            await self.a_moment(sending)
        finally:
            await asyncio.to_thread(served.kill)
        told = await under_way
        self.answered |= told
        self.tally["acknowledged"] += sum(bool(code) for code in told.values())
        self.tally["under way, or refused for now"] += sum(not code for code in told.values())
        await self.all_is_well()

    async def a_moment(self, sending: Sending) -> None:
        """Some answers on, and then somewhere on the way to the next: on a slow machine too."""
        began, answers = time.monotonic(), self.chance.randint(1, MOST)
        async with asyncio.timeout(PATIENCE):
            await sending.reached(answers)
        await asyncio.sleep(self.chance.random() * (time.monotonic() - began) / answers)

    async def sent_again(self) -> None:
        """The same form is answered with the same receipt, and one that was lost is done now."""
        known = [form for form, code in self.answered.items() if code]
        known = self.chance.sample(known, min(AGAIN, len(known)))
        lost = [form for form, code in self.answered.items() if not code]
        told = await send_again(self.port, known + lost)
        for form in known:
            assert told[form] == self.answered[form], f"{form.key} has a second receipt"
        self.answered |= told

    async def all_is_well(self) -> None:
        await connect(self.url, MODELS)
        try:
            await nobody_else()
            await whole()
            await self.nothing_lost()
            await nothing_halved()
        finally:
            await disconnect()

    async def nothing_lost(self) -> None:
        """Whatever was acknowledged is there, in the name of who sent it."""
        entries = {entry.n: entry for entry in await Entry.all()}
        kept = {
            receipt.code: entries[receipt.entry]
            for receipt in await Receipt.filter(key__isnull=False)
        }
        for form, code in self.answered.items():
            if code:
                assert code in kept, f"{form.key} was acknowledged and is lost"
                kind = "comment.made" if form.comment else "position.stated"
                said = kept[code].actor, kept[code].type
                assert said == (f"delegation:{form.code}", kind), form.key
        codes = [code for code in self.answered.values() if code]
        assert len(set(codes)) == len(codes), "one receipt for two forms"
        assert len(kept) <= len(self.answered), "more acts than forms"


async def nothing_halved() -> None:
    """Each act is there with its entry, its row, its words and its receipt; or not at all."""
    for kind, model in (("position.stated", Position), ("comment.made", Comment)):
        made = await Entry.filter(type=kind).values_list("n", "payload")
        entries = sorted(n for n, _ in made)
        assert all(payload for _, payload in made)
        assert sorted(await model.all().values_list("entry", flat=True)) == entries
        receipts = await Receipt.filter(entry__in=entries or [-1]).values_list("entry", flat=True)
        assert sorted(receipts) == entries  # type: ignore[type-var]
    current = Counter(await Position.filter(current=True).values_list("delegation_id", flat=True))
    spoken = set(await Position.all().values_list("delegation_id", flat=True))
    assert current == Counter(dict.fromkeys(spoken, 1)), "not one current position for each"


async def nobody_else() -> None:
    """Wait until PostgreSQL has undone or finished what the dead process had begun."""
    if dialect() == "sqlite":
        return  # its locks were the process's, and are gone with it
    others = """SELECT count(*) AS many FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()"""
    async with asyncio.timeout(PATIENCE):
        while (await get_connection("default").execute_query_dict(others))[0]["many"]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def killed(
    url: str, folder: Path, kills: int, seed: int, program: str = "plenary"
) -> Counter[str]:
    """What was sent and acknowledged. Wants an empty database; AssertionError says the seed."""
    killing = await prepared(url, folder, seed)
    killing.program = program
    with telling(seed):
        for _ in range(kills):
            await killing.once()
            killing.tally["kills"] += 1
        served = await asyncio.to_thread(killing.start)
        try:
            await killing.sent_again()
        finally:
            await asyncio.to_thread(served.kill)
        await killing.all_is_well()
    return killing.tally


async def prepared(url: str, folder: Path, seed: int) -> Killing:
    wire()
    port = free_port()
    await connect(url, MODELS)
    try:
        world = await fill()
        hall = Hall(
            f"127.0.0.1:{port}",
            f"/proposals/{world.year}/{world.number}",
            await world.clause(),
            await sign_in(SECRET),
        )
    finally:
        await disconnect()
    return Killing(url, folder, hall, random.Random(seed), port, hall.forms())


@contextmanager
def telling(seed: int) -> Iterator[None]:
    """Whatever goes wrong says from which seed."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"seed {seed}: python -m tests.faults.run --seed {seed} (pid {os.getpid()})")
        raise
