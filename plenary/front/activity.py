"""What one delegation did over time, as one reader may see it. No score, no ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plenary.bodies.models import Delegation
from plenary.bodies.viewers import Viewer
from plenary.decisions.overview import ProposalRow, overview
from plenary.proposals.comments import PUBLIC, comments_open_to
from plenary.proposals.models import ClauseText, Comment, Proposal, Sponsor
from plenary.proposals.reading import open_to
from plenary.questions.blocs import said_by
from plenary.questions.earlier import with_earlier
from plenary.questions.stand import Stand, Stated
from plenary.web.paging import Page, fetched


@dataclass(frozen=True)
class Answered:
    """A question that a delegation was asked, and what it said to it."""

    row: ProposalRow
    stand: Stand
    now: Stated | None  # its current answer, on this or on an earlier version
    earlier: tuple[Stated, ...]
    readable: bool  # whether this reader may see it
    numbers: Mapping[str, int | None]  # of the paragraphs that it is about, by key


async def answers_of(delegation: Delegation, viewer: Viewer) -> list[Answered]:
    """The questions a delegation was asked, newest year first; an Observer is asked every one."""
    rows = await overview(viewer)
    asked = [(row, row.stand) for row in rows if row.stand and _concerned(delegation, row.stand)]
    stands = await with_earlier([stand for _, stand in asked], viewer, [delegation.code])
    return [
        _answered(row, stand, delegation, viewer, await _numbers(row, stand, delegation.code))
        for (row, _), stand in zip(asked, stands, strict=True)
    ]


async def _numbers(row: ProposalRow, stand: Stand, code: str) -> Mapping[str, int | None]:
    """Asked for where it is about several paragraphs, each with its words."""
    said = said_by(stand, code)
    if said is None or not said.words_apart:
        return {}
    text = ClauseText.filter(
        version__proposal_id=row.proposal.id, version__number=said.version, key__in=said.clauses
    )
    return dict(await text.values_list("key", "number"))


async def comments_by(
    delegation: Delegation, viewer: Viewer, page: int, *, passed_on: bool = False
) -> Page[Comment]:
    """The newest first; `passed_on`: for a file, which holds none that was not published."""
    query = Comment.filter(comments_open_to(viewer), delegation=delegation)
    if passed_on:
        query = query.filter(PUBLIC)
    return await fetched(query.order_by("-id").prefetch_related("proposal"), page)


async def sponsored_by(delegation: Delegation, viewer: Viewer) -> Sequence[Proposal]:
    query = Sponsor.filter(open_to(viewer, "proposal"), delegation=delegation, state="stands")
    return [
        sponsor.proposal for sponsor in await query.order_by("-id").prefetch_related("proposal")
    ]


def _answered(
    row: ProposalRow,
    stand: Stand,
    delegation: Delegation,
    viewer: Viewer,
    numbers: Mapping[str, int | None],
) -> Answered:
    return Answered(
        row,
        stand,
        said_by(stand, delegation.code),
        earlier_by(stand, delegation),
        readable=stand.named or viewer.code == delegation.code,
        numbers=numbers,
    )


def earlier_by(stand: Stand, delegation: Delegation) -> tuple[Stated, ...]:
    """What a delegation said before, in its own ledger, newest first."""
    past = stand.earlier if delegation.kind == "participant" else stand.heard_earlier
    return past.get(delegation.code, ())


def _concerned(delegation: Delegation, stand: Stand) -> bool:
    return delegation.kind == "observer" or delegation.code in stand.roll.participating
