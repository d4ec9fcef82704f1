"""The register of decisions as it is asked for: search, filters, pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from plenary.bodies.models import Body, Words
from plenary.decisions.models import Decision
from plenary.decisions.reading import registered
from plenary.questions.rules import Outcome
from plenary.record.remembered import remembered
from plenary.registers.tally import Dates, tally
from plenary.texts.folding import terms
from plenary.web.paging import SIZE, Page, pages_of, place, sought, whole

# By date, whatever year a symbol is numbered under; of one day, what came last to the register.
NEWEST_FIRST = ("-date", "-at", "-place_in_source", "-id")


@remembered()
async def newest_decisions(most: int) -> Sequence[Decision]:
    """Of all registers, so many."""
    return await registered().order_by(*NEWEST_FIRST).limit(most)


@dataclass(frozen=True)
class Wanted:
    """What a reader asks the register for; fields that are not understood ask for nothing."""

    q: str = ""
    year: int | None = None
    outcome: str = ""
    body: str = ""
    register: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: Mapping[str, str], year: int | None = None) -> "Wanted":
        outcome = query.get("outcome", "")
        return cls(
            q=sought(query),
            year=year or whole(query.get("year", ""), 0) or None,
            outcome=outcome if outcome in set(Outcome) else "",
            body=query.get("body", "")[:60],
            register=query.get("register", "")[:40],
            page=max(1, whole(query.get("page", ""))),
        )

    @property
    def filters(self) -> dict[str, str]:
        """What it is filtered by, as it stands in addresses."""
        found = {
            "q": self.q, "year": str(self.year or ""), "outcome": self.outcome, "body": self.body,
            "register": self.register,
        }  # fmt: skip
        return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Choices:
    """What there is to filter by."""

    years: list[tuple[int, int]]  # newest first, with how many
    outcomes: list[str]
    bodies: list[tuple[str, Words]]
    registers: list[str]


def matching(wanted: Wanted) -> QuerySet[Decision]:
    """Every word must be found; accents and capitals make no difference."""
    query = registered()
    for term in terms(wanted.q):
        query = query.filter(Q(*(_written(way) for way in term), join_type="OR"))
    exact = {
        "outcome": wanted.outcome,
        "body__key": wanted.body,
        "register": wanted.register,
    }
    if wanted.year:
        query = query.filter(of_year(wanted.year))
    query = query.filter(**{name: value for name, value in exact.items() if value})
    return query.order_by(*NEWEST_FIRST)


def of_year(year: int) -> Q:
    """Decided in this year, or numbered under it: who looks for either finds it."""
    begins, ends = f"{year:04}", f"{year + 1:04}"
    dated = Q(date__gte=begins, date__lt=ends) if len(ends) == 4 else Q(date__startswith=begins)
    return Q(Q(year=year), dated, join_type="OR")


def _written(way: tuple[str, ...]) -> Q:
    return Q(*(Q(words__contains=part) for part in way))


async def page_of(wanted: Wanted, size: int = SIZE) -> Page[Decision]:
    """Ids first, of the dates of the page alone: one far on is found as the first is."""
    dates = await _dates(wanted)
    page, before = place(dates.total, wanted.page, size)
    ids: list[Any] = []
    if dates.total:
        newest, within = dates.at(before)
        oldest, _ = dates.at(min(before + size, dates.total) - 1)
        query = matching(wanted).filter(date__lte=newest, date__gte=oldest)
        ids = await query.offset(within).limit(size).values_list("id")
    rows = Decision.filter(id__in=[key for (key,) in ids] or [0]).order_by(*NEWEST_FIRST)
    found = await rows.prefetch_related("body", "proposal")
    return Page(found, dates.total, page, pages_of(dates.total, size), before)


async def _dates(wanted: Wanted) -> Dates:
    if not wanted.filters:
        return (await tally()).dates
    return await _dates_among(replace(wanted, page=1))


@remembered()
async def _dates_among(wanted: Wanted) -> Dates:
    """Looked through once, however many pages of it are asked for."""
    dated = matching(wanted).order_by("date").annotate(n=Count("id")).group_by("date")
    return Dates({str(date): int(n) for date, n in await dated.values_list("date", "n")})


async def choices() -> Choices:
    counted = await tally()
    bodies = await Body.filter(id__in=sorted(counted.bodies) or [0]).order_by("id")
    return Choices(
        years=sorted(counted.years.items(), reverse=True),
        outcomes=[outcome for outcome in Outcome if outcome in counted.outcomes],
        bodies=[(body.key, body.names) for body in bodies],
        registers=sorted(counted.registers),
    )
