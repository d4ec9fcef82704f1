"""Propose a text, and the words that pages about a text share."""

from dataclasses import replace
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Body, Delegation
from plenary.bodies.pages.order import by_name
from plenary.bodies.powers import bar_to_author
from plenary.bodies.rolls import capacity_of
from plenary.bodies.rules import MATTERS
from plenary.bodies.viewers import Viewer
from plenary.proposals.actions import moves
from plenary.proposals.actions.moves import Letter, Tabled
from plenary.proposals.models import Proposal
from plenary.proposals.reading import authors_of
from plenary.refusal import refuse
from plenary.web.forms import Form, read_form
from plenary.web.language import LANGUAGES, current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see

MOST_TEXT = 200_000  # characters, as clauses.problems has it


async def _form(request: Request, form: Form) -> Response:
    bodies = await _open_to(request.state.viewer)
    author = request.state.viewer.edits(bodies[0].key)
    drafts = author.startswith("delegation:")
    return render(
        request,
        "proposals/propose.html",
        form=form,
        bodies=bodies,
        drafts=drafts,
        hands_in=author == "secretariat",
        matters=MATTERS,
        parties=by_name(await Delegation.all()),
    )


@comes_back(_form)
async def propose(request: Request) -> Response:
    """The form for a new proposal, and its posting: a delegation's begins as its draft."""
    if request.method != "POST":
        return await _form(request, Form())
    form, viewer = await read_form(request), request.state.viewer
    bodies = await Body.all().values_list("key", flat=True)
    body = form.choice("body", [str(key) for key in bodies], "plenary")
    language = form.choice("language", LANGUAGES, current())
    tabled = Tabled(
        title={language: form.line("title")},
        sense={language: form.line("sense", most=400)},
        theme=form.line("theme", needed=False, most=80),
        matter=form.choice("matter", MATTERS, "text"),
        party=form.line("party", needed=False, most=12),
        body=body,
        language=language,
        text=form.text("text", most=MOST_TEXT),
        key=form.key(),
    )
    author = viewer.edits(body)
    if author == "secretariat":
        tabled = replace(tabled, letter=await _letter(form))
    form.check()
    proposal = await moves.propose(author, tabled, draft=author.startswith("delegation:"))
    return see(f"/proposals/{proposal.year}/{proposal.number}")


async def _letter(form: Form) -> Letter:
    """On what the secretariat hands it in, and for whom."""
    codes = await Delegation.filter(kind="participant").values_list("code", flat=True)
    code = form.choice("for", [str(code) for code in codes])
    day, reference = form.day("letter_day", needed=True), form.line("letter", most=200)
    return Letter(code, day or date.min, reference)


async def writing_as(request: Request, proposal: Proposal) -> str:
    """In whose name whoever asks acts on a text: as its author, where they are."""
    viewer: Viewer = request.state.viewer
    return viewer.writes_as(proposal.body.key, await authors_of(proposal))


async def _open_to(viewer: Viewer) -> list[Body]:
    """The bodies before which this viewer may write; where there is none, why not."""
    today, bodies = await day_of(clock.now()), await Body.all().order_by("id")
    bars = [bar_to_author(await capacity_of(viewer.edits(b.key), today), b.key) for b in bodies]
    if bars and all(bars):
        refuse(bars[0])
    return [body for body, bar in zip(bodies, bars, strict=True) if bar is None]
