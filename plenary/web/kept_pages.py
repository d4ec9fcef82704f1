"""Public pages and files, kept whole and compressed: made once for all who ask.

Stands outside the application. What it keeps is exactly what `sealed` lets everybody keep: whole
answers with an ETag, asked for without a cookie. What was asked with one, errors, redirections,
streams and what is for one browser pass through and are never looked at.

The promises. After an act of this process nobody here reads an older page; after another's, for at
most 100 ms (`front/newest.py`). A page never outlives the moment at which the clock could show
something else on it (`freshness.py`). However many wait for a page, it is made once for all of
them; whoever comes while one is being made of an older record waits for the next, and no two of
them are made at a time. A page is begun when the acts that are under way are over, after 100 ms at
the latest: made beside them it would hold up each of their steps, and be old at once. That it
cannot be read now is told to all who wait, with the first. A 304 costs no question to the database
but for the head's.

While the database is away, a page that is still true of the record as it was known last goes on
being shown: for ten minutes at most, never past a quarter of an hour or an instant at which
something was to be decided, never past an act of this process. `/readyz` says that the database is
away all the same.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import count
from sys import getsizeof

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plenary import clock
from plenary.kept import Bounded
from plenary.refusal import Unavailable
from plenary.web.answers import FORMS, knows
from plenary.web.freshness import Edition, making
from plenary.web.page_memory import Page, value_of
from plenary.web.whole_answers import Answer

STATIC = "/static/"
PART = FORMS.lower().encode()
# What is asked with one of these is answered by the application: somebody's own, or no plain page.
OWN = frozenset({b"cookie", b"authorization", b"content-length", b"transfer-encoding"})
PARTIAL = frozenset({b"range", b"if-range", b"if-modified-since", b"if-match"})
FILE = Edition("", 0, datetime(1970, 1, 1, tzinfo=UTC))  # static files are of it, whatever happens


@dataclass(frozen=True)
class PageKey:
    """What an answer depends on; nothing else that was sent is kept with it."""

    path: str
    query: bytes
    zipped: bool
    part: bool

    @property
    def size(self) -> int:
        """Of the address in memory: as long as a stranger likes, where the page may be short."""
        return getsizeof(self.path) + getsizeof(self.query)

    @property
    def is_file(self) -> bool:
        """The same for everybody and for ever."""
        return self.path.startswith(STATIC)


def asked_of(scope: Scope) -> PageKey | None:
    """None where the answer is not one of those that can be kept."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return None
    path, sent = scope["path"], dict[bytes, bytes]()
    for name, value in scope["headers"]:
        if name in PARTIAL or (name in OWN and not path.startswith(STATIC)):
            return None
        sent.setdefault(name, value)
    return PageKey(
        path,
        scope["query_string"],
        b"gzip" in sent.get(b"accept-encoding", b""),  # as the middleware that compresses asks
        sent.get(PART) == b"partial",
    )


@dataclass
class Flight:
    """A page that is being made: since when, and for all who wait for it."""

    began: int
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    page: Page | None = None  # none: each has to ask for itself
    failed: list[Message] = field(default_factory=list)  # or is told what the first was told


