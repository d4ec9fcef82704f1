"""Remove words: the list of what was removed, and an order in two presses."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.bodies.pages.order import found_page
from plenary.bodies.pages.secretariat.screen import BY
from plenary.bodies.powers import Power
from plenary.disclosure.competence import body_of
from plenary.disclosure.orders import EVERYWHERE, OFFICES, Order
from plenary.disclosure.pages.record import names
from plenary.disclosure.proofs import ShownEntry, shown
from plenary.disclosure.quoting import strings_in
from plenary.disclosure.removing import remove_words
from plenary.disclosure.subjects import removable, words_of
from plenary.record.act import rehearsal
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.texts.removed import GROUNDS
from plenary.web.forms import Form
from plenary.web.language import current
from plenary.web.removals import ground_word, office_word
from plenary.web.render import render, see
from plenary.web.routing import form, page
from plenary.web.two_presses import two_presses

WORDS: dict[str, Any] = {"ground_word": ground_word, "office_word": office_word}
REASON = 2_000  # characters


async def index(request: Request) -> Response:
    """Every order, the newest first; the words are gone, the orders stay."""
    rows = await Entry.filter(type="payload.redacted").order_by("-n")
    found = found_page(request, [(entry, read_entry(bytes(entry.written))) for entry in rows])
    return render(request, "disclosure/removals.html", sheet=found, names=await names(), **WORDS)


async def _form(request: Request, form: Form) -> Response:
    return await _page(request, "disclosure/removal.html", form)


async def _opening(request: Request) -> Response:
    await removable(request.path_params["n"])
    return await _form(request, Form())


async def _order(request: Request, form: Form) -> Order:
    today = await day_of(clock.now())
    return Order(
        office=form.choice("office", OFFICES),
        body=form.line("body", needed=False) or EVERYWHERE,
        ground=form.choice("ground", GROUNDS),
        reason=form.text("reason", most=REASON),
        language=current(),
        day=form.day("day") or today,
        decision=form.line("decision", needed=False, most=120),
    )


async def _check(request: Request, form: Form, order: Order) -> Response:
    """What goes."""
    with rehearsal():
        await remove_words(BY, request.path_params["n"], order)
    return await _page(request, "disclosure/removal_check.html", form, order=order)


@two_presses(_form, _order, _check, opens=_opening)
async def remove(request: Request, form: Form, order: Order) -> Response:
    n = request.path_params["n"]
    await remove_words(BY, n, order, key=form.key())
    return see(f"/register/{n}")


async def _page(request: Request, template: str, form: Form, **more: Any) -> Response:
    shown_entry = await shown(request.state.viewer, request.path_params["n"])
    whose = {await body_of(shown_entry.entry), EVERYWHERE}
    rows = await Body.filter(key__in=[*whose]).order_by("-id")  # its own before the Plenary
    bodies = [(body.key, body.names) for body in rows]
    return render(
        request,
        template,
        shown_entry=shown_entry,
        goes=_goes(shown_entry),
        form=form,
        offices=OFFICES,
        grounds=GROUNDS,
        bodies=bodies,
        **more,
        **WORDS,
    )


def _goes(shown_entry: ShownEntry) -> list[str]:
    """The words of a payload, without the lists, which stay."""
    words = words_of(shown_entry.entry.type, shown_entry.facts, dict(shown_entry.told))
    return [text for text in strings_in(words) if text.strip()]


routes = [
    page("/secretariat/removals", index, Power.ADMINISTER, name="removals"),
    form("/register/{n:int}/removal", remove, Power.ADMINISTER, name="removal"),
]
