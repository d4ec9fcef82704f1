"""Search: decisions first, then proposals by paragraph, then what was said."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from plenary.archive.addresses import proposal_path
from plenary.archive.pages.decisions import WORDS
from plenary.archive.searching import Found, search, too_short
from plenary.web.answers import is_fragment
from plenary.web.render import render


async def page(request: Request) -> Response:
    query = request.query_params.get("q", "").strip()[:200]
    short = too_short(query)
    found = Found() if short else await search(request.state.viewer, query, request.app.state.index)
    template = "archive/_found.html" if is_fragment(request) else "archive/search.html"
    return render(
        request, template, q=query, short=short, found=found, proposal_path=proposal_path, **WORDS
    )


routes = [Route("/search", page, name="search")]
