"""The only maker of answers: format, who may keep them, what they depend on, and 304.

A handler says what it answers with; `sealed` says, for every handler alike, who may keep it. What
somebody signed in reads is nobody else's: no cache keeps it, whatever its format and status. What
the public reads may be kept by everyone who asks before each use whether it is still so.
"""

import json
from collections.abc import AsyncIterator, Callable
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from plenary.aside import LONG, aside, weight_of
from plenary.web import language
from plenary.web.removals import said

OPEN = "public, max-age=0, must-revalidate"
OWN = "no-store, private"
READING = frozenset({"GET", "HEAD"})
COMPRESSED = 1_000  # bytes from which an answer goes out as small as whoever asks can read it
FORMS = "HX-Request-Type"  # htmx says in it whether it asks for a part or for a page
# What a 304 repeats of the answer it stands for (RFC 9110, 15.4.5), and who else may read it.
REPEATED = frozenset(
    {"etag", "cache-control", "vary", "content-language", "access-control-allow-origin",
     "cross-origin-resource-policy"}
)  # fmt: skip


class Later(Response):
    """What is made of what was read: on its way out, and what is long not where everybody waits.

    A handler says of what; nobody has to know whether that is much.
    """

    def __init__(
        self, make: Callable[[], str], of: Any, media_type: str, status: int = 200
    ) -> None:
        super().__init__(b"", status, media_type=media_type)
        self.headers["Content-Language"] = language.current()
        self._make: Callable[[], str] | None = make
        self._of = of

    async def make(self, *, sure: bool) -> None:
        if self._make is not None:
            make, self._make = self._make, None
            weight = weight_of(self._of)
            self.body = (await aside(min(weight, LONG) if sure else weight, make)).encode("utf-8")
            self.headers["Content-Length"] = str(len(self.body))


async def made(response: Response, *, sure: bool = False) -> Response:
    """The answer as it is sent. `sure`: to whoever sent something, which nobody turns away for the
    number of those who read; Unavailable may be told to a reader only."""
    if isinstance(response, Later):
        await response.make(sure=sure)
    return response


def answer(content: str | bytes, media_type: str, status: int = 200) -> Response:
    """Anything in UTF-8, in the language of its address."""
    shown = said(content) if isinstance(content, str) else content
    response = Response(shown, status, media_type=media_type)
    response.headers["Content-Language"] = language.current()
    return response


def as_page(make: Callable[[], str], of: Any, status: int = 200) -> Response:
    """A page, or the fragment of one."""
    return Later(make, of, "text/html", status)


def as_json(content: Any, status: int = 200) -> Response:
    return Later(lambda: written(content), content, "application/json", status)


def as_json_of(make: Callable[[], Any], of: Any) -> Response:
    """The same, where the content takes long to be put together: of what was read."""
    return Later(lambda: written(make()), of, "application/json")


def written(content: Any) -> str:
    """JSON as it is read by people too."""
    return said(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def as_text(content: str | bytes, media_type: str = "text/plain") -> Response:
    return answer(content, media_type)


def as_file(content: str | bytes, media_type: str, name: str) -> Response:
    """To be kept under this name, which may hold any letter (RFC 6266)."""
    return _named(answer(content, media_type), name)


def as_stream(parts: AsyncIterator[str], media_type: str, name: str) -> Response:
    """A file that is too long to be held whole, in parts as they are made."""
    response = StreamingResponse(parts, media_type=media_type)
    response.headers["Content-Language"] = language.current()
    return _named(response, name)


def _named(response: Response, name: str) -> Response:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "._-") else "-" for c in name)
    said = f'attachment; filename="{plain}"'
    response.headers["Content-Disposition"] = said + (
        "" if plain == name else f"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return response


def feed(content: str) -> Response:
    return answer(content, "application/atom+xml")


def see(path: str) -> Response:
    """After a change: look there (303), in the same language."""
    return RedirectResponse(language.prefixed(path, language.current()), 303)


def moved(path: str, *, for_ever: bool = True) -> Response:
    """To the address where it stands, in the language of the page."""
    there = language.prefixed(path, language.current())
    return RedirectResponse(there, 308 if for_ever else 303)


def of_our_own(response: Response) -> Response:
    """For this browser alone, also where it is not signed in."""
    response.headers["Cache-Control"] = OWN
    return response


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part and not for a page; from here on the answer depends on it."""
    request.state.depends_on = (FORMS,)
    return request.headers.get(FORMS) == "partial"


# --- who may keep it, and what it depends on ---


def sealed(request: Request, response: Response) -> Response:
    """The answer as it leaves the house, whoever made it: nothing leaves without passing here."""
    own = _is_own(request, response)
    response.headers["Cache-Control"] = OWN if own else OPEN
    for name in ("Cookie", *getattr(request.state, "depends_on", ())):
        _depends_on(response, name)
    _open_to_sites(request, response)
    return response if own else _unchanged(request, response)


def _is_own(request: Request, response: Response) -> bool:
    """A session's cookie is enough, whatever became of the session: the cache cannot tell."""
    return (
        request.app.state.cookies.session in request.cookies
        or request.method not in READING
        or response.status_code >= 500
        or "set-cookie" in response.headers
        or response.headers.get("cache-control") == OWN
    )


def _depends_on(response: Response, name: str) -> None:
    known = [
        header.strip() for header in response.headers.get("vary", "").split(",") if header.strip()
    ]
    if name.lower() not in (header.lower() for header in known):
        response.headers["Vary"] = ", ".join([*known, name])


def _open_to_sites(request: Request, response: Response) -> None:
    """Public JSON may be read by any site; what was asked with a cookie by none."""
    is_json = response.headers.get("content-type", "").startswith("application/json")
    if is_json and request.method in READING and "cookie" not in request.headers:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _unchanged(request: Request, response: Response) -> Response:
    """Mark a public answer with its content; 304 costs a hundred bytes on a bad line."""
    if response.status_code != 200 or not getattr(response, "body", b""):
        return response
    # Weak: the same page compressed and plain is one page.
    tag = f'W/"{sha256(bytes(response.body)).hexdigest()[:24]}"'
    response.headers["ETag"] = tag
    if not knows(request.headers.get("if-none-match", ""), tag):
        return response
    if len(response.body) >= COMPRESSED:  # a 304 has no body by which it would be told
        _depends_on(response, "Accept-Encoding")
    headers = {name: value for name, value in response.headers.items() if name in REPEATED}
    return Response(status_code=304, headers=headers)


def knows(asked: str, tag: str) -> bool:
    """Whether somebody's If-None-Match names what has this tag."""
    return tag in (known.strip() for known in asked.split(","))
