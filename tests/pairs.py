"""Two operating-system processes of the tests that wait for each other over a pair of sockets."""

import json
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
Spec = Mapping[str, Any]


def both(module: str, left: Spec, right: Spec) -> tuple[str, str]:
    """What each of the two has printed. Each reads its spec, and has its end as its argument."""
    ends = socket.socketpair()
    running = [_start(module, *side) for side in zip((left, right), ends, strict=True)]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    return said[0][0], said[1][0]


def _start(module: str, spec: Spec, end: socket.socket) -> "subprocess.Popen[str]":
    pipe = subprocess.PIPE
    with end:  # then one that dies is noticed by the other
        process = subprocess.Popen(
            [sys.executable, "-m", module, str(end.fileno())],
            cwd=ROOT,
            text=True,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            pass_fds=[end.fileno()],
        )
    assert process.stdin
    process.stdin.write(json.dumps(spec))
    process.stdin.close()
    process.stdin = None
    return process
