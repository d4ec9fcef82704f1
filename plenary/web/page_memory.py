"""A whole page as it is kept in memory and sent, and for how long it may be. Pure."""

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
