"""Positions per second through the whole stack, and what one costs: see README.md here.

`python -m tests.bench.positions [--db sqlite|postgres|both] [--many 2000] [--json]`
"""

import argparse
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.questions.models import Position
from plenary.record.models import Head, Receipt
from plenary.settings import MODELS
from tests.bench.client import send
from tests.bench.disk import commits
from tests.bench.hall import CODES, fill, sign_in, statements
from tests.bench.server import AS_SERVED, SECRET, backends_of, cpu_of, environment, in_fresh
from tests.record.whole import whole
from tests.served import Served, free_port, serving

ROUNDS = 5  # alternating, so that a busy machine slows all alike
WARM = 110  # positions that are not counted: the first ones compile templates and statements
MOST = 120.0  # seconds for one database


@dataclass
class Spent:
    """How much went into some requests: seconds by the clock, of the processor, of PostgreSQL's."""

    wall: float = 0.0
    cpu: float = 0.0
    backends: float = 0.0


@dataclass(frozen=True)
class Figures:
    """Per second, and milliseconds of processor for one."""

    database: str
    connections: int
    positions: int
    positions_per_second: float
    position_cpu_ms: float
    backends_cpu_ms: float
    bare_per_second: float
    bare_cpu_ms: float
    commits_per_second: float

    def words(self) -> str:
        backends = (
            f" (and {self.backends_cpu_ms:.2f} ms in PostgreSQL)" if self.backends_cpu_ms else ""
        )
        return (
            f"{self.database:9}{self.positions_per_second:6.0f} positions/s, "
            f"{self.position_cpu_ms:.2f} ms of processor each{backends}, "
            f"{self.positions} over {self.connections} connections, none lost\n"
            f"{'':9}{self.bare_per_second:6.0f} bare answers/s, {self.bare_cpu_ms:.2f} ms each: "
            f"a position costs {self.position_cpu_ms / self.bare_cpu_ms:.1f} of them\n"
            f"{'':9}{self.commits_per_second:6.0f} bare durable commits/s: "
            f"{self.positions_per_second / self.commits_per_second:.2f} positions for one of them"
        )


async def measure(kind: str, url: str, folder: Path, many: int, connections: int) -> Figures:
    """Fill a hall, serve it and the bare application, and post to each, turn about."""
    port, bare_port = free_port(), free_port()
    wire()
    await connect(url, MODELS)
    try:
        world = await fill()
        signed, before = await sign_in(SECRET), (await Head.get(id=1)).size
        forms = await statements(world, signed, f"127.0.0.1:{port}", WARM + many)
    finally:
        await disconnect()
    settings = environment(url, port, folder)
    whole_app, bare_app = ["plenary", "serve"], ["uvicorn", "tests.bench.bare:app", *AS_SERVED]
    with (
        serving(whole_app, settings, port, folder / "served.log") as served,
        serving(bare_app, {}, bare_port, folder / "bare.log") as bare,
    ):
        codes = await send(port, forms[:WARM], connections)
        await send(bare_port, forms[:WARM], connections)
        spent, least, disk = Spent(), Spent(), 0.0
        database = urlsplit(url).path.lstrip("/") if kind == "postgres" else ""
        for turn in range(ROUNDS):
            part = forms[WARM + turn * many // ROUNDS : WARM + (turn + 1) * many // ROUNDS]
            await timed(least, bare, "", lambda part=part: send(bare_port, part, connections))
            codes += await timed(
                spent, served, database, lambda part=part: send(port, part, connections)
            )
            disk += await commits(url, folder, len(part))
    await nothing_lost(url, codes, before)
    return Figures(
        kind,
        connections,
        many,
        many / spent.wall,
        spent.cpu / many * 1e3,
        spent.backends / many * 1e3,
        many / least.wall,
        least.cpu / many * 1e3,
        many / disk,
    )


async def timed(
    spent: Spent, served: Served, database: str, work: Callable[[], Awaitable[list[str]]]
) -> list[str]:
    """Do the work, and add what the clock, the server and its database's backends say of it."""
    cpu, backends = cpu_of(served.process.pid), backends_of(database) if database else 0.0
    begun = time.perf_counter()
    codes = await work()
    spent.wall += time.perf_counter() - begun
    spent.cpu += cpu_of(served.process.pid) - cpu
    spent.backends += (backends_of(database) if database else 0.0) - backends
    return codes


async def nothing_lost(url: str, codes: list[str], before: int) -> None:
    """The server was killed: whatever it had acknowledged is on a record that is whole."""
    wire()
    await connect(url, MODELS)
    try:
        assert len(set(codes)) == len(codes)
        kept = set(await Receipt.all().values_list("code", flat=True))
        assert set(codes) <= kept, f"{len(set(codes) - kept)} acknowledged positions are lost"
        assert (await Head.get(id=1)).size == before + len(codes)
        assert await Position.all().count() == len(codes)
        assert await Position.filter(current=True).count() == len(CODES)
        await whole()
    finally:
        await disconnect()


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.bench.positions")
    words.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    words.add_argument("--many", type=int, default=2000)
    words.add_argument("--connections", type=int, default=8)
    words.add_argument("--json", action="store_true", help="print the figures for a machine")
    given = words.parse_args()
    kinds = ("sqlite", "postgres") if given.db == "both" else (given.db,)
    for kind in kinds:
        figures = in_fresh(
            kind,
            MOST,
            lambda url, folder, kind=kind: measure(
                kind, url, folder, given.many, given.connections
            ),
        )
        print(json.dumps(asdict(figures)) if given.json else figures.words(), flush=True)


if __name__ == "__main__":
    main()
