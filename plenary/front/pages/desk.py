"""The desk: who one is here, what needs one's delegation, its receipts, one's own sessions."""

from dataclasses import dataclass, replace
from datetime import timedelta
from operator import itemgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q, Subquery

from plenary import clock
from plenary.bodies.appealable import Appealable, measures_about, unanswered
from plenary.bodies.days import day_of
from plenary.bodies.models import Accreditation, Body, Delegation
from plenary.bodies.reading import names_of_all
from plenary.bodies.viewers import Viewer
from plenary.decisions.annexes import owed_by
from plenary.decisions.overview import ProposalRow, overview
from plenary.decisions.rules import overdue
from plenary.front.pages.delegation import speakers_of
from plenary.people.actions import end_other_sessions, end_session
from plenary.people.reading import sessions_of
from plenary.proposals.comments import unpublished_by
from plenary.proposals.names import asked_of
from plenary.proposals.rules import CLOSED
from plenary.questions.blocs import awaited, said_by
from plenary.questions.delivery import Delivery
from plenary.questions.models import BlocMember, Position, View
from plenary.questions.stand import Stated
from plenary.record import acts
from plenary.record.models import Entry, Receipt
from plenary.web.paging import SIZE, Page, asked_page, fetched
from plenary.web.render import render, see

MEASURES = 20  # about one's delegation; all of them on its own page
RECEIPTS, NOTICES = 20, 10  # the newest on the desk; all of them on pages of their own
NEW = timedelta(days=30)  # how long an accreditation stands on the desk of its delegation


@dataclass(frozen=True)
class Waiting:
    """An open question that a delegation has not answered on the newest version."""

    row: ProposalRow
    before: Stated | None  # what it said on an earlier version


@dataclass(frozen=True)
class Accredited:
    """An accreditation that another hand entered for a delegation of late."""

    accreditation: Accreditation
    entry: Entry


async def desk(request: Request) -> Response:
    viewer = request.state.viewer
    if not viewer.signed_in:
        return see("/sign-in?next=/desk")
    delegation = await Delegation.get_or_none(id=viewer.delegation or 0)
    rows = await overview(viewer, await _concerning(viewer))
    return render(
        request,
        "front/desk.html",
        delegation=delegation,
        awaited=await awaited(rows, viewer),
        waiting=_waiting(rows, viewer),
        presided=_presided(rows, viewer),
        owed=await owed_by(viewer),
        today=await day_of(clock.now()),
        overdue=overdue,
        drafts=_drafts(rows, viewer),
        unpublished=await unpublished_by(viewer),
        under=await asked_of(viewer),
        names=await names_of_all(),
        measures=await _measures(delegation) if delegation else [],
        appeals=await appeals_for(viewer),
        receipts=await _receipts(viewer, 1, RECEIPTS),
        speakers=await speakers_of(delegation) if delegation else [],
        offices=await _offices(viewer),
        sessions=await sessions_of(viewer.person),
        accredited=await _accredited(delegation) if delegation else [],
        closings=await _closings(request, rows),
        notices=await _notices(request, 1, NOTICES),
        told=request.query_params.get("ended", ""),
    )


async def receipts(request: Request) -> Response:
    """All of them, in pages."""
    viewer = request.state.viewer
    if not viewer.signed_in:
        return see("/sign-in?next=/desk/receipts")
    listed = await _receipts(viewer, asked_page(request), SIZE)
    return render(request, "front/receipts.html", receipts=listed)


async def notices(request: Request) -> Response:
    """All that this person was told, in pages."""
    if not request.state.viewer.signed_in:
        return see("/sign-in?next=/desk/notices")
    listed = await _notices(request, asked_page(request), SIZE)
    return render(request, "front/notices.html", notices=listed)


async def session_ended(request: Request) -> Response:
    await end_session(request.state.viewer.person, request.path_params["id"])
    return see("/desk?ended=one#sessions")


async def sessions_ended(request: Request) -> Response:
    viewer = request.state.viewer
    await end_other_sessions(viewer.person, keep=viewer.session)
    return see("/desk?ended=others#sessions")


async def _concerning(viewer: Viewer) -> Q:
    """The proposals that may need somebody: those that are not over, and those on which something
    was said for the reader's delegation that awaits its word."""
    said = (
        entered.filter(delegation_id=viewer.delegation or 0, current=True, countersigned=None)
        .exclude(entered_by="")
        .values_list("question__proposal_id", flat=True)
        for entered in (Position, View)
    )
    named = BlocMember.filter(delegation_id=viewer.delegation or 0, answered=None)
    awaited: set[Any] = {*await named.values_list("bloc__question__proposal_id", flat=True)}
    for each in said:
        awaited |= {*await each}
    return Q(Q(stage__not_in=sorted(CLOSED)), Q(id__in=awaited or {0}), join_type="OR")


