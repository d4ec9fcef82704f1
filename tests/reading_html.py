"""The tags of a page and its words, in order.

Python's own reader took as long over a page as the program took to make it, and the suite reads
tens of thousands. This one is for pages that are written as ours are: a tag that no `>` ends, or
whose quotes do not match, is an error.
"""

import html
import re
from functools import lru_cache
from typing import NamedTuple

RAW = ("script", "style")  # what stands in them are no tags
_QUOTED = """(?:[^"'>]|"[^"]*"|'[^']*')*"""
_TAG = re.compile(rf"(<!--.*?-->|<![^>]*>|</?[a-zA-Z]{_QUOTED}>)", re.DOTALL)
_NAME = re.compile(r"</?([^\s/>]+)")
_ATTRIBUTE = re.compile(r"""([^\s=/>"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+)))?""")
_BROKEN = re.compile(r"<[a-zA-Z/!]")


class Written(NamedTuple):
    """A tag as it is written: that which begins, or that which ends."""

    name: str
    attributes: dict[str, str]
    ends: bool = False
    alone: bool = False  # it says itself that nothing stands in it


def read(source: str) -> list[str | Written]:
    """Words and tags, without comments."""
    found: list[str | Written] = []
    raw = ""
    for n, piece in enumerate(_TAG.split(source)):
        if n % 2 == 0 or (raw and not piece.lower().startswith(f"</{raw}")):
            if piece:
                found.append(piece if raw else _words(piece))
        elif (tag := _tag(piece)) is not None:
            found.append(tag)
            raw = tag.name if tag.name in RAW and not tag.ends else ""
    return found


def _words(text: str) -> str:
    if "<" in text and (broken := _BROKEN.search(text)):
        raise ValueError(f"a tag that does not end: {text[broken.start() :][:80]!r}")
    return html.unescape(text) if "&" in text else text


@lru_cache(maxsize=50_000)
def _tag(piece: str) -> Written | None:
    """Most of the tags of a page stand on every page."""
    named = _NAME.match(piece)
    if named is None or piece[1] == "!":
        return None
    name, inside = named[1].lower(), piece[named.end() : -1]
    if piece[1] == "/":
        return Written(name, {}, ends=True)
    attributes: dict[str, str] = {}
    for key, *values in _ATTRIBUTE.findall(inside):
        attributes.setdefault(key.lower(), html.unescape("".join(values)))
    return Written(name, attributes, alone=inside.endswith("/"))
