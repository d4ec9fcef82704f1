"""Every page beside the same page made anew, after each of so many acts.

    python -m tests.web.keeping --acts 2000 --db both       # 1,000 here, 1,000 by another process

After an act of this process the two are the same at once, by a clock that stands still; after one
of another process, a tenth of a second later, and the page made anew is made before and after,
since that clock runs. Each address is asked for in a language, an encoding, as a page or as a part,
and twice: the second time it comes from memory. Made anew is a page for which nothing is
remembered (`record/remembered.py`). Of those who are signed in no page is kept: theirs shows that
what is remembered is true, whoever wrote, and at once.

28 November 2026: 120 acts on SQLite, 960 pages of 302 addresses; 100 on PostgreSQL, 800 of 285;
half of the acts by another process, more than half of them refused. None was not as made anew.
"""

import argparse
import asyncio
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from weakref import WeakKeyDictionary

import httpx2

from plenary import clock
from plenary.bodies.powers import Role
from plenary.front.newest import EVERY
from plenary.record import remembered
from plenary.settings import MODELS
from tests.client import BASE, Site, opened
from tests.databases import Databases, Schema
from tests.web.acting import YEAR, Acts
from tests.web.house import WHO, House, build, routes

ROOT = Path(__file__).parents[2]
ALWAYS = ("/", "/proposals", "/changes", "/register.json")
PART = {"HX-Request-Type": "partial"}
LATE = 0.05  # seconds beyond what is promised, for a machine that has other things to do


@dataclass
class Readers:
    """A stranger who asks as everybody does, and one for whom each page is made anew."""

    site: Site
    house: House
    chance: random.Random
    faults: list[str] = field(default_factory=list)
    compared: Counter[str] = field(default_factory=Counter)

    members: Sequence[httpx2.AsyncClient] = ()

    def __post_init__(self) -> None:
        self.kept = self._stranger(self.site.app)
        self.anew = self._stranger(self.site.keeper.app)
        self.paths = [self.house.path(route) for route in routes("GET")]
        self.paths = [path for path in self.paths if path not in ("/healthz", "/readyz")]

    def _stranger(self, app: Any) -> httpx2.AsyncClient:
        return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=BASE)

    def some(self, many: int) -> Iterator[tuple[str, dict[str, str]]]:
        """Addresses of all kinds, and those of the proposals there are."""
        own = [
            f"/proposals/{YEAR}/{n}{part}"
            for n in range(1, 12)
            for part in ("", ".json", "/comments", "/positions", "/history", "/certificate/1")
        ]
        for path in (
            self.chance.choice(ALWAYS),
            *self.chance.choices(self.paths, k=many),
            *self.chance.choices(own, k=many),
        ):
            language = self.chance.choice(("", "", "/fr"))
            encoding = self.chance.choice(("gzip", "identity"))
            part = PART if self.chance.random() < 0.2 else {}
            yield language + path, {"accept-encoding": encoding} | part

    async def compare(self, told: str, many: int) -> None:
        for path, headers in self.some(many):
            for kept, anew in (
                (self.kept, self.anew),
                *((member, member) for member in self.members),
            ):
                before = await _anew(anew, path, headers)
                got = [await kept.get(path, headers=headers) for _ in range(2)]
                after = before if clock.is_pretended() else await _anew(anew, path, headers)
                self.compared[path] += 1
                if not all(is_same(answer, before) or is_same(answer, after) for answer in got):
                    who = self.members.index(kept) + 1 if kept in self.members else "stranger"
                    self.faults.append(f"{path} {headers} to {who} after {told}")


async def _anew(reader: httpx2.AsyncClient, path: str, headers: dict[str, str]) -> httpx2.Response:
    with nothing_remembered():
        return await reader.get(path, headers=headers)


@contextmanager
def nothing_remembered() -> Iterator[None]:
    kept, remembered._memories = remembered._memories, WeakKeyDictionary()
    try:
        yield
    finally:
        remembered._memories = kept


KEY = re.compile(rb'name="key" value="[^"]*"')  # of a form: each has its own


def is_same(answer: httpx2.Response, other: httpx2.Response) -> bool:
    return _shown(answer) == _shown(other)


def _shown(answer: httpx2.Response) -> tuple[int, bytes, list[tuple[str, str]]]:
    headers = sorted(answer.headers.multi_items())
    if KEY.search(answer.content):  # compressed, such a page has a length of its own
        headers = [pair for pair in headers if pair[0] != "content-length"]
    return answer.status_code, KEY.sub(b"", answer.content), headers


async def by_this_process(readers: Readers, acts: Acts, many: int, *, each: int) -> Counter[str]:
    """The clock stands while pages are compared, and goes on by chance in between."""
    did, now = Counter[str](), clock.now()
    for _ in range(many):
        now += timedelta(seconds=readers.chance.choice((0, 0.05, 7, 61, 3_000)))
        with clock.pretending(now):
            await readers.compare("time", 1)
            told = await acts.next()
            did[told] += 1
            await readers.compare(told, each)
    return did


async def by_another(
    readers: Readers, url: str, seed: object, many: int, *, each: int
) -> Counter[str]:
    did = Counter[str]()
    with another(url, seed) as process:
        for _ in range(many):
            await readers.compare("nothing", 1)
            told = await asyncio.to_thread(tell, process)
            did[told] += 1
            await asyncio.sleep(EVERY + LATE if told not in OFF_THE_RECORD else 1 + LATE)
            await readers.compare(told, each)
    return did


MEMBERS = (Role.HEAD, Role.CHAIR)
OFF_THE_RECORD = ("queue", "send")  # of letters, for which a page stands a second


@contextmanager
def another(url: str, seed: object) -> Iterator["subprocess.Popen[str]"]:
    pipe = subprocess.PIPE
    words = [sys.executable, "-m", "tests.web.acting", url, repr(seed)]
    process = subprocess.Popen(words, cwd=ROOT, text=True, stdin=pipe, stdout=pipe)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def tell(process: "subprocess.Popen[str]") -> str:
    """Have it do one act; what it did."""
    assert process.stdin
    assert process.stdout
    process.stdin.write("\n")
    process.stdin.flush()
    told = process.stdout.readline().strip()
    assert told, "the other process is gone"
    return told


async def run(url: str, folder: Path, acts: int, seed: int) -> Readers:
    async with opened(url, folder) as site:
        house = await build()
        members = [(await site.browser(WHO[role])).http for role in MEMBERS]
        readers = Readers(site, house, random.Random(seed), members=members)
        did = await by_another(readers, url, seed, acts // 2, each=2)
        did += await by_this_process(readers, Acts(seed), acts - acts // 2, each=2)
        print(", ".join(f"{n} {name}" for name, n in did.most_common()))
    return readers


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.web.keeping")
    words.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    words.add_argument("--acts", type=int, default=2000)
    words.add_argument("--seed", type=int, default=1)
    given = words.parse_args()
    for kind in ("sqlite", "postgres") if given.db == "both" else (given.db,):
        with ExitStack() as stack, TemporaryDirectory() as name:
            databases = Databases(Path(name), stack)
            with databases.fresh(kind, Schema(MODELS), Path(name)) as url:
                readers = asyncio.run(run(url, Path(name), given.acts, given.seed))
        found = f"{len(readers.compared)} addresses, {len(readers.faults)} not as made anew"
        print(f"{kind}: {given.acts} acts, {readers.compared.total()} pages of {found}")
        print("\n".join(readers.faults[:20]))


if __name__ == "__main__":
    main()
