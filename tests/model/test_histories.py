"""Histories of whole institutions against the oracle; PLENARY_HISTORIES says how many.

A failure prints the shortest history that goes wrong. The same seed gives the same histories
as long as the code stays as it is: `python -m tests.model.run --histories 1000 --seed 2027`.
"""

import fnmatch
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.model.ground import Ground, ground
from tests.model.history import Account
from tests.model.run import SEED, histories, own_ground, until_found

pytestmark = pytest.mark.slow
MANY = int(os.environ.get("PLENARY_HISTORIES") or 2_000)
ON_POSTGRES = MANY // 10
# What has to have happened along the way; else the histories show nothing.
WANTED = (
    "silence: adopted*", "silence: broken", "*: withdrawn", "written: adopted*",
    "written: ran_out", "vote: adopted*", "vote: not_adopted", "vote: closed", "double: adopted*",
    "consensus: adopted", "*: no_consensus", "consensus_minus: adopted*",
    "*: adopted_ad_referendum", "*: deferred", "too_late", "too_late_after",
    "position.late", "question.extended", "service.interrupted", "extended_enough", "not_later",
    "objection_stands", "short", "nobody_objects", "window_open", "window_too_short", "text_held",
    "version_overtaken", "not_on_the_roll", "participant.standing", "restart", "declared_only",
    "decision_needed", "unknown_decision", "not_an_office", "interim_too_long", "brackets_open",
    "notice_running",
)  # fmt: skip


def other_half(many: int, first: int) -> "subprocess.Popen[str]":
    """As many histories in a process of their own, from a seed of their own."""
    words = ["-m", "tests.model.run", "--histories", str(many), "--seed", str(first)]
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=Path(__file__).parents[2],
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def say(capsys: Any, where: str, seeds: str, *told: Account) -> None:
    with capsys.disabled():
        acts, many = sum(run.acts for run in told), sum(run.histories for run in told)
        print(f"\n{where}: {many} histories, {acts} acts, {seeds}")


@pytest.mark.only("sqlite")
def test_two_thousand_histories_end_as_they_must(database_kind: str, capsys: Any) -> None:
    """On SQLite, in two processes, each with a database of its own."""
    with other_half(MANY - MANY // 2, SEED + 1) as half:
        try:
            with own_ground("sqlite") as on:
                ours = histories(on, MANY // 2)
            out, failed = half.communicate()
        finally:
            half.kill()
    assert half.returncode == 0, failed
    theirs = Account()
    vars(theirs).update(json.loads(out))
    assert ours.histories + theirs.histories >= MANY
    met = ours.met + Counter(theirs.met)
    assert [wanted for wanted in WANTED if not fnmatch.filter(met, wanted)] == []
    say(capsys, "SQLite", f"seeds {SEED} and {SEED + 1}", ours, theirs)


@pytest.mark.only("postgres")
def test_histories_end_as_they_must_on_postgresql_too(database_url: str, capsys: Any) -> None:
    with ground(database_url) as on:
        told = histories(on, ON_POSTGRES, first=SEED + 2)
    assert told.histories >= ON_POSTGRES
    say(capsys, "PostgreSQL", f"seed {SEED + 2}", told)


# --- the red runs: else the histories above could not fail ----------------------------------------


@pytest.fixture(scope="module")
def on() -> Any:
    with own_ground("sqlite") as made:
        yield made


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("mutant", ["late", "objection", "twice", "break", "ground"])
def test_a_promise_taken_out_is_found_out(database_kind: str, on: Ground, mutant: str) -> None:
    many, _ = until_found(on, mutant, 1_000)
    assert many, f"nobody found {mutant} out"
