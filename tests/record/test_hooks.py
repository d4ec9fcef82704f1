"""What the clock decided is on the record first, and no command can forget to say so."""

import subprocess
import sys

import pytest

from plenary import hooks
from plenary.decisions.actions.closing import write_down
from plenary.decisions.actions.naming import name_decisions
from plenary.decisions.models import Decision
from plenary.proposals.actions import versions
from plenary.record import act as the_door
from plenary.record.act import act, door
from tests.contract.floor import ROOT
from tests.world import SECRETARIAT, TEXT, found_world

ALONE = """
import asyncio, plenary.registers.actions, plenary.bodies.founding, plenary.notices, plenary.cli
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


async def test_a_title_is_translated_only_where_its_decisions_follow(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Red while importing the decisions was enough, and forgetting to import them was silent."""
    world = await found_world()
    monkeypatch.setattr(versions, "_followers", [])
    named = {"language": "fr", "by": SECRETARIAT, "title": "Scellés"}
    with pytest.raises(RuntimeError, match=r"plenary\.hooks\.wire"):
        await world.revise(TEXT, **named)
    assert (await world.proposal()).title == {"en": "Seals"}
    hooks.wire()
    await world.put()
    await world.declare()
    await world.revise(TEXT, **named)
    decision = await Decision.all().first()
    assert decision
    assert decision.title == {"en": "Seals", "fr": "Scellés"}


def test_a_decision_is_among_what_is_called_as_its_proposal_is() -> None:
    assert name_decisions in hooks.NAMES


def test_importing_the_decisions_wires_nothing() -> None:
    words = "import plenary.decisions.actions as a; from plenary.proposals.actions import versions"
    done = subprocess.run(
        [sys.executable, "-c", f"{words}; print(versions._followers)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"


def test_the_clocks_closings_are_among_what_comes_first() -> None:
    assert write_down in hooks.FIRST
