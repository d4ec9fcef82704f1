"""One page of a long list."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

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


def whole(text: str, default: int = 1) -> int:
    """A number of a page or an entry as typed into an address; anything else is the default."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def pages_of(total: int, size: int) -> int:
    return max(1, -(-total // size))
