"""A decision is called as its proposal is: a title translated afterwards reaches it too."""

from plenary.decisions.models import Decision
from plenary.proposals.models import Proposal
from plenary.texts.folding import folded


async def name_decisions(proposal: Proposal, language: str) -> None:
    """In this language only: the title in the original stays as it was decided."""
    title, summary = proposal.title.get(language, ""), proposal.sense.get(language, "")
    for one in await Decision.filter(proposal=proposal):
        await Decision.filter(id=one.id).update(
            title=one.title | ({language: title} if title else {}),
            summary=one.summary | ({language: summary} if summary else {}),
            words=" ".join(dict.fromkeys((one.words, folded(title, summary)))).strip(),
        )
