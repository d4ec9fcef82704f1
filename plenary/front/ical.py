"""Calendars as RFC 5545 writes them: UTC instants, escaped text, folded lines. Pure."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime

OCTETS = 75  # of a line, without its end (section 3.1)
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")  # no value may hold one
_UNIT = re.compile(r"\\.|.", re.DOTALL)  # an escape is one: a fold must not fall within it


def stamp(at: datetime) -> str:
    """20191121T123000Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A text as a value (section 3.3.11)."""
    return _CONTROL.sub("", _BREAK.sub("\n", str(text))).translate(ESCAPES)


def written(lines: Iterable[str]) -> bytes:
    """The lines folded and ended as the standard wants; empty ones are left out."""
    return b"".join(_folded(line.strip()) + b"\r\n" for line in lines if line.strip())


def _folded(line: str) -> bytes:
    """At most 75 octets a line; what follows begins with a space.

    No letter and no escape is cut in two: there are programs that unfold after they unescape.
    """
    parts, part = [], b""
    for unit in _UNIT.findall(line):
        octets = unit.encode()
        if len(part) + len(octets) > OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part])
