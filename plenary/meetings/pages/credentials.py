"""How a delegation's credentials for a meeting stand: shown first, then recorded."""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.credentials import record_credentials
from plenary.bodies.authority import authority_of, is_founding
from plenary.bodies.measures import Basis
from plenary.bodies.pages.secretariat.fields import delegation_options
from plenary.bodies.reading import delegation_of
from plenary.bodies.rules import CREDENTIALS
from plenary.meetings.pages.meetings import meeting_at, place_of
from plenary.meetings.pages.room import deed_in
from plenary.meetings.room import attendance_of, room_of
from plenary.record.act import rehearsal
from plenary.web.forms import Form
from plenary.web.language import current
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

DECISION = 210  # characters of a symbol, or of an address in a register


@dataclass(frozen=True)
class Credentials:
    """How a delegation's credentials stand, and on what a refusal of them rests."""

    code: str
    status: str
    note: str
    until: date | None  # of an interim measure: the first day on which it no longer holds
    decision: str


async def _recording(request: Request, form: Form) -> Response:
    meeting = await meeting_at(request)
    return render(
        request,
        "meetings/credentials.html",
        form=form,
        meeting=meeting,
        place=place_of(meeting),
        hall=await attendance_of(meeting, clock.now()),
        statuses=CREDENTIALS,
        delegations=await delegation_options(),
        most_days=meeting.body.interim_days,
        deed=await deed_in(request, meeting),
    )


async def _read_credentials(request: Request, form: Form) -> Credentials:
    code = form.choice("code", [code for code, _ in await delegation_options()])
    status = form.choice("status", CREDENTIALS)
    credentials = Credentials(
        code,
        status,
        form.line("note", needed=False, most=240),
        form.day("until"),
        form.line("decision", needed=False, most=DECISION),
    )
    interim = status == "refused" and not credentials.decision
    if interim and credentials.until is None and not await is_founding():
        form.fail("until", "interim_last_day")
    return credentials


async def _check_credentials(request: Request, form: Form, said: Credentials) -> Response:
    with rehearsal():
        await _credentials(request, form, said)
    meeting = await meeting_at(request)
    refused = said.status == "refused"
    office = request.state.viewer.edits(meeting.body.key)
    return render(
        request,
        "meetings/credentials_check.html",
        form=form,
        meeting=meeting,
        party=await delegation_of(said.code),
        said=said,
        cited=await authority_of(said.decision) if said.decision else None,
        office=office if refused and not said.decision and said.until else "",
        basis=Basis(said.decision, said.note),
    )


@two_presses(_recording, _read_credentials, _check_credentials)
async def credentials(request: Request, form: Form, said: Credentials) -> Response:
    """Record how a delegation's credentials stand."""
    entry = await _credentials(request, form, said)
    meeting = await meeting_at(request)
    return see(f"/meetings/{meeting.slug}/credentials?done={entry}")


async def _credentials(request: Request, form: Form, said: Credentials) -> int:
    meeting = await meeting_at(request)
    return await record_credentials(
        request.state.viewer.edits(meeting.body.key),
        room_of(meeting),
        said.code,
        said.status,
        said.note,
        until=said.until,
        decision=said.decision,
        language=current(),
        key=form.key(),
    )
