"""What moves a proposal: tabling, referral, withdrawal."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body
from plenary.proposals import actions
from plenary.proposals.models import Proposal
from plenary.proposals.reading import proposal_for
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.render import render, see


async def table(request: Request) -> Response:
    proposal = await _proposal(request)
    by = request.state.viewer.edits(proposal.body.key)
    await actions.table(by, proposal.year, proposal.number)
    return _back(proposal)


async def sponsor(request: Request) -> Response:
    """A head of delegation puts its name to the proposal."""
    proposal = await _proposal(request)
    await actions.sponsor(f"delegation:{request.state.viewer.code}", proposal.year, proposal.number)
    return _back(proposal)


async def refer(request: Request) -> Response:
    """Send a proposal to a working group, or on to the Plenary."""
    proposal = await _proposal(request)
    bodies = await Body.all().order_by("id")
    form = await read_form(request) if request.method == "POST" else Form()
    body = form.choice("body", [one.key for one in bodies]) if request.method == "POST" else ""
    if not body or form.errors:
        return render(
            request, "proposals/refer.html", status=422 if form.errors else 200,
            proposal=proposal, bodies=bodies, form=form,
        )  # fmt: skip
    by = request.state.viewer.edits(proposal.body.key)
    await actions.refer(by, proposal.year, proposal.number, body=body)
    return _back(proposal)


async def withdraw(request: Request) -> Response:
    """Withdraw a proposal: the page stays, with the reason."""
    proposal = await _proposal(request)
    form = await read_form(request) if request.method == "POST" else Form()
    reason = form.text("reason", most=2_000) if request.method == "POST" else ""
    if not reason or form.errors:
        return render(
            request, "proposals/withdraw.html", status=422 if form.errors else 200,
            proposal=proposal, form=form,
        )  # fmt: skip
    by = request.state.viewer.edits(proposal.body.key)
    await actions.withdraw(by, proposal.year, proposal.number, reason=reason, language=current())
    return _back(proposal)


async def _proposal(request: Request) -> Proposal:
    year, number = request.path_params["year"], request.path_params["number"]
    return await proposal_for(request.state.viewer, year, number)


def _back(proposal: Proposal) -> Response:
    return see(f"/proposals/{proposal.year}/{proposal.number}")
