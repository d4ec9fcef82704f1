"""A server that is measured: what it is started with, what processor and memory it has had."""

import asyncio
import ctypes
import os
import time
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from plenary.settings import MODELS
from tests.databases import Databases, Schema

T = TypeVar("T")

SECRET = "only for measuring, and long enough for it"
LIBC = ctypes.CDLL(None)
# What `plenary serve` gives to uvicorn, for the application that is compared with it.
AS_SERVED = ("--log-level", "info", "--no-server-header", "--no-proxy-headers")


def in_fresh(kind: str, most: float, work: Callable[[str, Path], Awaitable[T]]) -> T:
    """Do it with a database that is made for it and gone afterwards, in at most so many seconds."""

    async def bounded(url: str, folder: Path) -> T:
        async with asyncio.timeout(most):
            return await work(url, folder)

    with ExitStack() as stack, TemporaryDirectory() as name:
        folder = Path(name)
        databases = Databases(folder, stack)
        with databases.fresh(kind, Schema(MODELS), folder) as url:
            return asyncio.run(bounded(url, folder))


def environment(url: str, port: int, folder: Path) -> dict[str, str]:
    """Of a service that is no demo, housekeeping and all."""
    return {
        "DATABASE_URL": url, "SECRET_KEY": SECRET, "BASE_URL": f"http://127.0.0.1:{port}",
        "PLENARY_DATA": str(folder), "PLENARY_DEMO": "0", "PLENARY_WORKER": "1",
    }  # fmt: skip


def memory_of(pid: int) -> dict[str, float]:
    """MiB that a process holds (VmRSS) and has held at most (VmHWM)."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    return {name: int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM")}


def cpu_of(pid: int) -> float:
    """User and system time of a process, its threads and the kernel's work for it included.

    In seconds; /proc tells it in hundredths only.
    """
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
