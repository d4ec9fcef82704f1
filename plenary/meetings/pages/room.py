"""The room of a meeting: its roll, who is there, and the forms that record it."""

from collections.abc import Awaitable, Callable, Iterable
from itertools import groupby
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.attendance import arrive, close_room, leave
from plenary.bodies.models import Delegation
from plenary.bodies.pages.order import by_name
from plenary.bodies.pages.secretariat.fields import delegation_options
from plenary.bodies.rules import bar_to_enter, bar_to_keep
from plenary.bodies.viewers import Viewer
from plenary.meetings.models import Meeting
from plenary.meetings.pages.meetings import meeting_at, place_of
from plenary.meetings.quorum import quorums_of
from plenary.meetings.room import Attendance, AttendanceRow, attendance_of, room_of
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Receipt
from plenary.texts.folding import plain
from plenary.web.forms import Form, read_form
from plenary.web.refilled import comes_back
from plenary.web.render import named, render, see

Report = Callable[[str, Meeting, Form, list[str]], Awaitable[int]]


async def roll(request: Request) -> Response:
    """Public: who is seated, who is on the roll and who not, who is in the room."""
    meeting, now = await meeting_at(request), clock.now()
    hall, viewer = await attendance_of(meeting, now), request.state.viewer
    return render(
        request,
        "meetings/room.html",
        meeting=meeting,
        place=place_of(meeting),
        hall=hall,
        now=now,
        quorums=await quorums_of(meeting.body, hall.roll, hall.present),
        keeper=_keeps(viewer, meeting),
        own=_own_row(viewer, meeting, hall),
        open=bar_to_enter(room_of(meeting), now) is None,
        deed=await deed_in(request, meeting),
    )


async def _arriving(request: Request, form: Form) -> Response:
    return await _sheet(request, "arrivals", form)


@comes_back(_arriving)
async def arrivals(request: Request) -> Response:
    """Tick those who come into the room."""

    async def report(by: str, meeting: Meeting, form: Form, codes: list[str]) -> int:
        return await arrive(by, room_of(meeting), codes, key=form.key())

    return await _report(request, "arrivals", report)


async def _leaving(request: Request, form: Form) -> Response:
    return await _sheet(request, "departures", form)


@comes_back(_leaving)
async def departures(request: Request) -> Response:
    """Tick those who leave the room."""

    async def report(by: str, meeting: Meeting, form: Form, codes: list[str]) -> int:
        return await leave(by, room_of(meeting), codes, key=form.key())

    return await _report(request, "departures", report)


async def closure(request: Request) -> Response:
    """The room is closed for the day."""
    meeting, form = await meeting_at(request), await read_form(request)
    by = request.state.viewer.edits(meeting.body.key)
    entry = await close_room(by, room_of(meeting), key=form.key())
    return see(f"/meetings/{meeting.slug}/roll?done={entry}")


async def _report(request: Request, kind: str, report: Report) -> Response:
    """Those who are ticked; a delegation that does not keep the room reports itself."""
    if request.method != "POST":
        return await _sheet(request, kind, Form())
    meeting, viewer = await meeting_at(request), request.state.viewer
    hall, form = await attendance_of(meeting, clock.now()), await read_form(request)
    others = await _others(hall) if kind == "arrivals" and _keeps(viewer, meeting) else []
    codes = _ticked(
        form, [*(row.delegation.code for row in hall.rows), *(code for code, _ in others)]
    )
    form.check()
    entry = await report(viewer.edits(meeting.body.key), meeting, form, codes)
    back = kind if _keeps(viewer, meeting) else "roll"
    return see(f"/meetings/{meeting.slug}/{back}?done={entry}")


async def _sheet(request: Request, kind: str, form: Form) -> Response:
    """The list of those who can be ticked."""
    meeting, viewer, now = await meeting_at(request), request.state.viewer, clock.now()
    hall, keeper = await attendance_of(meeting, now), _keeps(viewer, meeting)
    rows = hall.away if kind == "arrivals" else hall.here
    if not keeper:
        rows = [row for row in rows if row.delegation.code == viewer.code]
    return render(
        request,
        f"meetings/{kind}.html",
        form=form,
        meeting=meeting,
        place=place_of(meeting),
        hall=hall,
        letters=_letters(rows),
        now=now,
        keeper=keeper,
        others=await _others(hall) if kind == "arrivals" and keeper else [],
        deed=await deed_in(request, meeting),
    )


def _ticked(form: Form, known: list[str]) -> list[str]:
    """The delegations whose boxes are ticked, and the one without a seat that is chosen."""
    codes = [code for code in known if form.choice(f"d-{code}", ("", "1")) == "1"]
    if other := form.choice("other", ("", *known)):
        codes.append(other)
    if not codes:
        form.fail("who", "nobody_chosen")
    return codes


def _letters(rows: Iterable[AttendanceRow]) -> list[tuple[str, list[AttendanceRow]]]:
    """Rows, in their order, by the first letter of the name: the steps of a long list."""
    grouped = groupby(rows, key=lambda row: plain(named(row.delegation.names))[:1].upper())
    return [(letter, list(of)) for letter, of in grouped]


def _keeps(viewer: Viewer, meeting: Meeting) -> bool:
    """Whether this viewer records others' arrivals."""
    return bar_to_keep(viewer.edits(meeting.body.key), meeting.body.key) is None


def _own_row(viewer: Viewer, meeting: Meeting, hall: Attendance) -> AttendanceRow | None:
    """The viewer's own delegation, where it reports for itself and may."""
    row = hall.row_of(viewer.code) if viewer.code and not _keeps(viewer, meeting) else None
    return row if row and (row.seat or row.here) else None


async def _others(hall: Attendance) -> list[tuple[str, str]]:
    """Those without a seat here whom the Chair may have invited, for a select."""
    known = {row.delegation.code for row in hall.rows}
    return [option for option in await delegation_options() if option[0] not in known]


async def deed_in(request: Request, meeting: Meeting) -> dict[str, Any] | None:
    """What was recorded, from the record itself: one act may tell of many delegations."""
    asked = request.query_params.get("done", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    deeds = acts.shown_on(acts.ROOM)
    first = await Entry.get_or_none(n=int(asked), type__in=deeds, topic=meeting.body.key)
    if first is None:
        return None
    alike = await Entry.filter(type=first.type, topic=first.topic, at=first.at, n__gte=first.n)
    told = [read_entry(bytes(entry.written)) for entry in alike]
    codes = [str(facts["delegation"]) for facts in told if facts["meeting"] == meeting.slug]
    return {
        "n": first.n, "at": first.at, "type": first.type, "value": told[0].get("value", ""),
        "delegations": by_name(await Delegation.filter(code__in=codes or [""])),
        "receipt": await Receipt.get_or_none(entry=first.n),
    }  # fmt: skip
