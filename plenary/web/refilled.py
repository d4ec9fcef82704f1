"""A refused form comes back as the form: filled in as it was sent, with the reason on top."""

import functools
from collections.abc import Awaitable, Callable
from contextlib import suppress

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from plenary.refusal import Refused, Unavailable
from plenary.web.answers import made
from plenary.web.forms import Form, read_form

Handler = Callable[[Request], Awaitable[Response]]
Shown = Callable[[Request, Form], Awaitable[Response]]  # the page of a form, filled in


# What is refused because it changed after it was shown.
CHANGED = ("moved_since_seen", "version_overtaken")


def comes_back(shown: Shown, *, checked: bool = False) -> Callable[[Handler], Handler]:
    """Whatever a handler refuses, the form it was sent by is shown again, filled in.

    Where the page has no form to fill in (its question is closed), the page of the refusal holds
    the same fields. `checked`: the act takes two presses (`web.two_presses`). Where what the first
    one showed has changed, its check page is shown anew, as far as the rules go.
    """

    def marked(handler: Handler) -> Handler:
        @functools.wraps(handler)
        async def answered(request: Request) -> Response:
            if form := resumed(request):
                return await shown(request, form)
            if request.method != "POST":
                return await handler(request)
            try:
                return await handler(request)
            except Unavailable:  # its page sends the same once more
                raise
            except Refused as refused:
                if checked and refused.reason in CHANGED and resent(request):
                    with suppress(Refused):
                        return await _anew(request, handler, refused)
                return await _again(request, shown, refused)

        answered.comes_back = True  # type: ignore[attr-defined]
        return answered

    return marked


def resumed(request: Request) -> Form | None:
    """The form that was set aside while its sender signed in, where this request brings it back."""
    return getattr(request.state, "resumed", None)


async def told(request: Request, refused: Refused) -> Refused:
    """With no more facts than its reader may know: a concept knows which, and app has wired it."""
    known: Refused = await request.app.state.refusal_for(request.state.viewer, refused)
    return known


async def typed(request: Request) -> Form:
    """The form as it was sent; one refused at the door was not read yet."""
    if not hasattr(request.state, "form"):
        with suppress(HTTPException):
            await read_form(request)
    form: Form = getattr(request.state, "form", None) or Form()
    return form


def resent(request: Request) -> bool:
    """Whether this was the second press."""
    form: Form = getattr(request.state, "form", None) or Form()
    return form.pressed


async def _anew(request: Request, handler: Handler, refused: Refused) -> Response:
    """The first press again, with why the second was not taken on top."""
    request.state.moved = await told(request, refused)
    try:
        page = await made(await handler(request), sure=True)
    finally:
        request.state.moved = None
    page.status_code = refused.status
    return page


async def _again(request: Request, shown: Shown, refused: Refused) -> Response:
    form = await typed(request)
    sent = Form(dict(form.values))
    form.refuse(await told(request, refused))
    try:
        page = await made(await shown(request, form), sure=True)
    except Refused:
        raise refused from None  # not even its page is open: the page of the refusal keeps it
    if not holds(page, sent):
        raise refused
    page.status_code = refused.status
    return wait(page, refused)


def wait(answer: Response, refused: Refused) -> Response:
    """Say when to come back, where waiting helps."""
    if refused.retry_after:
        answer.headers["Retry-After"] = str(refused.retry_after)
    return answer


def holds(page: Response, sent: Form) -> bool:
    """Whether every field that was written into stands on the page."""
    html = bytes(page.body).decode()
    return all(f'name="{name}"' in html for name, _ in sent.written)
