"""What a decision is called, and what it is found by. Pure."""

from collections.abc import Mapping

from plenary.texts.folding import folded


def words_of(symbol: str, title: Mapping[str, str], summary: Mapping[str, str], *more: str) -> str:
    """What a decision is found by."""
    return folded(symbol, *title.values(), *summary.values(), *more)


def title_in(title: Mapping[str, str], language: str, original: str) -> str:
    """A title in a language; where it has none, as it was given in the original."""
    return title.get(language) or title.get(original, "")
