"""A start that cannot be ends in one sentence; nothing is destroyed before everything was tried."""

import ctypes
import os
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.floor import ROOT, SECRET, environment, free_port, plenary, serving

URL = "https://plenary.example.org"


def said(done: "subprocess.CompletedProcess[str]") -> str:
    """The one line that a start which cannot be ends with."""
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    lines = [line for line in done.stderr.splitlines() if line]
    assert len(lines) == 1, lines
    return lines[0]


def settings(folder: Path, **more: str) -> dict[str, str]:
    return {"PLENARY_DATA": str(folder), "SECRET_KEY": SECRET, "BASE_URL": URL} | more


# --- a second demo, and --reset beside a first ---------------------------------------------------


def test_a_demo_that_is_served_is_not_thrown_away(tmp_path: Path) -> None:
    port = free_port()
    first = ("demo", "--host", "127.0.0.1", "--port", str(port), "--data", str(tmp_path))
    with serving(tmp_path / "demo.log", port, *first):
        before = (tmp_path / "demo.sqlite3").stat().st_ino
        same = said(plenary(*first, "--reset"))
        other = said(plenary(*first[:4], str(free_port()), *first[5:], "--reset"))
        plain = said(plenary(*first[:4], str(free_port()), *first[5:]))
        assert (tmp_path / "demo.sqlite3").stat().st_ino == before
    assert f"Port {port} of 127.0.0.1 is not free" in same
    assert "A demo serves from" in other
    assert "A demo serves from" in plain


def test_a_file_that_any_process_has_open_is_not_thrown_away(tmp_path: Path) -> None:
    path = tmp_path / "demo.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE kept (one)")
        port = str(free_port())
        words = said(plenary("demo", "--port", port, "--data", str(tmp_path), "--reset"))
    other.close()
    assert "is open in another process" in words
    assert path.exists()


# --- what stops serve, worker, migrate, init and the import --------------------------------------

INIT = ("init", "--name", "A", "--symbol", "A", "--zone", "UTC", "--admin", "a@example.org")
SERVE, MIGRATE, LINK = ("serve", "--port", "0"), ("migrate",), ("sign-in-link", "who@example.org")


def start(*words: str, **given: str) -> "subprocess.CompletedProcess[str]":
    port = str(free_port())
    return plenary(*(port if word == "0" else word for word in words), **given)


@pytest.mark.parametrize("command", [SERVE, MIGRATE], ids=["serve", "migrate"])
def test_a_server_that_is_not_there_is_named_in_one_sentence(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    url = f"postgres://plenary:wrong@127.0.0.1:{free_port()}/plenary"
    words = said(start(*command, **settings(tmp_path, DATABASE_URL=url)))
    assert words.startswith("Error: The database cannot be reached.")


@pytest.mark.parametrize("command", [SERVE, LINK], ids=["serve", "sign-in-link"])
def test_a_path_that_is_wrong_makes_no_empty_body(tmp_path: Path, command: tuple[str, ...]) -> None:
    words = said(start(*command, **settings(tmp_path / "mistyped")))
    assert "There is no database at" in words
    assert "plenary init" in words
    assert not (tmp_path / "mistyped").exists()


def test_a_newer_database_is_named_in_one_sentence(tmp_path: Path) -> None:
    given = settings(tmp_path)
    assert plenary("migrate", **given).returncode == 0
    with sqlite3.connect(tmp_path / "plenary.sqlite3", isolation_level=None) as database:
        database.execute(
            "INSERT INTO tortoise_migrations (app, name, applied_at) "
            "VALUES ('plenary', '9999_later', '2026-01-01')"
        )
    database.close()
    assert "was made by a newer version" in said(start(*SERVE, **given))


@pytest.mark.skipif(os.name != "posix", reason="accounts are changed as POSIX does it")
@pytest.mark.parametrize("command", [SERVE, MIGRATE, INIT], ids=["serve", "migrate", "init"])
def test_a_folder_that_cannot_be_written_is_named_in_one_sentence(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    given = settings(tmp_path / "var")
    assert plenary("migrate", **given).returncode == 0
    if command[0] in ("migrate", "init"):
        for file in (tmp_path / "var").iterdir():
            file.unlink()
    read_only(tmp_path / "var")
    words = said(as_reader(*command, **given))
    assert any(
        phrase in words for phrase in ("cannot be reached", "read and not written", "denied")
    )


def read_only(folder: Path) -> None:
    for path in (*folder.iterdir(), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def bound_by_permissions() -> None:
    """Root too, once it has given away the right to pass them by (CAP_DAC_OVERRIDE)."""
    if os.getuid() == 0:
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


def as_reader(*words: str, **given: str) -> "subprocess.CompletedProcess[str]":
    """The command of an account that may read and not write."""
    port = str(free_port())
    argv = [sys.executable, "-m", "plenary", *(port if word == "0" else word for word in words)]
    return subprocess.run(
        argv,
        cwd=ROOT,
        env=environment(**given),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        preexec_fn=bound_by_permissions,
    )


def test_a_port_that_is_taken_is_said_before_anything_is_done(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert "is not free" in said(plenary("demo", "--port", port, "--data", str(tmp_path)))
    assert not [*tmp_path.glob("demo.sqlite3*")]
