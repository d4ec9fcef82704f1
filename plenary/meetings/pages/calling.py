"""Call a meeting."""

import re
from typing import Any

from starlette.requests import Request

from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, screen
from plenary.bodies.reading import root
from plenary.meetings.actions.calling import call_meeting
from plenary.meetings.models import Meeting
from plenary.web.forms import Form
from plenary.web.paging import fetched
from plenary.zones import cities

ITEMS = 100
SHOWN = 10  # meetings beside the form; all of them stand on /meetings
PROPOSAL = re.compile(r"\d{4}/\d{1,4}")


async def _facts(request: Request) -> dict[str, Any]:
    return {
        "bodies": await fields.body_options(), "zones": cities(), "seat": await root(),
        "called": await fetched(Meeting.all().order_by("-begins"), 1, SHOWN),
    }  # fmt: skip


async def _call(form: Form) -> int:
    names, place = fields.words(form, "name"), fields.words(form, "place", most=120)
    slug = fields.slug(form, "slug", names.get("en", ""))
    body = form.choice("body", [key for key, _ in await fields.body_options()])
    zone = form.zone("zone")
    begins, ends = (form.moment(name, zone, needed=True) for name in ("begins", "ends"))
    if begins and ends and ends <= begins:
        form.fail("ends", "before_the_first_day")
    items = _agenda(form)
    form.check()
    assert begins is not None  # else check has raised
    assert ends is not None
    meeting = await call_meeting(
        BY,
        slug=slug,
        names=names,
        body=body,
        place=place,
        zone=zone,
        begins=begins,
        ends=ends,
        agenda=items,
        key=form.key(),
    )
    return meeting.entry


def _agenda(form: Form) -> list[dict[str, Any]]:
    """One item a line: number | title | proposal, where there is one."""
    lines = [line for line in form.text("agenda", needed=False).split("\n") if line.strip()]
    if len(lines) > ITEMS:
        form.fail("agenda", "too_many_lines", most=ITEMS)
    return [_item(form, line) for line in lines[:ITEMS]]


def _item(form: Form, line: str) -> dict[str, Any]:
    number, title, proposal = [*(part.strip() for part in line.split("|")), "", ""][:3]
    if not number or not title or (proposal and not PROPOSAL.fullmatch(proposal)):
        form.fail("agenda", "agenda_form", line=line[:60])
    return {"item": number[:12], "title": {"en": title}, "proposal": proposal}


calling = screen("meetings/calling.html", _call, _facts)
