"""Who is signed in, and ending somebody's sessions: a check page first, then the act."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.actions.sessions import end_sessions
from plenary.bodies.pages.order import sheet
from plenary.bodies.pages.secretariat.screen import BY, deed_of, done
from plenary.people.models import Person
from plenary.people.reading import signed_in
from plenary.refusal import Missing
from plenary.texts.folding import finds
from plenary.web.forms import Form, read_form
from plenary.web.paging import sought
from plenary.web.refilled import comes_back
from plenary.web.render import render

REASON = 400  # characters


async def _check(request: Request, form: Form) -> Response:
    person = await Person.get_or_none(id=form.whole("id", 0))
    if person is None:
        raise Missing("no_such_person")
    return render(request, "bodies/secretariat/sessions_check.html", form=form, person=person)


@comes_back(_check)
async def sessions(request: Request) -> Response:
    """The persons who are signed in; a press leads to the check page, the second one acts."""
    if request.method != "POST":
        return await _list(request)
    form = await read_form(request)
    if not form.flag("confirmed"):
        return await _check(request, form)
    id_, reason = form.whole("id"), form.line("reason", most=REASON)
    form.check()
    return done(request, await end_sessions(BY, id_, reason=reason, key=form.key()))


async def _list(request: Request) -> Response:
    query = sought(request.query_params)
    found = [
        holder
        for holder in await signed_in()
        if finds(query, holder.person.name, holder.person.email)
    ]
    return render(
        request,
        "bodies/secretariat/sessions.html",
        sheet=sheet(request, found),
        deed=await deed_of(request),
    )
