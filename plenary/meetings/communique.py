"""A communiqué: which facts its paragraphs report, which of them have moved, its plain text. Pure.

A fact holds exactly what its sentence says, so that a fact that moved is a sentence that is no
longer true, and nothing else raises a flag.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from plenary.texts.removed import is_removed

ORDER = ("opening", "decision", "pending", "closing")  # of the kinds of fact, as they are told
LANGUAGES = ("en", "fr")  # a communiqué is issued in both, or not at all
LONGEST = 4_000  # characters of one paragraph
_MARKDOWN = re.compile(r"([\\`*_\[\]<>])")
_BLANK = re.compile(r"\s*\n\s*")

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    """What a paragraph reports. `data` is what the sentence says, fit for JSON."""

    kind: str  # opening, decision, pending, closing
    data: Data
    decision: int = 0  # id
    proposal: str = ""  # symbol
    due: bool = True  # the meeting's own: a communiqué that leaves it out was drafted before it


@dataclass(frozen=True)
class Tied:
    """A paragraph, and the fact that it was written from."""

    id: int
    kind: str  # as of a fact, or free
    data: Data
    decision: int = 0
    proposal: str = ""
    dropped: bool = False


def reported(paragraphs: Sequence[Tied], facts: Sequence[Fact]) -> dict[int, Fact]:
    """What each paragraph reports as things stand, by its id; a free one reports nothing.

    A paragraph on a pending proposal reports the decision, once there is one that no other tells.
    """
    found: dict[int, Fact] = {}
    told = {paragraph.decision for paragraph in paragraphs} - {0}
    for paragraph in paragraphs:
        fact = _decided(paragraph, facts, told) or _same(paragraph, facts)
        if fact is not None:
            found[paragraph.id] = fact
            told |= {fact.decision} - {0}
    return found


def _decided(paragraph: Tied, facts: Iterable[Fact], told: set[int]) -> Fact | None:
    if paragraph.kind != "pending" or paragraph.dropped:
        return None
    fresh = (f for f in facts if f.kind == "decision" and f.proposal == paragraph.proposal)
    return next((fact for fact in fresh if fact.decision not in told), None)


def _same(paragraph: Tied, facts: Iterable[Fact]) -> Fact | None:
    return next((fact for fact in facts if _tells(paragraph, fact)), None)


def _tells(paragraph: Tied, fact: Fact) -> bool:
    if paragraph.kind != fact.kind:
        return False
    return paragraph.decision == fact.decision and (
        paragraph.decision > 0 or paragraph.proposal == fact.proposal
    )


def unreported(paragraphs: Sequence[Tied], facts: Sequence[Fact]) -> list[Fact]:
    """The meeting's facts that no paragraph tells. One that was dropped tells its fact: it was
    left out on purpose."""
    now = reported(paragraphs, facts).values()
    decisions = {paragraph.decision for paragraph in paragraphs} | {fact.decision for fact in now}
    return [
        fact
        for fact in facts
        if fact.due
        and not any(_tells(paragraph, fact) for paragraph in paragraphs)
        and not (fact.kind == "decision" and fact.decision in decisions)
    ]


def moved(paragraph: Tied, now: Fact | None) -> bool:
    """Whether the fact is no longer what the paragraph was written from."""
    return now is not None and dict(paragraph.data) != dict(now.data)


def place_for(fact: Fact, kinds: Sequence[str]) -> int:
    """Where a new paragraph goes among those of these kinds: after the last that is told before."""
    before = ORDER[: ORDER.index(fact.kind) + 1]
    return max((n + 1 for n, kind in enumerate(kinds) if kind in before), default=0)


def seal(data: Data) -> str:
    """A fact in a few letters: what was looked at is what is meant when a button is pressed."""
    return sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Later:
    """What came after a paragraph was written: superseded, statements, decided, named …"""

    name: str
    data: Data
    was: Data = field(default_factory=dict)


def later(was: Data, now: Data) -> list[Later]:
    """What a reader of a communiqué should know of the record since; not every move is news."""
    if was.get("kind") == "pending" and now.get("kind") == "decision":
        return [Later("decided", now)]
    if was.get("kind") == "pending":
        gone = now.get("state") in ("withdrawn", "decided") and now["state"] != was.get("state")
        return [Later(str(now["state"]), now)] if gone else _named(was, now)
    if was.get("kind") != "decision":
        return []
    marks = [mark for mark in now["marks"] if mark not in was["marks"]]
    more = any(now[name] > was[name] for name in ("reservations", "statements", "heard"))
    found = [Later(mark["kind"], mark) for mark in marks] + [Later("statements", now)] * more
    return found + _named(was, now)


def _named(was: Data, now: Data) -> list[Later]:
    """A title that came later, in any language; that words were removed is said in their place."""
    new = [text for text in now["title"].values() if text not in was["title"].values()]
    return [Later("named", now, was)] if any(not is_removed(text) for text in new) else []


@dataclass(frozen=True)
class Bars:
    """What has to be looked at before a communiqué is issued: the numbers that are printed."""

    flagged: list[int]
    lacking: dict[str, list[int]]  # language -> without a text in it


def bars_of(printed: Sequence[tuple[Mapping[str, str], bool]]) -> Bars:
    """`printed`: the texts of each paragraph that stands, and whether it is flagged."""
    numbered = list(enumerate(printed, 1))
    lacking = {
        language: [n for n, (text, _) in numbered if not text.get(language)]
        for language in LANGUAGES
    }
    return Bars([n for n, (_, flag) in numbered if flag], {k: v for k, v in lacking.items() if v})


def half_rewritten(texts: Mapping[str, str], sentences: Mapping[str, str]) -> list[str]:
    """The languages in which a paragraph is still the sentence made from its fact, while in another
    somebody wrote it anew: the two may no longer say the same."""
    made = [language for language in LANGUAGES if texts.get(language) == sentences.get(language)]
    return made if len(made) < len(LANGUAGES) else []


def text_of(texts: Mapping[str, str], language: str) -> str:
    """A paragraph in a language, else in whatever there is."""
    return texts.get(language) or next((text for text in texts.values() if text), "")


def tidied(text: str) -> str:
    """One paragraph: no blank line inside, which would look like the next one."""
    return _BLANK.sub("\n", text.strip())


def plain(name: str, paragraphs: Sequence[str], *, draft: bool, sample: bool) -> str:
    """The exact text that a fingerprint is taken of: the meeting, then the numbered paragraphs.

    A draft and a sample say so in their first line, whoever carries the file away.
    """
    mark = " (DRAFT)" * draft + " (SAMPLE)" * sample
    told = "".join(f"\n{n}. {text}\n" for n, text in enumerate(paragraphs, 1))
    return f"{name}{mark}\n{told}"


def fingerprint(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def markdown(text: str) -> str:
    """Typed words in Markdown: they stay words, and in their paragraph."""
    return _MARKDOWN.sub(r"\\\1", text).replace("\n", "  \n   ")
