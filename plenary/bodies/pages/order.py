"""The order of lists: by name in the page's language, accents and case aside; and their pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.requests import Request

from plenary.bodies.models import Delegation
from plenary.texts.folding import plain
from plenary.web.render import named

T = TypeVar("T")
SIZE = 25  # rows of one page


def by_name(delegations: Iterable[Delegation]) -> list[Delegation]:
    return sorted(delegations, key=lambda one: plain(named(one.names)))


@dataclass(frozen=True)
class Sheet(Generic[T]):
    """One page of a list."""

    items: Sequence[T]
    total: int
    page: int
    pages: int
    query: str


def sheet(request: Request, items: Sequence[T]) -> Sheet[T]:
    """The page that ?page= asks for; whatever is no page is the first or the last."""
    asked = request.query_params.get("page", "1")
    pages = max(1, -(-len(items) // SIZE))
    page = min(max(int(asked), 1), pages) if asked.isascii() and asked.isdigit() else 1
    start = (page - 1) * SIZE
    query = request.query_params.get("q", "").strip()[:100]
    return Sheet(items[start : start + SIZE], len(items), page, pages, query)


def listed(items: Sequence[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A whole list as JSON."""
    return {"total": len(items), "page": 1, "pages": 1, **more, "items": list(items)}
