"""On the table: what is before the body, what changed, what is coming."""

from collections import Counter
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.archive.addresses import decision_path
from plenary.archive.changes import recent_changes
from plenary.archive.deadlines import running
from plenary.archive.finding import NEWEST_FIRST
from plenary.decisions.ledger import Row, ledger
from plenary.decisions.models import Decision
from plenary.meetings.models import Meeting
from plenary.proposals.rules import Stage
from plenary.web.render import render

EARLIER = 6  # decisions under the ledger
LINES = 12  # of the log


async def show(request: Request) -> Response:
    viewer, now = request.state.viewer, clock.now()
    rows = await ledger(viewer)
    newest = max((row.proposal.year for row in rows), default=0)
    table = [row for row in rows if row.proposal.year == newest and _is_there(row.proposal.stage)]
    meeting = await Meeting.filter(ends__gte=now).order_by("begins").first()
    return render(
        request, "archive/home.html", rows=table, year=newest, meeting=meeting,
        in_session=bool(meeting and meeting.begins <= now),
        pending=sum(row.proposal.stage != Stage.DECIDED for row in table),
        participants=max((len(row.stand.roll) for row in table if row.stand), default=0),
        states=max((row.stand.roll.states for row in table if row.stand), default=0),
        changes=await recent_changes(viewer, LINES), closings=await running(viewer),
        address=decision_path,
        decided=await Decision.all().count(), other_years=_other_years(rows, newest),
        earlier=await Decision.all().order_by(*NEWEST_FIRST).limit(EARLIER),
    )  # fmt: skip


def _other_years(rows: Sequence[Row], newest: int) -> dict[int, int]:
    """How many proposals of each earlier year nobody has decided yet."""
    still = (row.proposal for row in rows if row.proposal.year != newest)
    return Counter(one.year for one in still if _is_there(one.stage) and one.stage != Stage.DECIDED)


def _is_there(stage: str) -> bool:
    return stage not in (Stage.WITHDRAWN, Stage.DRAFT)
