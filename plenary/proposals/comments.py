"""Comments as they are read: which of them by whom, and where each stands with a text.

The one rule of who reads a comment stands here, and every page, file, feed and search asks it. What
was said on a draft was said to the draft's readers. Tabling is the act of whoever wrote the text,
not of whoever commented on it: so it opens the text, and each comment waits for its own author.
Until then it has no number, for the number of the next one would count it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal

from tortoise.expressions import Q, Subquery
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from plenary.bodies.viewers import Viewer
from plenary.proposals.lineage import Lineage, lineage_of
from plenary.proposals.models import ClauseText, Comment, Proposal
from plenary.proposals.reading import drafts_shown_to, open_to
from plenary.proposals.rules import CHOSEN, ON_THE_TABLE
from plenary.record.models import Redaction
from plenary.record.remembered import remembered
from plenary.refusal import Missing
from plenary.texts.clauses import Clause

PUBLIC = Q(number__isnull=False)  # everyone's, as soon as the text is
KEPT = Q(number__isnull=True)  # made on a draft, and not published by its author


def comments_open_to(viewer: Viewer) -> Q:
    """The comments that a reader may read.

    On a text that they may read, those that are public; and those that were made on its draft, if
    they read that draft, or wrote them. What was said on a draft before its authors chose who reads
    it, was said to all who read the drafts of the body that had it then.
    """
    if not viewer.capacities:
        return open_to(viewer, "proposal") & PUBLIC
    own = Q(by__in=sorted(viewer.capacities))
    chosen = Q(readers=CHOSEN) & (own | Q(proposal_id__in=drafts_shown_to(viewer)))
    before = ~Q(readers=CHOSEN) & viewer.readable(own, "readers")
    return open_to(viewer, "proposal") & (PUBLIC | (KEPT & (chosen | before)))


def standing(*, on_a_draft: bool) -> Q:
    """The comments that go where a text goes, into its counts and its file: on a draft the
    draft's, and from its tabling on those that are public."""
    return Q() if on_a_draft else PUBLIC


async def kept_from(viewer: Viewer) -> frozenset[int]:
    """The comments made on drafts that a reader may not read, by id."""
    kept = {int(str(id_)) for id_ in await Comment.filter(KEPT).values_list("id", flat=True)}
    read = await Comment.filter(comments_open_to(viewer) & KEPT).values_list("id", flat=True)
    return frozenset(kept - {int(str(id_)) for id_ in read})


def kept_with(proposal: Proposal, viewer: Viewer) -> QuerySet[Comment]:
    """The comments on its draft that are not published, as far as this reader may read them."""
    return Comment.filter(comments_open_to(viewer) & KEPT, proposal=proposal)


@remembered()
async def kept_counted(proposal: Proposal, viewer: Viewer) -> int:
    return await kept_with(proposal, viewer).count()


async def unpublished_by(viewer: Viewer) -> list[tuple[Proposal, int]]:
    """The texts that were tabled since this reader commented on their drafts, and how many of
    those comments wait for their author; the newest text first.

    Not what is over: a text that was decided or withdrawn, and words that an order removed.
    """
    theirs = Q(by__in=sorted(viewer.capacities)) if viewer.capacities else Q(id=0)
    rows: Any = await (
        Comment.filter(KEPT, theirs, proposal__stage__in=sorted(ON_THE_TABLE))
        .exclude(entry__in=Subquery(Redaction.all().values("entry")))
        .annotate(n=Count("id"))
        .group_by("proposal_id")
        .values_list("proposal_id", "n")
    )
    waiting = dict(rows)
    texts = await Proposal.filter(id__in=[*waiting] or [0]).order_by("-year", "-number")
    return [(text, waiting[text.id]) for text in texts]


async def comment_for(viewer: Viewer, proposal: Proposal, entry: int) -> Comment:
    """The comment that an entry of the record made; Missing where this reader may not read it."""
    found = Comment.filter(comments_open_to(viewer), proposal=proposal, entry=entry)
    comment = await found.prefetch_related("delegation").first()
    if comment is None:
        raise Missing("unknown_comment", entry=entry)
    return comment


@dataclass(frozen=True)
class Origin:
    """The paragraph that a comment was made on, where the one that it stands with is another."""

    how: Literal["joined", "divided"]
    number: int | None  # as it was printed then; none: of the preamble


