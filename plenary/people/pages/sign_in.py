"""Sign in with a one-use link by e-mail; in the demo also with one press on the sample cast."""

import logging
from dataclasses import dataclass
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.people.actions import (
    LinkAsked,
    Opened,
    ask_for_link,
    end_session,
    open_session,
    use_link,
)
from plenary.people.mail import Unsent
from plenary.people.models import Person
from plenary.people.pages.cast import Cast, cast_of
from plenary.people.pages.letter import letter
from plenary.people.pages.next import local
from plenary.people.rules import PROOF_LIFE, SESSION_LIFE, in_cast
from plenary.web.answers import of_our_own
from plenary.web.forms import Form, read_form
from plenary.web.identity import new_mark
from plenary.web.render import render, see, url

log = logging.getLogger("plenary")


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
    asked = await ask_for_link(
        email,
        browser=mark,
        network=request.client.host if request.client else "",
        secret=state.settings.secret_key,
    )
    back = local(form["next"])
    sent = await _send(request, email, asked, back)
    response = await _page(request, Form({"next": back}), sent=sent)
    state.cookies.mark_browser(response, mark, seconds=int(PROOF_LIFE.total_seconds()))
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
    opened = await open_session(person, agent=_agent(request))
    return await _enter(request, opened, form["next"])


async def link(request: Request) -> Response:
    """Shows a button and uses nothing up: mail scanners follow links, people press buttons."""
    back = local(request.query_params.get("next", ""))
    return of_our_own(render(request, "people/link.html", form=Form({"next": back})))


async def link_used(request: Request) -> Response:
    """The press: this browser is known to the person's account from now on."""
    form, cookies = await read_form(request), request.app.state.cookies
    mark = cookies.browser_of(request) or new_mark()
    opened = await use_link(request.path_params["token"], browser=mark, agent=_agent(request))
    response = await _enter(request, opened, form["next"])
    if not opened.browser_known and request.app.state.settings.smtp_url:
        words = letter(request, "people/signed_in.txt", at=clock.now())
        response.background = BackgroundTask(_tell, request, opened.person.email, *words)
    cookies.mark_browser(response, mark, seconds=int(PROOF_LIFE.total_seconds()))
    return response


async def _tell(request: Request, email: str, subject: str, text: str) -> None:
    """A person is told of a sign-in from a browser that never signed them in: it may be a thief."""
    try:
        await request.app.state.mail(email, subject, text)
    except Unsent as error:
        log.warning("a sign-in was not told (%s)", type(error.__cause__ or error).__name__)


async def _enter(request: Request, opened: Opened, back: str) -> Response:
    """End the session that this browser had, and go on in the new one."""
    viewer = request.state.viewer
    if viewer.session is not None:
        await end_session(viewer.person, viewer.session)
    response = see(local(back) or "/desk")
    request.app.state.cookies.sign_in(
        response, opened.token, seconds=int(SESSION_LIFE.total_seconds())
    )
    return response


async def _send(request: Request, email: str, asked: LinkAsked, back: str) -> Sent:
    """Mail goes to unknown addresses too, and says so there: neither time nor failure tells."""
    state = request.app.state
    base = state.settings.base_url
    address = f"{base}{url(f'/sign-in/{asked.token}')}" if asked.token else ""
    if address and back:
        address += f"?next={quote(back, safe='/')}"
    shown = address if request.state.site.demo and in_cast(email) else ""
    if not state.settings.smtp_url:
        return Sent(email, shown=shown)
    if not asked.letter:
        return Sent(email, left=await state.pace.pretend())
    words = letter(request, "people/letter.txt", address=address, anywhere=asked.anywhere)
    return Sent(email, left=await state.pace.send(state.mail, email, *words), shown=shown)


async def _page(
    request: Request, form: Form, *, sent: Sent | None = None, status: int = 200
) -> Response:
    cast = await cast_of() if request.state.site.demo else Cast()
    page = render(request, "people/sign_in.html", status=status, form=form, sent=sent, cast=cast)
    return of_our_own(page)


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")
