"""Propose a text, and the words that pages about a text share."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.bodies.powers import bar_to_author
from plenary.bodies.rolls import capacity_of
from plenary.bodies.viewers import Viewer
from plenary.proposals import actions
from plenary.refusal import Invalid, refuse
from plenary.web.forms import Form, read_form
from plenary.web.language import LANGUAGES, current
from plenary.web.render import render, see

MOST_TEXT = 200_000  # characters, as clauses.problems has it


async def propose(request: Request) -> Response:
    """The form for a new proposal, and its posting: a delegation's begins as its draft."""
    form = await read_form(request) if request.method == "POST" else Form()
    if request.method != "POST":
        return await _form(request, form)
    viewer = request.state.viewer
    bodies = await Body.all().values_list("key", flat=True)
    body = form.choice("body", [str(key) for key in bodies], "plenary")
    language = form.choice("language", LANGUAGES, current())
    tabled = actions.Tabled(
        title={language: form.line("title")}, sense={language: form.line("sense", most=400)},
        theme=form.line("theme", needed=False, most=80), body=body, language=language,
        text=form.text("text", most=MOST_TEXT), key=form.key(),
    )  # fmt: skip
    if form.errors:
        return await _form(request, form)
    author = viewer.edits(body)
    try:
        proposal = await actions.propose(author, tabled, draft=author.startswith("delegation:"))
    except Invalid as invalid:
        form.errors = invalid.errors
        return await _form(request, form)
    return see(f"/proposals/{proposal.year}/{proposal.number}")


async def _form(request: Request, form: Form) -> Response:
    bodies = await _open_to(request.state.viewer)
    author = request.state.viewer.edits(bodies[0].key)
    return render(
        request, "proposals/propose.html", status=422 if form.errors else 200, form=form,
        bodies=bodies, drafts=author.startswith("delegation:"),
    )  # fmt: skip


async def _open_to(viewer: Viewer) -> list[Body]:
    """The bodies before which this viewer may write; where there is none, why not."""
    today, bodies = await day_of(clock.now()), await Body.all().order_by("id")
    bars = [bar_to_author(await capacity_of(viewer.edits(b.key), today), b.key) for b in bodies]
    if bars and all(bars):
        refuse(bars[0])
    return [body for body, bar in zip(bodies, bars, strict=True) if bar is None]
