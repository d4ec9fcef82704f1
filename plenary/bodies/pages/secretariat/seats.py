"""Give a delegation a seat in a body, or take note that it left."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.actions.seats import seat, unseat
from plenary.bodies.models import Body, Seat
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, done, screen
from plenary.bodies.reading import body_of, delegation_of
from plenary.bodies.rules import SEATS, SLUG
from plenary.record.act import rehearsal
from plenary.texts.folding import finds, plain
from plenary.web.forms import Form
from plenary.web.paging import sought
from plenary.web.render import named, render, see
from plenary.web.two_presses import two_presses


async def _facts(request: Request) -> dict[str, Any]:
    body = await _body(request)
    return {
        "body": body, "bodies": await fields.body_options(), "kinds": SEATS,
        "seats": await _seats(body, sought(request.query_params)) if body else [],
        "delegations": await fields.delegation_options(),
        "sought": sought(request.query_params),
    }  # fmt: skip


async def _seat(form: Form) -> int:
    body = form.choice("body", [key for key, _ in await fields.body_options()])
    code = form.choice("code", [code for code, _ in await fields.delegation_options()])
    kind, since = form.choice("kind", SEATS), form.day("since")
    form.check()
    return (await seat(BY, body, code, kind, since=since, key=form.key())).entry


@dataclass(frozen=True)
class Leaving:
    """Whose seat ends, in which body; `seen`: the entry that gave it, as the check page showed."""

    body: str
    code: str
    seen: int


async def _leaving(request: Request, form: Form) -> Response:
    """The seat that would end; the button for it stands in the list of seats."""
    leaving = await _read(request, form)
    form.check()
    chamber, delegation = await body_of(leaving.body), await delegation_of(leaving.code)
    held = await Seat.get_or_none(body=chamber, delegation=delegation, until=None)
    return render(
        request,
        "bodies/secretariat/seat_check.html",
        form=form,
        body=chamber,
        delegation=delegation,
        held=held,
    )


async def _read(request: Request, form: Form) -> Leaving:
    body, code = form.line("body", most=60), form.line("code", most=12)
    return Leaving(body, code, form.whole("seen", 0))


async def _check(request: Request, form: Form, leaving: Leaving) -> Response:
    with rehearsal():
        await unseat(BY, leaving.body, leaving.code, key=form.key())
    return await _leaving(request, form)


async def _list(request: Request, form: Form) -> Response:
    return see(f"/secretariat/seats?body={quote(form['body'])}")


@two_presses(_leaving, _read, _check, back=_list)
async def seat_left(request: Request, form: Form, leaving: Leaving) -> Response:
    entry = await unseat(BY, leaving.body, leaving.code, key=form.key(), seen=leaving.seen)
    return done(request, entry, "/secretariat/seats", body=leaving.body)


async def _body(request: Request) -> Body | None:
    key = request.query_params.get("body", "plenary")
    return await Body.get_or_none(key=key) if SLUG.fullmatch(key) else None


async def _seats(body: Body, query: str) -> list[Seat]:
    found = await Seat.filter(body=body, until=None).prefetch_related("delegation")
    found = [s for s in found if finds(query, s.delegation.code, *s.delegation.names.values())]
    return sorted(found, key=lambda s: plain(named(s.delegation.names)))


seats = screen("bodies/secretariat/seats.html", _seat, _facts)
