"""Logs: one line an event, without a stranger's words and without anybody's own."""

import json
import logging
import sys

import pytest

from plenary.logs import LONGEST_PATH, Lines, path_of

SECRET = ("/sign-in/", "/kept/")


def line(message: str, *, as_json: bool, error: Exception | None = None) -> str:
    raised = None
    if error:
        try:
            raise error
        except Exception:
            raised = sys.exc_info()
    record = logging.LogRecord("plenary", logging.INFO, "x.py", 1, message, (), raised)
    return Lines(as_json=as_json).format(record)


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize(
    "odd", ["a\nb", "\r\nINFO forged", "\x1b[31mred", "\x00", "\u2028", "\u202e"]
)
def test_nothing_that_was_sent_begins_a_line_or_colours_a_terminal(odd: str, as_json: bool) -> None:
    shown = line(odd, as_json=as_json)
    assert len(shown.splitlines()) == 1
    assert shown.isprintable()


def test_a_line_is_bounded_and_says_when() -> None:
    assert len(line("x" * 100_000, as_json=False)) < 3_000
    said = json.loads(line("done", as_json=True))
    assert (said["level"], said["message"]) == ("info", "done")
    assert said["time"].endswith("+00:00")


def test_a_trace_names_the_place_and_quotes_nobody() -> None:
    error = ValueError("Key (email)=(ada@example.org) already exists: 'Ada Lovelace'")
    shown = line("failure", as_json=False, error=error)
    assert "ValueError" in shown
    assert "test_logs.py:" in shown
    assert "ada@" not in shown
    assert "Lovelace" not in shown


@pytest.mark.parametrize(
    "path, shown",
    [
        ("/proposals/2019/1", "/proposals/2019/1"),
        ("/sign-in", "/sign-in"),
        ("/sign-in/abc-DEF_1", "/sign-in/-"),
        ("/fr/sign-in/abc/more", "/fr/sign-in/-"),
        ("/kept/abc", "/kept/-"),
        ("/x/ada@example.org/y", "/x/-/y"),
        ("/a\nb\x1b[31m", "/a%0Ab%1B%5B31m"),
        ("/é", "/%C3%A9"),
    ],
)
def test_a_path_is_encoded_and_holds_no_token_and_no_address(path: str, shown: str) -> None:
    assert path_of(path, SECRET) == shown
    assert len(path_of(path * 1000, SECRET)) <= LONGEST_PATH
