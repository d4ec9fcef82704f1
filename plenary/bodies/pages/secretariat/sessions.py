"""Who is signed in, and ending somebody's sessions: a check page first, then the act."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.actions.sessions import end_sessions
from plenary.bodies.pages.order import found_page
from plenary.bodies.pages.secretariat.screen import BY, deed_of, done
from plenary.people.models import Person
from plenary.people.reading import signed_in
from plenary.refusal import Missing
from plenary.texts.folding import finds
from plenary.web.forms import Form
from plenary.web.paging import sought
from plenary.web.render import render
from plenary.web.two_presses import two_presses

REASON = 400  # characters


@dataclass(frozen=True)
class Ending:
    """Whose sessions end, and why: the check page asks it."""

    person: int
    reason: str


async def _list(request: Request) -> Response:
    """The persons who are signed in."""
    query = sought(request.query_params)
    found = [
        holder
        for holder in await signed_in()
        if finds(query, holder.person.name, holder.person.email)
    ]
    return render(
        request,
        "bodies/secretariat/sessions.html",
        sheet=found_page(request, found),
        deed=await deed_of(request),
    )


async def _page(request: Request, form: Form) -> Response:
    """The check page, which has the one field that is written into."""
    person = await Person.get_or_none(id=form.whole("id", 0))
    if person is None:
        raise Missing("no_such_person")
    return render(request, "bodies/secretariat/sessions_check.html", form=form, person=person)


async def _read(request: Request, form: Form) -> Ending:
    if not form.pressed:
        return Ending(0, "")
    return Ending(form.whole("id"), form.line("reason", most=REASON))


async def _check(request: Request, form: Form, _: Ending) -> Response:
    return await _page(request, form)


@two_presses(_page, _read, _check, opens=_list)
async def sessions(request: Request, form: Form, ending: Ending) -> Response:
    entry = await end_sessions(BY, ending.person, reason=ending.reason, key=form.key())
    return done(request, entry)
