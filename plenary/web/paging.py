"""One page of a long list: which it is, what is on it, and how many there are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.requests import Request

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    items: Sequence[T]
    total: int
    page: int
    pages: int

    def listed(self, as_json: Callable[[T], dict[str, Any]]) -> dict[str, Any]:
        """The form that every list has in JSON."""
        return {
            "total": self.total, "page": self.page, "pages": self.pages,
            "items": [as_json(item) for item in self.items],
        }  # fmt: skip


def cut(items: Sequence[T], asked: int, size: int) -> Page[T]:
    """The page of a list that is asked for; whatever is no page is the first or the last."""
    page, start = place(len(items), asked, size)
    return Page(items[start : start + size], len(items), page, pages_of(len(items), size))


def place(total: int, asked: int, size: int) -> tuple[int, int]:
    """The page that is shown, and how many stand before it."""
    page = min(max(asked, 1), pages_of(total, size))
    return page, (page - 1) * size


def asked_page(request: Request) -> int:
    """The `?page=` of an address."""
    return whole(request.query_params.get("page", ""))


def whole(text: str, default: int = 1) -> int:
    """A number of a page or an entry as typed into an address; anything else is the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def pages_of(total: int, size: int) -> int:
    return max(1, -(-total // size))