@dataclass(frozen=True)
class Remarks:
    """Comments on a text: by clause, on the whole, and those whose clause is gone."""

    by_clause: dict[str, list[Comment]]
    whole: list[Comment]
    left_behind: list[Comment]
    origins: Mapping[int, Origin]  # by the id of the comment

    @property
    def count(self) -> int:
        return len(self.all)

    @property
    def all(self) -> list[Comment]:
        return [*chain(*self.by_clause.values()), *self.whole, *self.left_behind]


async def remarks_on(rows: QuerySet[Comment], clauses: Iterable[Clause]) -> Remarks:
    """Comments: each follows its clause into newer versions, or the clause that it was joined to,
    or is marked as left behind."""
    newest = {clause.key: clause for clause in clauses}
    comments = await rows.order_by("number", "id").prefetch_related("delegation")
    lineage = await _lineage(
        (comment.proposal_id, comment.clause, comment.version) for comment in comments
    )
    homes = {comment.id: lineage.home(comment.clause, comment.version) for comment in comments}
    by_clause: dict[str, list[Comment]] = defaultdict(list)
    whole, left = [], []
    for comment in comments:
        if not comment.clause:
            whole.append(comment)
        elif (home := homes[comment.id]) in newest:
            by_clause[home].append(comment)
        else:
            left.append(comment)
    origins = await _origins([*chain(*by_clause.values())], homes, newest, lineage)
    return Remarks(dict(by_clause), whole, left, origins)


async def _origins(
    comments: Sequence[Comment],
    homes: Mapping[int, str],
    newest: Mapping[str, Clause],
    lineage: Lineage,
) -> dict[int, Origin]:
    joined = {comment.id for comment in comments if homes[comment.id] != comment.clause}
    moved = [
        comment
        for comment in comments
        if comment.id in joined or lineage.was_divided(comment.clause, comment.version)
    ]
    if not moved:
        return {}
    rows: Any = await ClauseText.filter(
        version__proposal_id=moved[0].proposal_id,
        key__in={comment.clause for comment in moved},
        version__number__in={comment.version for comment in moved},
    ).values_list("version__number", "key", "number", "text")
    then = {(version, key): (number, text) for version, key, number, text in rows}
    found = {}
    for comment in moved:
        number, text = then[comment.version, comment.clause]
        if comment.id in joined:
            found[comment.id] = Origin("joined", number)
        elif text != newest[comment.clause].text:  # else it is whole again
            found[comment.id] = Origin("divided", number)
    return found


async def comments_counted(proposal: Proposal) -> Counter[str]:
    """How many comments stand with each clause, by its key; on the whole under no key."""
    return await _counted(proposal, on_a_draft=proposal.tabled is None)


@remembered()
async def _counted(proposal: Proposal, *, on_a_draft: bool) -> Counter[str]:
    """`on_a_draft`: as whoever asks has read it, who may have begun before it was tabled."""
    rows: list[Any] = await (
        Comment.filter(standing(on_a_draft=on_a_draft), proposal=proposal)
        .annotate(n=Count("id"))
        .group_by("clause", "version")
        .values_list("clause", "version", "n")
    )
    lineage = await _lineage((proposal.id, clause, version) for clause, version, _ in rows)
    counted: Counter[str] = Counter()
    for clause, version, n in rows:
        counted[lineage.home(clause, version) or clause] += n
    return counted


async def made_on(proposal: Proposal, clause: str) -> Q:
    """The comments that stand with a clause: made on it, or on what was joined to it."""
    rows: list[Any] = await (
        Comment.filter(proposal=proposal).distinct().values_list("clause", "version")
    )
    lineage = await _lineage((proposal.id, *row) for row in rows)
    joined: dict[str, list[int]] = defaultdict(list)
    for key, version in rows:
        if key != clause and lineage.home(key, version) == clause:
            joined[key].append(version)
    found = Q(clause=clause)
    for key, versions in joined.items():
        found |= Q(clause=key, version__in=versions)
    return found


async def _lineage(made: Iterable[tuple[int, str, int]]) -> Lineage:
    """The lineage that some comments on clauses need: of a proposal, by its id, with the clause
    and the version that each was made on."""
    on_clauses = [(proposal, version) for proposal, clause, version in made if clause]
    if not on_clauses:
        return Lineage({})
    return await lineage_of(on_clauses[0][0], min(version for _, version in on_clauses))
