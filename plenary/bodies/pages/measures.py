"""A measure about a delegation: what it is and rests on, the appeal against it, and the answer."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.actions.appeals import answer_appeal, appeal
from plenary.bodies.appealable import Appealable, measure_at
from plenary.bodies.authority import authority_of
from plenary.bodies.measures import GROUND, bar_to_answer_appeal, bar_to_appeal
from plenary.bodies.reading import names_of_all
from plenary.record.act import rehearsal
from plenary.refusal import refuse
from plenary.web.forms import Form
from plenary.web.language import WRITTEN, current
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

DECISION = 210  # characters


async def show(request: Request) -> Response:
    """Public: what was done and on what it rests, what the delegation says, what was answered."""
    return await _page(request, Form(), "measure")


async def _page(request: Request, form: Form, template: str, **more: Any) -> Response:
    about = await measure_at(request.path_params["n"])
    return render(
        request,
        f"bodies/{template}.html",
        form=form,
        about=about,
        may_appeal=_own(request, about),
        may_answer=bool(_office(request, about)),
        names=await names_of_all(),
        **more,
    )


def _own(request: Request, about: Appealable) -> bool:
    """Whether the reader speaks for the delegation that it is about."""
    viewer = request.state.viewer
    speaks = viewer.may("appeal")
    return speaks and bar_to_appeal(viewer.actor, about.measure.delegation.code) is None


def _office(request: Request, about: Appealable) -> str:
    """In which office the reader answers, or nothing."""
    viewer, body = request.state.viewer, about.measure.body
    key = body.key if body else ""
    office = viewer.presides(key) or ("secretariat" if viewer.may("administer") else "")
    bar = bar_to_answer_appeal(office, about.measure.office, key)
    return office if office and bar is None else ""


@dataclass(frozen=True)
class Said:
    """An appeal, or an answer to one, as it is typed."""

    text: str
    language: str
    decision: str = ""


async def _read(request: Request, form: Form) -> Said:
    return Said(
        form.text("text", most=GROUND),
        form.choice("language", WRITTEN, current()),
        form.line("decision", needed=False, most=DECISION),
    )


async def _appealing(request: Request, form: Form) -> Response:
    return await _page(request, form, "measure_appeal")


async def _check_appeal(request: Request, form: Form, said: Said) -> Response:
    with rehearsal():
        await _appeal(request, form, said)
    return await _page(request, form, "measure_check", said=said, cited=None, kind="appeal")


async def _appeal(request: Request, form: Form, said: Said) -> int:
    by, n = request.state.viewer.actor, request.path_params["n"]
    return await appeal(by, n, said.text, language=said.language, key=form.key())


@two_presses(_appealing, _read, _check_appeal)
async def appealed(request: Request, form: Form, said: Said) -> Response:
    await _appeal(request, form, said)
    return see(f"/measures/{request.path_params['n']}#appeal")


async def _answering(request: Request, form: Form) -> Response:
    return await _page(request, form, "measure_answer")


async def _check_answer(request: Request, form: Form, said: Said) -> Response:
    with rehearsal():
        await _answer(request, form, said)
    cited = await authority_of(said.decision) if said.decision else None
    return await _page(request, form, "measure_check", said=said, cited=cited, kind="answer")


async def _answer(request: Request, form: Form, said: Said) -> int:
    about = await measure_at(request.path_params["n"])
    office = _office(request, about)
    body = about.measure.body.key if about.measure.body else ""
    refuse(bar_to_answer_appeal(office, about.measure.office, body))
    return await answer_appeal(
        office,
        about.measure.entry,
        said.text,
        language=said.language,
        decision=said.decision,
        key=form.key(),
    )


@two_presses(_answering, _read, _check_answer)
async def answered(request: Request, form: Form, said: Said) -> Response:
    await _answer(request, form, said)
    return see(f"/measures/{request.path_params['n']}#appeal")
