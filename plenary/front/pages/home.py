"""On the table: what is before the body, what changed, what is coming."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.decisions.overview import rows_of
from plenary.front.addresses import decision_path
from plenary.front.deadlines import running
from plenary.front.recent import recent_changes
from plenary.front.visible import newest_year, on_the_table, undecided_of_years
from plenary.meetings.reading import meetings_since
from plenary.proposals.rules import Stage
from plenary.registers.finding import newest_decisions
from plenary.registers.tally import tally
from plenary.web.render import render

EARLIER = 6  # decisions under the ledger
LINES = 12  # of the log


async def show(request: Request) -> Response:
    viewer, now = request.state.viewer, clock.now()
    newest = await newest_year(viewer)
    table = await rows_of(viewer, await on_the_table(viewer, newest))
    meeting = next((m for m in await meetings_since(now.date()) if m.ends >= now), None)
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
        earlier=await newest_decisions(EARLIER),
    )
