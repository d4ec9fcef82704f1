"""Corrections of the record: notes beside it, read and made."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.viewers import Viewer
from plenary.decisions.actions.statements import Note, correct_record
from plenary.decisions.annexes import corrections_of, matters_for
from plenary.decisions.models import Decision
from plenary.decisions.pages.annex import context_of, given_receipt
from plenary.decisions.reading import load_decision, stances_of
from plenary.decisions.rules import CorrectionMatter
from plenary.web.forms import Form, read_form
from plenary.web.language import WRITTEN, current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see

MOST = 2_000  # characters of one note


async def show(request: Request) -> Response:
    return await _page(request, await _decision(request), Form())


async def _correcting(request: Request, form: Form) -> Response:
    return await _page(request, await _decision(request), form)


@comes_back(_correcting)
async def correct(request: Request) -> Response:
    """A note beside what was recorded; counts and outcome stay as they are."""
    decision, form = await _decision(request), await read_form(request)
    matter = form.choice("matter", [known.value for known in CorrectionMatter])
    stances = stances_of(decision)
    about = (
        CorrectionMatter(matter) if matter in list(CorrectionMatter) else CorrectionMatter.CLERICAL
    )
    note = Note(
        matter=about,
        text=form.text("text", most=MOST),
        language=form.choice("language", WRITTEN, current()),
        stance=form.choice("stance", stances) if about is CorrectionMatter.POSITION else "",
        key=form.key(),
    )
    form.check()
    by = _by(request.state.viewer, decision, about)
    receipt = await correct_record(by, decision.source_id, note)
    path, _, anchor = receipt.path.partition("#")
    return see(f"{path}?receipt={receipt.code}#{anchor}")


def _by(viewer: Viewer, decision: Decision, matter: CorrectionMatter) -> str:
    """In whose name: the delegation's for its position, the office's for a slip of the pen."""
    if matter is CorrectionMatter.POSITION:
        return f"delegation:{viewer.code}"
    return viewer.edits(decision.body.key if decision.body else "")


async def _decision(request: Request) -> Decision:
    asked = request.path_params
    return await load_decision("own", f"{asked['year']}/{asked['number']}")


async def _page(request: Request, decision: Decision, form: Form) -> Response:
    viewer = request.state.viewer
    return render(
        request,
        "decisions/correction.html",
        form=form,
        corrections=await corrections_of(decision, viewer),
        stances=stances_of(decision),
        matters=await matters_for(decision, viewer),
        receipt=await given_receipt(request, decision),
        **await context_of(decision),
    )
