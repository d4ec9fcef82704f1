"""Positions on behalf of others: stated by one, confirmed by each, and read by whoever may."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.actions.naming import named_otherwise
from plenary.bodies.powers import Power
from plenary.proposals.models import Proposal
from plenary.proposals.reading import clauses_of, lines_of, proposal_for, version_of
from plenary.questions.actions.blocs import LONGEST_NAME, OnBehalf, answer_bloc, state_on_behalf
from plenary.questions.blocs import joint_at, joint_on, said_by
from plenary.questions.pages.on_behalf import asked, check, read_answer
from plenary.questions.stand import Stand
from plenary.refusal import Forbidden
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses


@dataclass(frozen=True)
class Stated:
    """What is said for others, and on what."""

    proposal: Proposal
    stand: Stand
    said: OnBehalf


async def index(request: Request) -> Response:
    """Those that this reader may know of, and the form for whoever may state one."""
    proposal, stand = await asked(request)
    return await _page(request, proposal, stand, Form())


async def _stating(request: Request, form: Form) -> Response:
    proposal, stand = await asked(request)
    return await _page(request, proposal, stand, form)


async def _read(request: Request, form: Form) -> Stated:
    proposal, stand = await asked(request)
    return Stated(proposal, stand, _said(form, stand, request.state.viewer.code))


async def _check(request: Request, form: Form, stated: Stated) -> Response:
    """The whole once more, with each of those it is said for."""
    proposal, stand, said = stated.proposal, stated.stand, stated.said
    if request.state.viewer.code not in stand.roll.participating:
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


@two_presses(_stating, _read, _check)
async def state(request: Request, form: Form, stated: Stated) -> Response:
    year, number = stated.proposal.year, stated.proposal.number
    by = f"delegation:{request.state.viewer.code}"
    bloc = await state_on_behalf(by, year, number, stated.said)
    return see(f"/proposals/{year}/{number}/on-behalf/{bloc.id}")


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
        joint=joint,
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
