"""Who speaks for whom: accredit a person, and end it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.accreditations import accredit, end_accreditation
from plenary.bodies.days import day_of, not_over
from plenary.bodies.models import Accreditation
from plenary.bodies.pages.order import found_page
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, done, screen
from plenary.bodies.rules import SPEAKERS
from plenary.texts.folding import finds, plain
from plenary.web.forms import Form, read_form
from plenary.web.paging import sought
from plenary.web.render import named


async def _facts(request: Request) -> dict[str, Any]:
    return {
        "sheet": found_page(request, await _running(sought(request.query_params))),
        "delegations": await fields.delegation_options(), "roles": SPEAKERS,
        "today": await day_of(clock.now()),
    }  # fmt: skip


async def _accredit(form: Form) -> int:
    codes = [code for code, _ in await fields.delegation_options()]
    code, email, name = form.choice("delegation", codes), form.email("email"), form.line("name")
    role = form.choice("role", SPEAKERS)
    since, until = form.day("from"), form.day("to")
    if until is not None and until <= (since or await day_of(clock.now())):
        form.fail("to", "before_the_first_day")
    form.check()
    accreditation = await accredit(
        BY, code, email, name, role, since=since, until=until, key=form.key()
    )
    return accreditation.entry


async def accreditation_ended(request: Request) -> Response:
    form = await read_form(request)
    entry = await end_accreditation(BY, form.whole("id"), key=form.key())
    return done(request, entry, "/secretariat/accreditations")


async def _running(query: str) -> list[Accreditation]:
    """Those that run or will begin, by delegation, the heads first."""
    today = await day_of(clock.now())
    found = await Accreditation.filter(not_over(today)).prefetch_related("person", "delegation")
    found = [
        accreditation
        for accreditation in found
        if finds(
            query,
            accreditation.person.name,
            accreditation.person.email,
            accreditation.delegation.code,
            *accreditation.delegation.names.values(),
        )
    ]
    return sorted(
        found,
        key=lambda accreditation: (
            plain(named(accreditation.delegation.names)),
            SPEAKERS.index(accreditation.role),
        ),
    )


accreditations = screen("bodies/secretariat/accreditations.html", _accredit, _facts)
