"""Two web processes are asked for one address at once: together they let through what one would."""

import asyncio
import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from plenary import clock
from plenary.people.models import Person
from plenary.people.rules import TRIES

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("email", ["ada@example.org", "nobody@example.org"])
async def test_of_forty_asked_of_two_processes_at_once_exactly_five_pass(
    database_url: str, email: str
) -> None:
    await Person.create(email="ada@example.org", name="Ada", created=clock.now())
    spec = {"url": database_url, "email": email, "many": 20}
    assert sum(await asyncio.to_thread(_both, spec)) == TRIES


def _both(spec: dict[str, Any]) -> list[int]:
    ends = socket.socketpair()
    askers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.people.asker", str(end.fileno())],
            cwd=ROOT,
            pass_fds=[end.fileno()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for end in ends
    ]
    for end in ends:
        end.close()
    for asker in askers:  # both have begun before either is waited for
        assert asker.stdin is not None
        asker.stdin.write(json.dumps(spec))
        asker.stdin.close()
    said = []
    for asker in askers:
        assert asker.stdout is not None
        with asker.stdout:
            said.append(int(asker.stdout.read()))
        assert asker.wait(60) == 0
    return said
