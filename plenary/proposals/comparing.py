"""The redline that pages show: each pair of paragraphs is compared once, and kept."""

from collections.abc import Sequence

from plenary.aside import aside
from plenary.kept import CachedResults
from plenary.texts.clauses import Clause
from plenary.texts.redline import Change, redline, words

_words = CachedResults(words, lambda pieces: sum(len(text) for _, text in pieces), 1_000_000)


async def changes_between(old: Sequence[Clause], new: Sequence[Clause]) -> tuple[Change, ...]:
    """What changed, clause by clause; a long text is compared beside the event loop."""
    return await aside(characters(old) + characters(new), redline, old, new, _words)


def characters(clauses: Sequence[Clause]) -> int:
    return sum(len(clause.text) for clause in clauses)
