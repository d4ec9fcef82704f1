"""How long it takes until a service that is started answers: see README.md here.

`python -m tests.bench.start [--db sqlite|postgres|both] [--json]`
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.settings import MODELS
from tests.bench.client import get
from tests.bench.hall import fill
from tests.bench.server import AS_SERVED, cpu_of, environment, in_fresh
from tests.served import ROOT, free_port

ROUNDS = 5  # alternating, so that a busy machine slows all alike
AGAIN = 0.005  # seconds until a port that is not open yet is tried anew
# What was compiled is there at the second start, as in an installation, whatever the machine says.
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
MOST = 300.0  # seconds for one database


@dataclass(frozen=True)
class Figures:
    """Seconds by the clock and of the processor, the middle of the rounds each."""

    database: str
    served: float
    served_cpu: float
    bare: float
    bare_cpu: float
    python: float

    def words(self) -> str:
        return (
            f"{self.database:9}{self.served:.2f} s until / is answered, {self.served_cpu:.2f} of "
            f"the processor; a bare application {self.bare:.2f} s, {self.bare_cpu:.2f} of it; "
            f"python -c pass {self.python:.2f} s"
        )


async def measure(kind: str, url: str, folder: Path) -> Figures:
    """A hall that is there already, served from nothing, and what cannot be faster, turn about."""
    wire()
    await connect(url, MODELS)
    try:
        await fill()
    finally:
        await disconnect()
    served, bare = list[tuple[float, float]](), list[tuple[float, float]]()
    python = list[float]()
    for _ in range(ROUNDS):
        port = free_port()
        settings = environment(url, port, folder)
        served.append(_until_answered(["-m", "plenary", "serve"], settings, port, "/"))
        port = free_port()
        words = ["-m", "uvicorn", "tests.bench.bare_pages:app", *AS_SERVED]
        bare.append(_until_answered(words, {}, port, "/5000"))
        python.append(_until_ended(["-c", "pass"]))
    whole, least = (map(_middle, zip(*times, strict=True)) for times in (served, bare))
    return Figures(kind, *whole, *least, _middle(python))


def _until_ended(words: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True)
    return time.perf_counter() - begun


def _until_answered(
    words: list[str], settings: Mapping[str, str], port: int, path: str
) -> tuple[float, float]:
    """From the process's start to the last byte of its first answer; then it is killed."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *words, "--port", str(port)],
        cwd=ROOT,
        env={**os.environ, **settings, **COMPILED},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while process.poll() is None:
            try:
                _ask(port, path)
            except ConnectionRefusedError:
                time.sleep(AGAIN)
            else:
                return time.perf_counter() - begun, cpu_of(process.pid)
        raise RuntimeError(f"{words} ended with {process.returncode}")
    finally:
        process.kill()
        process.wait()


def _ask(port: int, path: str) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.sendall(
            get(path, f"127.0.0.1:{port}").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
        )
        answered = b"".join(iter(lambda: line.recv(65536), b""))
    if not answered.startswith(b"HTTP/1.1 200 "):
        raise RuntimeError(repr(answered[:500]))


def _middle(values: Iterable[float]) -> float:
    return sorted(values)[len(values) // 2]


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.bench.start")
    words.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    words.add_argument("--json", action="store_true", help="print the figures for a machine")
    given = words.parse_args()
    for kind in ("sqlite", "postgres") if given.db == "both" else (given.db,):
        figures = in_fresh(kind, MOST, lambda url, folder, kind=kind: measure(kind, url, folder))
        print(json.dumps(asdict(figures)) if given.json else figures.words(), flush=True)


if __name__ == "__main__":
    main()