class KeptPages:
    """`newest` tells the edition that a reader who comes now may expect, or that it is Unavailable;
    `turn` how often this process has written; `settled` waits for what it is writing now, a
    moment at most. `live`: paths that tell of this moment."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        newest: Callable[[], Awaitable[Edition]],
        turn: Callable[[], int],
        settled: Callable[[], Awaitable[None]],
        most: int,
        live: Collection[str] = (),
    ) -> None:
        self.app, self._newest, self._turn, self._live = app, newest, turn, live
        self._settled = settled
        self.pages, self.files = _memory(most - most // 4), _memory(most // 4)
        self._edition: Edition | None = None
        self._flights: dict[PageKey, Flight] = {}
        self._order = count()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = asked_of(scope)
        if asked is None or asked.path in self._live:
            await self.app(scope, receive, send)
            return
        came, waited = next(self._order), False
        while True:
            edition = await self._edition_for(asked)
            page = self._page(asked, edition)
            flight = self._flights.get(asked)
            if page is None and flight is not None and edition is not None:
                await flight.ended.wait()
                if flight.failed:  # nobody waits a second time for a database that is away
                    await self._tell(flight, asked, scope, send)
                    return
                if flight.began < came:
                    continue  # it was begun before whoever waits had come: it may be too old
                page = flight.page
            elif page is None and edition is not None and not (waited or asked.is_file):
                await self._settled()  # what is being written now would make it old at once
                waited = True
                continue
            elif page is None and edition is not None and scope["method"] == "GET":
                await self._make(asked, edition, scope, receive, send)
                return
            if page is None:
                await self.app(scope, receive, send)
            else:
                await _send(page, scope, send)
            return

    async def _edition_for(self, asked: PageKey) -> Edition | None:
        """None: the record cannot be read."""
        if asked.is_file:
            return FILE
        try:
            edition = await self._newest()
        except Unavailable:
            return None
        if not self._is_newest(edition):
            self.pages.clear()  # nobody will be given any of them again
        self._edition = edition
        return edition

    def _is_newest(self, edition: Edition) -> bool:
        """As far as is known; a page that took long may be of one that is known to be over."""
        return self._edition is not None and edition.is_that_of(self._edition)

    def _page(self, asked: PageKey, edition: Edition | None) -> Page | None:
        """What is kept, if it may be given to whoever asks now."""
        page, now = (self.files if asked.is_file else self.pages).get(asked), clock.now()
        if page is None or asked.is_file:
            return page
        good = page.is_of(edition, now) if edition else page.is_bearable(self._turn(), now)
        return page if good else None

    async def _make(
        self, asked: PageKey, edition: Edition, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Have the application answer, and keep what everybody may keep."""
        flight = self._flights[asked] = Flight(next(self._order))
        kept = self.files if asked.is_file else self.pages
        # Also for whoever knows it already: the page itself is to be kept.
        sent = [(name, value) for name, value in scope["headers"] if name != b"if-none-match"]
        try:
            with making() as said:
                answer = Answer(edition, said, send, partial(self._end, asked, flight))
                await self.app({**scope, "headers": sent}, receive, answer)
            page = answer.page
            if page and page.until > page.made:
                flight.page = page
                if asked.is_file or self._is_newest(edition):
                    kept.put(asked, page, page.size + asked.size)
            flight.failed = answer.failed
        finally:
            self._end(asked, flight)
        if flight.failed:
            await self._tell(flight, asked, scope, send)
        elif page is not None:
            await _send(page, scope, send)

    async def _tell(self, flight: Flight, asked: PageKey, scope: Scope, send: Send) -> None:
        """The page as it was, if it is still true as far as is known; or that it cannot be read."""
        if page := self._page(asked, None):
            await _send(page, scope, send)
            return
        for message in flight.failed:
            if message["type"] == "http.response.body" and scope["method"] == "HEAD":
                await send({**message, "body": b""})
            else:
                await send(message)

    def _end(self, asked: PageKey, flight: Flight) -> None:
        """Nobody need wait for it any longer; whoever comes now begins another."""
        if self._flights.get(asked) is flight:
            del self._flights[asked]
        flight.ended.set()


def _memory(most: int) -> Bounded[PageKey, Page]:
    """Of so many bytes in all; no page takes more than an eighth of it."""
    return Bounded(most, each=most // 8)


async def _send(page: Page, scope: Scope, send: Send) -> None:
    """The page, or that it has not changed."""
    known = value_of(scope["headers"], b"if-none-match")
    same = bool(page.tag and known) and knows(known.decode("latin-1"), page.tag.decode())
    status, headers = (304, page.unchanged) if same else (200, page.headers)
    body = b"" if same or scope["method"] == "HEAD" else page.body
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
