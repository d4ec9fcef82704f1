"""State a position: the form, the check page, the record. An Observer is heard by the same form."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.powers import Power
from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal
from plenary.proposals.reading import clauses_of, lines_of, proposal_for, version_of
from plenary.questions import bars, rules
from plenary.questions.actions.answering import be_heard, state_position
from plenary.questions.actions.answers import Answer, check_answer
from plenary.questions.pages.wording import typed, worded
from plenary.questions.reading import decision_on
from plenary.questions.rules import Stance
from plenary.questions.stand import Stand, Stated, stand_of
from plenary.record.models import Entry, Receipt
from plenary.refusal import Forbidden, Refused, refuse
from plenary.web.forms import Form
from plenary.web.language import current
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses


@dataclass(frozen=True)
class PositionForm:
    """What is stated, and on what. Where others stand is not read for the act: it asks itself."""

    answer: Answer
    on: tuple[Proposal, Stand] | None = None


async def _opening(request: Request) -> Response:
    proposal, stand = await _asked(request)
    return await _form(request, proposal, stand, _begun(request, stand))


async def _stating(request: Request, form: Form) -> Response:
    proposal, stand = await _asked(request)
    return await _form(request, proposal, stand, form)


async def _read(request: Request, form: Form) -> PositionForm:
    answer = _answer(form)
    if form.pressed and not form.errors:
        return PositionForm(answer)
    proposal, stand = await _asked(request)
    refuse(None if stand.open or _is_late(stand) else Refused("question_closed"))
    if not form.errors:
        form.choice("stance", stand.terms.answers)
    return PositionForm(answer, (proposal, stand))


async def _check(request: Request, form: Form, stated: PositionForm) -> Response:
    """The whole statement once more; too late, it says so, and nothing is recorded unasked."""
    assert stated.on is not None  # read for a first press
    answer, (proposal, stand) = stated.answer, stated.on
    _bar(stand, proposal, request.state.viewer, answer)
    await check_answer(proposal, answer)
    late = _is_late(stand)
    return render(
        request,
        "questions/position_check.html",
        status=409 if late else 200,
        form=form,
        answer=answer,
        late=late,
        arrived=clock.now(),
        **await _context(request, proposal, stand),
    )


@two_presses(_stating, _read, _check, opens=_opening)
async def state(request: Request, form: Form, stated: PositionForm) -> Response:
    """An Observer is heard in a ledger of its own; what comes too late is kept as late."""
    viewer, path, answer = request.state.viewer, request.path_params, stated.answer
    act = be_heard if viewer.may(Power.BE_HEARD) else state_position
    try:
        receipt = await act(f"delegation:{viewer.code}", path["year"], path["number"], answer)
    except Refused as refused:
        if refused.reason == "no_question":
            await _asked(request)  # a draft is not there at all for whoever may not read it
        if refused.reason == "answer_not_asked":
            form.fail("stance", "unknown_choice", value=answer.stance)
            form.check()
        if refused.reason not in ("too_late", "too_late_after"):
            raise
        return await _late(request, str(refused.facts["receipt"]))
    return see(f"/receipts/{receipt.code}")


def _is_late(stand: Stand) -> bool:
    """Whether its end has come by the clock, an objection or the Chair, recorded yet or not."""
    return stand.ended in rules.LATE_AFTER


async def _asked(request: Request) -> tuple[Proposal, Stand]:
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(request.state.viewer, year, number)
    stand = await stand_of(proposal, request.state.viewer)
    if stand is None:
        raise Refused("no_question")
    return proposal, stand


def _answer(form: Form) -> Answer:
    stance = form.choice("stance", [known.value for known in Stance])
    known = Stance(stance) if stance in list(Stance) else Stance.SUPPORT
    return worded(form, known, form.whole("version"))


def _bar(stand: Stand, proposal: Proposal, viewer: Viewer, answer: Answer) -> None:
    """The same rule as under the lock, asked early so that the check page does not mislead."""
    if viewer.kind == "observer" and proposal.body.key in viewer.unseated:
        raise Forbidden("seat_has_ended")
    entitled = viewer.kind == "observer" or viewer.code in stand.roll.participating
    refuse(
        bars.bar_to_answer(
            open=stand.open or _is_late(stand),
            asked=stand.version,
            version=answer.version,
            entitled=entitled,
            latest=proposal.newest,
            stance=answer.stance,
            answers=stand.terms.answers,
        )
    )


def _begun(request: Request, stand: Stand) -> Form:
    """The form as it opens. What the delegation said last stands beside it, and not in it: whoever
    lifts an objection does not state its reason anew. A link (`again`) begins with its words."""
    said = _own(stand, request.state.viewer)
    values = {"clause": " ".join(request.query_params.getlist("clause"))}
    if said and request.state.viewer.kind == "observer" and said.follows:
        values["follow_publication"] = "1"
    if said and request.query_params.get("again"):
        before = typed(said)
        chosen = f"{before['clause']} {values['clause']}".strip()
        values |= before | {"language": said.language, "clause": chosen}
    return Form(values)


def _own(stand: Stand, viewer: Viewer) -> Stated | None:
    """The viewer's own current position, on this version or an earlier one."""
    if viewer.kind == "observer":
        return next((view for view in stand.heard if view.party.code == viewer.code), None)
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
        "stances": list(stand.terms.answers),
    }  # fmt: skip


async def _form(request: Request, proposal: Proposal, stand: Stand, form: Form) -> Response:
    context = await _context(request, proposal, stand)
    late = request.method == "POST" and _is_late(stand)  # what was typed is not taken away
    return render(
        request,
        "questions/position.html",
        form=form,
        late=late,
        arrived=clock.now(),
        **context,
    )


async def _late(request: Request, code: str) -> Response:
    """Kept as late: when it came, when the end was, what a delegation can still do (409)."""
    receipt = await Receipt.get(code=code)
    proposal, stand = await _asked(request)  # as it stands now that its end is on the record
    return render(
        request,
        "questions/too_late.html",
        status=409,
        proposal=proposal,
        stand=stand,
        receipt=code,
        arrived=(await Entry.get(n=receipt.entry)).at,
        decision=await decision_on(stand.question),
    )
