"""Search over everything a reader may see: decisions first, then texts, then what was said."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision
from plenary.disclosure.veils import closed_questions
from plenary.front.indexed import Bundle, Index, Together
from plenary.front.visible import proposals_for
from plenary.proposals.comments import kept_from
from plenary.proposals.models import Proposal
from plenary.questions.publication import kept_back
from plenary.record.remembered import remembered
from plenary.registers.finding import Wanted, page_of
from plenary.texts.folding import Term, excerpt, folded, holds, terms
from plenary.texts.searchable import Passage
from plenary.web.paging import SIZE, Page, cut, whole

SHORTEST = 2  # letters
MOST = 20  # of each kind on the page of all kinds; the others stand on pages of their own
FEW = 4  # paragraphs under each proposal there
# In the order of the page. What was said stands after what was decided and what is on the table.
KINDS = (
    "outcome", "comment", "position", "view", "late", "statement", "correction", "note",
    "follow_up", "progress", "communique", "meeting", "measure", "delegation", "body", "procedure",
)  # fmt: skip
APART = ("proposal", "clause", *KINDS)  # what has pages of its own; decisions have the register
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Hit:
    """A passage that was found, and the words around the first that was looked for."""

    passage: Passage
    excerpt: str


@dataclass(frozen=True)
class FoundProposal:
    id: int
    passages: list[Hit]  # the first of its paragraphs that were found
    in_all: int
    proposal: Proposal | None = None  # read where it is shown


@dataclass(frozen=True)
class Group:
    """What was found of one kind, the newest first: a page of it."""

    kind: str
    hits: Page[Hit]


@dataclass(frozen=True)
class Narrowed:
    """One kind alone, in pages; of paragraphs those of one proposal alone."""

    kind: str = ""
    proposal: str = ""  # its symbol
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Narrowed":
        kind = query.get("kind", "")
        if kind not in APART:
            return cls()
        return cls(kind, query.get("proposal", "")[:120], whole(query.get("page", "")))

    @property
    def filters(self) -> dict[str, str]:
        """As it stands in addresses."""
        return {
            name: value
            for name, value in {"kind": self.kind, "proposal": self.proposal}.items()
            if value
        }


@dataclass(frozen=True)
class Found:
    decisions: Sequence[Decision] = ()
    decisions_in_all: int = 0
    proposals: Page[FoundProposal] = field(default_factory=lambda: cut([], 1))
    groups: list[Group] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.decisions or self.proposals.total or self.groups)


@dataclass(frozen=True)
class Text:
    """What a search has to know of a proposal."""

    year: int
    number: int
    symbol: str
    newest: int  # version


@dataclass(frozen=True)
class Reach:
    """What a reader may read, known before anything is looked for: so nothing tells of the rest."""

    texts: Mapping[int, Text]  # by id of the proposal
    closed: frozenset[int]  # questions whose names are kept from this reader
    code: str
    comments: frozenset[int] = frozenset()  # made on drafts, and not for this reader

    def reads_all(self, of: Together) -> bool:
        """What is read together is looked for together, where nothing of it is hidden."""
        hidden = of.question in self.closed or (of.comments and bool(self.comments))
        return self.reads_text(of.proposal, of.version) and not hidden

    def reads_text(self, proposal: int, version: int) -> bool:
        text = self.texts.get(proposal)
        if text is None:
            return not proposal
        return version in (0, text.newest)

    def reads(self, passage: Passage) -> bool:
        if not self.reads_text(passage.proposal, passage.version):
            return False
        if passage.kind == "comment" and passage.id in self.comments:
            return False
        own = bool(self.code) and passage.code == self.code
        return passage.question not in self.closed or own


def too_short(query: str) -> bool:
    return len(folded(query)) < SHORTEST


async def search(viewer: Viewer, query: str, index: Index, only: Narrowed | None = None) -> Found:
    """The newest of each kind; of one kind alone all, in pages."""
    wanted, looked_for, only = Wanted(q=query), terms(query), only or Narrowed()
    # Before the reach: what is said on a question that is put meanwhile is not among them.
    bundles = await index.bundles()
    reach = Reach(
        await _texts_for(viewer),
        await closed_questions(viewer, await kept_back()),
        viewer.code,
        await kept_from(viewer),
    )
    # Beside the loop: a large record takes a while, and others are waiting.
    found = await asyncio.to_thread(_found, bundles, reach, looked_for, only)
    found = replace(found, proposals=await _with_proposals(found.proposals))
    if only.kind:
        return found
    decided = await page_of(wanted, MOST)
    return replace(found, decisions=decided.items, decisions_in_all=decided.total)


@remembered()
async def _texts_for(viewer: Viewer) -> Mapping[int, Text]:
    columns = ("id", "year", "number", "symbol", "newest")
    return {key: Text(*text) for key, *text in await proposals_for(viewer).values_list(*columns)}


async def _with_proposals(found: Page[FoundProposal]) -> Page[FoundProposal]:
    """Only those that are shown are read."""
    rows = await Proposal.filter(id__in=[hit.id for hit in found.items] or [0])
    by_id = {proposal.id: proposal for proposal in rows}
    items = [replace(hit, proposal=by_id[hit.id]) for hit in found.items]
    return replace(found, items=items)


def _found(
    bundles: Iterable[Bundle],
    reach: Reach,
    looked_for: tuple[Term, ...],
    only: Narrowed,
) -> Found:
    """What was found of passages, with the words around each of those that are shown."""
    found = _matching(bundles, reach, looked_for)
    if only.kind == "proposal":
        return Found(proposals=_proposals(found, reach.texts, looked_for, only.page, SIZE))
    if only.kind == "clause":
        found["clause"] = _paragraphs(found, reach.texts, only.proposal)
    if only.kind:
        found_of = found.get(only.kind, [])
        return Found(groups=[_group(only.kind, found_of, looked_for, only.page, SIZE)])
    return Found(
        proposals=_proposals(found, reach.texts, looked_for, 1, MOST),
        groups=[_group(kind, found[kind], looked_for, 1, MOST) for kind in KINDS if kind in found],
    )


def _matching(
    bundles: Iterable[Bundle], reach: Reach, looked_for: tuple[Term, ...]
) -> dict[str, list[Passage]]:
    """By kind, newest first; what a reader may not read is passed over before it is looked at."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for bundle in bundles:
        if reach.reads_all(bundle.of) and not holds(bundle.words, looked_for):
            continue
        for words, passage in bundle.rows.values():
            if reach.reads(passage) and holds(words, looked_for):
                found[passage.kind].append(passage)
    for hits in found.values():
        hits.sort(key=lambda passage: (passage.at or LONG_AGO, passage.id), reverse=True)
    return dict(found)


