"""State a position: the form, the check page, the record. An Observer is heard by the same form."""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.powers import Power
from plenary.bodies.viewers import Viewer
from plenary.decisions import actions, rules
from plenary.decisions.rules import Stance
from plenary.decisions.stand import Spoken, Stand, stand_of
from plenary.proposals.actions import clauses_of
from plenary.proposals.models import Proposal
from plenary.proposals.reading import lines_of, proposal_for, version_of
from plenary.refusal import Forbidden, Invalid, Refused, refuse
from plenary.web.forms import Form, read_form
from plenary.web.language import WRITTEN, current
from plenary.web.render import render, see

MOST = 5_000  # characters of an explanation: about 500 words and some room


async def state(request: Request) -> Response:
    """Form, then check page, then record: nothing is sent before it was seen once more."""
    viewer = request.state.viewer
    proposal, stand = await _asked(request)
    if request.method != "POST":
        return await _form(request, proposal, stand, _begun(request, stand))
    form = await read_form(request)
    answer = _answer(form, proposal)
    if form.errors or form.flag("edit"):
        return await _form(request, proposal, stand, form)
    if not form.flag("confirmed"):
        _bar(stand, proposal, viewer, answer)
        await _check_again(form, proposal, answer)
        if form.errors:
            return await _form(request, proposal, stand, form)
        return await _check(request, proposal, stand, form, answer)
    heard = viewer.may(Power.BE_HEARD)
    act = actions.be_heard if heard else actions.state_position
    try:
        receipt = await act(f"delegation:{viewer.code}", proposal.year, proposal.number, answer)
    except Invalid as invalid:
        form.errors = invalid.errors
        return await _form(request, proposal, stand, form)
    return see(f"/receipts/{receipt.code}")


async def _asked(request: Request) -> tuple[Proposal, Stand]:
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(request.state.viewer, year, number)
    stand = await stand_of(proposal, request.state.viewer)
    if stand is None:
        raise Refused("no_question")
    return proposal, stand


def _answer(form: Form, proposal: Proposal) -> actions.Answer:
    stance = form.choice("stance", [one.value for one in Stance])
    answer = actions.Answer(
        stance=Stance(stance) if stance in list(Stance) else Stance.SUPPORT,
        version=form.whole("version"),
        clause=form.line("clause", needed=False, most=12),
        explanation=form.text("explanation", needed=False, most=MOST),
        would_join=form.text("would_join", needed=False, most=MOST),
        language=form.choice("language", WRITTEN, current()),
        ad_referendum=form.flag("ad_referendum"), key=form.key(),
    )  # fmt: skip
    if answer.stance is not Stance.OBJECT:  # the field is hidden with any other choice
        answer = replace(answer, would_join="")
    return answer


def _bar(stand: Stand, proposal: Proposal, viewer: Viewer, answer: actions.Answer) -> None:
    """The same rule as under the lock, asked early so that the check page does not mislead."""
    entitled = viewer.kind == "observer" or viewer.code in stand.roll.participating
    refuse(
        rules.bar_to_answer(
            open=stand.open, asked=stand.version, version=answer.version, entitled=entitled,
            latest=proposal.newest,
        )
    )  # fmt: skip


async def _check_again(form: Form, proposal: Proposal, answer: actions.Answer) -> None:
    try:
        await actions.check_answer(proposal, answer)
    except Invalid as invalid:
        form.errors = invalid.errors


def _begun(request: Request, stand: Stand) -> Form:
    """The form as it opens: what the delegation said last, but for the choice itself."""
    said = _own(stand, request.state.viewer)
    values = {"clause": request.query_params.get("clause", "")}
    if said:
        values |= {
            "explanation": said.explanation, "would_join": said.would_join,
            "language": said.language, "clause": values["clause"] or said.clause,
        }  # fmt: skip
    return Form(values)


def _own(stand: Stand, viewer: Viewer) -> Spoken | None:
    """The viewer's own current position, on this version or an earlier one."""
    if viewer.kind == "observer":
        return next((one for one in stand.heard if one.party.code == viewer.code), None)
    return stand.spoken.get(viewer.code) or stand.stale.get(viewer.code)


async def _context(request: Request, proposal: Proposal, stand: Stand) -> dict[str, Any]:
    viewer = request.state.viewer
    if not viewer.code:
        raise Forbidden("not_a_delegation")
    version = await version_of(proposal, stand.version)
    clauses = await clauses_of(version)
    return {
        "proposal": proposal, "stand": stand, "clauses": clauses,
        "lines": await lines_of(proposal, version, current()), "own": _own(stand, viewer),
        "heard": viewer.kind == "observer",
        "on_roll": viewer.code in stand.roll.participating,
        "stances": [one.value for one in Stance],
    }  # fmt: skip


async def _form(request: Request, proposal: Proposal, stand: Stand, form: Form) -> Response:
    context = await _context(request, proposal, stand)
    status = 422 if form.errors else 200
    return render(request, "decisions/position.html", status=status, form=form, **context)


async def _check(
    request: Request, proposal: Proposal, stand: Stand, form: Form, answer: actions.Answer
) -> Response:
    context = await _context(request, proposal, stand)
    return render(request, "decisions/position_check.html", form=form, answer=answer, **context)
