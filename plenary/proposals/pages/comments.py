"""Comments on a clause or on the whole: read, and made."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body
from plenary.proposals import actions
from plenary.proposals.models import Proposal
from plenary.proposals.reading import lines_of, proposal_for, remarks_on, version_of
from plenary.record.models import Receipt
from plenary.web.forms import Form, read_form
from plenary.web.language import WRITTEN, current
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
    return see(f"{path}?receipt={receipt.code}#{anchor}")


async def _page(request: Request, proposal: Proposal, form: Form) -> Response:
    version = await version_of(proposal, proposal.newest)
    clauses = await actions.clauses_of(version)
    given = request.query_params.get("receipt", "")
    return render(
        request, "proposals/comments.html",
        proposal=proposal, version=version, form=form, clauses=clauses,
        lines=await lines_of(proposal, version, current()),
        remarks=await remarks_on(proposal, clauses),
        receipt=await Receipt.get_or_none(code=given, topic=proposal.symbol) if given else None,
        parties={body.key: body.names for body in await Body.all()},
    )  # fmt: skip
