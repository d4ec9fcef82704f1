"""Form a committee or working group."""

from typing import Any

from starlette.requests import Request

from plenary.bodies.actions.chambers import form_body
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, newest, screen
from plenary.web.forms import Form


async def _facts(request: Request) -> dict[str, Any]:
    return {"bodies": await fields.body_options()}


async def _form(form: Form) -> int:
    names = fields.words(form, "name")
    key, symbol = fields.slug(form, "slug", names.get("en", "")), form.line("symbol", most=20)
    parent = form.choice("parent", [key for key, _ in await fields.body_options()], "plenary")
    mandate = {
        "en": form.text("mandate_en", needed=False, most=5000),
        "fr": form.text("mandate_fr", needed=False, most=5000),
    }
    form.check()
    said = {language: text for language, text in mandate.items() if text}
    body = await form_body(BY, key, symbol, names, mandate=said, parent=parent, once=form.key())
    return await newest("body.formed", body.key)


bodies = screen("bodies/secretariat/bodies.html", _form, _facts)
