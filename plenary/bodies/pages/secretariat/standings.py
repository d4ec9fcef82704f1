"""Suspend a Participant, make it provisional, or restore it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.days import day_of
from plenary.bodies.models import Spell
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.basis import basis_facts, read_basis, rested_on
from plenary.bodies.pages.secretariat.screen import deed_of, done, office_of
from plenary.bodies.reading import sight_of
from plenary.bodies.rules import STANDINGS
from plenary.record.act import rehearsal
from plenary.web.forms import Form
from plenary.web.render import render
from plenary.web.two_presses import two_presses

Change = Callable[[], Awaitable[int]]  # of a standing, ready to be done


async def _page(request: Request, form: Form) -> Response:
    return render(
        request,
        "bodies/secretariat/standings.html",
        form=form,
        deed=await deed_of(request),
        **await _facts(),
    )


async def _facts() -> dict[str, Any]:
    today = await day_of(clock.now())
    spells = Spell.exclude(standing="active").order_by("-since").prefetch_related("delegation")
    return {
        "participants": await fields.delegation_options(kind="participant"),
        "running": [s for s in await spells if s.until is None or s.until > today],
        "standings": STANDINGS, "today": today, **await basis_facts(),
    }  # fmt: skip


async def _read(request: Request, form: Form) -> Change:
    code = form.choice(
        "code", [code for code, _ in await fields.delegation_options(kind="participant")]
    )
    standing = form.choice("standing", STANDINGS)
    since, until = form.day("since"), form.day("until")
    basis = read_basis(form)
    since = since or await day_of(clock.now())
    if until is not None and until <= since:
        form.fail("until", "before_the_first_day")
    return partial(
        set_standing,
        office_of(request),
        code,
        standing,
        since=since,
        until=until,
        basis=basis,
        key=form.key(),
        seen=form["seen"] if form.pressed else None,
    )


async def _check(request: Request, form: Form, change: Change) -> Response:
    """The standing as it is, and the new one that is laid over it."""
    with rehearsal():
        await change()
    spells = await Spell.filter(delegation__code=form["code"]).order_by("-since", "-id")
    return render(
        request,
        "bodies/secretariat/standing_check.html",
        form=form,
        spells=spells,
        seen=sight_of(spells),
        **await rested_on(request, read_basis(form)),
        **await _facts(),
    )


@two_presses(_page, _read, _check)
async def standings(request: Request, form: Form, change: Change) -> Response:
    return done(request, await change())
