"""The register of decisions as it is asked for: search, filters, pages."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q
from tortoise.functions import Count
from tortoise.queryset import QuerySet

from plenary.bodies.models import Body, Words
from plenary.decisions.models import Decision
from plenary.decisions.rules import Outcome
from plenary.texts.folding import terms
from plenary.web.paging import Page, fetched, sought, whole

# By date, whatever year a symbol is numbered under; of one day, what came last to the register.
NEWEST_FIRST = ("-date", "-at", "-place_in_source", "-id")


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
            outcome=outcome if outcome in set(Outcome) else "", body=query.get("body", "")[:60],
            register=query.get("register", "")[:40], page=max(1, whole(query.get("page", ""))),
        )  # fmt: skip

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
    query = Decision.all()
    for term in terms(wanted.q):
        query = query.filter(Q(*(_written(way) for way in term), join_type="OR"))
    exact = {
        "outcome": wanted.outcome, "body__key": wanted.body,
        "register": wanted.register,
    }  # fmt: skip
    if wanted.year:
        query = query.filter(of_year(wanted.year))
    query = query.filter(**{name: value for name, value in exact.items() if value})
    return query.order_by(*NEWEST_FIRST)


def of_year(year: int) -> Q:
    """Decided in this year, or numbered under it: who looks for either finds it."""
    return Q(Q(year=year), Q(date__startswith=f"{year:04}"), join_type="OR")


def _written(way: tuple[str, ...]) -> Q:
    return Q(*(Q(words__contains=part) for part in way))


async def page_of(wanted: Wanted) -> Page[Decision]:
    return await fetched(matching(wanted).prefetch_related("body", "proposal"), wanted.page)


async def choices() -> Choices:
    counted = Decision.annotate(n=Count("id")).group_by("year", "date")
    years = Counter[int]()
    for year, date, n in await counted.values_list("year", "date", "n"):
        years.update(dict.fromkeys({int(year), int(date[:4])}, int(n)))
    outcomes = await _each("outcome")
    keys = await _each("body__key")
    bodies = await Body.filter(key__in=sorted(keys) or [""]).order_by("id")
    return Choices(
        years=sorted(years.items(), reverse=True),
        outcomes=[outcome for outcome in Outcome if outcome in outcomes],
        bodies=[(body.key, body.names) for body in bodies],
        registers=sorted(await _each("register")),
    )


async def _each(column: str) -> set[str]:
    """Every value that a column has."""
    rows: list[Any] = await Decision.all().distinct().values_list(column, flat=True)
    return {str(value) for value in rows if value is not None}
