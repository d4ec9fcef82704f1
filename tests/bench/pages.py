"""What a page costs that is kept, not changed, made anew, or signed in for: see README.md here.

`python -m tests.bench.pages [--db sqlite|postgres|both] [--many 400] [--json]`
"""

import argparse
import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.settings import MODELS
from tests.bench.client import send
from tests.bench.hall import CODES, fill, sign_in, statements
from tests.bench.server import AS_SERVED, SECRET, backends_of, cpu_of, environment, in_fresh
from tests.served import Served, free_port, serving

PATHS = ("/", "/proposals", "/proposals/2019/1")
ROUNDS = 5  # alternating, so that a busy machine slows all alike
CHEAP = 10  # times as many of what is kept, which costs so much less
CONNECTIONS = 8
MOST = 300.0  # seconds for one database


@dataclass(frozen=True)
class Kind:
    """One kind of reader of one address."""

    path: str
    name: str  # kept, known, anew, signed in
    cookie: str = ""
    tag: str = ""

    def request(self, host: str, number: int) -> bytes:
        """One that is made anew is asked for at an address of its own."""
        path = f"{self.path}?n={number}" if self.name == "anew" else self.path
        head = [
            f"GET {path} HTTP/1.1", f"Host: {host}", "User-Agent: bench", "Accept: text/html",
            "Accept-Language: en", "Accept-Encoding: gzip, br", "Sec-Fetch-Site: same-origin",
        ]  # fmt: skip
        head += [f"Cookie: {self.cookie}"] if self.cookie else []
        head += [f"If-None-Match: {self.tag}"] if self.tag else []
        return "\r\n".join([*head, "", ""]).encode()

    @property
    def cheap(self) -> bool:
        return self.name in ("kept", "known")


@dataclass
class Spent:
    """How much went into some requests: seconds of the processor, of PostgreSQL's, by the clock."""

    cpu: list[float] = field(default_factory=list)  # of each round, for one request
    backends: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    size: int = 0


@dataclass(frozen=True)
class Figure:
    database: str
    path: str
    kind: str
    size: int  # bytes of the body as it was sent
    cpu_ms: float
    backends_cpu_ms: float
    bare_cpu_ms: float
    per_second: float

    @property
    def ratio(self) -> float:
        return self.cpu_ms / self.bare_cpu_ms

    def words(self) -> str:
        backends = f" + {self.backends_cpu_ms:.2f} in PostgreSQL" if self.backends_cpu_ms else ""
        return (
            f"{self.database:9}{self.path:19}{self.kind:10}{self.size:7} bytes "
            f"{self.cpu_ms:8.3f} ms{backends}, bare {self.bare_cpu_ms:.3f}: "
            f"{self.ratio:.1f} times, {self.per_second:.0f}/s"
        )


async def ask(port: int, requests: Iterator[bytes]) -> tuple[int, str, int]:
    """Over several connections that stay open; the last status, tag and length."""
    found = await asyncio.gather(*[_one(port, requests) for _ in range(CONNECTIONS)])
    return max(found)


async def _one(port: int, requests: Iterator[bytes]) -> tuple[int, str, int]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    told = (0, "", 0)
    for request in requests:
        writer.write(request)
        status, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines if line)
        size = int(fields.get("content-length", 0))
        if status.split()[1] != "304":
            await reader.readexactly(size)
        told = (int(status.split()[1]), fields.get("etag", "").replace("w/", "W/"), size)
    writer.close()
    return told


async def measure(database: str, url: str, folder: Path, many: int) -> list[Figure]:
    """A hall with positions stated, served; each kind of reader, and the bare one, turn about."""
    port, bare_port = free_port(), free_port()
    wire()
    await connect(url, MODELS)
    try:
        world = await fill()
        signed = await sign_in(SECRET)
        forms = await statements(world, signed, f"127.0.0.1:{port}", len(CODES))
    finally:
        await disconnect()
    settings = environment(url, port, folder) | {"PLENARY_WORKER": "0"}
    bare = ["uvicorn", "tests.bench.bare_pages:app", *AS_SERVED]
    with (
        serving(["plenary", "serve"], settings, port, folder / "served.log") as served,
        serving(bare, {}, bare_port, folder / "bare.log") as least,
    ):
        await send(port, forms, CONNECTIONS)
        name = urlsplit(url).path.lstrip("/") if database == "postgres" else ""
        kinds = await _kinds(port, signed[CODES[0]])
        return [await _figure(database, kind, served, least, name, many) for kind in kinds]


async def _kinds(port: int, cookie: str) -> list[Kind]:
    found = []
    for path in PATHS:
        kept = Kind(path, "kept")
        _, tag, _ = await ask(port, iter([kept.request(f"127.0.0.1:{port}", 0)]))
        found += [kept, Kind(path, "known", tag=tag), Kind(path, "anew"),
                  Kind(path, "signed in", cookie=cookie)]  # fmt: skip
    return found


async def _figure(
    database: str, kind: Kind, served: Served, least: Served, name: str, many: int
) -> Figure:
    """Medians of the rounds."""
    whole, bare, times = Spent(), Spent(), many // ROUNDS * (CHEAP if kind.cheap else 1)
    for turn in range(ROUNDS):
        first = turn * times
        requests = [kind.request("host", first + n) for n in range(times)]
        await _timed(whole, served, name, requests)
        plain = Kind(f"/{whole.size}", "known" if kind.tag else "kept", tag=kind.tag)
        await _timed(bare, least, "", [plain.request("host", 0)] * (many // ROUNDS * CHEAP))
    return Figure(
        database,
        kind.path,
        kind.name,
        whole.size,
        _middle(whole.cpu) * 1e3,
        _middle(whole.backends) * 1e3,
        _middle(bare.cpu) * 1e3,
        1 / _middle(whole.wall),
    )


async def _timed(spent: Spent, served: Served, name: str, requests: list[bytes]) -> None:
    cpu, backends = cpu_of(served.process.pid), backends_of(name) if name else 0.0
    begun = time.perf_counter()
    _, _, spent.size = await ask(served.port, iter(requests))
    many = len(requests)
    spent.wall.append((time.perf_counter() - begun) / many)
    spent.cpu.append((cpu_of(served.process.pid) - cpu) / many)
    spent.backends.append(((backends_of(name) if name else 0.0) - backends) / many)


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.bench.pages")
    words.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    words.add_argument("--many", type=int, default=400)
    words.add_argument("--json", action="store_true", help="print the figures for a machine")
    given = words.parse_args()
    for kind in ("sqlite", "postgres") if given.db == "both" else (given.db,):
        figures = in_fresh(
            kind, MOST, lambda url, folder, kind=kind: measure(kind, url, folder, given.many)
        )
        for figure in figures:
            print(json.dumps(asdict(figure)) if given.json else figure.words(), flush=True)


if __name__ == "__main__":
    main()
