"""A body: its mandate, who presides, who sits in it, and what is before it."""

from collections import defaultdict
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.appealable import put_out_of
from plenary.bodies.competences import powers_of
from plenary.bodies.days import day_of, holding
from plenary.bodies.models import Body, Officer, Seat
from plenary.bodies.pages.order import by_name
from plenary.bodies.reading import names_of_all
from plenary.bodies.rules import SEATS, SLUG
from plenary.decisions.models import Decision
from plenary.decisions.rules import GROUPS
from plenary.front.pages.delegation import current
from plenary.meetings.models import Meeting
from plenary.proposals.models import Proposal
from plenary.proposals.reading import open_to
from plenary.proposals.rules import CLOSED
from plenary.refusal import Missing
from plenary.web.paging import asked_page, fetched
from plenary.web.render import render

OUTCOMES = 5  # the newest; all of them stand on a page of their own


async def group(request: Request) -> Response:
    key = request.path_params["key"]
    found = Body.get_or_none(key=key).prefetch_related("parent", "children")
    body = await found if SLUG.fullmatch(key) else None
    if body is None:
        raise Missing("unknown_body", body=key)
    known = Proposal.filter(open_to(request.state.viewer), body=body)
    ordered = known.order_by("-year", "number")
    today = await day_of(clock.now())
    outcomes = Decision.filter(register=GROUPS, body=body)
    officers = current(Officer.filter(body=body), today)
    seats, viewer = await _seats(body, today), request.state.viewer
    return render(
        request,
        "front/group.html",
        body=body,
        seats=seats,
        seated=any(party.code == viewer.code for _, held in seats for party in held),
        put_out=await put_out_of(body, today),
        parties=await names_of_all(),
        officers=await officers.prefetch_related("delegation", "person"),
        before=await ordered.exclude(stage__in=sorted(CLOSED)),
        closed=await fetched(ordered.filter(stage__in=sorted(CLOSED)), asked_page(request)),
        powers=await powers_of(body),
        outcomes=await outcomes.order_by("-id").limit(OUTCOMES),
        meetings=await Meeting.filter(body=body).order_by("-begins"),
    )


async def _seats(body: Body, today: date):  # type: ignore[no-untyped-def]  # pairs of kind and delegations
    found = defaultdict(list)
    held = Seat.filter(holding(today), body=body).order_by("id")
    for seat in await held.prefetch_related("delegation"):
        found[seat.kind].append(seat.delegation)
    return [(kind, by_name(found[kind])) for kind in SEATS if found[kind]]
