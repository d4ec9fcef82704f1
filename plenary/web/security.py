"""What every answer carries and every change must pass: headers, and the cross-origin check."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from plenary.web.answers import OWN

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers would then send Origin: null with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
HOST = re.compile(r"(?:[A-Za-z0-9._~-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
TRANSPORT = "max-age=63072000; includeSubDomains"


class SecurityHeaders:
    """Stands outside the application, so that 413 and 500 pages carry the headers too.

    A Host that cannot be one is taken away: every address that is made from it would fail.
    """

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self.app = app
        self.headers = HEADERS | ({"Strict-Transport-Security": TRANSPORT} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        sent = [(name, value) for name, value in scope["headers"] if _readable(name, value)]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", OWN)  # what passed no seal, nobody keeps
            await send(message)

        await self.app({**scope, "headers": sent}, receive, with_headers)


def _readable(name: bytes, value: bytes) -> bool:
    return name != b"host" or HOST.fullmatch(value.decode("latin-1")) is not None


class BodyLimit:
    """Counts what is read: past the limit the reading itself fails, and 413 is a page of the site.

    Starlette's own limit answers in plain text, outside the pages.
    """

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self.most:
                raise HTTPException(413)
            return message

        await self.app(scope, counted, send)


def too_large(headers: Headers, most: int) -> bool:
    """Whether the body says by itself that it is over the limit: then nothing of it is read."""
    said = headers.get("content-length", "")
    return said.isascii() and said.isdigit() and int(said[:20]) > most


def crosses_origins(method: str, headers: Headers, trusted: str) -> bool:
    """Whether another site sent this change (the algorithm of Go 1.25's CrossOriginProtection).

    Browsers say where a request comes from in Sec-Fetch-Site, older ones in Origin; a client
    that sends neither is no browser and carries nobody's cookies by accident.
    """
    if method in SAFE_METHODS:
        return False
    origin = headers.get("origin")
    if origin is not None and origin == trusted:
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and _host_of(origin) != headers.get("host", "")


def _host_of(origin: str) -> str | None:
    """Host and port of an origin; nothing where it cannot be read, which is nobody's."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None
