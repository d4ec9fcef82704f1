"""The Chair moves a running closing instant, or ends the answering of a recorded vote."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from plenary.proposals.models import Proposal
from plenary.questions.actions.windows import end_question, extend_question
from plenary.questions.models import Question
from plenary.questions.pages.closing import beside_its_field, closing
from plenary.questions.pages.presiding import presided
from plenary.questions.stand import Stand, stand_of
from plenary.record.act import rehearsal
from plenary.record.entry import instant
from plenary.refusal import Refused
from plenary.web.forms import Form
from plenary.web.language import current
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

UNSEEN = "nothing was seen"  # of a press that no check page came before
REASON = 2_000  # characters: why it is moved


End = Callable[[], Awaitable[Question]]  # the answering, ready to be ended


@dataclass(frozen=True)
class Move:
    """A later closing, of what, in which office, and which one was seen before it."""

    proposal: Proposal
    chair: str
    stand: Stand
    closes: datetime
    zone: str
    reason: str
    seen: str


async def _moving(request: Request, form: Form) -> Response:
    proposal, _ = await presided(request)
    return _extend_form(request, proposal, await _running(proposal, request), form)


async def _read_move(request: Request, form: Form) -> Move:
    proposal, chair = await presided(request)
    stand = await _running(proposal, request)
    zone = form.zone("zone", stand.question.zone)
    closes, reason = closing(form, zone, needed=True), form.text("reason", most=REASON)
    form.check()
    assert closes is not None  # else check has raised
    seen = (form["seen"] or UNSEEN) if form.pressed else ""
    return Move(proposal, chair, stand, closes, zone, reason, seen)


async def _check_move(request: Request, form: Form, move: Move) -> Response:
    with rehearsal():
        moved = await _extend(request, form, move)
    return render(
        request,
        "questions/extension_check.html",
        proposal=move.proposal,
        stand=move.stand,
        form=form,
        moved=moved,
        seen=instant(move.stand.closes) if move.stand.closes else "",
    )


@two_presses(_moving, _read_move, _check_move)
async def extend(request: Request, form: Form, move: Move) -> Response:
    """Move a running closing instant to a later one; only forward, and only so often."""
    await _extend(request, form, move)
    return see(f"/proposals/{move.proposal.year}/{move.proposal.number}#consensus")


async def _extend(request: Request, form: Form, move: Move) -> Question:
    with beside_its_field(request, form, move.zone):
        return await extend_question(
            move.chair,
            move.proposal.year,
            move.proposal.number,
            closes=move.closes,
            reason=move.reason,
            language=current(),
            seen=move.seen,
        )


async def _ending(request: Request, form: Form) -> Response:
    """What would end, once more; the button for it stands on the page of the declaration."""
    proposal, _ = await presided(request)
    stand = await _asked(proposal, request)
    return render(request, "questions/end_check.html", proposal=proposal, stand=stand, form=form)


async def _read_end(request: Request, form: Form) -> End:
    proposal, chair = await presided(request)
    seen = form.whole("seen", 0) if form.pressed else None
    return partial(end_question, chair, proposal.year, proposal.number, seen=seen)


async def _check_end(request: Request, form: Form, end: End) -> Response:
    with rehearsal():
        await end()
    return await _ending(request, form)


async def _declaration(request: Request, _: Form) -> Response:
    proposal, _chair = await presided(request)
    return see(f"/proposals/{proposal.year}/{proposal.number}/declaration")


@two_presses(_ending, _read_end, _check_end, back=_declaration)
async def end(request: Request, form: Form, end: End) -> Response:
    """The Chair ends the answering of a recorded vote; the outcome is declared after it."""
    await end()
    return await _declaration(request, form)


async def _asked(proposal: Proposal, request: Request) -> Stand:
    stand = await stand_of(proposal, request.state.viewer)
    if stand is None:
        raise Refused("no_question")
    return stand


async def _running(proposal: Proposal, request: Request) -> Stand:
    """Where it stands, while a window runs; Refused where none does."""
    stand = await _asked(proposal, request)
    if not stand.running:
        raise Refused("no_window")
    return stand


def _extend_form(request: Request, proposal: Proposal, stand: Stand, form: Form) -> Response:
    moved = stand.question.deadline.get("moved", [])
    done = len([move for move in moved if move["why"] == "extended"])
    zone = stand.question.zone
    return render(
        request,
        "questions/extension.html",
        proposal=proposal,
        stand=stand,
        form=form,
        zone=zone,
        done=done,
        left=max(0, stand.terms.extensions - done),
        moved=[(move["why"], datetime.fromisoformat(move["from"])) for move in moved],
    )
