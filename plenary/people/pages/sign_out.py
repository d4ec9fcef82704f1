"""Sign out: a button, and what it does."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.people.actions import end_session
from plenary.web.render import render, see


async def sign_out(request: Request) -> Response:
    return render(request, "people/sign_out.html")


async def signed_out(request: Request) -> Response:
    viewer = request.state.viewer
    if viewer.session is not None:
        await end_session(viewer.person, viewer.session)
    response = see("/")
    request.app.state.cookies.sign_out(response)
    # What this browser kept of pages goes too: it may be the room's. Not the cookies: the mark
    # that this browser has proved itself signs nobody in.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response
