"""Search over everything a reader may see: decisions first, then proposals, then comments."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from plenary.archive.finding import Wanted, matching
from plenary.archive.visible import proposals_for
from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision
from plenary.proposals.models import ClauseText, Comment, Proposal, Translation, Version
from plenary.texts.folding import Term, excerpt, folded, holds, terms

SHORTEST = 2  # letters
MOST = 20  # of each kind on the page
NEWEST_COMMENTS = 2_000


@dataclass(frozen=True)
class Passage:
    key: str  # of the clause
    number: int | None
    language: str
    excerpt: str


@dataclass(frozen=True)
class FoundProposal:
    proposal: Proposal
    passages: list[Passage]


@dataclass(frozen=True)
class FoundComment:
    comment: Comment
    excerpt: str


@dataclass(frozen=True)
class Found:
    decisions: list[Decision] = field(default_factory=list)
    decisions_in_all: int = 0
    proposals: list[FoundProposal] = field(default_factory=list)
    comments: list[FoundComment] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.decisions or self.proposals or self.comments)


def too_short(query: str) -> bool:
    return len(folded(query)) < SHORTEST


async def search(viewer: Viewer, query: str) -> Found:
    wanted, looked_for = Wanted(q=query), terms(query)
    proposals = await proposals_for(viewer).order_by("-year", "number")
    return Found(
        decisions=await matching(wanted).limit(MOST).prefetch_related("body"),
        decisions_in_all=await matching(wanted).count(),
        proposals=(await _proposals(proposals, looked_for))[:MOST],
        comments=(await _comments(proposals, looked_for))[:MOST],
    )


async def _proposals(
    proposals: Sequence[Proposal], looked_for: tuple[Term, ...]
) -> list[FoundProposal]:
    passages = await _passages(proposals, looked_for)
    return [
        FoundProposal(one, passages[one.id])
        for one in proposals
        if passages[one.id]
        or holds(folded(one.symbol, *one.title.values(), *one.sense.values()), looked_for)
    ]


async def _passages(
    proposals: Sequence[Proposal], looked_for: tuple[Term, ...]
) -> dict[int, list[Passage]]:
    """The clauses of the newest texts, in the original and in translation, that hold every word."""
    newest = {(one.id, one.newest): one for one in proposals}
    versions = await Version.filter(proposal_id__in=[one.id for one in proposals] or [0])
    whose = {
        version.id: newest[key]
        for version in versions
        if (key := (version.proposal_id, version.number)) in newest  # type: ignore[attr-defined]
    }
    query = ClauseText.filter(version_id__in=list(whose) or [0]).order_by("place")
    rows: list[Any] = await query.values_list("version_id", "key", "number", "text")
    numbers = {(version, key): number for version, key, number, _ in rows}
    originals = [(version, key, "", text) for version, key, _, text in rows]
    found: dict[int, list[Passage]] = defaultdict(list)
    for version, key, language, text in [*originals, *await _translations(list(whose))]:
        if holds(folded(text), looked_for):
            proposal, number = whose[version], numbers.get((version, key))
            shown = excerpt(text, looked_for)
            found[proposal.id].append(Passage(key, number, language or proposal.original, shown))
    return found


async def _translations(versions: list[int]) -> list[tuple[Any, ...]]:
    """(version, key, language, text), the newest of each clause and language."""
    query = Translation.filter(version_id__in=versions or [0]).order_by("id")
    rows: list[Any] = await query.values_list("version_id", "key", "language", "text")
    return list({row[:3]: row for row in rows}.values())


async def _comments(
    proposals: Sequence[Proposal], looked_for: tuple[Term, ...]
) -> list[FoundComment]:
    rows = Comment.filter(proposal_id__in=[one.id for one in proposals] or [0])
    newest = rows.order_by("-id").limit(NEWEST_COMMENTS).prefetch_related("proposal", "delegation")
    return [
        FoundComment(row, excerpt(row.text, looked_for))
        for row in await newest
        if holds(folded(row.text), looked_for)
    ]
