"""Comments on a clause or on the whole: read, and made."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from plenary.bodies.models import Body
from plenary.proposals import actions
from plenary.proposals.models import Comment, Proposal
from plenary.proposals.reading import length_of, lines_of, proposal_for, remarks_on, version_of
from plenary.proposals.rules import COMMENTS_ON_A_PAGE
from plenary.record.models import Receipt
from plenary.web.forms import Form, read_form
from plenary.web.language import WRITTEN, current
from plenary.web.paging import Page, asked_page, cut
from plenary.web.refilled import comes_back
from plenary.web.render import render_long, see

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
    """A comment is numbered and receipted at once; the answer shows it in its place."""
    year, number = request.path_params["year"], request.path_params["number"]
    viewer = request.state.viewer
    await proposal_for(viewer, year, number)  # a draft is not there for whoever may not read it
    form = await read_form(request)
    remark = actions.Remark(
        text=form.text("text", most=MOST), language=form.choice("language", WRITTEN, current()),
        clause=form.line("clause", needed=False, most=12), key=form.key(),
        version=form.whole("version", 0),  # the one that was read, however long the writing took
    )  # fmt: skip
    form.check()
    receipt = await actions.comment(viewer.actor, year, number, remark)
    path, _, anchor = receipt.path.partition("#")
    return see(f"{path}{'&' if '?' in path else '?'}receipt={receipt.code}#{anchor}")


async def _page(request: Request, proposal: Proposal, form: Form) -> Response:
    version = await version_of(proposal, proposal.newest)
    clauses = await actions.clauses_of(version)
    given, on = (request.query_params.get(name, "")[:13] for name in ("receipt", "on"))
    listed = await _listed(request, proposal, on)
    wanted = Q(number__gte=listed.items[0], number__lte=listed.items[-1]) if listed.total else None
    remarks = await remarks_on(proposal, clauses, Q(wanted or Q(), **_on(on)))
    lines = await lines_of(proposal, version, current())
    return await render_long(
        request, "proposals/comments.html", length_of(lines) + remarks.length,
        proposal=proposal, version=version, form=form, clauses=clauses, lines=lines,
        remarks=remarks, listed=listed, on=on,
        receipt=await Receipt.get_or_none(code=given, topic=proposal.symbol) if given else None,
        parties={body.key: body.names for body in await Body.all()},
    )  # fmt: skip


async def _listed(request: Request, proposal: Proposal, on: str) -> Page[int]:
    """The numbers of the comments on this page, of all or of those on one paragraph."""
    if not on:
        numbers: Sequence[int] = range(1, proposal.comments_made + 1)
    else:
        rows = Comment.filter(proposal=proposal, **_on(on)).order_by("number")
        numbers = [int(str(n)) for n in await rows.values_list("number", flat=True)]
    return cut(numbers, asked_page(request), COMMENTS_ON_A_PAGE)


def _on(clause: str) -> dict[str, str]:
    return {"clause": clause} if clause else {}
