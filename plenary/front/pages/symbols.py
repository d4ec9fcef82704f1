"""A symbol is an address, and guesses lead somewhere. The last route of all."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.powers import Power
from plenary.bodies.reading import path_of
from plenary.bodies.viewers import Viewer
from plenary.front.addresses import proposal_path
from plenary.front.visible import proposals_for
from plenary.texts.symbols import revision_in
from plenary.web.answers import moved
from plenary.web.routing import page


async def symbol(request: Request) -> Response:
    """/KP/2019/Plenary/AD.1 and /KP/2019/P.1/Rev.2 lead to their pages; all else is not here."""
    typed = request.path_params["symbol"].strip("/")
    if request.path_params["symbol"] != typed:
        return moved(f"/{typed}")
    if path := await _address(typed, request.state.viewer):
        return moved(path)
    raise HTTPException(404)


async def newest_of_number(request: Request) -> Response:
    """/p/1: proposal 1 of the newest year that has one."""
    found = proposals_for(request.state.viewer).filter(number=request.path_params["number"])
    if proposal := await found.order_by("-year").first():
        return moved(proposal_path(proposal), for_ever=False)
    raise HTTPException(404)


async def guessed(request: Request) -> Response:
    """/proposal/2019/1, /p/2019/1, /decision/2019/1 and /ad/2019/1."""
    year, number = request.path_params["year"], request.path_params["number"]
    kind = "proposals" if request.scope["path"].split("/")[-3] in ("p", "proposal") else "decisions"
    return moved(f"/{kind}/{year}/{number}")


async def _address(typed: str, viewer: Viewer) -> str:
    """Where a symbol leads a reader; nowhere if it is nobody's, or that of another's draft."""
    name, version = (typed, 0) if (path := await path_of(typed)) else revision_in(typed)
    path = path or await path_of(name)
    if not path.startswith("/proposals/"):
        return "" if version else path
    year, number = path.split("/")[-2:]
    found = await proposals_for(viewer).get_or_none(year=int(year), number=int(number))
    if found is None or version > found.newest:
        return ""
    return f"{path}/v{version}" if version else path


GUESSES = ("p", "proposal", "decision", "ad")
routes = [
    page("/p/{number:int}", newest_of_number, Power.READ, name="newest_of_number"),
    *(
        page(f"/{g}/{{year:int}}/{{number:int}}", guessed, Power.READ, name=f"guessed_{g}")
        for g in GUESSES
    ),
]
last_routes = [page("/{symbol:path}", symbol, Power.READ, name="symbol")]
