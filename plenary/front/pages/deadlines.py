"""Deadlines: a page, and a calendar to subscribe to."""

from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.powers import Power
from plenary.decisions.reading import owner_of
from plenary.decisions.rules import overdue
from plenary.front import deadlines
from plenary.front.ical import escaped, stamp, written
from plenary.record.models import Entry
from plenary.web.answers import as_file
from plenary.web.dates import Place
from plenary.web.render import html, render
from plenary.web.routing import page
from plenary.web.site import base_url


async def show(request: Request) -> Response:
    found = await deadlines.deadlines(request.state.viewer)
    places = {meeting.id: Place(meeting.place, meeting.zone) for meeting in found.meetings}
    return render(
        request,
        "front/deadlines.html",
        found=found,
        places=places,
        owner_of=owner_of,
        overdue=overdue,
        today=await day_of(clock.now()),
    )


async def page_ics(request: Request) -> Response:
    base = base_url(request)
    found = await deadlines.calendar(request.state.viewer)
    calls = await Entry.filter(n__in=[meeting.entry for meeting in found.meetings] or [-1])
    text = html(
        request,
        "front/deadlines.ics",
        found=found,
        base=base,
        stamp=stamp,
        escaped=escaped,
        host=urlsplit(base).hostname or "localhost",
        called={call.n: call.at for call in calls},
    )
    return as_file(written(text.split("\n")), "text/calendar", "deadlines.ics")


routes = [
    page("/deadlines", show, Power.READ, name="deadlines"),
    page("/deadlines.ics", page_ics, Power.READ, name="deadlines_ics"),
]
