"""Calendars as RFC 5545 writes them: UTC instants, escaped text, folded lines. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime

OCTETS = 75  # of a line, without its end (section 3.1)
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def stamp(at: datetime) -> str:
    """20191121T123000Z."""
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escaped(text: str) -> str:
    """A text as a value (section 3.3.11)."""
    return str(text).translate(ESCAPES)


def written(lines: Iterable[str]) -> bytes:
    """The lines folded and ended as the standard wants; empty ones are left out."""
    return b"".join(_folded(line.strip()) + b"\r\n" for line in lines if line.strip())


def _folded(line: str) -> bytes:
    """At most 75 octets a line; what follows begins with a space; no letter is cut in two."""
    parts, part = [], b""
    for letter in line:
        octets = letter.encode()
        if len(part) + len(octets) > OCTETS:
            parts.append(part)
            part = b" "
        part += octets
    return b"\r\n".join([*parts, part])
