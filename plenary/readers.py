"""Who asks, and whose site it is: read once for each request, before anything else."""

from starlette.requests import Request

from plenary import clock
from plenary.bodies.models import Body
from plenary.bodies.viewers import PUBLIC, viewer_of
from plenary.people.actions import session_of
from plenary.web.dates import Place
from plenary.web.site import UNSET, Site, contact_of


async def prepare(request: Request) -> None:
    """Once for each request, however often it is asked for."""
    if hasattr(request.state, "viewer"):
        return
    state = request.app.state
    request.state.site = await site_of(request)
    token = state.cookies.token(request)
    session = await session_of(token) if token else None
    today = request.state.site.place.here(clock.now()).date()
    request.state.viewer = (
        await viewer_of(session.person, session.id, today=today) if session else PUBLIC
    )


async def site_of(request: Request) -> Site:
    """The head and foot of every page; read once, when there is a body to read."""
    state = request.app.state
    if state.site is UNSET and (body := await Body.get_or_none(key="plenary")):
        state.site = Site(
            organisation=body.organisation,
            symbol=body.symbol,
            place=Place(body.place, body.zone),
            sample=body.sample,
            demo=state.settings.demo and body.sample,
            base_url=state.settings.base_url,
            contact=contact_of(
                state.settings.contact, state.settings.mail_from, sample=body.sample
            ),
        )
    site: Site = state.site
    return site
