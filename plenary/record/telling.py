"""What an entry tells beside its bytes: its payload, or the mark of its removal."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from plenary.record.entry import read_payload
from plenary.record.models import Entry, Payload, Redaction


async def told_by(entry: Entry) -> Mapping[str, Any]:
    """Its payload, in which what is lacking is an empty text; where an order removed it, the mark
    in the place of every word, which is in no language."""
    kept = await Payload.get_or_none(commitment=entry.payload) if entry.payload else None
    if kept:
        return defaultdict(str, read_payload(bytes(kept.content)))
    gone = await Redaction.get_or_none(entry=entry.n)
    return _Marked(gone.mark if gone else "")


class _Marked(dict[str, Any]):
    """What no word is left of: each has the mark in its place."""

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def __missing__(self, name: str) -> str:
        return "" if name == "language" else self._mark
