"""The secretariat ends a procedure by a decision of the body; all its numbers stay to be read."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body
from plenary.bodies.pages.secretariat.screen import BY
from plenary.procedures.actions import end_procedure
from plenary.procedures.in_force import body_at, own_of
from plenary.procedures.models import Procedure
from plenary.record.act import rehearsal
from plenary.refusal import Missing
from plenary.web.forms import Form
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses


@dataclass(frozen=True)
class Ending:
    """Which procedure ends, by which decision; `seen`: the number that the check page showed."""

    body: str
    key: str
    decision: str
    once: str
    seen: int | None


async def _opening(request: Request) -> Response:
    """A link names the procedure, and fills in nothing else."""
    query = request.query_params
    named = {"body": query.get("body", ""), "procedure": query.get("procedure", "")}
    return await _page(request, Form(named))


async def _page(request: Request, form: Form) -> Response:
    body, procedure = await _named(form)
    return render(
        request,
        "procedures/end_procedure.html",
        form=form,
        body=body,
        procedure=procedure,
    )


async def _read(request: Request, form: Form) -> Ending:
    body, procedure = await _named(form)
    return Ending(
        body.key,
        procedure.key,
        form.line("decision", most=120),
        form.key(),
        form.whole("seen", 0) if form.pressed else None,
    )


async def _check(request: Request, form: Form, ending: Ending) -> Response:
    with rehearsal():
        ended = await _end(ending)
    body = await Body.get(key=ending.body)
    own = await own_of(body)
    return render(
        request,
        "procedures/ending_check.html",
        form=form,
        body=body,
        ended=ended,
        left=[procedure for key, procedure in own.items() if key != ending.key],
    )


@two_presses(_page, _read, _check, opens=_opening)
async def end(request: Request, form: Form, ending: Ending) -> Response:
    await _end(ending)
    return see(f"/procedures/{ending.body}/{ending.key}")


async def _end(ending: Ending) -> Procedure:
    return await end_procedure(
        BY,
        ending.body,
        ending.key,
        decision=ending.decision,
        seen=ending.seen,
        once=ending.once,
    )


async def _named(form: Form) -> tuple[Body, Procedure]:
    """The body and the newest number of its procedure; Missing where there is none."""
    body, key = await body_at(form["body"]), form["procedure"][:40]
    newest = None
    if body is not None and key.isprintable():  # PostgreSQL keeps no NUL, and looks for none
        newest = await Procedure.filter(body=body, key=key).order_by("-number").first()
    if body is None or newest is None:
        raise Missing("unknown_procedure", key=key)
    return body, newest
