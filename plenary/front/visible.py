"""The proposals that a reader may know of."""

from typing import Any

from tortoise.functions import Count
from tortoise.queryset import QuerySet

from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal
from plenary.proposals.reading import open_to
from plenary.proposals.rules import ON_THE_TABLE
from plenary.record.remembered import remembered


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
