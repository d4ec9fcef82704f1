"""Comments on a clause or on the whole: read, and made."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from tortoise.queryset import QuerySet

from plenary.bodies.models import Body
from plenary.bodies.viewers import Viewer
from plenary.proposals.actions import comments
from plenary.proposals.actions.comments import Remark
from plenary.proposals.comments import KEPT, PUBLIC, kept_with, made_on, remarks_on
from plenary.proposals.models import Comment, Proposal
from plenary.proposals.reading import clauses_of, draft_readers, lines_of, proposal_for, version_of
from plenary.proposals.rules import COMMENTS_ON_A_PAGE, kept_path
from plenary.record.models import Receipt
from plenary.web.forms import Form, read_form
from plenary.web.language import WRITTEN, current
from plenary.web.paging import asked_page, cut
from plenary.web.refilled import comes_back
from plenary.web.render import render, see

MOST = 5_000  # characters of one comment


async def show(request: Request) -> Response:
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(request.state.viewer, year, number)
    form = Form({"clause": request.query_params.get("clause", "")})
    return await _page(request, proposal, form)


async def _writing(request: Request, form: Form) -> Response:
    year, number = request.path_params["year"], request.path_params["number"]
    return await _page(request, await proposal_for(request.state.viewer, year, number), form)


@comes_back(_writing)
async def comment(request: Request) -> Response:
    """A comment is receipted at once; the answer shows it in its place."""
    year, number = request.path_params["year"], request.path_params["number"]
    viewer = request.state.viewer
    # A draft is not there for whoever may not read it.
    proposal = await proposal_for(viewer, year, number)
    form = await read_form(request)
    remark = Remark(
        text=form.text("text", most=MOST),
        language=form.choice("language", WRITTEN, current()),
        clause=form.line("clause", needed=False, most=12),
        key=form.key(),
        version=form.whole("version", 0),  # the one that was read, however long the writing took
        on_draft=form.flag("draft"),
    )
    form.check()
    by = await _commenting_as(viewer, proposal)
    receipt = await comments.comment(by, year, number, remark)
    path, _, anchor = receipt.path.partition("#")
    return see(f"{path}{'&' if '?' in path else '?'}receipt={receipt.code}#{anchor}".rstrip("#"))


async def _commenting_as(viewer: Viewer, proposal: Proposal) -> str:
    """Their delegation, or their office; on a draft the one that it is shown to."""
    readers = await draft_readers(proposal) if proposal.tabled is None else frozenset[str]()
    own = sorted(viewer.capacities & readers)
    return own[0] if own and viewer.actor not in readers else viewer.actor


async def _page(request: Request, proposal: Proposal, form: Form) -> Response:
    """The public comments; those of a draft while it is one, and later where they are asked for."""
    viewer, asked = request.state.viewer, request.query_params
    version = await version_of(proposal, proposal.newest)
    clauses = await clauses_of(version)
    given, on = (asked.get(name, "")[:13] for name in ("receipt", "on"))
    kept = await kept_with(proposal, viewer).count()
    of_draft = bool(kept) and (not proposal.tabled or "kept" in asked)
    wanted = KEPT if of_draft else PUBLIC
    if on:
        wanted &= await made_on(proposal, on)
    rows = Comment.filter(wanted, proposal=proposal)
    if of_draft:
        rows = kept_with(proposal, viewer).filter(wanted)
    total = await rows.count() if of_draft or on else proposal.comments_made
    listed = cut(range(1, total + 1), asked_page(request), COMMENTS_ON_A_PAGE)
    remarks = await remarks_on(_cut(rows, listed.items), clauses)
    lines = await lines_of(proposal, version, current())
    return render(
        request,
        "proposals/comments.html",
        proposal=proposal,
        version=version,
        form=form,
        clauses=clauses,
        lines=lines,
        remarks=remarks,
        listed=listed,
        on=on,
        kept=kept,
        of_draft=of_draft,
        kept_path=kept_path,
        receipt=await Receipt.get_or_none(code=given, topic=proposal.symbol) if given else None,
        parties={body.key: body.names for body in await Body.all()},
    )


def _cut(rows: QuerySet[Comment], places: Sequence[int]) -> QuerySet[Comment]:
    """Those at these places, counted from 1, in the order of the page."""
    first = places[0] if places else 1
    return rows.order_by("number", "id").offset(first - 1).limit(len(places) or 1)
