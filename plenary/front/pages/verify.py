"""Check a copy: a text or a fingerprint, yes or no. Nothing is kept."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.powers import Power
from plenary.decisions.text import text_in
from plenary.disclosure.receipts import filed
from plenary.front.checking import (
    Known,
    known_decision,
    known_receipt,
    print_in,
    prints_of,
    recognise,
)
from plenary.refusal import Invalid
from plenary.web.forms import Form, read_form
from plenary.web.render import render
from plenary.web.routing import page, post

MOST = 500_000  # characters of a pasted text


async def form(request: Request) -> Response:
    typed = Form({"fingerprint": request.query_params.get("fingerprint", "")[:200]})
    return render(request, "front/verify.html", form=typed, asked=False, known=None, older=0)


async def check(request: Request) -> Response:
    typed = await read_form(request)
    try:
        prints = _prints(typed)
    except Invalid:
        return render(
            request,
            "front/verify.html",
            status=422,
            form=typed,
            asked=False,
            known=None,
            older=0,
        )
    known = await _known(request, typed["text"], prints)
    older = 0 if known else request.app.state.prints.older
    return render(request, "front/verify.html", form=typed, asked=True, known=known, older=older)


async def _known(request: Request, pasted: str, prints: list[str]) -> Known | None:
    """A whole file is known by its fingerprint of today, or by the decided text inside it."""
    viewer, printed = request.state.viewer, request.app.state.prints.printed
    if receipt := filed(pasted):
        return await known_receipt(receipt)
    if found := await recognise(viewer, prints, printed):
        return found
    file = "" if print_in(pasted) else pasted
    if same := await request.app.state.prints.decision_of(request, prints, file):
        return await known_decision(*same, beside="same")
    inside = text_in(pasted.replace("\r\n", "\n"))
    found = await recognise(viewer, prints_of(inside), printed) if inside else None
    changed = found is not None and found.name == "decision"
    return replace(found, beside="changed") if found and changed else found


def _prints(typed: Form) -> list[str]:
    """What was pasted wins over what was typed beside it."""
    text, written = typed["text"], typed["fingerprint"]
    if len(text) > MOST:
        typed.fail("text", "too_long", over=len(text) - MOST, most=MOST)
    if not text.strip() and not written.strip():
        typed.fail("text", "needed")
    if not text.strip() and written.strip() and not print_in(written):
        typed.fail("fingerprint", "not_a_fingerprint")
    typed.check()
    only = print_in(text or written)
    return [only] if only else prints_of(text)


routes = [
    page("/verify", form, Power.READ, name="verify"),
    post("/verify", check, Power.READ, name="verify_copy"),
]
