"""What moves a proposal: tabling, referral, withdrawal."""

from collections.abc import Awaitable, Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body
from plenary.bodies.reading import names_of_all
from plenary.proposals.actions import moves
from plenary.proposals.models import Proposal
from plenary.proposals.names import names_under
from plenary.proposals.pages.texts import writing_as
from plenary.proposals.reading import proposal_for, version_of
from plenary.record.act import rehearsal
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

Withdrawal = Callable[[], Awaitable[Proposal]]  # ready to be done


async def _tabling(request: Request, form: Form) -> Response:
    """The button once more, over the text that is there now, where the text moved under it."""
    if form.refusal and form.refusal.reason != "moved_since_seen":
        raise form.refusal
    proposal = await _proposal(request)
    version = await version_of(proposal, proposal.newest)
    return render(request, "proposals/press.html", proposal=proposal, version=version, form=form)


@comes_back(_tabling)
async def table(request: Request) -> Response:
    """A draft goes on the table with the text that stood beside the button."""
    proposal, form = await _proposal(request), await read_form(request)
    seen = _seen(form)
    by = await writing_as(request, proposal)
    await moves.table(by, proposal.year, proposal.number, version=seen)
    return _back(proposal)


def _seen(form: Form) -> int | None:
    """The version beside the button; none where a program presses without one."""
    seen = form.whole("version", 0)
    form.check()
    return seen if form["version"] else None


async def _referring(request: Request, form: Form) -> Response:
    return render(
        request,
        "proposals/refer.html",
        proposal=await _proposal(request),
        form=form,
        bodies=await Body.all().order_by("id"),
    )


@comes_back(_referring)
async def refer(request: Request) -> Response:
    """Send a proposal to a working group, or on to the Plenary."""
    if request.method != "POST":
        return await _referring(request, Form())
    proposal, form = await _proposal(request), await read_form(request)
    body = form.choice("body", [chamber.key for chamber in await Body.all()])
    seen = _seen(form)
    by = request.state.viewer.edits(proposal.body.key)
    await moves.refer(
        by, proposal.year, proposal.number, body=body, version=seen, before=form["before"]
    )
    return _back(proposal)


async def _withdrawing(request: Request, form: Form) -> Response:
    return render(request, "proposals/withdraw.html", proposal=await _proposal(request), form=form)


async def _read_withdrawal(request: Request, form: Form) -> Withdrawal:
    proposal = await _proposal(request)
    seen = form.whole("version", 0)
    return partial(
        moves.withdraw,
        await writing_as(request, proposal),
        proposal.year,
        proposal.number,
        reason=form.text("reason", most=2_000),
        language=current(),
        version=seen if form.pressed else proposal.newest,
    )


async def _check_withdrawal(request: Request, form: Form, withdrawal: Withdrawal) -> Response:
    with rehearsal():
        await withdrawal()
    proposal = await _proposal(request)
    return render(
        request,
        "proposals/withdraw_check.html",
        proposal=proposal,
        form=form,
        version=await version_of(proposal, proposal.newest),
        under=await names_under(proposal),
        names=await names_of_all(),
        by=await writing_as(request, proposal),
    )


@two_presses(_withdrawing, _read_withdrawal, _check_withdrawal)
async def withdraw(request: Request, form: Form, withdrawal: Withdrawal) -> Response:
    """Withdraw a proposal: the page stays, with the reason."""
    return _back(await withdrawal())


async def _proposal(request: Request) -> Proposal:
    year, number = request.path_params["year"], request.path_params["number"]
    return await proposal_for(request.state.viewer, year, number)


def _back(proposal: Proposal) -> Response:
    return see(f"/proposals/{proposal.year}/{proposal.number}")
