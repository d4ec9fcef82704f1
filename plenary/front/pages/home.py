"""On the table: what is before the body, what changed, what is coming."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q
from tortoise.functions import Count

from plenary import clock
from plenary.bodies.viewers import Viewer
from plenary.decisions.ledger import ledger
from plenary.decisions.models import Decision
from plenary.front.addresses import decision_path
from plenary.front.changes import recent_changes
from plenary.front.deadlines import running
from plenary.front.visible import proposals_for
from plenary.meetings.models import Meeting
from plenary.proposals.rules import ON_THE_TABLE, Stage
from plenary.registers.finding import NEWEST_FIRST, tally
from plenary.web.render import render

EARLIER = 6  # decisions under the ledger
LINES = 12  # of the log
IS_THERE = Q(stage__not_in=[Stage.WITHDRAWN, Stage.DRAFT])


async def show(request: Request) -> Response:
    viewer, now = request.state.viewer, clock.now()
    newest = await _newest_year(viewer)
    table = await ledger(viewer, IS_THERE, year=newest)
    meeting = await Meeting.filter(ends__gte=now).order_by("begins").first()
    return render(
        request, "front/home.html", rows=table, year=newest, meeting=meeting,
        in_session=bool(meeting and meeting.begins <= now),
        pending=sum(row.proposal.stage != Stage.DECIDED for row in table),
        participants=max((len(row.stand.roll) for row in table if row.stand), default=0),
        states=max((row.stand.roll.states for row in table if row.stand), default=0),
        changes=await recent_changes(viewer, LINES), closings=await running(viewer),
        address=decision_path,
        decided=(await tally()).total, other_years=await _other_years(viewer, newest),
        earlier=await Decision.all().order_by(*NEWEST_FIRST).limit(EARLIER),
    )  # fmt: skip


async def _newest_year(viewer: Viewer) -> int:
    """In which there is a proposal that this reader may know of."""
    newest: Any = proposals_for(viewer).order_by("-year").first().values_list("year", flat=True)
    return int(await newest or 0)


async def _other_years(viewer: Viewer, newest: int) -> dict[int, int]:
    """How many proposals of each earlier year nobody has decided yet, newest year first."""
    still = proposals_for(viewer).filter(stage__in=sorted(ON_THE_TABLE)).exclude(year=newest)
    counted = still.annotate(n=Count("id")).group_by("year").values_list("year", "n")
    return dict(sorted([(int(year), int(n)) for year, n in await counted], reverse=True))
