"""Admit a delegation."""

from typing import Any

from starlette.requests import Request

from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.models import Delegation
from plenary.bodies.pages.order import by_name, found_page
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, newest, screen
from plenary.bodies.rules import CONSTITUENCIES, KINDS
from plenary.texts.folding import finds
from plenary.web.forms import Form
from plenary.web.paging import sought

STATES = 300  # more than there are


async def _facts(request: Request) -> dict[str, Any]:
    query = sought(request.query_params)
    found = [d for d in await Delegation.all() if finds(query, d.code, *d.names.values())]
    return {
        "sheet": found_page(request, by_name(found)),
        "kinds": KINDS,
        "constituencies": CONSTITUENCIES,
    }


async def _admit(form: Form) -> int:
    admission = _admission(form)
    form.check()
    admitted = await admit(BY, admission, key=form.key())
    return await newest("delegation.admitted", admitted.code)


def _admission(form: Form) -> Admission:
    kind = form.choice("kind", KINDS)
    observer = kind == "observer"
    names = fields.words(form, "name")
    represents = form.whole("represents", 1)
    if not 1 <= represents <= STATES:
        form.fail("represents", "out_of_range", least=1, most=STATES)
    return Admission(
        code=fields.code(form),
        kind=kind,
        names=names,
        represents=represents,
        constituency=form.choice("constituency", CONSTITUENCIES) if observer else "",
        slug=fields.slug(form, "slug", names.get("en", "")),
        since=form.day("since"),
        decision=form.line("decision", needed=False, most=120),
    )


delegations = screen("bodies/secretariat/delegations.html", _admit, _facts)
