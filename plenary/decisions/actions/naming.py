"""A decision is called as its proposal is: a title translated afterwards reaches it too."""

from plenary.decisions.models import Decision
from plenary.proposals.models import Proposal
from plenary.texts.folding import folded


async def name_decisions(proposal: Proposal, language: str) -> None:
    """In this language only: the title in the original stays as it was decided."""
    title, summary = proposal.title.get(language, ""), proposal.sense.get(language, "")
    for decision in await Decision.filter(proposal=proposal):
        await Decision.filter(id=decision.id).update(
            title=decision.title | ({language: title} if title else {}),
            summary=decision.summary | ({language: summary} if summary else {}),
            words=" ".join(dict.fromkeys((decision.words, folded(title, summary)))).strip(),
        )
