"""A form that was sent without being signed in comes back, filled in, to whoever signs in then.

In the browser that sent it, and in no other: its address is a link, and no link fills in a form.
"""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

from plenary.people.models import SetAside
from plenary.people.rules import PROOF_LIFE
from plenary.people.setting_aside import Sender, set_aside, what_was_set_aside
from plenary.refusal import Refused
from plenary.web.forms import Form
from plenary.web.identity import new_mark
from plenary.web.refilled import holds, typed
from plenary.web.render import render, see

SIGN_IN = "sign_in"  # the button that takes what was written along


async def token_for(request: Request) -> str:
    """Set the form of a request aside; the token of its way back, or nothing to be kept."""
    form = await typed(request) if request.method == "POST" else Form()
    request.state.signing_in = form.values.pop(SIGN_IN, "")
    if not form.values:
        return ""
    state = request.app.state
    mark = state.cookies.browser_of(request) or new_mark()
    request.state.sent_from = mark
    sender = Sender(
        mark, state.cookies.token(request) or "", request.client.host if request.client else ""
    )
    try:
        return await set_aside(
            request.scope["path"],
            request.url.query,
            form.values,
            by=sender,
            secret=state.settings.secret_key,
        )
    except Refused:  # the database is away: the page of the refusal holds it all the same
        return ""


def marked(request: Request, response: Response) -> Response:
    """The answer to whoever sent a form that was set aside: their browser is known by it again."""
    if mark := getattr(request.state, "sent_from", ""):
        seconds = int(PROOF_LIFE.total_seconds())
        request.app.state.cookies.mark_browser(response, mark, seconds=seconds)
    return response


def to_sign_in(request: Request, kept: str) -> Response | None:
    """Where the button leads that signs in: what is kept goes along."""
    pressed = kept and request.state.signing_in
    return marked(request, see(f"/sign-in?next=/kept/{kept}")) if pressed else None


async def brought_back(request: Request) -> Response:
    """The form at its own address, as it was filled in; nothing was sent, and nothing is."""
    browser = request.app.state.cookies.browser_of(request)
    kept = await what_was_set_aside(request.path_params["token"], browser=browser)
    if not request.state.viewer.signed_in:
        return see(f"/sign-in?next={request.scope['path']}")
    route, scope = _route_of(request, kept)
    there, form = Request(scope, request.receive), Form(dict(kept.typed))
    form.refusal = Refused("not_signed_in")
    there.state.resumed = form
    try:
        if getattr(route.endpoint, "comes_back", False):
            page: Response = await route.endpoint(there)
            if holds(page, Form(kept.typed)):
                return page
    except Refused as refused:  # it is not open to whoever has signed in: the words are theirs
        form.refusal = refused
    return render(there, "people/set_aside.html", form=form)


def _route_of(request: Request, kept: SetAside) -> tuple[Route, dict[str, Any]]:
    """Where the form was sent, and a request that asks there and sends nothing."""
    asked = {
        **request.scope, "path": kept.path, "raw_path": kept.path.encode(),
        "query_string": kept.query.encode(), "method": "POST", "path_params": {},
    }  # fmt: skip
    for route in request.app.routes:
        match, found = route.matches(asked)
        if match is Match.FULL and isinstance(route, Route):
            return route, {**asked, **found, "method": "GET", "state": dict(request.scope["state"])}
    raise HTTPException(404)
