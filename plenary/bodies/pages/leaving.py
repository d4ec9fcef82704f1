"""A delegation gives up its own seat in a body: the only way in which the record says "left"."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.seats import leave_seat, seat_of
from plenary.bodies.days import day_of
from plenary.bodies.reading import body_of, delegation_of
from plenary.record.act import rehearsal
from plenary.refusal import Refused
from plenary.web.forms import Form
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses


async def _page(request: Request, form: Form) -> Response:
    """The seat that would be given up, and what that does."""
    return await _shown(request, form, "seat_leaving")


async def _shown(request: Request, form: Form, template: str) -> Response:
    chamber = await body_of(request.path_params["key"])
    delegation = await delegation_of(request.state.viewer.code)
    held = await seat_of(chamber, delegation, await day_of(clock.now()))
    if held is None:
        raise Refused("no_such_seat", code=delegation.code)
    return render(
        request,
        f"bodies/{template}.html",
        form=form,
        body=chamber,
        delegation=delegation,
        held=held,
    )


async def _read(request: Request, form: Form) -> int | None:
    """The entry of the seat that was seen."""
    return form.whole("seen", 0) if form.pressed else None


async def _check(request: Request, form: Form, seen: int | None) -> Response:
    with rehearsal():
        await _leave(request, form, seen)
    return await _shown(request, form, "seat_leaving_check")


@two_presses(_page, _read, _check)
async def leaving(request: Request, form: Form, seen: int | None) -> Response:
    await _leave(request, form, seen)
    return see(f"/groups/{request.path_params['key']}")


async def _leave(request: Request, form: Form, seen: int | None) -> int:
    by = f"delegation:{request.state.viewer.code}"
    return await leave_seat(by, request.path_params["key"], key=form.key(), seen=seen)