def _waiting(rows: list[ProposalRow], viewer: Viewer) -> list[Waiting]:
    """On the roll, or an Observer; and not spoken on the version that is asked about."""
    found = []
    for row in rows:
        stand = row.stand
        if stand is None or not row.voice(viewer).speaks:
            continue
        said = said_by(stand, viewer.code)
        if said is None or said.version != stand.version:
            found.append(Waiting(row, said))
    return found


def _presided(rows: list[ProposalRow], viewer: Viewer) -> list[ProposalRow]:
    """Questions that this viewer presides over, and that are open or wait for an outcome."""
    return [
        row
        for row in rows
        if row.stand
        and viewer.presides(row.proposal.body.key)
        and (row.stand.open or row.offers.declare)
    ]


async def _closings(
    request: Request, rows: list[ProposalRow]
) -> list[tuple[ProposalRow, Delivery]]:
    """What closes, the soonest first, and whom its opening reached: for whoever presides over it
    and for the secretariat, while something can be done about it."""
    viewer, found = request.state.viewer, []
    for row in rows:
        if row.stand and row.stand.running and viewer.oversees(row.proposal.body.key):
            delivery = await request.app.state.delivery(row.stand.question)  # from above
            if delivery and row.stand.closes:
                found.append((row.stand.closes, row.proposal.id, row, delivery))
    return [(row, delivery) for _closes, _id, row, delivery in sorted(found, key=itemgetter(0, 1))]


async def _accredited(delegation: Delegation) -> list[Accredited]:
    """What was read by mail is here too, and where no mail comes: who was accredited of late."""
    accreditations = Accreditation.filter(delegation=delegation).prefetch_related("person")
    by_entry = {each.entry: each for each in await accreditations}
    entries = Entry.filter(n__in=[*by_entry] or [-1], at__gt=clock.now() - NEW)
    new = await entries.exclude(actor="system").order_by("-n").limit(RECEIPTS)
    return [Accredited(by_entry[entry.n], entry) for entry in new]


async def _measures(delegation: Delegation) -> list[Appealable]:
    """What an office or a decision did about the delegation, while it holds or is news."""
    today, fresh = await day_of(clock.now()), clock.now() - NEW
    return [
        about
        for about in await measures_about(delegation)
        if (about.measure.office or about.measure.decision)
        and (about.measure.at > fresh or (about.measure.until or today) > today)
    ][:MEASURES]


async def appeals_for(viewer: Viewer) -> list[Appealable]:
    """Appeals that nobody has answered yet, for an office that may."""
    if not viewer.may("answer_appeal"):
        return []
    return [
        about
        for about in await unanswered()
        if viewer.oversees(about.measure.body.key if about.measure.body else "plenary")
    ]


def _drafts(rows: list[ProposalRow], viewer: Viewer) -> list[tuple[ProposalRow, bool]]:
    """Drafts that this viewer reads, and whether they are somebody else's."""
    return [
        (row, row.proposal.author not in viewer.capacities)
        for row in rows
        if row.proposal.tabled is None
    ]


async def _receipts(viewer: Viewer, page: int, size: int) -> Page[dict[str, Any]]:
    """The receipts given for what this delegation did, of whatever kind it is; newest first."""
    given = Subquery(Receipt.all().values("entry"))
    done = await fetched(Entry.filter(actor=viewer.actor, n__in=given).order_by("-n"), page, size)
    entries = {entry.n: entry for entry in done.items}
    found = await Receipt.filter(entry__in=list(entries) or [-1]).order_by("-entry")
    lines = [_line(receipt, entries[receipt.entry]) for receipt in found]
    return replace(done, items=lines)


def _line(receipt: Receipt, entry: Entry) -> dict[str, Any]:
    return {"receipt": receipt, "entry": entry, "called": acts.of(entry.type).receipt}


async def _notices(request: Request, page: int, size: int) -> Page[Any]:
    listed: Page[Any] = await request.app.state.notices_to(request.state.viewer.person, page, size)
    return listed  # from above: mail reads the record


async def _offices(viewer: Viewer) -> list[tuple[str, Body]]:
    bodies = {body.key: body for body in await Body.filter(key__in=[k for _, k in viewer.offices])}
    return [(office, bodies[key]) for office, key in sorted(viewer.offices)]
