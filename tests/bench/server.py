"""How much of the processor a process has had."""

import ctypes
import os
import time
from pathlib import Path

LIBC = ctypes.CDLL(None)
# What `plenary serve` gives to uvicorn, for the application that is compared with it.
AS_SERVED = ("--log-level", "info", "--no-server-header", "--no-proxy-headers")


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
