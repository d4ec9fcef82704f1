"""Search: decisions first, then proposals by paragraph, then what was said."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.powers import Power
from plenary.disclosure.receipts import receipt_named
from plenary.front.addresses import proposal_path
from plenary.front.pages.decisions import WORDS
from plenary.front.searching import Found, Narrowed, search, too_short
from plenary.texts.folding import beyond
from plenary.web.answers import is_fragment
from plenary.web.paging import sought
from plenary.web.render import render
from plenary.web.routing import page


async def show(request: Request) -> Response:
    query = sought(request.query_params)
    short, only = too_short(query), Narrowed.of(request.query_params)
    index = request.app.state.index
    found = Found() if short else await search(request.state.viewer, query, index, only)
    template = "front/_found.html" if is_fragment(request) else "front/search.html"
    return render(
        request,
        template,
        q=query,
        short=short,
        found=found,
        only=only,
        beyond=beyond(query),
        receipt=await receipt_named(query),
        proposal_path=proposal_path,
        **WORDS,
    )


routes = [page("/search", show, Power.READ, name="search")]
