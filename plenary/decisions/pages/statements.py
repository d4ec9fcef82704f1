"""Statements beside a decision: read, made, and given in the other language as a courtesy."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.aside import aside
from plenary.decisions.actions.statements import Draft, state_beside, translate_statement
from plenary.decisions.annexes import annexes_of, kinds_for
from plenary.decisions.models import Decision, Statement
from plenary.decisions.pages.annex import context_of, given_receipt
from plenary.decisions.reading import load_decision, statement_of
from plenary.decisions.rules import StatementKind
from plenary.refusal import Forbidden
from plenary.web.answers import as_text
from plenary.web.forms import Form, read_form
from plenary.web.language import LANGUAGES, WRITTEN, current
from plenary.web.refilled import comes_back
from plenary.web.render import html, render, see

MOST = 5_000  # characters of one statement


async def show(request: Request) -> Response:
    clause = request.query_params.get("clause", "")
    return await _page(request, await _decision(request), Form({"clause": clause}))


async def _making(request: Request, form: Form) -> Response:
    return await _page(request, await _decision(request), form)


@comes_back(_making)
async def make(request: Request) -> Response:
    """A statement is numbered, dated and receipted at once; the answer shows it in its place."""
    decision, form = await _decision(request), await read_form(request)
    kind = form.choice("kind", [known.value for known in StatementKind])
    draft = Draft(
        kind=StatementKind(kind) if kind in list(StatementKind) else StatementKind.EXPLANATION,
        text=form.text("text", most=MOST),
        language=form.choice("language", WRITTEN, current()),
        clause=form.line("clause", needed=False, most=12),
        key=form.key(),
    )
    form.check()
    by = f"delegation:{request.state.viewer.code}"
    receipt = await state_beside(by, decision.source_id, draft)
    path, _, anchor = receipt.path.partition("#")
    return see(f"{path}?receipt={receipt.code}#{anchor}")


async def as_txt(request: Request) -> Response:
    """Apart from the plain text of the decision, whose fingerprint is of that text alone."""
    decision = await _decision(request)
    context = await context_of(decision)
    annexes = await annexes_of(decision, request.state.viewer)
    text = await aside(
        annexes.length, html, request, "decisions/statements.txt", annexes=annexes, **context
    )
    return as_text(text)


async def _translating(request: Request, form: Form) -> Response:
    decision = await _decision(request)
    made = await statement_of(decision, request.path_params["k"])
    _translator(request, made)
    missing = [language for language in LANGUAGES if language not in made.text]
    return render(
        request,
        "decisions/translation.html",
        form=form,
        statement=made,
        chosen=(missing or [""])[0],
        **await context_of(decision),
    )


@comes_back(_translating)
async def translate(request: Request) -> Response:
    """The same words in another language, by the delegation itself or by the secretariat."""
    if request.method != "POST":
        return await _translating(request, Form())
    decision, form = await _decision(request), await read_form(request)
    made = await statement_of(decision, request.path_params["k"])
    by = _translator(request, made)
    text = form.text("text", most=MOST)
    language = form.choice("language", [code for code in WRITTEN if code != made.language])
    form.check()
    receipt = await translate_statement(
        by, decision.source_id, made.number, text=text, language=language, key=form.key()
    )
    return see(receipt.path)


def _translator(request: Request, made: Statement) -> str:
    viewer = request.state.viewer
    if viewer.code == made.delegation.code:
        return f"delegation:{viewer.code}"
    if not viewer.may("administer"):
        raise Forbidden("not_your_statement")
    return "secretariat"


async def _decision(request: Request) -> Decision:
    asked = request.path_params
    return await load_decision("own", f"{asked['year']}/{asked['number']}")


async def _page(request: Request, decision: Decision, form: Form) -> Response:
    viewer = request.state.viewer
    annexes = await annexes_of(decision, viewer)
    return render(
        request,
        "decisions/statement.html",
        form=form,
        annexes=annexes,
        kinds=await kinds_for(decision, viewer),
        receipt=await given_receipt(request, decision),
        **await context_of(decision),
    )
