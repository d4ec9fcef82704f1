"""The least that a page of a size costs: Starlette alone, one route, so many bytes made beforehand.

`/20000` answers with 20,000 bytes, and 304 to whoever knows them.
"""

from functools import cache

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route


@cache
def page(size: int) -> bytes:
    return b"x" * size


async def answer(request: Request) -> Response:
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    return Response(page(request.path_params["size"]), media_type="text/html")


app = Starlette(routes=[Route("/{size:int}", answer)])
