"""Processes that need not load the program first: each is forked from one that has.

To load it is half of a second of processor, and the suite starts some hundred servers and pairs of
writers. What is forked is an operating-system process like any other: its memory, its connections
and its end are its own, and it runs `python -m` of the same words. Whoever shows how the program
itself starts starts it cold (tests/contract, tests/test_wheel.py).
"""

import io
import os
import runpy
import socket
import sys
from collections.abc import Mapping, Sequence
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOADED = (
    "plenary.app", "plenary.cli", "plenary.starting", "uvicorn", "uvloop",
    "uvicorn.lifespan.on", "uvicorn.protocols.http.httptools_impl", "tests.world",
    "tests.databases",
)  # fmt: skip
_forked = get_context("forkserver")
_forked.set_forkserver_preload(list(LOADED))


def begin(
    words: Sequence[str],
    environment: Mapping[str, str],
    out: Path,
    err: Path | None = None,
    *,
    given: str = "",
    end: socket.socket | None = None,
) -> BaseProcess:
    """`python -m <words>` in the checkout, which writes to these files and reads what is given. An
    end of a pair of sockets is the last of its words, by its number."""
    process = _forked.Process(
        target=_run, args=([*words], {**environment}, out, err or out, given, end), daemon=True
    )
    process.start()
    return process


def _run(
    words: list[str],
    environment: dict[str, str],
    out: Path,
    err: Path,
    given: str,
    end: socket.socket | None,
) -> None:
    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(environment)
    for number, path in ((1, out), (2, err)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), number)
    sys.stdin = io.StringIO(given)
    sys.argv = [*words, str(end.detach())] if end else words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)
