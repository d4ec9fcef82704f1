"""Statements beside a decision: read, made, and given in the other language as a courtesy."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.decisions.actions.statements import (
    Draft,
    load_decision,
    state_beside,
    statement_of,
    translate_statement,
)
from plenary.decisions.annexes import annexes_of, kinds_for
from plenary.decisions.beside import Kind
from plenary.decisions.models import Decision
from plenary.decisions.pages.annex import context_of, given_receipt
from plenary.refusal import Forbidden, Invalid
from plenary.web.answers import as_text
from plenary.web.forms import Form, read_form
from plenary.web.language import LANGUAGES, WRITTEN, current
from plenary.web.render import html, render, see

MOST = 5_000  # characters of one statement


async def show(request: Request) -> Response:
    clause = request.query_params.get("clause", "")
    return await _page(request, await _decision(request), Form({"clause": clause}))


async def make(request: Request) -> Response:
    """A statement is numbered, dated and receipted at once; the answer shows it in its place."""
    decision, form = await _decision(request), await read_form(request)
    kind = form.choice("kind", [one.value for one in Kind])
    draft = Draft(
        kind=Kind(kind) if kind in list(Kind) else Kind.EXPLANATION,
        text=form.text("text", most=MOST), language=form.choice("language", WRITTEN, current()),
        clause=form.line("clause", needed=False, most=12), key=form.key(),
    )  # fmt: skip
    if form.errors:
        return await _page(request, decision, form)
    try:
        by = f"delegation:{request.state.viewer.code}"
        receipt = await state_beside(by, decision.source_id, draft)
    except Invalid as invalid:
        form.errors = invalid.errors
        return await _page(request, decision, form)
    path, _, anchor = receipt.path.partition("#")
    return see(f"{path}?receipt={receipt.code}#{anchor}")


async def as_txt(request: Request) -> Response:
    """Apart from the plain text of the decision, whose fingerprint is of that text alone."""
    decision = await _decision(request)
    context = await context_of(decision)
    annexes = await annexes_of(decision, request.state.viewer)
    text = html(request, "decisions/statements.txt", annexes=annexes, **context)
    return as_text(text)


async def translate(request: Request) -> Response:
    """The same words in another language, by the delegation itself or by the secretariat."""
    viewer, decision = request.state.viewer, await _decision(request)
    made = await statement_of(decision, request.path_params["k"])
    by = f"delegation:{viewer.code}" if viewer.code == made.delegation.code else "secretariat"
    if by == "secretariat" and not viewer.may("administer"):
        raise Forbidden("not_your_statement")
    form = await read_form(request) if request.method == "POST" else Form()
    if request.method == "POST":
        text, key = form.text("text", most=MOST), form.key()
        language = form.choice("language", [one for one in WRITTEN if one != made.language])
        if not form.errors:
            receipt = await translate_statement(
                by, decision.source_id, made.number, text=text, language=language, key=key
            )
            return see(receipt.path)
    missing = [one for one in LANGUAGES if one not in made.text]
    return render(
        request, "decisions/translation.html", status=422 if form.errors else 200, form=form,
        one=made, chosen=(missing or [""])[0], **await context_of(decision),
    )  # fmt: skip


async def _decision(request: Request) -> Decision:
    asked = request.path_params
    return await load_decision("own", f"{asked['year']}/{asked['number']}")


async def _page(request: Request, decision: Decision, form: Form) -> Response:
    viewer = request.state.viewer
    return render(
        request, "decisions/statement.html", status=422 if form.errors else 200, form=form,
        annexes=await annexes_of(decision, viewer), kinds=await kinds_for(decision, viewer),
        receipt=await given_receipt(request, decision), **await context_of(decision),
    )  # fmt: skip
