"""The least that any answer costs: Starlette alone, one route, one 303."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route


async def answer(request: Request) -> Response:
    await request.body()
    return RedirectResponse("/receipts/22-22-22-22", 303)


app = Starlette(routes=[Route("/{path:path}", answer, methods=["POST"])])
