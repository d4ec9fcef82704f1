"""Refusals, bad forms, missing pages and our own failures, each as a page of the site."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from plenary.logs import request_id, security
from plenary.refusal import Forbidden, Missing, Refused, Unavailable
from plenary.web.answers import as_json
from plenary.web.forms import Form
from plenary.web.refilled import told, typed, wait
from plenary.web.render import render

log = logging.getLogger("plenary")


async def refused(request: Request, exc: Exception) -> Response:
    """The rules say no: the reason, what to do, and what was typed, kept."""
    assert isinstance(exc, Refused)
    if isinstance(exc, Forbidden):
        security("refused", reason=exc.reason, person=request.state.viewer.person)
    if wants_json(request):
        return wait(as_json({"error": exc.reason}, exc.status), exc)
    exc = await told(request, exc)
    form = await typed(request) if request.method == "POST" else Form()
    form.refuse(exc)
    page = render(
        request,
        "errors/refused.html",
        status=exc.status,
        reason=exc.reason,
        facts=exc.facts,
        missing=isinstance(exc, Missing),
        form=form,
        errors=form.errors,
    )
    return wait(page, exc)


async def http(request: Request, exc: Exception) -> Response:
    """404, 405, 413 and whatever else the server itself turns down."""
    assert isinstance(exc, HTTPException)
    exc = of_the_address(request, exc)
    if wants_json(request):
        response = as_json({"error": f"http_{exc.status_code}"}, exc.status_code)
    else:
        response = render(
            request,
            "errors/http.html",
            status=exc.status_code,
            code=exc.status_code,
            form=_sent(request),
        )
    response.headers.update(exc.headers or {})
    return response


def of_the_address(request: Request, exc: HTTPException) -> HTTPException:
    """An address may have several routes: it takes what any of them takes (RFC 9110, 15.5.6).

    What matches everything, the route of symbols, says nothing of an address.
    """
    path, known = request.scope["path"], set[str]()
    for route in request.app.routes:
        if isinstance(route, Mount) and route.path_regex.match(path):
            return exc  # of a file
        if isinstance(route, Route) and route.path[:2] != "/{" and route.path_regex.fullmatch(path):
            known |= route.methods or set()
    if exc.status_code not in (404, 405) or request.method in known:
        return exc
    if not known:
        return HTTPException(404)
    return HTTPException(405, headers={"Allow": ", ".join(sorted(known))})


async def unavailable(request: Request, exc: Exception) -> Response:
    """The database cannot do it now: why, when to come back, and the form to be sent again."""
    assert isinstance(exc, Unavailable)
    log.warning("%s at %s", exc.reason, request.method)
    if wants_json(request):
        answer = as_json({"error": exc.reason}, exc.status)
    else:
        form = await typed(request) if request.method == "POST" else Form()
        answer = render(
            request,
            "errors/unavailable.html",
            status=exc.status,
            reason=exc.reason,
            facts=exc.facts,
            seconds=exc.retry_after,
            form=form,
        )
    return wait(answer, exc)


async def broken(request: Request, exc: Exception) -> Response:
    """Our own failure: a code to name on the telephone; the trace is in the log only."""
    code = request_id()
    log.error("failure %s at %s", code, request.method, exc_info=exc)
    if wants_json(request):
        return as_json({"error": "broken", "code": code}, 500)
    return render(request, "errors/broken.html", status=500, code=code, form=_sent(request))


def _sent(request: Request) -> Form:
    """The form that could not be taken, where it was read."""
    form: Form = getattr(request.state, "form", None) or Form()
    return form


def wants_json(request: Request) -> bool:
    return str(request.scope["path"]).endswith(".json")
