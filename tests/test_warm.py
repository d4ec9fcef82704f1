"""What is forked from a process that has loaded the program is as it would be by `python -m`."""

import os
import signal
from pathlib import Path

import pytest

from tests import warm

LONG = 60  # seconds


def ended(process: warm.BaseProcess) -> int | None:
    process.join(LONG)
    return process.exitcode


def test_it_reads_what_it_is_given_and_writes_to_its_files(tmp_path: Path) -> None:
    out, err = tmp_path / "out", tmp_path / "err"
    assert ended(warm.begin(["json.tool", "--compact"], {}, out, err, given="[1, 2]")) == 0
    assert (out.read_text(), err.read_text()) == ("[1,2]\n", "")


def test_what_goes_wrong_stands_in_its_file_and_is_told_by_how_it_ends(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert ended(warm.begin(["plenary", "nonsense"], {}, out)) == 2
    assert "Usage:" in out.read_text()
    assert ended(warm.begin(["tests.nothing"], {}, out)) == 1
    assert "No module named tests.nothing" in out.read_text()


def test_it_has_the_settings_that_it_was_given_and_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_KEY", "of whoever tests")
    out = tmp_path / "out"
    assert ended(warm.begin(["plenary", "doctor"], {"PATH": os.environ["PATH"]}, out)) == 1
    assert "SECRET_KEY" in out.read_text(), "it is missing"


def test_it_can_be_killed(tmp_path: Path) -> None:
    process = warm.begin(["http.server", "0"], {}, tmp_path / "out")
    process.kill()
    assert ended(process) == -signal.SIGKILL
