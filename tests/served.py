"""A web process of its own for a test, on a port that no other test takes."""

import fcntl
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests import warm

ROOT = Path(__file__).parents[1]
# Until it must answer. It takes two seconds on an idle machine; only a server that hangs is caught
# by this, so there is room for a machine that has sixty other things to do.
PATIENCE = 120.0
# The system gives ports from 32768 on to whoever asks for any: below, nobody comes by chance.
LOWEST = 20_000
_held: list[TextIOWrapper] = []


@dataclass(frozen=True)
class Served:
    """A process that answers on a port of this machine."""

    process: "subprocess.Popen[bytes] | BaseProcess"
    port: int
    log: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def kill(self) -> None:
        """At once, and with nothing tidied up."""
        self.process.kill()
        if isinstance(self.process, subprocess.Popen):
            self.process.wait()
        else:
            self.process.join()

    @property
    def ended(self) -> bool:
        if isinstance(self.process, subprocess.Popen):
            return self.process.poll() is not None
        return not self.process.is_alive()


@contextmanager
def serving(
    words: Sequence[str], environment: Mapping[str, str], port: int, log: Path, folder: Path = ROOT
) -> Iterator[Served]:
    """Run `python -m <words> --port N` until the end; killed, so that nothing is tidied up."""
    served = start(words, environment, port, log, folder)
    try:
        yield served
    finally:
        served.kill()


def start(
    words: Sequence[str], environment: Mapping[str, str], port: int, log: Path, folder: Path = ROOT
) -> Served:
    """The process when it answers; RuntimeError with its last words when it does not.

    The folder is where it runs: that of the checkout, where it is forked from a process that has
    loaded the program, unless the package lies elsewhere.
    """
    begun = [*words, "--port", str(port)]
    process = (
        warm.begin(begun, {**os.environ, **environment}, log)
        if folder == ROOT
        else _cold(begun, environment, log, folder)
    )
    served = Served(process, port, log)
    try:
        _await(served)
    except BaseException:
        served.kill()
        raise
    return served


def _cold(
    words: Sequence[str], environment: Mapping[str, str], log: Path, folder: Path
) -> "subprocess.Popen[bytes]":
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, "-m", *words],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=out,
            stderr=out,
        )


def free_port() -> int:
    """A port that nothing listens on, held for this process until it ends."""
    folder = Path(tempfile.gettempdir()) / "plenary-ports"
    folder.mkdir(exist_ok=True)
    return next(port for port in count(LOWEST) if _held_by_us(folder / str(port), port))


def _held_by_us(path: Path, port: int) -> bool:
    try:
        claim = path.open("w")
    except OSError:  # another account's
        return False
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except OSError:
        claim.close()
        return False
    _held.append(claim)
    return True


def _await(served: Served) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not served.ended:
        try:
            socket.create_connection(("127.0.0.1", served.port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server does not answer:\n{served.log.read_text()[-2000:]}")