def _proposals(
    found: Mapping[str, list[Passage]],
    texts: Mapping[int, Text],
    looked_for: tuple[Term, ...],
    page: int,
    size: int,
) -> Page[FoundProposal]:
    """Each proposal that is called so, or has paragraphs that say so; the newest first."""
    clauses: dict[int, list[Passage]] = defaultdict(list)
    for passage in sorted(found.get("clause", ()), key=lambda passage: passage.id):
        clauses[passage.proposal].append(passage)
    ids = {passage.proposal for passage in found.get("proposal", ())} | set(clauses)
    ordered = sorted(ids, key=lambda key: (-texts[key].year, texts[key].number))
    listed = cut(ordered, page, size)
    shown = [
        FoundProposal(key, _hits(clauses[key][:FEW], looked_for), len(clauses[key]))
        for key in listed.items
    ]
    return Page(shown, listed.total, listed.page, listed.pages, listed.before)


def _paragraphs(
    found: Mapping[str, list[Passage]], texts: Mapping[int, Text], symbol: str
) -> list[Passage]:
    """In the order of the text, of one proposal or of all."""
    return [
        passage
        for passage in sorted(found.get("clause", ()), key=lambda passage: passage.id)
        if not symbol or texts[passage.proposal].symbol == symbol
    ]


def _group(
    kind: str, passages: list[Passage], looked_for: tuple[Term, ...], page: int, size: int
) -> Group:
    """One line for each place: words in two languages at one address are found once."""
    once = list({passage.path: passage for passage in reversed(passages)}.values())[::-1]
    if kind == "clause":  # a text and its translation are read apart
        once = passages
    listed = cut(once, page, size)
    hits = _hits(listed.items, looked_for)
    return Group(kind, Page(hits, listed.total, listed.page, listed.pages, listed.before))


def _hits(passages: Iterable[Passage], looked_for: tuple[Term, ...]) -> list[Hit]:
    return [Hit(passage, excerpt(passage.text, looked_for)) for passage in passages]
