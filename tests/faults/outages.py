"""One outage from its beginning to its end, while six heads speak and others read."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.faults.bounds import timed_there
from tests.faults.house import PAGES, House

CALM = 2  # acts of each of the six before, and after
REFUSED = 2  # of the answers of each of them meanwhile


@dataclass(frozen=True)
class Outage:
    """What is done, how it is undone, and what it looks like from outside."""

    name: str
    begin: Callable[[], object]
    end: Callable[[], object]
    reasons: tuple[str, ...]  # one of which whoever is refused reads
    readable: bool  # whether pages go on meanwhile

    async def at(self, house: House, capsys: pytest.CaptureFixture[str]) -> None:
        """Refused in time and in words, and served again without a new start of the server."""
        await house.ready()
        async with house.speaking() as heads:
            await heads.each(lambda said: said.taken, times=CALM)
            await asyncio.to_thread(self.begin)
            try:
                refused = await heads.each(lambda said: not said.taken, times=REFUSED)
                pages = [await timed_there(house.get, page) for page in PAGES]
                checks = await house.checks()
                assert (await house.get("/healthz")).status_code == 200
            finally:
                await asyncio.to_thread(self.end)
            await heads.each(lambda said: said.taken, times=CALM)
        await house.ready()
        await house.as_it_should_be()
        for said in refused:
            said.told(*self.reasons)
        assert set(self.reasons) & set(checks.values()), checks
        slowest, slowest_page = (
            max(refusal.took for refusal in refused),
            max(took for took, _ in pages),
        )
        with capsys.disabled():
            print(
                f"\n{self.name}: {len(refused)} posts refused, the slowest in {slowest:.2f} s; "
                f"{len(pages)} pages asked for, the slowest in {slowest_page:.2f} s"
            )
        assert {page.status_code for _, page in pages} == {200 if self.readable else 503}
        assert max(slowest, slowest_page) < heads.bound
