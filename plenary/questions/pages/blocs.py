"""Positions on behalf of others: stated by one, confirmed by each, and read by whoever may."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.actions.naming import named_otherwise
from plenary.bodies.powers import Power
from plenary.proposals.models import Proposal
from plenary.proposals.reading import clauses_of, lines_of, proposal_for, version_of
from plenary.questions.actions.blocs import LONGEST_NAME, OnBehalf, answer_bloc, state_on_behalf
from plenary.questions.blocs import joint_at, joint_on, said_by
from plenary.questions.pages.spoken_for import asked, check, read_answer
from plenary.questions.stand import Stand
from plenary.refusal import Forbidden
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see


async def index(request: Request) -> Response:
    """Those that this reader may know of, and the form for whoever may state one."""
    proposal, stand = await asked(request)
    return await _page(request, proposal, stand, Form())


async def _stating(request: Request, form: Form) -> Response:
    proposal, stand = await asked(request)
    return await _page(request, proposal, stand, form)


@comes_back(_stating)
async def state(request: Request) -> Response:
    """Form, then check page, then record."""
    proposal, stand = await asked(request)
    form, viewer = await read_form(request), request.state.viewer
    said = _said(form, stand, viewer.code)
    form.check()
    if form.flag("edit"):
        return await _page(request, proposal, stand, form)
    if not form.flag("confirmed"):
        return await _checked(request, proposal, stand, form, said)
    by = f"delegation:{viewer.code}"
    bloc = await state_on_behalf(by, proposal.year, proposal.number, said)
    return see(f"/proposals/{proposal.year}/{proposal.number}/on-behalf/{bloc.id}")


async def show(request: Request) -> Response:
    """One of them: its words, and who has confirmed, declined or not answered."""
    return await _answering(request, Form())


async def _answering(request: Request, form: Form) -> Response:
    viewer = request.state.viewer
    proposal = await _proposal(request)
    joint, stand = await joint_at(proposal, request.path_params["id"], viewer)
    return render(
        request,
        "questions/bloc.html",
        proposal=proposal,
        stand=stand,
        one=joint,
        form=form,
        own=said_by(stand, viewer.code),
        speaks=viewer.may(Power.STATE_POSITION),
        clauses=await clauses_of(await version_of(proposal, joint.version)),
    )


@comes_back(_answering)
async def answer(request: Request) -> Response:
    """A delegation that was named confirms the words as its own, or declines them."""
    form = await read_form(request)
    choice = form.choice("answer", ("confirm", "decline"))
    form.check()
    year, number = request.path_params["year"], request.path_params["number"]
    receipt = await answer_bloc(
        f"delegation:{request.state.viewer.code}",
        year,
        number,
        request.path_params["id"],
        confirmed=choice == "confirm",
    )
    return see(f"/receipts/{receipt.code}")


async def _proposal(request: Request) -> Proposal:
    year, number = request.path_params["year"], request.path_params["number"]
    return await proposal_for(request.state.viewer, year, number)


def _said(form: Form, stand: Stand, code: str) -> OnBehalf:
    others = tuple(
        party.code
        for party in stand.parties
        if party.code != code and form.flag(f"for-{party.code}")
    )
    if not others:
        form.fail("for", "nobody_chosen")
    name = form.line("name", needed=False, most=LONGEST_NAME)
    return OnBehalf(read_answer(form, stand), others, name)


async def _checked(
    request: Request, proposal: Proposal, stand: Stand, form: Form, said: OnBehalf
) -> Response:
    viewer = request.state.viewer
    if viewer.code not in stand.roll.participating:
        raise Forbidden("not_on_the_roll")
    await check(form, proposal, stand, said.answer)
    await named_otherwise(said.name)
    form.check()
    return render(
        request,
        "questions/bloc_check.html",
        proposal=proposal,
        stand=stand,
        form=form,
        answer=said.answer,
        others=[party for party in stand.parties if party.code in said.others],
        clauses=await clauses_of(await version_of(proposal, stand.version)),
    )


async def _page(request: Request, proposal: Proposal, stand: Stand, form: Form) -> Response:
    viewer = request.state.viewer
    version = await version_of(proposal, stand.version)
    may = viewer.may(Power.STATE_POSITION) and viewer.code in stand.roll.participating
    context: dict[str, Any] = {
        "proposal": proposal, "stand": stand, "form": form, "may": may,
        "joint": await joint_on(stand, viewer), "clauses": await clauses_of(version),
        "lines": await lines_of(proposal, version, current()),
        "others": [party for party in stand.parties if party.code != viewer.code],
    }  # fmt: skip
    return render(request, "questions/blocs.html", **context)
