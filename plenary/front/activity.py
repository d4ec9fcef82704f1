"""What one delegation did over time, as one reader may see it. No score, no ranking."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tortoise.connection import get_connection
from tortoise.expressions import Q

from plenary.bodies.models import Delegation
from plenary.bodies.viewers import Viewer
from plenary.db.config import CONNECTION
from plenary.decisions.overview import ProposalRow, overview
from plenary.proposals.comments import PUBLIC, comments_open_to
from plenary.proposals.models import ClauseText, Comment, Proposal, Sponsor
from plenary.proposals.reading import open_to
from plenary.questions.blocs import said_by
from plenary.questions.earlier import with_earlier
from plenary.questions.stand import Stand, Stated
from plenary.record.remembered import remembered
from plenary.web.paging import Page, cut, fetched

ANSWERS = 20  # of one page
# No page of it may read every question that was ever put: the ids alone are looked through.
ASKED = """
    SELECT p.id FROM question q JOIN proposal p ON p.id = q.proposal_id
    WHERE p.tabled IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM question later WHERE later.proposal_id = q.proposal_id AND later.id > q.id
    ) {whom} ORDER BY p.year DESC, p.number"""
ON_ITS_ROLL = """AND EXISTS (
        SELECT 1 FROM roll_call r WHERE r.question_id = q.id AND r.delegation_id = $1
    )"""


@dataclass(frozen=True)
class Answered:
    """A question that a delegation was asked, and what it said to it."""

    row: ProposalRow
    stand: Stand
    now: Stated | None  # its current answer, on this or on an earlier version
    earlier: tuple[Stated, ...]
    readable: bool  # whether this reader may see it
    numbers: Mapping[str, int | None]  # of the paragraphs that it is about, by key


async def answers_of(delegation: Delegation, viewer: Viewer, page: int) -> Page[Answered]:
    """The questions a delegation was asked, newest year first; an Observer is asked every one."""
    everything = delegation.kind == "observer"
    listed = cut(await _asked(None if everything else delegation.id), page, ANSWERS)
    rows = await overview(viewer, Q(id__in=listed.items or [0]))
    asked = [(row, row.stand) for row in rows if row.stand]
    stands = await with_earlier([stand for _, stand in asked], viewer, [delegation.code])
    answers = [
        _answered(row, stand, delegation, viewer, await _numbers(row, stand, delegation.code))
        for (row, _), stand in zip(asked, stands, strict=True)
    ]
    return Page(answers, listed.total, listed.page, listed.pages, listed.before)


@remembered()
async def _asked(delegation: int | None) -> Sequence[int]:
    """Ids of the proposals whose newest question has this delegation, or anybody, on its roll."""
    whom = "" if delegation is None else ON_ITS_ROLL
    values = [] if delegation is None else [delegation]
    client = get_connection(CONNECTION)
    rows = await client.execute_query_dict(ASKED.format(whom=whom), values)
    return tuple(row["id"] for row in rows)


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
