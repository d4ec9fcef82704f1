"""Refusals, bad forms, missing pages and our own failures, each as a page of the site."""

import logging
import secrets
from contextlib import suppress

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from plenary.refusal import Invalid, Missing, Refused, Unavailable
from plenary.web.answers import as_json
from plenary.web.forms import Form, read_form
from plenary.web.render import render

log = logging.getLogger("plenary")
# Fields that are not what someone wrote: nothing of theirs is lost with them.
NOT_WRITTEN = frozenset(
    ["key", "version", "base", "confirmed", "edit", "language", "stance", "publication", "clause",
     "procedure", "kind", "body", "next", "ad_referendum", "outcome", "constituency", "office",
     "changed", "seen", "choice", "way", "dropped"]
)  # fmt: skip


async def refused(request: Request, exc: Exception) -> Response:
    """The rules say no: the reason, what to do, and what was typed, kept."""
    assert isinstance(exc, Refused)
    if wants_json(request):
        return as_json({"error": exc.reason}, exc.status)
    await _read_late(request)
    return render(
        request, "errors/refused.html", status=exc.status, reason=exc.reason, facts=exc.facts,
        missing=isinstance(exc, Missing), kept=kept(request),
        errors=exc.errors if isinstance(exc, Invalid) else {},
    )  # fmt: skip


async def http(request: Request, exc: Exception) -> Response:
    """404, 405, 413 and whatever else the server itself turns down."""
    assert isinstance(exc, HTTPException)
    if wants_json(request):
        response = as_json({"error": f"http_{exc.status_code}"}, exc.status_code)
    else:
        response = render(
            request, "errors/http.html", status=exc.status_code, code=exc.status_code,
            kept=kept(request),
        )  # fmt: skip
    response.headers.update(exc.headers or {})
    return response


async def unavailable(request: Request, exc: Exception) -> Response:
    """The database cannot do it now: why, when to come back, and the form to be sent again."""
    assert isinstance(exc, Unavailable)
    log.warning("%s at %s %s", exc.reason, request.method, request.scope["path"])
    if wants_json(request):
        answer = as_json({"error": exc.reason}, exc.status)
    else:
        await _read_late(request)
        answer = render(
            request, "errors/unavailable.html", status=exc.status, reason=exc.reason,
            facts=exc.facts, seconds=exc.retry_after, kept=kept(request), sent=_sent(request),
        )  # fmt: skip
    answer.headers["Retry-After"] = str(exc.retry_after)
    return answer


def _sent(request: Request) -> dict[str, str]:
    """The whole form as it came, to be sent once more as it is: with its key it is one act."""
    form = getattr(request.state, "form", None)
    return form.values if isinstance(form, Form) else {}


async def broken(request: Request, exc: Exception) -> Response:
    """Our own failure: a code to name on the telephone; the trace is in the log only."""
    code = secrets.token_hex(2).upper()
    log.error("failure %s at %s %s", code, request.method, request.scope["path"], exc_info=exc)
    if wants_json(request):
        return as_json({"error": "broken", "code": code}, 500)
    return render(
        request, "errors/broken.html", status=500, code=code, kept=kept(request),
        keyed=bool(_sent(request).get("key")),
    )  # fmt: skip


async def _read_late(request: Request) -> None:
    """A form refused at the door was not read yet; what was typed is kept all the same."""
    if request.method == "POST" and not hasattr(request.state, "form"):
        with suppress(HTTPException):
            await read_form(request)


def kept(request: Request) -> list[tuple[str, str]]:
    """What was written into the form that could not be taken, to be copied."""
    form = getattr(request.state, "form", None)
    if not isinstance(form, Form):
        return []
    return [(name, text) for name, text in form.values.items() if name not in NOT_WRITTEN and text]


def wants_json(request: Request) -> bool:
    return str(request.scope["path"]).endswith(".json")
