"""Texts as they are sorted and searched: without case, accents, hyphens and plurals. Pure."""

import re
import unicodedata
from collections.abc import Iterable

from plenary.texts.characters import tidy

MOST_TERMS = 8
# Words looked at together, and how many are looked at as plurals too: that is what costs time.
TOGETHER, AS_PLURALS = 100, 500
# Letters that no decomposition takes apart.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"ß": "ss", "ſ": "s", "\u0640": None}
)
_HYPHEN = re.compile("[-\u2010-\u2015\u2212]+")
_APART = re.compile(r"[^\w/.-]+")

Term = tuple[tuple[str, ...], ...]  # ways to be found, each a few words that all have to be there


def plain(text: str) -> str:
    """In small letters without accents: ÉPIDÉMIE and epidemie, cœur and coeur are one."""
    apart = unicodedata.normalize("NFKD", tidy(text).casefold().translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def slug(text: str, most: int = 80) -> str:
    """A stable short name: Périodic review! → periodic-review; cut between words."""
    name = re.sub(r"[^a-z0-9]+", "-", plain(text)).strip("-")
    return name if len(name) <= most else name[: most + 1].rpartition("-")[0] or name[:most]


def folded(*texts: str) -> str:
    """What is kept to search in: each word, and what else it is looked for as.

    peer-reviews is peer reviews and peerreviews; countries is country too.
    """
    return " ".join(
        part
        for word in _words(" ".join(texts))
        for part in (*word, *(["".join(word)] if len(word) > 1 else []), *_otherwise(word))
    )


def terms(query: str) -> tuple[Term, ...]:
    """What a reader looks for, word by word; at most eight count."""
    return tuple(_term(word) for word in _words(query)[:MOST_TERMS])


def beyond(query: str) -> int:
    """How many of its words are not looked for."""
    return max(0, len(_words(query)) - MOST_TERMS)


def _term(word: list[str]) -> Term:
    """A word with a hyphen is found written as one, and written as two."""
    whole, parts = (stem("".join(word)),), tuple(stem(part) for part in word)
    return (whole,) if len(word) == 1 else (whole, parts)


def holds(words: str, looked_for: Iterable[Term]) -> bool:
    """Whether every term stands in folded words."""
    return all(any(all(part in words for part in way) for way in term) for term in looked_for)


def finds(query: str, *texts: str) -> bool:
    """Whether every word that is looked for stands in the texts."""
    looked_for = terms(query)
    return holds(folded(*texts), looked_for) and bool(looked_for or not query.strip())


def _words(text: str) -> list[list[str]]:
    """The words of a text, each in its parts between hyphens; symbols and numbers stay whole."""
    words = (word.strip("./-") for word in _APART.split(_HYPHEN.sub("-", plain(text))))
    return [word.split("-") for word in words if word]


def _otherwise(word: list[str]) -> list[str]:
    """The singular of each part, where it is not how the part begins."""
    return [single for part in word if not part.startswith(single := stem(part))]


def stem(word: str) -> str:
    """A simple plural of English or French as its singular: reviews, countries, conflits, locaux.

    A word may be cut too short (clauses → claus); it is looked for within words, so it is found.
    """
    if len(word) < 4 or not word.isalpha() or word.endswith(("ss", "us", "is")):
        return word
    for plural, single in (("ies", "y"), ("eaux", "eau"), ("aux", "al"), ("eux", "eu")):
        if word.endswith(plural) and len(word) > len(plural) + 1:
            return word.removesuffix(plural) + single
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word.removesuffix("s")


def excerpt(text: str, looked_for: Iterable[Term], around: int = 90) -> str:
    """The words around the first one found; … where something is left out."""
    bare = " ".join(text.replace("*", "").split())
    at = _place(bare, {part for term in looked_for for way in term for part in way})
    begin = bare.rfind(" ", 0, max(0, at - around)) + 1 if at > around else 0
    end = bare.find(" ", at + around)
    end = len(bare) if end < 0 else end
    return f"{'… ' if begin else ''}{bare[begin:end]}{' …' if end < len(bare) else ''}"


def _place(bare: str, parts: set[str]) -> int:
    """Where the first word stands that holds one of them; the beginning where none is found."""
    every = list(re.finditer(r"\S+", bare))
    for first in range(0, len(every), TOGETHER):
        words = every[first : first + TOGETHER]
        together = bare[words[0].start() : words[-1].end()]
        plural = first < AS_PLURALS and _holds(folded(together), parts)
        if not plural and not _holds(plain(together), parts):
            continue
        found = (word.start() for word in words if _holds(folded(word[0]), parts))
        return next(found, words[0].start())
    return 0


def _holds(words: str, parts: set[str]) -> bool:
    return any(part in words for part in parts)
