"""How the register of decisions is searched: folded words, the same on every database. Pure."""

import re
import unicodedata
from collections.abc import Mapping


def folded(*texts: str) -> str:
    """Lower case, without accents, one space between words: ÉPIDÉMIE and epidemie are one."""
    apart = unicodedata.normalize("NFKD", " ".join(texts))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^\w/.-]+", " ", plain.casefold()).strip()


def words_of(symbol: str, title: Mapping[str, str], summary: Mapping[str, str], *more: str) -> str:
    """What a decision is found by."""
    return folded(symbol, *title.values(), *summary.values(), *more)


def title_in(title: Mapping[str, str], language: str, original: str) -> str:
    """A title in a language; where it has none, as it was given in the original."""
    return title.get(language) or title.get(original, "")


def terms(query: str) -> tuple[str, ...]:
    """The words a reader looks for; at most eight count."""
    return tuple(folded(query).split()[:8])
