"""What an operator reads of what happened: no token, address, name or text of anybody.

Every event is one line, as text or as JSON, with its time, level and the id of the request it
belongs to. `security` writes who came in, who was turned away and what was taken from whom, by
numbers alone. What a stranger sent is encoded and bounded before it stands in any line.
"""

import json
import logging
import re
import secrets
import sys
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from urllib.parse import quote

LEVELS = ("debug", "info", "warning", "error")
FORMATS = ("text", "json")
LONGEST = 1_000  # characters of one message
LONGEST_PATH = 200
FRAMES = 12  # of a trace, the innermost
_SECURITY = logging.getLogger("plenary.security")
_request: ContextVar[str] = ContextVar("request", default="")
# What an exception may quote: an address, a value between quotation marks or brackets.
_QUOTED = re.compile(r"\S+@\S+|'[^']*'|\"[^\"]*\"|\([^()]*\)=\([^()]*\)")

Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def begin_request() -> str:
    """A new id for the request of this task: on its log lines, and on the page of a failure."""
    id_ = secrets.token_hex(4).upper()
    _request.set(id_)
    return id_


def request_id() -> str:
    """The id of the request that runs; a new one outside of any."""
    return _request.get() or begin_request()


def security(event: str, **facts: int | str | None) -> None:
    """One line of the security log: an event by its name, with ids and counts."""
    told = " ".join(f"{name}={value}" for name, value in facts.items() if value not in (None, ""))
    _SECURITY.info("%s %s", event, told)


def path_of(path: str, secret: tuple[str, ...] = ()) -> str:
    """A path as it may stand in a log: encoded, bounded, without tokens and addresses."""
    for beginning in secret:
        before, found, _ = path.partition(beginning)
        path = f"{before}{found}-" if found else path
    shown = "/".join("-" if "@" in part else part for part in path.split("/"))
    return quote(shown, safe="/:.,~")[:LONGEST_PATH]


def configure(level: str, form: str) -> None:
    """Send every log of this process to standard error, in one form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Lines(as_json=form == "json"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())


class Lines(logging.Formatter):
    """One event a line, whatever stands in its message."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self.as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "request": _request.get(),
            "message": _plain(record.getMessage()),
            "trace": trace_of(record.exc_info) if record.exc_info else "",
        }
        said = {name: text for name, text in facts.items() if text}
        return json.dumps(said) if self.as_json else " ".join(said.values())


def trace_of(raised: Raised) -> str:
    """Where an exception was raised, innermost last, with what it says but not whom it quotes."""
    kind, error, place = raised
    if kind is None:
        return ""
    frames = traceback.extract_tb(place)[-FRAMES:]
    way = " > ".join(f"{f.filename.rpartition('site-packages/')[2]}:{f.lineno}" for f in frames)
    return _plain(f"{kind.__name__}: {_QUOTED.sub('…', str(error))[:300]} at {way}")


def _plain(text: str) -> str:
    """Without control characters, which forge lines and colour terminals; bounded."""
    shown = "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in text[: 2 * LONGEST]
    )
    return shown if len(shown) <= 2 * LONGEST else shown[: 2 * LONGEST] + "…"
