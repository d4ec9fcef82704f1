"""Meetings: where and when a body sits, and on what."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.rules import SLUG
from plenary.decisions.ledger import ledger
from plenary.decisions.models import Decision
from plenary.meetings.models import Meeting
from plenary.meetings.pages.communique import communique_of
from plenary.refusal import Missing
from plenary.web.dates import Place
from plenary.web.render import render


async def meetings(request: Request) -> Response:
    now = clock.now()
    found = await Meeting.all().prefetch_related("body").order_by("begins")
    coming = [one for one in found if one.ends > now]
    past = [one for one in reversed(found) if one.ends <= now]
    return render(
        request, "meetings/meetings.html", coming=coming, past=past, now=now, place_of=place_of
    )


async def meeting(request: Request) -> Response:
    one = await meeting_at(request)
    rows = {
        f"{row.proposal.year}/{row.proposal.number}": row
        for row in await ledger(request.state.viewer)
    }
    return render(
        request, "meetings/meeting.html", meeting=one, place=place_of(one), rows=rows,
        now=clock.now(), communique=await communique_of(one.slug, request.state.viewer),
        decisions=await Decision.filter(register="own", meeting=one.slug).order_by("id"),
    )  # fmt: skip


async def meeting_at(request: Request) -> Meeting:
    """The meeting that the address names, with its body."""
    slug = request.path_params["slug"]
    found = Meeting.get_or_none(slug=slug).prefetch_related("body")
    one = await found if SLUG.fullmatch(slug) else None
    if one is None:
        raise Missing("unknown_meeting", meeting=slug)
    return one


def place_of(one: Meeting) -> Place:
    """The place that the meeting's times are told in."""
    return Place(one.place, one.zone)
