"""Answers that are not pages: JSON, CSV, plain text, feeds."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from plenary.web import language
from plenary.web.render import html, url


def answer(request: Request, content: str | bytes, media_type: str, status: int = 200) -> Response:
    """In UTF-8. What a signed-in reader gets is nobody else's to keep."""
    response = Response(content, status, media_type=media_type)
    signed_in = request.state.viewer.signed_in
    response.headers["Cache-Control"] = "no-store" if signed_in else "no-cache"
    response.headers["Content-Language"] = language.current()
    response.headers["Vary"] = "Cookie"
    return response


def as_json(request: Request, content: Any, status: int = 200) -> Response:
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    return answer(request, text, "application/json", status)


def as_file(request: Request, content: str, media_type: str, name: str) -> Response:
    response = answer(request, content, media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def feed(request: Request, template: str, **context: Any) -> Response:
    return answer(request, html(request, template, **context), "application/atom+xml")


def moved(path: str, *, for_ever: bool = True) -> Response:
    """To the address where it stands, in the language of the page."""
    return RedirectResponse(url(path), 308 if for_ever else 303)


def base_url(request: Request) -> str:
    """Where the site is, for addresses that leave it."""
    known: str = request.state.site.base_url or request.app.state.settings.base_url
    return known
