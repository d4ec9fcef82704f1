"""Readers and writers at once, through one process: see README.md here.

`python -m tests.bench.mixed [--db sqlite|postgres|both] [--seconds 20] [--connections 64] [--json]`
"""

import argparse
import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from pathlib import Path

from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.record.models import Head
from plenary.settings import MODELS
from tests.bench.client import RECEIPT, answer, get
from tests.bench.hall import CODES, fill, sign_in, statements
from tests.bench.positions import nothing_lost
from tests.bench.server import AS_SERVED, SECRET, cpu_of, environment, in_fresh, memory_of
from tests.served import Served, free_port, serving

PATHS = ("/", "/proposals", "/proposals/2019/1", "/decisions", "/proposals/2019/1.json")
SIZE = 5_000  # bytes of a bare answer: about those of a page as it is sent
WRITERS = 8
BURST, BURST_READERS = 85, 32  # positions in one second, and who reads meanwhile
AFTER = 3.0  # seconds that they go on reading
A_SECOND = 400  # positions at most for which forms are made: no disk here allows as many
MOST = 300.0  # seconds for one database


@dataclass
class Load:
    """What came back: seconds until each answer, receipts, and what was refused."""

    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    refused: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    cpu: float = 0.0

    async def read(self, port: int, paths: Iterator[str], until: float) -> None:
        """One address after another over a connection that stays open."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for path in paths:
            if (begun := time.perf_counter()) >= until:
                break
            writer.write(get(path, f"127.0.0.1:{port}"))
            status, _, _ = await answer(reader)
            self.reads.append(time.perf_counter() - begun)
            if status != 200:
                self.refused[status] += 1
        writer.close()

    async def write(self, port: int, forms: Iterator[bytes], until: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        while (begun := time.perf_counter()) < until:
            await self._state(reader, writer, next(forms), begun)
        writer.close()

    async def write_at(self, port: int, form: bytes, moment: float) -> None:
        """Counted from the moment, so that whoever is late to send waits too."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(moment - time.perf_counter())
        await self._state(reader, writer, form, moment)
        writer.close()

    async def _state(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, form: bytes, begun: float
    ) -> None:
        writer.write(form)
        status, fields, _ = await answer(reader)
        self.writes.append(time.perf_counter() - begun)
        if status == 303 and (where := fields.get("location", "")).startswith(RECEIPT):
            self.codes.append(where.removeprefix(RECEIPT).upper())
        else:
            self.refused[status] += 1


@dataclass(frozen=True)
class Figures:
    """Milliseconds, MiB; `busy` is how much of one processor the server had."""

    database: str
    connections: int
    seconds: float
    busy: float
    reads_per_second: float
    read_ms: tuple[float, float]  # p50, p99
    writes_per_second: float
    write_ms: tuple[float, float]
    burst_write_ms: tuple[float, float]
    burst_read_ms: tuple[float, float]
    refused: dict[int, int]
    bare_per_second: float
    bare_ms: tuple[float, float]
    memory: dict[str, float]

    def words(self) -> str:
        return "\n          ".join(
            [
                f"{self.database:9} {self.connections} connections, {WRITERS} of them writing, "
                f"{self.seconds:.0f} s, {self.busy:.0%} of a processor; none lost, "
                f"refused: {self.refused or 'none'}",
                f"{self.reads_per_second:.0f} reads/s, {_words(self.read_ms)}",
                f"{self.writes_per_second:.0f} positions/s, {_words(self.write_ms)}",
                f"{BURST} positions in a second beside {BURST_READERS} readers: "
                f"{_words(self.burst_write_ms)}; the readers {_words(self.burst_read_ms)}",
                f"{self.bare_per_second:.0f} bare answers/s, {_words(self.bare_ms)}",
                ", ".join(f"{name} {held:.0f} MiB" for name, held in self.memory.items()),
            ]
        )


