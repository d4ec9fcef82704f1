"""One page of a long list: which it is, what is on it, how many there are, and the way on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from starlette.requests import Request

T = TypeVar("T")
SIZE = 50  # of a page, where a list has no reason for another
LONGEST_SOUGHT = 200  # characters of what is looked for: it is folded for every row of a list


@dataclass(frozen=True)
class Page(Generic[T]):
    items: Sequence[T]
    total: int
    page: int
    pages: int
    before: int = 0  # how many stand on the pages before it

    def listed(self, as_json: Callable[[T], dict[str, Any]], request: Request) -> dict[str, Any]:
        """The form that every list has in JSON, with the address of the next page."""
        return {
            "total": self.total, "page": self.page, "pages": self.pages,
            "next": self.after(request), "items": [as_json(item) for item in self.items],
        }  # fmt: skip

    def after(self, request: Request) -> str | None:
        """The address of the next page, as this one was asked for; none after the last."""
        if self.page >= self.pages:
            return None
        asked = dict(request.query_params) | {"page": str(self.page + 1)}
        return f"{request.url.path}?{urlencode(asked)}"


def cut(items: Sequence[T], asked: int, size: int = SIZE) -> Page[T]:
    """The page of a list that is asked for; whatever is no page is the first or the last."""
    page, start = place(len(items), asked, size)
    return Page(items[start : start + size], len(items), page, pages_of(len(items), size), start)


async def fetched(query: Any, asked: int, size: int = SIZE) -> Page[Any]:
    """The same of rows that are not read yet; the query gives them their order."""
    total = await query.count()
    page, before = place(total, asked, size)
    rows = await query.offset(before).limit(size)
    return Page(rows, total, page, pages_of(total, size), before)


def place(total: int, asked: int, size: int) -> tuple[int, int]:
    """The page that is shown, and how many stand before it."""
    page = min(max(asked, 1), pages_of(total, size))
    return page, (page - 1) * size


def asked_page(request: Request) -> int:
    """The `?page=` of an address."""
    return whole(request.query_params.get("page", ""))


def sought(query: Mapping[str, str]) -> str:
    """The `?q=` of an address: what is looked for in a list."""
    return query.get("q", "").strip()[:LONGEST_SOUGHT]


def whole(text: str, default: int = 1) -> int:
    """A number of a page or an entry as typed into an address; anything else is the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def pages_of(total: int, size: int) -> int:
    return max(1, -(-total // size))
