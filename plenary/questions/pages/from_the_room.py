"""An officer enters what a delegation says in the room; its head countersigns or answers itself."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Delegation
from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal
from plenary.proposals.reading import clauses_of, lines_of, version_of
from plenary.questions.actions.from_the_room import FromTheRoom, countersign, enter_from_the_room
from plenary.questions.blocs import entered_for, said_by
from plenary.questions.pages.on_behalf import asked, check, read_answer
from plenary.questions.pages.presiding import entering
from plenary.questions.reading import own
from plenary.questions.stand import Party, Stand, in_order
from plenary.refusal import Forbidden
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses


@dataclass(frozen=True)
class Entered:
    """What a delegation said in the room, on what, and in which office it is entered."""

    proposal: Proposal
    stand: Stand
    officer: str
    said: FromTheRoom


async def _entering(request: Request, form: Form) -> Response:
    proposal, stand = await asked(request)
    _officer(request.state.viewer, proposal, stand)
    return await _form(request, proposal, stand, form)


async def _read(request: Request, form: Form) -> Entered:
    proposal, stand = await asked(request)
    officer = _officer(request.state.viewer, proposal, stand)
    return Entered(proposal, stand, officer, await _said(form, stand))


async def _check(request: Request, form: Form, entered: Entered) -> Response:
    """The whole once more, beside what the delegation said itself; that has to be ticked."""
    proposal, stand, said = entered.proposal, entered.stand, entered.said
    observers = {party.code: party for party in await _observers()}
    party = observers.get(said.code) or next(p for p in stand.parties if p.code == said.code)
    await check(form, proposal, stand, said.answer)
    before = said_by(stand, said.code)
    if before and own(before) and before.version == stand.version and not said.changed:
        form.fail("changed", "stated_itself")
    form.check()
    return render(
        request,
        "questions/from_the_room_check.html",
        proposal=proposal,
        stand=stand,
        form=form,
        answer=said.answer,
        party=party,
        before=before,
        observer=said.code in observers,
        clauses=await clauses_of(await version_of(proposal, stand.version)),
    )


@two_presses(_entering, _read, _check)
async def enter(request: Request, form: Form, entered: Entered) -> Response:
    year, number = entered.proposal.year, entered.proposal.number
    receipt = await enter_from_the_room(entered.officer, year, number, entered.said)
    return see(f"/receipts/{receipt.code}")


async def _signing(request: Request, form: Form) -> Response:
    proposal, stand = await asked(request)
    viewer = request.state.viewer
    return render(
        request,
        "questions/countersign.html",
        proposal=proposal,
        stand=stand,
        form=form,
        spoken=entered_for(stand, viewer.code),
        observer=viewer.kind == "observer",
        clauses=await clauses_of(await version_of(proposal, stand.version)),
    )


@comes_back(_signing)
async def sign(request: Request) -> Response:
    """What was entered for the reader's delegation, once more, and one button."""
    if request.method != "POST":
        return await _signing(request, Form())
    proposal, form = (await asked(request))[0], await read_form(request)
    entry = form.whole("entry")
    form.check()
    by = f"delegation:{request.state.viewer.code}"
    receipt = await countersign(by, proposal.year, proposal.number, entry)
    return see(f"/receipts/{receipt.code}")


def _officer(viewer: Viewer, proposal: Proposal, stand: Stand) -> str:
    if office := entering(viewer, proposal.body.key, stand.question.put_by):
        return office
    raise Forbidden("not_for_others")


async def _said(form: Form, stand: Stand) -> FromTheRoom:
    codes = {party.code for party in (*stand.parties, *await _observers())}
    code = form.choice("delegation", codes)
    seen = form["seen"].strip() or "0"
    whole = seen.isascii() and seen.isdigit() and len(seen) < 10
    return FromTheRoom(
        code=code,
        answer=read_answer(form, stand),
        changed=form.flag("changed"),
        seen=int(seen) if whole else -1,  # a hidden field: what nobody can have been shown
    )


async def _observers() -> list[Party]:
    return sorted(map(Party.of, await Delegation.filter(kind="observer")), key=in_order)


async def _form(request: Request, proposal: Proposal, stand: Stand, form: Form) -> Response:
    version = await version_of(proposal, stand.version)
    before = said_by(stand, form["delegation"])
    context: dict[str, Any] = {
        "proposal": proposal, "stand": stand, "form": form, "before": before,
        "observers": await _observers(),
        "lines": await lines_of(proposal, version, current()),
    }  # fmt: skip
    return render(request, "questions/from_the_room.html", **context)
