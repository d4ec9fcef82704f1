"""On which matters a body below the Plenary decides: by a decision of its parent."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.actions.competences import change_power
from plenary.bodies.competences import power_of
from plenary.bodies.models import Competence
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, deed_of, done
from plenary.bodies.reading import body_of
from plenary.bodies.rules import MATTERS, POWERS_CHANGE
from plenary.record.act import rehearsal
from plenary.web.forms import Form
from plenary.web.render import render
from plenary.web.two_presses import two_presses

Change = Callable[[], Awaitable[int]]  # of a power, ready to be done


async def _page(request: Request, form: Form) -> Response:
    return render(
        request,
        "bodies/secretariat/powers.html",
        form=form,
        deed=await deed_of(request),
        **await _facts(),
    )


async def _facts() -> dict[str, Any]:
    held = Competence.filter(ended=None).order_by("body_id", "id").prefetch_related("body")
    return {
        "bodies": [option for option in await fields.body_options() if option[0] != "plenary"],
        "matters": MATTERS, "changes": POWERS_CHANGE, "held": await held,
    }  # fmt: skip


async def _read(request: Request, form: Form) -> Change:
    body = form.choice("body", [key for key, _ in await fields.body_options()])
    matter, change = form.choice("matter", MATTERS), form.choice("change", POWERS_CHANGE)
    decision, seen = form.line("decision", most=120), form.whole("seen", 0)
    return partial(
        change_power,
        BY,
        body,
        matter,
        change,
        decision,
        key=form.key(),
        seen=seen if form.pressed else None,
    )


async def _check(request: Request, form: Form, change: Change) -> Response:
    """Who would decide on what from now on, and by which decision."""
    with rehearsal():
        await change()
    body = await body_of(form["body"])
    held = await power_of(body, form["matter"])
    return render(
        request,
        "bodies/secretariat/power_check.html",
        form=form,
        body=body,
        seen=held.entry if held else 0,
    )


@two_presses(_page, _read, _check)
async def powers(request: Request, form: Form, change: Change) -> Response:
    return done(request, await change())
