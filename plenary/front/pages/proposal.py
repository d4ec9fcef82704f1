"""A proposal in one page: where it stands, its text, who said what, and how it came here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.reading import names_of_all
from plenary.bodies.viewers import Viewer
from plenary.decisions.json import proposal_json
from plenary.decisions.overview import ProposalRow, rows_of
from plenary.decisions.reading import decisions_on
from plenary.front.visible import page_of_proposals, stages_of
from plenary.proposals.comments import comments_counted, kept_counted
from plenary.proposals.comparing import changes_between
from plenary.proposals.history import cycle_with, withdrawal_of
from plenary.proposals.models import Proposal, Version
from plenary.proposals.names import handed_in, names_under
from plenary.proposals.offered import offered
from plenary.proposals.reading import (
    authentic_languages,
    clauses_of,
    firsts_of,
    languages_of,
    lines_of,
    proposal_for,
    uneven_languages,
    version_of,
)
from plenary.proposals.rules import STEPS, Stage
from plenary.questions.blocs import awaited, joint_for_file, joint_json
from plenary.questions.delivery import Delivery
from plenary.questions.earlier import with_earlier
from plenary.questions.pages.presiding import entering
from plenary.questions.stand import Stand
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.entry_types import EntryType
from plenary.record.models import Entry
from plenary.record.remembered import remembered
from plenary.web.answers import as_json
from plenary.web.language import current
from plenary.web.paging import asked_page
from plenary.web.render import render

WORDED = ("object", "reservation", "stand_aside")  # shown with what they said before


async def index(request: Request) -> Response:
    """The proposals in pages: all, or of one year, and by stage."""
    year, stage = request.path_params.get("year"), request.query_params.get("stage", "")
    viewer = request.state.viewer
    stages = await stages_of(viewer, year)
    # None has a stage that there is not, and which may be too long for its column.
    sought = stage if not stage or stage in stages else "none"
    listed = await page_of_proposals(viewer, year, sought, asked_page(request))
    rows = await rows_of(viewer, listed.items)
    return render(
        request,
        "front/proposals.html",
        listed=listed,
        rows=rows,
        year=year,
        stage=stage,
        stages=stages,
    )


async def show(request: Request) -> Response:
    viewer, proposal = request.state.viewer, await _proposal(request)
    version = await version_of(proposal, proposal.newest)
    clauses = await clauses_of(version)
    row = await _with_what_was_said(viewer, (await rows_of(viewer, [proposal]))[0], WORDED)
    stand, under = row.stand, await names_under(proposal)
    context: dict[str, Any] = {
        "proposal": proposal,
        "version": version,
        "row": row,
        "awaited": await awaited([row], viewer),
        "clauses": clauses,
        "firsts": await firsts_of(clauses),
        "remarks": await comments_counted(proposal),
        "kept": await kept_counted(proposal, viewer) if proposal.tabled else 0,
        "steps": STEPS,
        "step": _step(proposal),
        "under": under,
        "handed": await handed_in(proposal),
        "yours": await offered(viewer, proposal),
        "enters": stand and stand.open and _enters(viewer, proposal, stand),
        "cycle": await cycle_with(proposal),
        "names": await names_of_all(),
        "languages_done": await languages_of(proposal),
        "authentic": await authentic_languages(proposal),
        "behind": await uneven_languages(proposal),
        "milestones": await _milestones(proposal, newest_first=True),
        "decisions": await decisions_on(proposal),
        "changes": await _changes(proposal, clauses),
        "withdrawal": await withdrawal_of(proposal),
        "lines": await lines_of(proposal, version, current()),
        "delivery": await _delivery(request, row.stand, proposal.body.key),
    }
    return render(request, "front/proposal.html", **context)


def _enters(viewer: Viewer, proposal: Proposal, stand: Stand) -> bool:
    return bool(entering(viewer, proposal.body.key, stand.question.put_by))


async def positions(request: Request) -> Response:
    """Everyone's position with every explanation, and the earlier ones."""
    viewer, proposal = request.state.viewer, await _proposal(request)
    return render(
        request,
        "front/positions.html",
        proposal=proposal,
        row=await _with_what_was_said(viewer, (await rows_of(viewer, [proposal]))[0]),
        clauses=await clauses_of(await version_of(proposal, proposal.newest)),
    )


async def history(request: Request) -> Response:
    proposal = await _proposal(request)
    return render(
        request,
        "front/history.html",
        proposal=proposal,
        milestones=await _milestones(proposal, newest_first=False),
        names=await names_of_all(),
        versions=await Version.filter(proposal=proposal).order_by("number"),
    )


async def show_json(request: Request) -> Response:
    proposal = await _proposal(request)
    viewer = request.state.viewer
    row = (await rows_of(viewer, [proposal]))[0]
    joint = await joint_for_file(row.stand.for_file()) if row.stand else []
    told = await proposal_json(row) | {"on_behalf": [joint_json(bloc) for bloc in joint]}
    return as_json(told)


async def _with_what_was_said(
    viewer: Viewer, row: ProposalRow, stances: Sequence[str] | None = None
) -> ProposalRow:
    """Before what stands now: by everybody, or by those alone who stand so."""
    if row.stand is None:
        return row
    codes = (
        None
        if stances is None
        else [said.party.code for stance in stances for said in row.stand.by_stance(stance)]
    )
    return replace(row, stand=(await with_earlier([row.stand], viewer, codes))[0])


async def _delivery(request: Request, stand: Stand | None, body: str) -> Delivery | None:
    """Who was told of the question that runs: for those who preside and for the secretariat."""
    if stand is None or not request.state.viewer.oversees(body):
        return None
    found: Delivery | None = await request.app.state.delivery(stand.question)  # from above
    return found


async def _proposal(request: Request) -> Proposal:
    year, number = request.path_params["year"], request.path_params["number"]
    return await proposal_for(request.state.viewer, year, number)


def _step(proposal: Proposal) -> int:
    """How far along the five steps it is, from 0."""
    stage = Stage(proposal.stage)
    if stage in STEPS:
        return STEPS.index(stage)
    return STEPS.index(Stage.BEFORE_PLENARY) if stage is Stage.DEFERRED else 0


@remembered()
async def _milestones(
    proposal: Proposal, *, newest_first: bool
) -> list[tuple[Entry, Mapping[str, Any], EntryType]]:
    """The acts that moved it, not each position; its author sponsors it without saying so."""
    entries = Entry.filter(topic=proposal.symbol, type__in=acts.milestones())
    rows = await entries.order_by("-n" if newest_first else "n")
    told = [(row, read_entry(row.written), acts.of(row.type)) for row in rows]
    return [
        (row, facts, act)
        for row, facts, act in told
        if row.type != "proposal.sponsored"
        or f"delegation:{facts.get('delegation')}" != proposal.author
    ]


async def _changes(proposal: Proposal, clauses: Any) -> Any:
    """The redline against the version before, in the language it is negotiated in."""
    if proposal.newest < 2 or current() != proposal.original:
        return None
    before = await version_of(proposal, proposal.newest - 1)
    return await changes_between(await clauses_of(before), clauses)
