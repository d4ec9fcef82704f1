"""What the clock decided is on the record first, and no command can forget to say so."""

import subprocess
import sys

import pytest

from plenary import hooks
from plenary.decisions.actions import write_down
from plenary.record import act as the_door
from plenary.record.act import act, door
from tests.contract.floor import ROOT

ALONE = """
import asyncio, plenary.archive.actions, plenary.bodies.founding, plenary.notices, plenary.cli
from plenary.record.act import act, door
@door
async def write():
    async with act(by="system"): pass
asyncio.run(write())
"""


@door
async def _write() -> None:
    async with act(by="system"):
        pass


async def test_the_door_stays_shut_until_it_was_told_what_comes_first(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(the_door, "_first", [])
    with pytest.raises(RuntimeError, match=r"plenary\.hooks\.wire"):
        await _write()
    hooks.wire()
    await _write()


def test_importing_everything_tells_the_door_nothing() -> None:
    """Red while an import was enough: it worked because notices happened to import the hook."""
    done = subprocess.run(
        [sys.executable, "-c", ALONE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "the door was not told what comes first" in done.stderr, done.stderr[-500:]


def test_the_clocks_closings_are_among_what_comes_first() -> None:
    assert write_down in hooks.FIRST
