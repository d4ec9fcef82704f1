"""Give a delegation a seat in a body, change it, or end it: each by a decision or for a time."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.seats import seat, seat_of, unseat
from plenary.bodies.days import day_of, not_over
from plenary.bodies.measures import Basis
from plenary.bodies.models import Body, Seat
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.basis import basis_facts, read_basis, rested_on
from plenary.bodies.pages.secretariat.screen import deed_of, done, office_of
from plenary.bodies.reading import body_of, delegation_of
from plenary.bodies.rules import SEATS, SLUG
from plenary.record.act import rehearsal
from plenary.texts.folding import finds, plain
from plenary.web.forms import Form
from plenary.web.paging import sought
from plenary.web.render import named, render, see
from plenary.web.two_presses import two_presses


@dataclass(frozen=True)
class Giving:
    """Which seat is given, to whom, from when to when, and on what it rests."""

    body: str
    code: str
    kind: str
    since: date | None
    until: date | None
    basis: Basis
    seen: int | None = None  # the entry of the seat that it had, as the check page showed it


async def _opening(request: Request) -> Response:
    """A link fills in whose page it is, and nothing else."""
    return await _page(request, Form({"body": request.query_params.get("body", "")}))


async def _page(request: Request, form: Form) -> Response:
    body = await _body(form["body"])
    return render(
        request,
        "bodies/secretariat/seats.html",
        form=form,
        deed=await deed_of(request),
        body=body,
        bodies=await fields.body_options(),
        kinds=SEATS,
        seats=await _seats(body, sought(request.query_params)) if body else [],
        today=await day_of(clock.now()),
        delegations=await fields.delegation_options(),
        sought=sought(request.query_params),
        **await basis_facts(),
    )


async def _read_giving(request: Request, form: Form) -> Giving:
    body = form.choice("body", [key for key, _ in await fields.body_options()])
    code = form.choice("code", [code for code, _ in await fields.delegation_options()])
    kind, since, until = form.choice("kind", SEATS), form.day("since"), form.day("until")
    seen = form.whole("seen", 0) if form.pressed else None
    return Giving(body, code, kind, since, until, read_basis(form), seen)


async def _check_giving(request: Request, form: Form, giving: Giving) -> Response:
    with rehearsal():
        await _give(request, form, giving)
    chamber, delegation = await body_of(giving.body), await delegation_of(giving.code)
    today = await day_of(clock.now())
    return render(
        request,
        "bodies/secretariat/seat_given_check.html",
        form=form,
        body=chamber,
        delegation=delegation,
        giving=giving,
        today=today,
        held=await seat_of(chamber, delegation, today),
        **await rested_on(request, giving.basis),
    )


async def _give(request: Request, form: Form, giving: Giving) -> int:
    given = await seat(
        office_of(request),
        giving.body,
        giving.code,
        giving.kind,
        since=giving.since,
        until=giving.until,
        basis=giving.basis,
        key=form.key(),
        seen=giving.seen,
    )
    return given.entry


@two_presses(_page, _read_giving, _check_giving, opens=_opening)
async def seats(request: Request, form: Form, giving: Giving) -> Response:
    return done(request, await _give(request, form, giving), body=giving.body)


@dataclass(frozen=True)
class Ending:
    """Whose seat ends, in which body, on what that rests; `seen`: the entry that gave it."""

    body: str
    code: str
    seen: int
    until: date | None
    basis: Basis


async def _ending(request: Request, form: Form) -> Response:
    """The seat that would end, and on what; the button for it stands in the list of seats."""
    return await _end_page(request, form, "seat_end")


async def _end_page(request: Request, form: Form, template: str, **more: Any) -> Response:
    body, code = form.line("body", most=60), form.line("code", most=12)
    chamber, delegation = await body_of(body), await delegation_of(code)
    today = await day_of(clock.now())
    return render(
        request,
        f"bodies/secretariat/{template}.html",
        form=form,
        body=chamber,
        delegation=delegation,
        today=today,
        held=await seat_of(chamber, delegation, today),
        **await basis_facts(),
        **more,
    )


async def _read_ending(request: Request, form: Form) -> Ending:
    body, code = form.line("body", most=60), form.line("code", most=12)
    until = form.day("until")
    return Ending(body, code, form.whole("seen", 0), until, read_basis(form))


async def _check_ending(request: Request, form: Form, ending: Ending) -> Response:
    """From the list of seats comes a form without a basis: then the basis is asked for."""
    if "decision" not in form.values and "ground" not in form.values:
        return await _ending(request, form)
    with rehearsal():
        await _end(request, form, ending, seen=None)
    return await _end_page(
        request, form, "seat_check", ending=ending, **await rested_on(request, ending.basis)
    )


async def _end(request: Request, form: Form, ending: Ending, seen: int | None) -> int:
    return await unseat(
        office_of(request),
        ending.body,
        ending.code,
        until=ending.until,
        basis=ending.basis,
        key=form.key(),
        seen=seen,
    )


async def _list(request: Request, form: Form) -> Response:
    return see(f"/secretariat/seats?body={quote(form['body'])}")


@two_presses(_ending, _read_ending, _check_ending)
async def seat_left(request: Request, form: Form, ending: Ending) -> Response:
    entry = await _end(request, form, ending, seen=ending.seen)
    return done(request, entry, "/secretariat/seats", body=ending.body)


async def _body(key: str) -> Body | None:
    key = key or "plenary"
    return await Body.get_or_none(key=key) if SLUG.fullmatch(key) else None


async def _seats(body: Body, query: str) -> list[Seat]:
    """Those that are held, and those that begin later."""
    day = await day_of(clock.now())
    found = await Seat.filter(not_over(day), body=body).prefetch_related("delegation")
    found = [s for s in found if finds(query, s.delegation.code, *s.delegation.names.values())]
    return sorted(found, key=lambda s: (plain(named(s.delegation.names)), s.since))
