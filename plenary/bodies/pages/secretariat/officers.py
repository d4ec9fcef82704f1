"""Fill an office of a body, and take note that someone left it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.offices import appoint, leave_office
from plenary.bodies.days import day_of, not_over
from plenary.bodies.models import Officer
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, done, screen
from plenary.bodies.rules import OFFICES
from plenary.web.forms import Form, read_form


async def _facts(request: Request) -> dict[str, Any]:
    today = await day_of(clock.now())
    holders = Officer.filter(not_over(today)).order_by("body_id", "id")
    return {
        "holders": await holders.prefetch_related("body", "delegation", "person"),
        "bodies": await fields.body_options(), "offices": OFFICES, "today": today,
        "delegations": await fields.delegation_options(),
    }  # fmt: skip


async def _appoint(form: Form) -> int:
    body = form.choice("body", [key for key, _ in await fields.body_options()])
    office, since = form.choice("office", OFFICES), form.day("since")
    codes = [code for code, _ in await fields.delegation_options()]
    code = form.choice("code", ["", *codes])
    email = form.email("email") if form["email"].strip() else ""
    name = form.line("name", needed=False)
    form.check()
    officer = await appoint(
        BY, body, office, code=code, email=email, name=name, since=since, key=form.key()
    )
    return officer.entry


async def office_left(request: Request) -> Response:
    form = await read_form(request)
    entry = await leave_office(BY, form.whole("id"), key=form.key())
    return done(request, entry, "/secretariat/officers")


officers = screen("bodies/secretariat/officers.html", _appoint, _facts)
