"""Who stands where: every Participant by every proposal of a year, and the Observers apart."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from tortoise.expressions import Q

from plenary.bodies.viewers import Viewer
from plenary.decisions.json import observer_json, position_json, question_json
from plenary.decisions.overview import ProposalRow, overview
from plenary.front.visible import proposals_for
from plenary.proposals.models import Proposal
from plenary.questions.concerns import in_one
from plenary.questions.stand import Party, PassedOn, in_order
from plenary.questions.stated import Stated
from plenary.record.entry import instant
from plenary.record.remembered import remembered
from plenary.texts.folding import finds
from plenary.web.answers import as_json
from plenary.web.csv import as_csv
from plenary.web.paging import asked_page, cut, sought
from plenary.web.render import render

SHOWN = ("", "object", "reservation", "not_stated")
MOST_COLUMNS = 6  # of one page: more do not fit without scrolling sideways
LONGEST = 60  # characters of a filter


@dataclass(frozen=True)
class Table:
    """Rows of parties, columns of proposals that a question was put on."""

    columns: list[ProposalRow]
    parties: list[Party]
    observers: list[Party]


async def show(request: Request) -> Response:
    year = request.path_params.get("year") or await _latest_year()
    only, show_ = (request.query_params.get(name, "")[:LONGEST] for name in ("only", "show"))
    query, viewer = sought(request.query_params), request.state.viewer
    chosen = {part.strip() for part in only.split(",") if part.strip()}
    asked = await _asked_in(viewer, year)
    among = [key for key, number in asked if not chosen or str(number) in chosen]
    listed = cut(among, asked_page(request), MOST_COLUMNS)
    table = await _table(viewer, listed.items)
    stands = [row.stand for row in table.columns if row.stand]
    show_ = show_ if show_ in SHOWN else ""
    parties = [p for p in table.parties if _matches(p, query) and _stands(p, table, show_)]
    return render(
        request,
        "front/matrix.html",
        year=year,
        table=table,
        parties=parties,
        show=show_,
        q=query,
        only=only,
        shown=SHOWN,
        listed=listed,
        before=(listed.page - 1) * MOST_COLUMNS,
        filters={
            name: typed for name, typed in (("only", only), ("show", show_), ("q", query)) if typed
        },
        participants=max((len(stand.roll) for stand in stands), default=0),
        states=max((stand.roll.states for stand in stands), default=0),
    )


async def show_json(request: Request) -> Response:
    year = request.path_params["year"]
    table = await _whole(request.state.viewer, year)
    return as_json(
        {
            "year": year,
            "proposals": [
                {
                    "symbol": row.proposal.symbol, "title": row.proposal.title,
                    "sample": row.proposal.sample, "question": question_json(stand),
                    "positions": [position_json(position) for position in stand.spoken.values()],
                    "stale": [position_json(position) for position in stand.stale.values()],
                    "observers": [observer_json(view) for view in stand.heard],
                }
                for row, stand in _for_file(table)
            ],
        }
    )  # fmt: skip


COLUMNS = (
    "proposal", "delegation", "name", "capacity", "stance", "version", "clause", "explanation",
    "would_join", "language", "ad_referendum", "sample", "entered_by", "countersigned",
)  # fmt: skip


async def show_csv(request: Request) -> Response:
    """One line for each position; Observers carry their constituency and are never counted."""
    year = request.path_params["year"]
    table = await _whole(request.state.viewer, year)
    lines = (
        _line(row, position)
        for row, stand in _for_file(table)
        for position in [*stand.spoken.values(), *stand.stale.values(), *stand.heard]
    )
    return as_csv(request, f"positions-{year}.csv", COLUMNS, lines)


def _line(row: ProposalRow, position: Stated) -> tuple[object, ...]:
    return (
        row.proposal.symbol,
        position.party.code,
        position.party.names.get("en", ""),
        position.party.constituency or "participant",
        position.stance.value,
        position.version,
        " ".join(clause or "whole" for clause in position.clauses if position.concerns),
        in_one(position, "explanation"),
        in_one(position, "would_join"),
        position.language,
        int(position.ad_referendum),
        int(row.proposal.sample),
        position.entered_by,
        instant(position.countersigned) if position.countersigned else "",
    )


def _for_file(table: Table) -> Iterator[tuple[ProposalRow, PassedOn]]:
    return ((row, row.stand.for_file()) for row in table.columns if row.stand)


@remembered()
async def _asked_in(viewer: Viewer, year: int) -> Sequence[tuple[int, int]]:
    """Id and number of the proposals of a year that a question was put on."""
    found = proposals_for(viewer).filter(year=year, questions__id__isnull=False)
    rows = await found.distinct().order_by("number").values_list("id", "number")
    return [(int(key), int(number)) for key, number in rows]


async def _whole(viewer: Viewer, year: int) -> Table:
    """For the files of a year."""
    return await _table(viewer, [key for key, _ in await _asked_in(viewer, year)])


async def _table(viewer: Viewer, among: Sequence[int]) -> Table:
    found = await overview(viewer, Q(id__in=among or [0]))
    rows = [row for row in found if row.stand is not None]
    parties: dict[str, Party] = {}
    observers: dict[str, Party] = {}
    for row in rows:
        assert row.stand is not None
        parties |= {party.code: party for party in row.stand.parties}
        observers |= {view.party.code: view.party for view in row.stand.heard}
    return Table(
        rows,
        sorted(parties.values(), key=in_order),
        sorted(observers.values(), key=in_order),
    )


def _matches(party: Party, query: str) -> bool:
    return finds(query, party.code, *party.names.values())


def _stands(party: Party, table: Table, stance: str) -> bool:
    """Whether the party stands so on at least one of the proposals."""
    if not stance:
        return True
    for row in table.columns:
        said = row.stand.spoken.get(party.code) if row.stand else None
        if (said.stance.value if said else "not_stated") == stance:
            return True
    return False


async def _latest_year() -> int:
    newest = await Proposal.all().order_by("-year").first()
    return newest.year if newest else 0
