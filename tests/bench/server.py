"""A uvicorn process of its own, and how much of the processor a process has had."""

import ctypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LIBC = ctypes.CDLL(None)
PATIENCE = 30.0  # seconds until it must answer
# What `plenary serve` gives to uvicorn, for the application that is compared with it.
AS_SERVED = ("--log-level", "info", "--no-server-header", "--no-proxy-headers")


@dataclass(frozen=True)
class Served:
    """A process that answers on a port of this machine."""

    process: "subprocess.Popen[bytes]"
    port: int

    def cpu(self) -> float:
        """Seconds of processor, its threads and the kernel's work for it included."""
        return cpu_of(self.process.pid)


@contextmanager
def serving(
    words: Sequence[str], environment: Mapping[str, str], port: int, log: Path
) -> Iterator[Served]:
    """Run `python -m <words> --port N` until the end; killed, so that nothing is tidied up."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *words, "--port", str(port)],
            cwd=ROOT, env={**os.environ, **environment}, stdout=out, stderr=out,
        )  # fmt: skip
    try:
        _await(process, port, log)
        yield Served(process, port)
    finally:
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def cpu_of(pid: int) -> float:
    """User and system time of a process, in seconds; /proc tells it in hundredths only."""
    clock = ctypes.c_int()
    if failed := LIBC.clock_getcpuclockid(pid, ctypes.byref(clock)):
        raise OSError(failed, os.strerror(failed))
    return time.clock_gettime(clock.value)


def backends_of(database: str) -> float:
    """The same of every PostgreSQL backend that serves this database, together."""
    spent = 0.0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            title = (folder / "cmdline").read_bytes()
            if title.startswith(b"postgres:") and database.encode() in title:
                spent += cpu_of(int(folder.name))
        except OSError:  # it has just ended
            continue
    return spent


def _await(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{log.read_text()[-2000:]}")
