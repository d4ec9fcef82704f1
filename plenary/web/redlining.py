"""A redline as HTML: what was added and what was removed, also for those who hear the page."""

import re
from collections.abc import Iterable
from html import escape
from typing import Literal

from plenary.web.markdown import _CLOSE, _MARK, _OPEN, _OURS, _TOKEN, _as_text

Piece = tuple[Literal["same", "added", "removed"], str]

_PAIRED = re.compile(r"(?<![\\*])(\*{1,2})(?![\s*])([^*]*[^\s*\\])\1(?!\*)")


def redline_html(
    pieces: Iterable[Piece],
    added_word: str,
    removed_word: str,
    end_word: str,
    first_bracket: int = 0,
) -> str:
    """A redline of one clause: `<ins>` and `<del>` with words for those who hear the page.

    Brackets of the new text carry its numbers from `first_bracket` on; 0 leaves them without.
    """
    tags = {"added": ("ins", added_word), "removed": ("del", removed_word)}
    shown, number = [], _Numbers(first_bracket)
    for kind, text in pieces:
        html = _piece_html(text)
        if kind != "removed" and first_bracket:
            html = _BOLD.sub(number, html)
        if kind != "same":
            tag, word = tags[kind]
            html = f"<{tag}>{_hidden(f'{word}: ')}{html}{_hidden(f' ({end_word})')}</{tag}>"
        shown.append(html)
    return "".join(shown)


_BOLD = re.compile(r'<b class="bk">[\[\]]</b>')


class _Numbers:
    """Counts brackets as they open, and prints the number of each where it closes."""

    def __init__(self, first: int) -> None:
        self.next, self.open = first, list[int]()

    def __call__(self, found: re.Match[str]) -> str:
        if "[" in found[0]:
            self.open.append(self.next)
            self.next += 1
            return found[0]
        return f"{found[0]}<sup>{self.open.pop()}</sup>" if self.open else found[0]


def _hidden(words: str) -> str:
    return f'<span class="vh">{escape(words)}</span>'


def _piece_html(text: str) -> str:
    """Emphasis is shown where it begins and ends in this piece; brackets are bold, without ids."""
    marked = _TOKEN.sub(_held, _OURS.sub("", text))
    return _MARK.sub(_bold, _PAIRED.sub(_emphasised, _as_text(marked)))


def _held(token: re.Match[str]) -> str:
    return chr(_OPEN) if token["open"] else chr(_CLOSE) if token["close"] else token[0]


def _emphasised(found: re.Match[str]) -> str:
    tag = "strong" if len(found[1]) == 2 else "em"
    return f"<{tag}>{found[2]}</{tag}>"


def _bold(found: re.Match[str]) -> str:
    return f'<b class="bk">{"[" if ord(found[0]) < _CLOSE else "]"}</b>'
