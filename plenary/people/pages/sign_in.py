"""Sign in with a one-use link by e-mail; in the demo also with one press on the sample cast."""

from collections.abc import Awaitable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from plenary.people.actions import Opened, ask_for_link, end_session, open_session, use_link
from plenary.people.mail import Unsent
from plenary.people.models import Person
from plenary.people.pages.cast import Cast, cast_of
from plenary.people.pages.letter import letter
from plenary.people.pages.next import local
from plenary.people.rules import LINK_LIFE, SESSION_LIFE, in_cast
from plenary.web.answers import of_our_own
from plenary.web.forms import Form, read_form
from plenary.web.identity import new_mark
from plenary.web.render import render, see, url


@dataclass(frozen=True)
class Sent:
    """What became of a request for a link; the same for known and unknown addresses."""

    to: str
    left: bool = False  # whether mail left this server
    shown: str = ""  # demo only: the link itself


async def sign_in(request: Request) -> Response:
    return await _page(request, Form({"next": local(request.query_params.get("next", ""))}))


async def sign_in_asked(request: Request) -> Response:
    """A link is made for an address we know; the answer looks the same for every address."""
    form = await read_form(request)
    email = form.email("email")
    if form.errors:
        return await _page(request, form, status=422)
    state = request.app.state
    mark = state.cookies.browser_of(request) or new_mark()
    token = await ask_for_link(
        email, browser=mark, network=request.client.host if request.client else "",
        secret=state.settings.secret_key,
    )  # fmt: skip
    back = local(form["next"])
    sent = await _send(request, email, token, back)
    response = await _page(request, Form({"next": back}), sent=sent)
    state.cookies.mark_browser(response, mark, seconds=int(LINK_LIFE.total_seconds()))
    return response


async def sample(request: Request) -> Response:
    """The demo's cast: one press signs in. Elsewhere there is no such address."""
    if not request.state.site.demo:
        raise HTTPException(404)
    form = await read_form(request)
    email = form.email("email")
    person = await Person.get_or_none(email=email) if in_cast(email) else None
    if person is None:
        raise HTTPException(404)
    return await _enter(request, open_session(person, agent=_agent(request)), form["next"])


async def link(request: Request) -> Response:
    """Shows a button and uses nothing up: mail scanners follow links, people press buttons."""
    back = local(request.query_params.get("next", ""))
    return of_our_own(render(request, "people/link.html", form=Form({"next": back})))


async def link_used(request: Request) -> Response:
    form = await read_form(request)
    opened = use_link(
        request.path_params["token"], browser=request.app.state.cookies.browser_of(request),
        agent=_agent(request),
    )  # fmt: skip
    return await _enter(request, opened, form["next"])


async def _enter(request: Request, opening: Awaitable[Opened], back: str) -> Response:
    """Open the new session, end the one that this browser had, and go on."""
    opened, viewer = await opening, request.state.viewer
    if viewer.session is not None:
        await end_session(viewer.person, viewer.session)
    response = see(local(back) or "/desk")
    request.app.state.cookies.sign_in(
        response, opened.token, seconds=int(SESSION_LIFE.total_seconds())
    )
    return response


async def _send(request: Request, email: str, token: str | None, back: str) -> Sent:
    """Mail goes to unknown addresses too, and says so there: neither time nor failure tells."""
    settings = request.app.state.settings
    address = f"{settings.base_url}{url(f'/sign-in/{token}')}" if token else ""
    if address and back:
        address += f"?next={quote(back, safe='/')}"
    shown = address if request.state.site.demo and in_cast(email) else ""
    if not settings.smtp_url:
        return Sent(email, shown=shown)
    try:
        await request.app.state.mail(email, *letter(request, address))
    except Unsent:
        return Sent(email, shown=shown)
    return Sent(email, left=True, shown=shown)


async def _page(
    request: Request, form: Form, *, sent: Sent | None = None, status: int = 200
) -> Response:
    cast = await cast_of() if request.state.site.demo else Cast()
    page = render(request, "people/sign_in.html", status=status, form=form, sent=sent, cast=cast)
    return of_our_own(page)


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")
