"""The order of lists: by name in the page's language, accents and case aside; and their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request

from plenary.bodies.models import Delegation
from plenary.texts.folding import plain
from plenary.web import paging
from plenary.web.render import named

T = TypeVar("T")
SIZE = 25  # rows of one page


def by_name(delegations: Iterable[Delegation]) -> list[Delegation]:
    return sorted(delegations, key=lambda delegation: plain(named(delegation.names)))


@dataclass(frozen=True)
class FoundPage(paging.Page[T]):
    """One page of what was searched for."""

    query: str = ""


def found_page(request: Request, items: Sequence[T]) -> FoundPage[T]:
    """The page that ?page= asks for; whatever is no page is the first or the last."""
    cut = paging.cut(items, paging.asked_page(request), SIZE)
    query = paging.sought(request.query_params)
    return FoundPage(cut.items, cut.total, cut.page, cut.pages, cut.before, query)


def listed(items: Sequence[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A whole list as JSON."""
    return {"total": len(items), "page": 1, "pages": 1, "next": None, **more, "items": list(items)}
