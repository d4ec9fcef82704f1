"""Letters: sent, waiting, refused, no news any more; and one more try where it is asked for."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.pages.order import SIZE, FoundPage
from plenary.notices.letter_book import STATES, LetterSearch, counted, letters, send_again, state_of
from plenary.web.forms import read_form
from plenary.web.paging import asked_page, fetched, sought, whole
from plenary.web.render import render, see


async def show(request: Request) -> Response:
    """The newest first; of one state where one is asked for, of one person or question."""
    wanted = request.query_params.get("state", "")
    asked = LetterSearch(wanted if wanted in STATES else "", sought(request.query_params))
    return render(
        request,
        "notices/letters.html",
        sheet=await _sheet(request, asked),
        state=asked.state,
        counts=await counted(),
        state_of=state_of,
        again=request.query_params.get("again", ""),
        mail=bool(request.app.state.settings.smtp_url),
    )


async def again(request: Request) -> Response:
    """What has not left is tried again at once: one letter, or all that wait."""
    form = await read_form(request)
    # A number that is none names no letter, and least of all every letter.
    asked = whole(form["id"], 0) if "id" in form.values else None
    return see(f"/secretariat/letters?again={await send_again(asked)}")


async def _sheet(request: Request, asked: LetterSearch) -> "FoundPage[object]":
    found = await fetched(letters(asked), asked_page(request), SIZE)
    return FoundPage(found.items, found.total, found.page, found.pages, found.before, asked.query)
