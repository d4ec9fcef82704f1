"""The proposals that a reader may know of, in the lists that are made of them."""

from collections.abc import Sequence
from typing import Any

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal
from plenary.proposals.reading import open_to
from plenary.proposals.rules import ON_THE_TABLE, Stage
from plenary.record.remembered import remembered
from plenary.web.paging import Page, fetched


def proposals_for(viewer: Viewer) -> QuerySet[Proposal]:
    """To be filtered and ordered further."""
    return Proposal.filter(open_to(viewer))


@remembered()
async def newest_year(viewer: Viewer) -> int:
    """In which there is one of them; 0 where there is none."""
    newest: Any = proposals_for(viewer).order_by("-year").first().values_list("year", flat=True)
    return int(await newest or 0)


@remembered()
async def undecided_of_years(viewer: Viewer, *, but: int) -> dict[int, int]:
    """How many of each other year nobody has decided yet, newest year first."""
    still = proposals_for(viewer).filter(stage__in=sorted(ON_THE_TABLE)).exclude(year=but)
    counted = still.annotate(n=Count("id")).group_by("year").values_list("year", "n")
    return dict(sorted([(int(year), int(n)) for year, n in await counted], reverse=True))


@remembered()
async def on_the_table(viewer: Viewer, year: int) -> Sequence[Proposal]:
    """Those of a year that were tabled and not withdrawn, in the order of their symbols."""
    query = proposals_for(viewer).filter(year=year, stage__not_in=[Stage.WITHDRAWN, Stage.DRAFT])
    return await query.order_by("number").prefetch_related("body")


@remembered()
async def stages_of(viewer: Viewer, year: int | None) -> Sequence[str]:
    """The stages that any of them has; of a year, or of all."""
    stages: Any = await _of_year(viewer, year).distinct().values_list("stage", flat=True)
    return sorted(stages)


@remembered()
async def page_of_proposals(
    viewer: Viewer, year: int | None, stage: str, page: int
) -> Page[Proposal]:
    """Those at a stage, or, where none is named, at any; newest year first."""
    ordered = _of_year(viewer, year).order_by("-year", "number")
    found = ordered.filter(stage=stage) if stage else ordered
    return await fetched(found.prefetch_related("body"), page)


def _of_year(viewer: Viewer, year: int | None) -> QuerySet[Proposal]:
    return proposals_for(viewer).filter(**({"year": year} if year else {}))
