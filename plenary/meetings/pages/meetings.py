"""Meetings: where and when a body sits, and on what."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from plenary import clock
from plenary.bodies.rules import SLUG
from plenary.decisions.models import Decision
from plenary.decisions.overview import overview
from plenary.decisions.rules import DECLARED_HERE
from plenary.meetings.models import Meeting
from plenary.meetings.pages.communique import communique_of
from plenary.refusal import Missing
from plenary.web.dates import Place
from plenary.web.paging import SIZE, Page, asked_page, pages_of, place, whole
from plenary.web.render import render


async def meetings(request: Request) -> Response:
    now = clock.now()
    listed = await _listed(now, asked_page(request))
    return render(
        request,
        "meetings/meetings.html",
        listed=listed,
        now=now,
        place_of=place_of,
        coming=[meeting for meeting in listed.items if meeting.ends > now],
        past=[meeting for meeting in listed.items if meeting.ends <= now],
    )


async def _listed(now: datetime, asked: int) -> Page[Meeting]:
    """Those to come, the soonest first, and then those that are over, the latest first."""
    coming, past = Meeting.filter(ends__gt=now), Meeting.filter(ends__lte=now)
    ahead = await coming.count()
    total = ahead + await past.count()
    page, before = place(total, asked, SIZE)
    rows = coming.order_by("begins", "id").offset(before).limit(SIZE).prefetch_related("body")
    found = await rows if before < ahead else []
    if room := SIZE - len(found):
        rows = past.order_by("-begins", "-id").offset(max(0, before - ahead)).limit(room)
        found += await rows.prefetch_related("body")
    return Page(found, total, page, pages_of(total, SIZE), before)


async def meeting(request: Request) -> Response:
    meeting = await meeting_at(request)
    rows = {
        f"{row.proposal.year}/{row.proposal.number}": row
        for row in await overview(request.state.viewer, _on(meeting.agenda))
    }
    outcomes = Decision.filter(register__in=DECLARED_HERE, meeting=meeting.slug)
    return render(
        request,
        "meetings/meeting.html",
        meeting=meeting,
        place=place_of(meeting),
        rows=rows,
        now=clock.now(),
        communique=await communique_of(meeting.slug, request.state.viewer),
        decisions=await outcomes.order_by("id"),
    )


def _on(agenda: Iterable[Mapping[str, Any]]) -> Q:
    """The proposals that an agenda names by year and number, and perhaps some beside them."""
    named = [str(item.get("proposal") or "").split("/") for item in agenda]
    years, numbers = ({whole(pair[n], 0) for pair in named if len(pair) == 2} for n in (0, 1))
    return Q(year__in=years or {0}, number__in=numbers or {0})


async def meeting_at(request: Request) -> Meeting:
    """The meeting that the address names, with its body."""
    slug = request.path_params["slug"]
    found = Meeting.get_or_none(slug=slug).prefetch_related("body")
    meeting = await found if SLUG.fullmatch(slug) else None
    if meeting is None:
        raise Missing("unknown_meeting", meeting=slug)
    return meeting


def place_of(meeting: Meeting) -> Place:
    """The place that the meeting's times are told in."""
    return Place(meeting.place, meeting.zone)
