"""Redline: what changed between two texts, clause by clause and then word by word."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from plenary.texts.clauses import Clause
from plenary.texts.matching import Matcher
from plenary.texts.parting import partners

Piece = tuple[Literal["same", "added", "removed"], str]
Pieces = tuple[Piece, ...]
Compare = Callable[[str, str], Pieces]

MOST_WORDS = 1_500  # above this, sentences first: difflib takes the square of what it is given
FEW, EACH = 200, 20  # more pieces, one for each twenty characters, are no help to a reader
# Comparisons: in any case, and for each character; an ordinary text, much changed, needs half.
AT_LEAST, FAIR = 30_000, 15
POPULAR = 100  # a word this frequent anchors nothing and costs most of the time


@dataclass(frozen=True)
class Change:
    """One clause in both texts. A moved clause stands at its new place; its words may differ."""

    key: str
    kind: Literal["same", "changed", "added", "removed", "moved"]
    old: Clause | None
    new: Clause | None
    pieces: Pieces
    other: Clause | None = None  # added: that it was divided from; removed: that it was joined to


# --- clauses -------------------------------------------------------------------------------------


def redline(
    old: Sequence[Clause], new: Sequence[Clause], compare: Compare | None = None
) -> tuple[Change, ...]:
    """The new text in its order, and what was removed at the place where it stood.

    `compare` is `words`, or what has kept its answers.
    """
    before = {clause.key: clause for clause in old}
    stayed = _stayed(old, new)
    removed = _removed_after(old, {clause.key for clause in new}, stayed)
    changes = [*removed.get(None, ())]
    for clause in new:
        stays = clause.key in stayed
        changes.append(_change(before.get(clause.key), clause, stays, compare or words))
        changes += removed.get(clause.key, ())
    others = partners(old, new)
    return tuple(replace(change, other=others.get((change.kind, change.key))) for change in changes)


def _change(old: Clause | None, new: Clause, stayed: bool, compare: Compare) -> Change:
    if old is None:
        return Change(new.key, "added", None, new, _pieces([("added", new.text)]))
    pieces = compare(old.text, new.text)
    if not stayed:
        return Change(new.key, "moved", old, new, pieces)
    same = (old.kind, old.text) == (new.kind, new.text)
    return Change(new.key, "same" if same else "changed", old, new, pieces)


def _removed_after(
    old: Sequence[Clause], kept: set[str], stayed: set[str]
) -> Mapping[str | None, list[Change]]:
    """Removed clauses by the clause they stood after; None for the beginning."""
    removed: dict[str | None, list[Change]] = {}
    anchor = None
    for clause in old:
        if clause.key in stayed:
            anchor = clause.key
        elif clause.key not in kept:
            pieces = _pieces([("removed", clause.text)])
            removed.setdefault(anchor, []).append(
                Change(clause.key, "removed", clause, None, pieces)
            )
    return removed


def _stayed(old: Sequence[Clause], new: Sequence[Clause]) -> set[str]:
    """Keys whose order did not change: the longest run of old places that only grows."""
    place = {clause.key: index for index, clause in enumerate(old)}
    keys = [clause.key for clause in new if clause.key in place]
    tails: list[int] = []  # the smallest last place of a run of each length
    ends: list[str] = []
    before: dict[str, str | None] = {}
    for key in keys:
        length = bisect_left(tails, place[key])
        before[key] = ends[length - 1] if length else None
        tails[length : length + 1] = [place[key]]
        ends[length : length + 1] = [key]
    last = ends[-1] if ends else None
    stayed = set()
    while last is not None:
        stayed.add(last)
        last = before[last]
    return stayed


# --- words ---------------------------------------------------------------------------------------

# A word keeps its hyphens, apostrophes and marks of emphasis; of Chinese and Japanese every
# character counts, for they put no spaces. Each token carries the white space before it.
_HAN = r"\u3040-\u30ff\u3400-\u9fff"
_MARKS = r"(?:\*{1,3}|_{1,3})?"
_TOKEN = re.compile(
    rf"(\s*)([{_HAN}]|{_MARKS}[^\W{_HAN}]+(?:['’.,-][^\W{_HAN}]+)*{_MARKS}|[^\w\s]|$)"
)
_SENTENCE = re.compile(r"[^.;:!?\n]*[.;:!?\n]+\s*|[^.;:!?\n]+$")
_ISLAND = re.compile(r"\s*(?:[^\W_]{1,3}|[^\w\s\[\]])?\s*")


def words(old: str, new: str) -> Pieces:
    """What to strike and what to add, in whole words, removed before added.

    Same and removed joined are the old text exactly, same and added the new one.
    """
    if old == new:
        return _pieces([("same", new)])
    short = max(len(_TOKEN.findall(old)), len(_TOKEN.findall(new))) <= MOST_WORDS
    pieces = _readable((_word_by_word if short else _sentence_by_sentence)(old, new))
    if len(pieces) > FEW + (len(old) + len(new)) // EACH:
        return _pieces([("removed", old), ("added", new)])
    return pieces


def _word_by_word(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    left, right = [word for _, word in before], [word for _, word in after]
    for equal, a, b in _blocks(left, right):
        if not equal:
            yield "removed", _joined(before[a])
            yield "added", _joined(after[b])
            continue
        for (space, word), (other, _) in zip(before[a], after[b], strict=True):
            if space == other:
                yield "same", space + word
            else:  # the word stayed, the white space before it did not
                yield from (("removed", space), ("added", other), ("same", word))


def _joined(tokens: Iterable[tuple[str, str]]) -> str:
    return "".join(space + word for space, word in tokens)


def _sentence_by_sentence(old: str, new: str) -> Iterator[Piece]:
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    for equal, a, b in _blocks(before, after):
        if equal:
            yield "same", "".join(before[a])
        else:
            yield from _in_slices("".join(before[a]), "".join(after[b]))


def _in_slices(old: str, new: str) -> Iterator[Piece]:
    """Word by word, in as many slices of both as keeps each of them short."""
    before = [_joined([token]) for token in _TOKEN.findall(old)]
    after = [_joined([token]) for token in _TOKEN.findall(new)]
    count = 1 + max(len(before), len(after)) // MOST_WORDS
    for step in range(count):
        yield from _word_by_word(_slice(before, step, count), _slice(after, step, count))


def _slice(tokens: list[str], step: int, count: int) -> str:
    return "".join(tokens[len(tokens) * step // count : len(tokens) * (step + 1) // count])


def _blocks(old: list[str], new: list[str]) -> Iterator[tuple[bool, slice, slice]]:
    """Equal and unequal runs. The common beginning and end cost nothing, frequent words little."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    yield True, slice(0, start), slice(0, start)
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    popular = {word for word, count in Counter(b).items() if count > POPULAR}
    budget = AT_LEAST + FAIR * (sum(map(len, a)) + sum(map(len, b)))
    matcher = Matcher(a, b, budget, popular.__contains__)
    for tag, a1, a2, b1, b2 in matcher.get_opcodes():
        yield tag == "equal", slice(start + a1, start + a2), slice(start + b1, start + b2)
    yield True, slice(len(old) - end, len(old)), slice(len(new) - end, len(new))


