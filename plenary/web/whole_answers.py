"""Whole answers as the application sends them, caught on their way out."""

from collections.abc import Callable

from starlette.types import Message, Send

from plenary import clock
from plenary.web.answers import OPEN
from plenary.web.freshness import Edition, Making
from plenary.web.page_memory import Headers, Page, value_of
from plenary.web.static import FOR_EVER

# What a 304 does not repeat of the answer that it stands for (RFC 9110, 15.4.5).
OF_A_BODY = frozenset({b"content-type", b"content-length", b"content-encoding",
                       b"content-disposition", b"last-modified"})  # fmt: skip


class Answer:
    """What the application sends: held back where it is whole and for all, or says that the
    database is away; else passed on."""

    def __init__(
        self, edition: Edition, said: Making, send: Send, passes: Callable[[], None]
    ) -> None:
        self.page: Page | None = None
        self.failed: list[Message] = []  # 503, as it would have been sent
        self._edition, self._said, self._made = edition, said, clock.now()
        self._send, self._passes = send, passes
        self._held: Message | None = None
        self._parts: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _for_all(message):
            self._held = message
        elif self.failed or message.get("status") == 503:
            self.failed.append(message)
        elif self._held is None:
            self._passes()  # whoever waits for it need not wait any longer
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._parts.append(message.get("body", b""))
            if not message.get("more_body", False):
                self.page = self._whole(self._held["headers"], b"".join(self._parts))

    def _whole(self, sent: Headers, body: bytes) -> Page:
        headers = [header for header in sent if header[0] != b"content-length"]
        headers.append((b"content-length", b"%d" % len(body)))  # it may have come in parts
        return Page(
            headers,
            [header for header in headers if header[0] not in OF_A_BODY],
            body,
            value_of(headers, b"etag"),
            self._edition,
            self._made,
            min(self._edition.until(self._made), self._made + self._said.longest),
        )


def _for_all(start: Message) -> bool:
    """A file for ever, or what `sealed` has marked and lets everybody keep."""
    headers = start["headers"]
    keeping = value_of(headers, b"cache-control")
    return start["status"] == 200 and (
        keeping == FOR_EVER.encode()
        or (keeping == OPEN.encode() and value_of(headers, b"etag") != b"")
    )
