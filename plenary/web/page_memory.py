"""Whole pages in memory, as they are sent, within a bound of bytes. Pure."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime

from plenary.web.freshness import Edition

Headers = list[tuple[bytes, bytes]]
A_PAGE = 1_000  # bytes that a page takes beside its own: its headers' objects, its place
A_HEADER = 120  # that a header takes beside its letters, in either of the two lists


def value_of(headers: Headers, wanted: bytes) -> bytes:
    return next((value for name, value in headers if name == wanted), b"")


@dataclass(frozen=True)
class Page:
    """One answer, 200, in one language and one encoding; and the 304 that stands for it."""

    headers: Headers
    unchanged: Headers
    body: bytes
    tag: bytes
    edition: Edition
    made: datetime
    until: datetime

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        headers = [*self.headers, *self.unchanged]
        letters = sum(len(name) + len(value) for name, value in headers)
        return len(self.body) + letters + A_HEADER * len(headers) + A_PAGE

    def is_of(self, edition: Edition, now: datetime) -> bool:
        """Whether it would be made the same now."""
        return self.made <= now < self.until and self.edition.is_that_of(edition)

    def is_bearable(self, turn: int, now: datetime) -> bool:
        """Whether it may be shown while the database is away: this process has written nothing
        since, and nothing was to be decided meanwhile."""
        return self.edition.turn == turn and self.made <= now < self.edition.undecided(self.made)


class Memory:
    """Pages by what was asked for; what was asked for least lately is forgotten first."""

    def __init__(self, most: int) -> None:
        """`most` bytes in all. No page takes more than an eighth of it."""
        self._most, self.held = most, 0
        self._pages: OrderedDict[Hashable, Page] = OrderedDict()
        self._beside: dict[Hashable, int] = {}  # bytes of its key

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable) -> Page | None:
        if (page := self._pages.get(key)) is not None:
            self._pages.move_to_end(key)
        return page

    def put(self, key: Hashable, page: Page, beside: int = 0) -> None:
        """`beside`: the bytes of its key."""
        self._drop(key)
        if page.size + beside > self._most // 8:
            return
        self._pages[key], self._beside[key] = page, beside
        self.held += page.size + beside
        while self.held > self._most:
            self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        self._pages.clear()
        self._beside.clear()
        self.held = 0

    def _drop(self, key: Hashable) -> None:
        if (page := self._pages.pop(key, None)) is not None:
            self.held -= page.size + self._beside.pop(key)
