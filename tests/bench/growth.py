"""What a page costs that nobody asked for before, as the house grows: see README.md here.

`python -m tests.bench.growth [--db sqlite|postgres] [--houses NAMES] [--profile PATH] [--json]`
"""

import argparse
import asyncio
import cProfile
import json
import pstats
import time
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from tortoise.connection import get_connection

from plenary.db.config import CONNECTION, connect, disconnect
from plenary.hooks import wire
from plenary.settings import MODELS
from tests.bench.grown import Size, grow
from tests.bench.server import backends_of
from tests.client import Browser, opened
from tests.databases import Databases, Schema
from tests.reads import reads

ROUNDS = 5  # of each address, turn about
WARM = 2
PUBLIC = (
    "/", "/proposals", "/proposals?page=9999", "/proposals/2019/1", "/positions/2019", "/changes",
    "/changes?topic=KP/2019/P.1", "/changes?topic=kp", "/decisions", "/decisions?page=1000",
    "/decisions?page=9999", "/decisions?outcome=adopted&page=1000", "/decisions?q=seals",
    "/register", "/search?q=seals", "/search?q=nowhere", "/decisions.csv", "/sitemap.xml?file=50",
    "/groups/plenary", "/participants/p01", "/participants/p01.json",
)  # fmt: skip
OWN = ("/desk", "/", "/proposals/2019/1")
SMALL = "small"  # 4 proposals, 55 positions that were replaced, 100 decisions imported
HOUSES = {
    SMALL: Size(), "200 proposals": Size(proposals=200), "2,000": Size(proposals=2_000),
    "5,000 replaced": Size(superseded=5_000),
    "10,000 imported": Size(imported=10_000), "100,000": Size(imported=100_000),
    "1,000,000 entries": Size(entries=1_000_000),
}  # fmt: skip
_nth = count()


@dataclass(frozen=True)
class Cost:
    """Milliseconds of processor, the same in PostgreSQL, queries, and rows that they gave."""

    cpu: float
    backends: float
    queries: int
    rows: int


async def measure(kind: str, url: str, folder: Path, size: Size, profiled: str) -> dict[str, Cost]:
    wire()
    await connect(url, MODELS)
    try:
        await grow(size)
    finally:
        await disconnect()
    database = urlsplit(url).path.lstrip("/") if kind == "postgres" else ""
    async with opened(url, folder) as site:
        public, own = await site.browser(), await site.browser("head.p01@example.org")
        if profiled:
            await _profile(public, profiled)
            return {}
        asked = [*((public, path) for path in PUBLIC), *((own, path) for path in OWN)]
        found = {}
        for browser, path in asked:
            name = path if browser is public else f"{path} (signed in)"
            found[name] = await _cost(browser, path, database)
        return found


async def _cost(browser: Browser, path: str, database: str) -> Cost:
    """The middle of some requests; each is another address, so that no memory of pages helps."""
    cpu, backends = [], []
    for turn in range(WARM + ROUNDS):
        before = backends_of(database) if database else 0.0
        begun = time.process_time()
        answer = await browser.get(_other(path))
        spent = time.process_time() - begun
        assert answer.status_code == 200, (path, answer.status_code)
        if turn >= WARM:
            cpu.append(spent * 1e3)
            backends.append((backends_of(database) - before) * 1e3 if database else 0.0)
        if turn == 1 and spent > 2:  # the first may have read what is kept from then on
            break
    with reads() as asked:
        await browser.get(_other(path))
    return Cost(median(cpu or [spent * 1e3]), median(backends or [0.0]), asked.queries, asked.rows)


def _other(path: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}measured={next(_nth)}"


async def _profile(browser: Browser, path: str) -> None:
    await browser.get(_other(path))
    client: Any = get_connection(CONNECTION)
    stock = client.execute_query

    async def told(query: str, values: Any = None) -> Any:
        begun = time.process_time()
        answer = await stock(query, values)
        print(f"{(time.process_time() - begun) * 1e3:8.2f} ms {len(answer[1]):6} rows", query[:400])
        return answer

    client.execute_query = told
    await browser.get(_other(path))
    del client.execute_query
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(5):
        await browser.get(_other(path))
    profile.disable()
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)
    pstats.Stats(profile).sort_stats("cumtime").print_stats(60)


def costs_of(kind: str, size: Size, profiled: str = "") -> dict[str, Cost]:
    """The figures of one house, in a database made for it and gone afterwards."""
    with ExitStack() as stack, TemporaryDirectory() as name:
        folder = Path(name)
        databases = Databases(folder, stack)
        with databases.fresh(kind, Schema(tuple(MODELS)), folder) as url:
            return asyncio.run(measure(kind, url, folder, size, profiled))


def words(found: dict[str, dict[str, Cost]]) -> str:
    """A line for each address: milliseconds, queries and rows in each house."""
    lines = ["| | " + " | ".join(found) + " |", "|---" * (len(found) + 1) + "|"]
    for path in next(iter(found.values())):
        cells = []
        for costs in found.values():
            cost = costs[path]
            more = f" + {cost.backends:.1f}" if cost.backends else ""
            cells.append(f"{cost.cpu:.1f}{more} ({cost.queries}, {cost.rows})")
        lines.append(f"| `{path}` | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    said = argparse.ArgumentParser(prog="python -m tests.bench.growth")
    said.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    said.add_argument("--houses", default="", help="some of them alone: small;2,000")
    said.add_argument("--profile", default="", help="where the time of one address goes")
    said.add_argument("--json", action="store_true", help="print the figures for a machine")
    given = said.parse_args()
    names = given.houses.split(";") if given.houses else [*HOUSES]
    found = {name: costs_of(given.db, HOUSES[name], given.profile) for name in names}
    if given.profile:
        return
    if given.json:
        print(
            json.dumps(
                {
                    name: {path: vars(cost) for path, cost in costs.items()}
                    for name, costs in found.items()
                }
            )
        )
    else:
        print(words(found))


if __name__ == "__main__":
    main()
