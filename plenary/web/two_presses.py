"""An act that takes two presses: the form, a check page of what would be done, and the act."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response

from plenary.web.forms import Form, read_form
from plenary.web.refilled import Handler, Shown, comes_back

T = TypeVar("T")
Opens = Callable[[Request], Awaitable[Response]]
Reads = Callable[[Request, Form], Awaitable[T]]
Answers = Callable[[Request, Form, T], Awaitable[Response]]


def two_presses(
    page: Shown,
    read: Reads[T],
    check: Answers[T],
    *,
    opens: Opens | None = None,
    back: Shown | None = None,
) -> Callable[[Answers[T]], Handler]:
    """What is marked does the act, at the second press only, and leads to what was done.

    `page` shows the form as it is filled in. `read` makes of it what is asked for, and notes each
    fault in it: `form.pressed` says whether this is the second press. `check` is the page of the
    first: what would come of it, with nothing done. Whatever one of them refuses, the form comes
    back with what was typed, its faults beside their fields and the reason on top; where only
    what the check page showed has changed, that page is shown anew.

    `opens`: what is there before anything was sent, where that is not the empty form. `back`:
    where "Change something" leads, where that is not the form.
    """

    def marked(act: Answers[T]) -> Handler:
        @comes_back(page, checked=True)
        async def handler(request: Request) -> Response:
            if request.method != "POST":
                return await (opens(request) if opens else page(request, Form()))
            form = await read_form(request)
            asked = await read(request, form)
            if form.flag("edit"):  # whoever asks for the form is not told what it lacks
                form.errors.clear()
                return await (back or page)(request, form)
            form.check()
            return await (act if form.pressed else check)(request, form, asked)

        handler.two_presses = True  # type: ignore[attr-defined]
        return handler

    return marked
