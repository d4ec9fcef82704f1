"""The Chair moves a running closing instant, or ends the answering of a recorded vote."""

from datetime import datetime

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
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see

UNSEEN = "nothing was seen"  # of a press that no check page came before
REASON = 2_000  # characters: why it is moved


async def _moving(request: Request, form: Form) -> Response:
    proposal, _ = await presided(request)
    return _extend_form(request, proposal, await _running(proposal, request), form)


@comes_back(_moving, checked=True)
async def extend(request: Request) -> Response:
    """Move a running closing instant to a later one; only forward, and only so often."""
    if request.method != "POST":
        return await _moving(request, Form())
    proposal, chair = await presided(request)
    stand, form = await _running(proposal, request), await read_form(request)
    zone = form.zone("zone", stand.question.zone)
    closes = closing(form, zone, needed=True)
    reason = form.text("reason", most=REASON)
    form.check()
    assert closes is not None  # else check has raised
    if form.flag("edit"):
        return _extend_form(request, proposal, stand, form)

    async def move(seen: str) -> Question:
        with beside_its_field(request, form, zone):
            return await extend_question(
                chair,
                proposal.year,
                proposal.number,
                closes=closes,
                reason=reason,
                language=current(),
                seen=seen,
            )

    if not form.flag("confirmed"):
        with rehearsal():
            moved = await move("")
        return render(
            request,
            "questions/extension_check.html",
            proposal=proposal,
            stand=stand,
            form=form,
            moved=moved,
            seen=instant(stand.closes) if stand.closes else "",
        )
    await move(form["seen"] or UNSEEN)
    return see(f"/proposals/{proposal.year}/{proposal.number}#consensus")


async def _ending(request: Request, form: Form) -> Response:
    """The check page; nothing has happened yet."""
    proposal, chair = await presided(request)
    if not form.refusal:
        with rehearsal():
            await end_question(chair, proposal.year, proposal.number)
    stand = await _asked(proposal, request)
    return render(request, "questions/end_check.html", proposal=proposal, stand=stand, form=form)


@comes_back(_ending, checked=True)
async def end(request: Request) -> Response:
    """The Chair ends the answering of a recorded vote; the outcome is declared after it."""
    proposal, chair = await presided(request)
    form = await read_form(request)
    if form.flag("edit"):
        return see(f"/proposals/{proposal.year}/{proposal.number}/declaration")
    if not form.flag("confirmed"):
        return await _ending(request, form)
    seen = form.whole("seen", 0)
    form.check()
    await end_question(chair, proposal.year, proposal.number, seen=seen)
    return see(f"/proposals/{proposal.year}/{proposal.number}/declaration")


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
