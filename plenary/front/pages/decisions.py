"""The register of decisions: a page, a list, a table, a feed."""

from collections.abc import AsyncIterator, Sequence
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.powers import Power
from plenary.decisions.models import Decision
from plenary.front import exports
from plenary.front.addresses import decision_path
from plenary.front.briefs import briefs_of
from plenary.record.models import Entry
from plenary.registers.finding import NEWEST_FIRST, Wanted, choices, matching, page_of
from plenary.registers.renamed import updated_at
from plenary.registers.words import is_external, level_of, wording
from plenary.texts.symbols import bare
from plenary.web.answers import as_json, feed, is_fragment
from plenary.web.csv import as_csv, as_long_csv
from plenary.web.render import html, render
from plenary.web.routing import page
from plenary.web.site import base_url

WHOLE = 2_000  # decisions that are sent in one piece, with a mark to ask by whether they changed
PORTION = 250


def by_year(rows: Sequence[Decision]) -> list[tuple[int, list[Decision]]]:
    """In their order, under the years in which they were decided."""
    return [
        (int(year), [*of_year]) for year, of_year in groupby(rows, key=lambda row: row.date[:4])
    ]


WORDS: dict[str, Any] = {
    "address": decision_path, "bare": bare, "level_of": level_of, "wording": wording,
    "is_external": is_external, "by_year": by_year,
}  # fmt: skip


async def register(request: Request) -> Response:
    wanted = _wanted(request)
    listed = await page_of(wanted)
    if is_fragment(request):
        return render(request, "front/_decisions.html", listed=listed, wanted=wanted, **WORDS)
    return render(
        request,
        "front/decisions.html",
        listed=listed,
        wanted=wanted,
        choices=await choices(),
        **WORDS,
    )


async def register_json(request: Request) -> Response:
    listed = await page_of(_wanted(request))
    base = base_url(request)
    return as_json(listed.listed(lambda decision: exports.listed(decision, base), request))


async def register_csv(request: Request) -> Response:
    """A short register whole; a long one in portions, so that it holds neither loop nor memory."""
    ids: list[Any] = await matching(_wanted(request)).values_list("id", flat=True)
    parts = _portions(ids, base_url(request))
    if len(ids) > WHOLE:
        return as_long_csv(request, "decisions.csv", exports.COLUMNS, parts)
    lines = [line async for portion in parts for line in portion]
    return as_csv(request, "decisions.csv", exports.COLUMNS, lines)


async def _portions(ids: Sequence[int], base: str) -> AsyncIterator[list[tuple[object, ...]]]:
    for start in range(0, len(ids), PORTION):
        found = Decision.filter(id__in=ids[start : start + PORTION]).order_by(*NEWEST_FIRST)
        rows = await found.prefetch_related("body")
        briefs = await briefs_of(rows)
        yield [exports.line(decision, briefs.get(decision.id), base) for decision in rows]


async def register_atom(request: Request) -> Response:
    wanted = _wanted(request)
    listed = await page_of(wanted)
    rows = listed.items
    leaves = dict(
        await Entry.filter(n__in=[decision.entry for decision in rows] or [-1]).values_list(
            "n", "leaf"
        )
    )
    updated = await updated_at(rows)
    return feed(
        html(
            request,
            "front/decisions.atom",
            rows=rows,
            listed=listed,
            wanted=wanted,
            base=base_url(request),
            atom_id=atom_id,
            leaves=leaves,
            updated=updated,
            briefs=await briefs_of(rows),
            **WORDS,
        )
    )


def atom_id(leaf: str) -> str:
    """An identity that no move to another address can change: made of the leaf on the record."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'plenary:{leaf}')}"


def _wanted(request: Request) -> Wanted:
    return Wanted.of(request.query_params, request.path_params.get("year"))


routes = [
    page("/decisions", register, Power.READ, name="decisions"),
    page("/decisions.json", register_json, Power.READ, name="decisions_json"),
    page("/decisions.csv", register_csv, Power.READ, name="decisions_csv"),
    page("/decisions.atom", register_atom, Power.READ, name="decisions_atom"),
    page("/decisions/{year:int}", register, Power.READ, name="decisions_of_year"),
]
