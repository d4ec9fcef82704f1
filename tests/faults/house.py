"""A server and its hall: what every outage is done to, and what must be true after it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
from anyio.from_thread import start_blocking_portal

from plenary.db.config import connect, disconnect
from plenary.record.models import Entry
from plenary.settings import MODELS
from tests.faults.kills import nothing_halved, prepared
from tests.faults.load import Hall
from tests.faults.speakers import PATIENCE, Speaking, speaking
from tests.record.whole import whole
from tests.served import Served

PAGES = ("/", "/proposals", "/fr/register", "/proposals/2019/1")


@dataclass
class House:
    url: str
    hall: Hall
    served: Served
    keys: set[str] = field(default_factory=set)  # of all that was ever sent to it

    @property
    def base(self) -> str:
        return self.served.base

    async def get(self, path: str) -> httpx2.Response:
        async with httpx2.AsyncClient(trust_env=False, timeout=PATIENCE) as http:
            return await http.get(self.base + path)

    async def checks(self) -> dict[str, str]:
        """What /readyz finds, by name."""
        found: dict[str, str] = (await self.get("/readyz")).json()["checks"]
        return found

    async def ready(self) -> None:
        """Wait until it is, by itself."""
        async with asyncio.timeout(PATIENCE):
            while (await self.get("/readyz")).status_code != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.1)

    @asynccontextmanager
    async def speaking(self) -> AsyncIterator[Speaking]:
        """What they say now they have not said before."""
        # They may be a few turns apart in the end, so the next begin well behind.
        async with speaking(self.base, self.hall, first=10 * len(self.keys)) as heads:
            yield heads
        assert not self.keys & heads.keys
        self.keys |= heads.keys

    async def as_it_should_be(self) -> None:
        """The record is sound, and each form that was sent is one act, however often it was."""
        await connect(self.url, MODELS)
        try:
            await whole()
            await nothing_halved()
            acts = await Entry.filter(type__in=("position.stated", "comment.made")).count()
            assert acts == len(self.keys)
        finally:
            await disconnect()


@contextmanager
def opened(url: str, folder: Path, seed: int = 0) -> Iterator[House]:
    """On an empty, migrated database; nothing of it runs in the loop of the test."""
    with start_blocking_portal("asyncio") as portal:
        killing = portal.call(prepared, url, folder, seed)
    served = killing.start()
    try:
        yield House(url, killing.hall, served)
    finally:
        served.kill()
