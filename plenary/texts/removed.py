"""What stands where words were removed by an order on the record. Pure.

The mark is kept in the place of the words, and says which entry orders it, who ordered it, when and
on what ground; whoever answers a reader or writes a letter puts it into words. It begins and ends
with a private character, which nobody can type (`characters.fault_in`), so nobody can forge it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

BEGINS, ENDS = "\ue000", "\ue001"
GROUNDS = ("personal", "insult", "confidential", "unlawful", "mistake")
_MARK = re.compile(f"{BEGINS}removed (\\d+) (\\S+) (\\d{{4}}-\\d\\d-\\d\\d) ([a-z]+){ENDS}")
_WORD = re.compile(r"\w+")
RUN = 4  # words in a row
_CUT = re.compile(f"{BEGINS}[^{ENDS}<]{{0,140}}{ENDS}?")  # a mark in a text that was shortened


@dataclass(frozen=True)
class Mark:
    """An order by which words were removed."""

    order: int  # its entry
    office: str  # chair:plenary, body:plenary, court
    day: date
    ground: str

    def __str__(self) -> str:
        return f"{BEGINS}removed {self.order} {self.office} {self.day} {self.ground}{ENDS}"


def is_removed(text: str) -> bool:
    return BEGINS in text


def repeats(text: str, words: str) -> bool:
    """Whether a text says removed words again: all of them, or four in a row. One alone is none."""
    said, removed = _WORD.findall(text.casefold()), _WORD.findall(words.casefold())
    run = min(len(removed), RUN)
    if run < 2:
        return False
    runs = {tuple(removed[at : at + run]) for at in range(len(removed) - run + 1)}
    return any(tuple(said[at : at + run]) in runs for at in range(len(said) - run + 1))


def in_words(text: str, say: Callable[[Mark | None], str]) -> str:
    """The text with each mark in words; `say(None)` for one that was cut short."""
    if BEGINS not in text:
        return text
    text = _MARK.sub(lambda m: say(Mark(int(m[1]), m[2], date.fromisoformat(m[3]), m[4])), text)
    return _CUT.sub(lambda _: say(None), text)
