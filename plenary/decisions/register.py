"""How the register of decisions is searched: folded words, the same on every database. Pure."""

import re
import unicodedata


def folded(*texts: str) -> str:
    """Lower case, without accents, one space between words: ÉPIDÉMIE and epidemie are one."""
    apart = unicodedata.normalize("NFKD", " ".join(texts))
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[^\w/.-]+", " ", plain.casefold()).strip()


def terms(query: str) -> tuple[str, ...]:
    """The words a reader looks for; at most eight count."""
    return tuple(folded(query).split()[:8])
