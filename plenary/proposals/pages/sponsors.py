"""The names under a text: who asks to join, who answers, who confirms, who steps back."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.reading import names_of_all
from plenary.proposals.actions import sponsors
from plenary.proposals.authorship import is_office
from plenary.proposals.models import Proposal
from plenary.proposals.names import handed_in, names_under
from plenary.proposals.offered import offered
from plenary.proposals.pages.texts import writing_as
from plenary.proposals.reading import proposal_for, version_of
from plenary.proposals.sponsorship import Role
from plenary.record.act import rehearsal
from plenary.record.models import Receipt
from plenary.web.answers import moved
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

MOST_REASON = 2_000  # characters
Doing = Callable[[], Awaitable[Receipt]]  # ready to be done


async def show(request: Request) -> Response:
    return await _listed(request, Form())


async def before(request: Request) -> Response:
    """Where sponsorship was sent before names were asked for."""
    proposal = await _proposal(request)
    return moved(f"/proposals/{proposal.year}/{proposal.number}/sponsors")


async def _listed(request: Request, form: Form) -> Response:
    """Whose name stands over which version, and what a reader may do about theirs."""
    given = request.query_params.get("receipt", "")[:13]
    proposal = await _proposal(request)
    receipt = await Receipt.get_or_none(code=given, topic=proposal.symbol) if given else None
    return await _page(request, "proposals/sponsors.html", form, receipt=receipt)


# --- asking to join ---


async def _read_asking(request: Request, form: Form) -> Doing:
    proposal = await _proposal(request)
    seen = form.whole("version", 0)
    roles = [Role.SPONSOR] if is_office(proposal.author) else list(Role)
    role = form.choice("role", roles, Role.SPONSOR)
    where = (proposal.year, proposal.number)
    return partial(
        sponsors.ask_to_join,
        _delegation(request),
        *where,
        role=role,
        version=seen if form["version"] else None,
        key=form.key(),
    )


async def _check_asking(request: Request, form: Form, asking: Doing) -> Response:
    with rehearsal():
        await asking()
    return await _page(request, "proposals/sponsor_check.html", form)


@two_presses(_listed, _read_asking, _check_asking)
async def ask(request: Request, form: Form, asking: Doing) -> Response:
    """A delegation asks to stand under the text that it read; an author answers."""
    return _receipted(await asking())


# --- what an author answers ---


@comes_back(_listed)
async def accept(request: Request) -> Response:
    return await _answered(request, accepted=True)


@comes_back(_listed)
async def decline(request: Request) -> Response:
    return await _answered(request, accepted=False)


async def _answered(request: Request, *, accepted: bool) -> Response:
    proposal, form = await _proposal(request), await read_form(request)
    by, code, key = await writing_as(request, proposal), request.path_params["code"], form.key()
    form.check()
    receipt = await sponsors.answer_asking(
        by, proposal.year, proposal.number, code, accepted=accepted, key=key
    )
    return _receipted(receipt)


# --- one's own name ---


def _reason_for(
    action: Callable[..., Awaitable[Receipt]],
) -> Callable[[Request, Form], Awaitable[Doing]]:
    """Reads what a delegation sends to take its name off: a reason, if it gives one."""

    async def read(request: Request, form: Form) -> Doing:
        proposal = await _proposal(request)
        return partial(
            action,
            _delegation(request),
            proposal.year,
            proposal.number,
            reason=form.text("reason", needed=False, most=MOST_REASON),
            language=current(),
            key=form.key(),
        )

    return read


def _check(template: str) -> Callable[[Request, Form, Doing], Awaitable[Response]]:
    async def check(request: Request, form: Form, doing: Doing) -> Response:
        with rehearsal():
            await doing()
        return await _page(request, template, form)

    return check


@comes_back(_listed)
async def confirm(request: Request) -> Response:
    """One button: the name stands over the version beside it too."""
    proposal, form = await _proposal(request), await read_form(request)
    version, key = form.whole("version"), form.key()
    form.check()
    by = _delegation(request)
    return _receipted(
        await sponsors.confirm_name(by, proposal.year, proposal.number, version=version, key=key)
    )


async def _leaving(request: Request, form: Form) -> Response:
    return await _page(request, "proposals/step_back.html", form)


@two_presses(_leaving, _reason_for(sponsors.step_back), _check("proposals/step_back_check.html"))
async def step_back(request: Request, form: Form, leaving: Doing) -> Response:
    """A delegation takes its name off."""
    return _receipted(await leaving())


# --- what was handed in for a delegation ---


@comes_back(_listed)
async def countersign(request: Request) -> Response:
    """One button, over the version that was handed in."""
    proposal, form = await _proposal(request), await read_form(request)
    version, key = form.whole("version"), form.key()
    form.check()
    by = _delegation(request)
    return _receipted(
        await sponsors.countersign(by, proposal.year, proposal.number, version=version, key=key)
    )


async def _disowning(request: Request, form: Form) -> Response:
    return await _page(request, "proposals/disown.html", form)


@two_presses(_disowning, _reason_for(sponsors.disown), _check("proposals/disown_check.html"))
async def disown(request: Request, form: Form, disowning: Doing) -> Response:
    """A delegation says that it did not send it: the text is off the table."""
    return _receipted(await disowning())


def _delegation(request: Request) -> str:
    return f"delegation:{request.state.viewer.code}"


async def _proposal(request: Request) -> Proposal:
    year, number = request.path_params["year"], request.path_params["number"]
    return await proposal_for(request.state.viewer, year, number)


async def _page(request: Request, template: str, form: Form, **more: Any) -> Response:
    proposal = await _proposal(request)
    return render(
        request,
        template,
        proposal=proposal,
        version=await version_of(proposal, proposal.newest),
        form=form,
        under=await names_under(proposal),
        names=await names_of_all(),
        yours=await offered(request.state.viewer, proposal),
        joins=not is_office(proposal.author),
        handed=await handed_in(proposal),
        **more,
    )


def _receipted(receipt: Receipt) -> Response:
    return see(f"{receipt.path}?receipt={receipt.code}")