def _common(old: list[str], new: list[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((index for index, (a, b) in pairs if a != b), min(len(old), len(new)))


# --- reading well --------------------------------------------------------------------------------


def _readable(pieces: Iterable[Piece]) -> Pieces:
    """Islands of one short word between two changes are drawn into the change."""
    runs = _runs(pieces)
    drawn: list[list[str]] = []  # [same before, removed, added]
    for same, removed, added in runs:
        if drawn and (removed or added) and _ISLAND.fullmatch(same):
            last = drawn[-1]
            if (last[1] or removed) and (last[2] or added):  # never strike for a mere insertion
                drawn[-1] = [last[0], last[1] + same + removed, last[2] + same + added]
                continue
        drawn.append([same, removed, added])
    return _pieces(piece for run in drawn for piece in _trimmed(*run))


def _runs(pieces: Iterable[Piece]) -> list[tuple[str, str, str]]:
    """(same, removed, added) over and over: what stayed, then what changed after it."""
    runs = [["", "", ""]]
    column = {"same": 0, "removed": 1, "added": 2}
    for kind, text in pieces:
        if kind == "same" and text and (runs[-1][1] or runs[-1][2]):
            runs.append(["", "", ""])
        runs[-1][column[kind]] += text
    return [(same, removed, added) for same, removed, added in runs]


def _trimmed(same: str, removed: str, added: str) -> Iterator[Piece]:
    """White space common to both sides of a change is no part of it."""
    head = _common_space(removed, added)
    removed, added = removed[len(head) :], added[len(head) :]
    tail = _common_space(removed[::-1], added[::-1])[::-1]
    cut = len(tail)
    yield "same", same + head
    yield "removed", removed[: len(removed) - cut]
    yield "added", added[: len(added) - cut]
    yield "same", tail


def _common_space(text: str, other: str) -> str:
    count = 0
    while (
        count < min(len(text), len(other)) and text[count] == other[count] and text[count].isspace()
    ):
        count += 1
    return text[:count]


def _pieces(pieces: Iterable[Piece]) -> Pieces:
    """Without empty ones; neighbours of one kind joined."""
    joined: list[Piece] = []
    for kind, text in pieces:
        if joined and joined[-1][0] == kind:
            text = joined.pop()[1] + text
        if text:
            joined.append((kind, text))
    return tuple(joined)
