"""On the table: what is before the body, what changed, what is coming."""

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from plenary import clock
from plenary.decisions.ledger import ledger
from plenary.decisions.models import Decision
from plenary.front.addresses import decision_path
from plenary.front.changes import recent_changes
from plenary.front.deadlines import running
from plenary.front.visible import newest_year, undecided_of_years
from plenary.meetings.models import Meeting
from plenary.proposals.rules import Stage
from plenary.registers.finding import NEWEST_FIRST
from plenary.registers.tally import tally
from plenary.web.render import render

EARLIER = 6  # decisions under the ledger
LINES = 12  # of the log
IS_THERE = Q(stage__not_in=[Stage.WITHDRAWN, Stage.DRAFT])


async def show(request: Request) -> Response:
    viewer, now = request.state.viewer, clock.now()
    newest = await newest_year(viewer)
    table = await ledger(viewer, IS_THERE, year=newest)
    meeting = await Meeting.filter(ends__gte=now).order_by("begins").first()
    return render(
        request,
        "front/home.html",
        rows=table,
        year=newest,
        meeting=meeting,
        in_session=bool(meeting and meeting.begins <= now),
        pending=sum(row.proposal.stage != Stage.DECIDED for row in table),
        participants=max((len(row.stand.roll) for row in table if row.stand), default=0),
        states=max((row.stand.roll.states for row in table if row.stand), default=0),
        changes=await recent_changes(viewer, LINES),
        closings=await running(viewer),
        address=decision_path,
        decided=(await tally()).total,
        other_years=await undecided_of_years(viewer, but=newest),
        earlier=await Decision.all().order_by(*NEWEST_FIRST).limit(EARLIER),
    )
