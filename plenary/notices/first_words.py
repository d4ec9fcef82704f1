"""What a letter says of the text that is asked about: its first words, and where to answer."""

import textwrap

from plenary.proposals.models import Proposal
from plenary.proposals.reading import ClauseLine, lines_of, version_of
from plenary.questions.models import Question
from plenary.web.removals import said

FIRST_WORDS = 300  # characters


async def first_paragraph(proposal: Proposal, version: int, language: str) -> ClauseLine | None:
    """The first operative paragraph of what is asked; none of a text that is not public."""
    if proposal.tabled is None:
        return None
    lines = await lines_of(proposal, await version_of(proposal, version), language)
    return next((line for line in lines if line.clause.kind == "operative"), None)


def first_words(line: ClauseLine | None) -> str:
    """Its beginning in the language of the letter, else of the text; a translation that lags
    behind is none."""
    if line is None:
        return ""
    text = line.clause.text if line.lags else line.translation or line.clause.text
    return textwrap.shorten(said(text), FIRST_WORDS, placeholder=" …")


def form_of(question: Question) -> str:
    """Where a position on it is stated, and an Observer is heard."""
    return f"/proposals/{question.proposal.year}/{question.proposal.number}/position"
