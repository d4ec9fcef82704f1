"""Two operating-system processes of the tests that wait for each other over a pair of sockets."""

import json
import os
import socket
from collections.abc import Mapping
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests import warm

Spec = Mapping[str, Any]
LONG = 600  # seconds: whoever takes longer hangs


def both(module: str, left: Spec, right: Spec) -> tuple[str, str]:
    """What each of the two has printed. Each reads its spec, and has its end as its argument."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        ends = socket.socketpair()
        running = [
            _start(module, spec, end, folder / side)
            for side, spec, end in zip(("left", "right"), (left, right), ends, strict=True)
        ]
        for process in running:
            process.join(LONG)
        said = [(folder / side).read_text() for side in ("left", "right")]
        wrong = [(folder / f"{side}.err").read_text() for side in ("left", "right")]
        assert [process.exitcode for process in running] == [0, 0], wrong
    return said[0], said[1]


def _start(module: str, spec: Spec, end: socket.socket, out: Path) -> BaseProcess:
    with end:  # then one that dies is noticed by the other
        err = out.with_suffix(".err")
        return warm.begin([module], os.environ, out, err, given=json.dumps(spec), end=end)
