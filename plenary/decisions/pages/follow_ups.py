"""The follow-up of all decisions: who owes what by when. A page, CSV, JSON."""

from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.reading import names_of_all
from plenary.decisions import annexes, annexes_json, rules
from plenary.decisions.models import FollowUp
from plenary.decisions.reading import owner_of
from plenary.decisions.rules import Status
from plenary.record.entry import instant
from plenary.web.answers import as_json
from plenary.web.csv import as_csv
from plenary.web.paging import asked_page, cut
from plenary.web.render import render

SIZE = 100
COLUMNS = ("decision", "number", "kind", "text", "text_fr", "clause", "owner", "due", "status",
           "overdue", "changed", "sample", "path")  # fmt: skip


async def show(request: Request) -> Response:
    """The follow-up of all decisions, filtered."""
    wanted, found, today = await _wanted(request)
    shown = cut(found, asked_page(request), SIZE)
    everything = (
        found if wanted == annexes.Wanted() else await annexes.find(annexes.Wanted(), today)
    )
    return render(
        request,
        "decisions/follow_ups.html",
        listed=shown,
        follow_ups=shown.items,
        wanted=wanted,
        owners=annexes.owners(everything),
        names=await names_of_all(),
        today=today,
        overdue=rules.overdue,
        path_to=rules.path_to,
        statuses=[status.value for status in Status],
    )


async def show_json(request: Request) -> Response:
    _, found, today = await _wanted(request)
    shown = cut(found, asked_page(request), SIZE)
    return as_json(
        shown.listed(lambda follow_up: annexes_json.follow_up_json(follow_up, today), request)
    )


async def show_csv(request: Request) -> Response:
    _, found, today = await _wanted(request)
    return as_csv(
        request, "follow-up.csv", COLUMNS, (_line(follow_up, today) for follow_up in found)
    )


def _line(follow_up: FollowUp, today: date) -> tuple[object, ...]:
    owner, address = owner_of(follow_up), annexes_json.address_json(follow_up.decision)
    return (
        address["symbol"] or address["path"],
        follow_up.number,
        follow_up.kind,
        follow_up.text.get("en", ""),
        follow_up.text.get("fr", ""),
        follow_up.clause,
        owner.code or owner.body,
        follow_up.due or "",
        follow_up.status,
        rules.overdue(follow_up.status, follow_up.due, today),
        instant(follow_up.changed),
        follow_up.decision.sample,
        f"/follow-up/{follow_up.id}",
    )


async def _wanted(request: Request) -> tuple[annexes.Wanted, list[FollowUp], date]:
    asked, today = request.query_params, await day_of(clock.now())
    wanted = annexes.Wanted.of(asked.get("status", ""), asked.get("owner", ""))
    return wanted, await annexes.find(wanted, today), today
