"""Comments as they are read: which of them by whom, and where each stands with a text.

The one rule of who reads a comment stands here, and every page, file, feed and search asks it. What
was said on a draft was said to the draft's readers. Tabling is the act of whoever wrote the text,
not of whoever commented on it: so it opens the text, and each comment waits for its own author.
Until then it has no number, for the number of the next one would count it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from plenary.bodies.viewers import Viewer
from plenary.proposals.clauses import Clause
from plenary.proposals.models import Comment, Proposal
from plenary.proposals.reading import open_to
from plenary.refusal import Missing

PUBLIC = Q(number__isnull=False)  # everyone's, as soon as the text is
KEPT = Q(number__isnull=True)  # made on a draft, and not published by its author


def comments_open_to(viewer: Viewer) -> Q:
    """The comments that a reader may read.

    On a text that they may read, those that are public; and those that were made on its draft, if
    they read the drafts of the body that had it then, or wrote them.
    """
    kept = Q(by__in=sorted(viewer.capacities)) if viewer.capacities else Q(id=0)
    if viewer.drafts is None:
        kept = Q()
    elif viewer.drafts:
        kept |= Q(readers__in=sorted(viewer.drafts))
    return open_to(viewer, "proposal") & (PUBLIC | (KEPT & kept))


def standing_with(proposal: Proposal) -> Q:
    """The comments that go where a text goes, into its counts and its file: on a draft the
    draft's, and from its tabling on those that are public."""
    return PUBLIC if proposal.tabled else Q()


async def kept_from(viewer: Viewer) -> frozenset[int]:
    """The comments made on drafts that a reader may not read, by id."""
    kept = {int(str(one)) for one in await Comment.filter(KEPT).values_list("id", flat=True)}
    read = await Comment.filter(comments_open_to(viewer) & KEPT).values_list("id", flat=True)
    return frozenset(kept - {int(str(one)) for one in read})


def kept_with(proposal: Proposal, viewer: Viewer) -> QuerySet[Comment]:
    """The comments on its draft that are not published, as far as this reader may read them."""
    return Comment.filter(comments_open_to(viewer) & KEPT, proposal=proposal)


async def unpublished_by(viewer: Viewer) -> list[tuple[Proposal, int]]:
    """The texts that were tabled since this reader commented on their drafts, and how many of
    those comments wait for their author; the newest text first."""
    theirs = Q(by__in=sorted(viewer.capacities)) if viewer.capacities else Q(id=0)
    rows: Any = await (
        Comment.filter(KEPT, theirs, proposal__tabled__isnull=False)
        .annotate(n=Count("id")).group_by("proposal_id").values_list("proposal_id", "n")
    )  # fmt: skip
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
class Remarks:
    """Comments on a text: by clause, on the whole, and those whose clause is gone."""

    by_clause: dict[str, list[Comment]]
    whole: list[Comment]
    left_behind: list[Comment]

    @property
    def count(self) -> int:
        return len(self.all)

    @property
    def all(self) -> list[Comment]:
        return [*chain(*self.by_clause.values()), *self.whole, *self.left_behind]

    @property
    def length(self) -> int:
        """Characters of what was said."""
        return sum(len(comment.text) for comment in self.all)


async def remarks_on(rows: QuerySet[Comment], clauses: Iterable[Clause]) -> Remarks:
    """Comments: each follows its clause into newer versions, or is marked as left behind."""
    keys = {clause.key for clause in clauses}
    by_clause: dict[str, list[Comment]] = defaultdict(list)
    whole, left = [], []
    for comment in await rows.order_by("number", "id").prefetch_related("delegation"):
        if not comment.clause:
            whole.append(comment)
        elif comment.clause in keys:
            by_clause[comment.clause].append(comment)
        else:
            left.append(comment)
    return Remarks(dict(by_clause), whole, left)


async def comments_counted(proposal: Proposal) -> Counter[str]:
    """How many comments there are on each clause, by its key; on the whole under no key."""
    rows: list[Any] = await (
        Comment.filter(standing_with(proposal), proposal=proposal)
        .annotate(n=Count("id")).group_by("clause").values_list("clause", "n")
    )  # fmt: skip
    return Counter({str(clause): int(n) for clause, n in rows})
