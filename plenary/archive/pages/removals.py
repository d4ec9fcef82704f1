"""Remove words: the list of what was removed, and an order in two presses."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from plenary import clock
from plenary.archive.pages.record import names
from plenary.archive.proofs import shown
from plenary.archive.removing import OFFICES, Order, removable, remove_words
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.bodies.pages.order import sheet
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.refusal import Invalid
from plenary.texts.removed import GROUNDS
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.removals import ground_word, office_word
from plenary.web.render import render, see

WORDS: dict[str, Any] = {"ground_word": ground_word, "office_word": office_word}
REASON = 2_000  # characters


async def index(request: Request) -> Response:
    """Every order, the newest first; the words are gone, the orders stay."""
    rows = await Entry.filter(type="payload.redacted").order_by("-n")
    found = sheet(request, [(one, read_entry(bytes(one.written))) for one in rows])
    return render(request, "archive/removals.html", sheet=found, names=await names(), **WORDS)


async def remove(request: Request) -> Response:
    """The form on one entry; the first press shows what goes, the second does it."""
    n = request.path_params["n"]
    await removable(n)
    form = await read_form(request) if request.method == "POST" else Form()
    order = await _order(form) if request.method == "POST" else None
    if order is None or form.errors or not form["confirmed"]:
        return await _page(request, n, form, order if not form.errors else None)
    try:
        await remove_words("secretariat", n, order, key=form.key())
    except Invalid as invalid:
        form.errors |= invalid.errors
        return await _page(request, n, form, None)
    return see(f"/register/{n}")


async def _order(form: Form) -> Order:
    today = await day_of(clock.now())
    return Order(
        office=form.choice("office", OFFICES), body=form.line("body", needed=False) or "plenary",
        ground=form.choice("ground", GROUNDS), reason=form.text("reason", most=REASON),
        language=current(), day=form.day("day") or today,
        decision=form.line("decision", needed=False, most=120),
    )  # fmt: skip


async def _page(request: Request, n: int, form: Form, order: Order | None) -> Response:
    one = await shown(request.state.viewer, n)
    bodies = [(body.key, body.names) for body in await Body.all().order_by("id")]
    return render(
        request, "archive/removal.html", status=422 if form.errors else 200, one=one, form=form,
        order=order, offices=OFFICES, grounds=GROUNDS, bodies=bodies, names=await names(), **WORDS,
    )  # fmt: skip


routes = [
    Route("/secretariat/removals", index, name="removals"),
    Route("/register/{n:int}/removal", remove, methods=["GET", "POST"], name="removal"),
]
