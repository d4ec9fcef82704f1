"""Search over everything a reader may see: decisions first, then texts, then what was said."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from plenary.archive.finding import Wanted, matching
from plenary.archive.indexed import Folded, Index
from plenary.archive.veils import closed_questions
from plenary.archive.visible import proposals_for
from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision, Question
from plenary.proposals.comments import kept_from
from plenary.proposals.models import Proposal
from plenary.texts.folding import Term, excerpt, folded, holds, terms
from plenary.texts.searchable import Passage

SHORTEST = 2  # letters
MOST = 20  # of each kind on the page
# In the order of the page. What was said stands after what was decided and what is on the table.
KINDS = (
    "comment", "position", "view", "late", "statement", "correction", "note", "follow_up",
    "progress", "communique", "meeting", "delegation", "body", "procedure",
)  # fmt: skip
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Hit:
    """A passage that was found, and the words around the first that was looked for."""

    passage: Passage
    excerpt: str


@dataclass(frozen=True)
class FoundProposal:
    proposal: Proposal
    passages: list[Hit]


@dataclass(frozen=True)
class Group:
    """What was found of one kind: the newest, and how many there are in all."""

    kind: str
    hits: list[Hit]
    in_all: int


@dataclass(frozen=True)
class Found:
    decisions: list[Decision] = field(default_factory=list)
    decisions_in_all: int = 0
    proposals: list[FoundProposal] = field(default_factory=list)
    proposals_in_all: int = 0
    groups: list[Group] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.decisions or self.proposals or self.groups)


@dataclass(frozen=True)
class Reach:
    """What a reader may read, known before anything is looked for: so nothing tells of the rest."""

    proposals: Mapping[int, int]  # id -> its newest version
    closed: frozenset[int]  # questions whose names are kept from this reader
    code: str
    comments: frozenset[int] = frozenset()  # made on drafts, and not for this reader

    def reads(self, one: Passage) -> bool:
        if one.proposal and one.proposal not in self.proposals:
            return False
        if one.version and one.version != self.proposals[one.proposal]:
            return False
        if one.kind == "comment" and one.id in self.comments:
            return False
        own = bool(self.code) and one.code == self.code
        return one.question not in self.closed or own


def too_short(query: str) -> bool:
    return len(folded(query)) < SHORTEST


async def search(viewer: Viewer, query: str, index: Index) -> Found:
    wanted, looked_for = Wanted(q=query), terms(query)
    proposals = {one.id: one for one in await proposals_for(viewer)}
    reach = Reach(
        {key: one.newest for key, one in proposals.items()},
        await closed_questions(viewer, await Question.all()), viewer.code,
        await kept_from(viewer),
    )  # fmt: skip
    passages = await index.passages()
    # Beside the loop: a large record takes a while, and others are waiting.
    found = await asyncio.to_thread(_matching, passages, reach, looked_for)
    listed = _proposals(found, proposals, looked_for)
    return Found(
        decisions=await matching(wanted).limit(MOST).prefetch_related("body"),
        decisions_in_all=await matching(wanted).count(),
        proposals=listed[:MOST],
        proposals_in_all=len(listed),
        groups=[_group(kind, found[kind], looked_for) for kind in KINDS if kind in found],
    )


def _matching(
    passages: Iterable[Folded], reach: Reach, looked_for: tuple[Term, ...]
) -> dict[str, list[Passage]]:
    """By kind, newest first; what a reader may not read is passed over before it is looked at."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for words, one in passages:
        if reach.reads(one) and holds(words, looked_for):
            found[one.kind].append(one)
    for hits in found.values():
        hits.sort(key=lambda one: (one.at or LONG_AGO, one.id), reverse=True)
    return dict(found)


def _proposals(
    found: Mapping[str, list[Passage]], proposals: Mapping[int, Proposal],
    looked_for: tuple[Term, ...],
) -> list[FoundProposal]:  # fmt: skip
    """Each proposal that is called so, or has paragraphs that say so; the newest first."""
    clauses: dict[int, list[Hit]] = defaultdict(list)
    for one in sorted(found.get("clause", ()), key=lambda one: one.id):
        clauses[one.proposal].append(Hit(one, excerpt(one.text, looked_for)))
    ids = {one.proposal for one in found.get("proposal", ())} | set(clauses)
    ordered = sorted((proposals[key] for key in ids), key=lambda one: (-one.year, one.number))
    return [FoundProposal(one, clauses[one.id]) for one in ordered]


def _group(kind: str, passages: list[Passage], looked_for: tuple[Term, ...]) -> Group:
    """One line for each place: words in two languages at one address are found once."""
    once = list({one.path: one for one in reversed(passages)}.values())[::-1]
    return Group(kind, [Hit(one, excerpt(one.text, looked_for)) for one in once[:MOST]], len(once))