async def measure(kind: str, url: str, folder: Path, seconds: float, connections: int) -> Figures:
    """Fill a hall and serve it; load it, and the bare application; kill it and count."""
    port, bare_port = free_port(), free_port()
    wire()
    await connect(url, MODELS)
    try:
        world = await fill()
        signed, before = await sign_in(SECRET), (await Head.get(id=1)).size
        many = len(CODES) + BURST + int(seconds * A_SECOND)
        forms = iter(await statements(world, signed, f"127.0.0.1:{port}", many))
    finally:
        await disconnect()
    bare_app = ["uvicorn", "tests.bench.bare_pages:app", *AS_SERVED]
    with (
        serving(
            ["plenary", "serve"], environment(url, port, folder), port, folder / "log"
        ) as house,
        serving(bare_app, {}, bare_port, folder / "bare.log") as bare,
    ):
        warm, mixed, burst, least = Load(), Load(), Load(), Load()
        await _stated(warm, house, islice(forms, len(CODES)))
        await _mixed(least, bare, iter(()), seconds / 4, connections, 0, (f"/{SIZE}",))
        await _mixed(mixed, house, forms, seconds, connections, WRITERS, PATHS)
        await _burst(burst, house, forms)
        memory = memory_of(house.process.pid)
    await nothing_lost(url, warm.codes + mixed.codes + burst.codes, before)
    return Figures(
        kind,
        connections,
        seconds,
        mixed.cpu / mixed.seconds,
        len(mixed.reads) / mixed.seconds,
        _of(mixed.reads),
        len(mixed.writes) / mixed.seconds,
        _of(mixed.writes),
        _of(burst.writes),
        _of(burst.reads),
        dict(warm.refused + mixed.refused + burst.refused),
        len(least.reads) / least.seconds,
        _of(least.reads),
        memory,
    )


async def _stated(load: Load, house: Served, forms: Iterator[bytes]) -> None:
    """Everybody has a position, and every page was asked for: nothing is compiled later."""
    for form in forms:
        await load.write_at(house.port, form, 0)
    await load.read(house.port, iter(PATHS), float("inf"))


async def _mixed(
    load: Load,
    house: Served,
    forms: Iterator[bytes],
    seconds: float,
    connections: int,
    writers: int,
    paths: tuple[str, ...],
) -> None:
    begun, cpu = time.perf_counter(), cpu_of(house.process.pid)
    until = begun + seconds
    await asyncio.gather(
        *[load.read(house.port, _from(paths, n), until) for n in range(connections - writers)],
        *[load.write(house.port, forms, until) for _ in range(writers)],
    )
    load.seconds = time.perf_counter() - begun
    load.cpu = cpu_of(house.process.pid) - cpu


async def _burst(load: Load, house: Served, forms: Iterator[bytes]) -> None:
    """So many positions in one second, each over a connection of its own, evenly."""
    begun = time.perf_counter() + 1  # by then readers read and connections are open
    until = begun + 1 + AFTER
    moments = [begun + n / BURST for n in range(BURST)]
    await asyncio.gather(
        *[load.read(house.port, _from(PATHS, n), until) for n in range(BURST_READERS)],
        *[load.write_at(house.port, next(forms), moment) for moment in moments],
    )


def _from(paths: tuple[str, ...], place: int) -> Iterator[str]:
    return islice(cycle(paths), place % len(paths), None)


def _of(seconds: list[float]) -> tuple[float, float]:
    """p50 and p99, in milliseconds."""
    ordered = sorted(seconds)
    return ordered[len(ordered) // 2] * 1e3, ordered[len(ordered) * 99 // 100] * 1e3


def _words(times: tuple[float, float]) -> str:
    return f"p50 {times[0]:.0f} ms, p99 {times[1]:.0f} ms"


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.bench.mixed")
    words.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    words.add_argument("--seconds", type=float, default=20)
    words.add_argument("--connections", type=int, default=64)
    words.add_argument("--json", action="store_true", help="print the figures for a machine")
    given = words.parse_args()
    for kind in ("sqlite", "postgres") if given.db == "both" else (given.db,):
        figures = in_fresh(
            kind,
            MOST,
            lambda url, folder, kind=kind: measure(
                kind, url, folder, given.seconds, given.connections
            ),
        )
        print(json.dumps(asdict(figures)) if given.json else figures.words(), flush=True)


if __name__ == "__main__":
    main()
