"""The calendar of a body: days that are no working days. Several are pasted at once."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.actions.holidays import remove_holiday, set_holidays
from plenary.bodies.models import Body, Holiday, Words
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, done, screen
from plenary.bodies.rules import DAYS_AT_ONCE, SLUG
from plenary.web.forms import Form, read_form

NAME = 120  # characters
PATH = "/secretariat/holidays"

Faulty = dict[str, object]  # n, fault (day, nameless, long, twice), text


async def _facts(request: Request) -> dict[str, Any]:
    body = await _body(request)
    days = Holiday.filter(body=body).order_by("day") if body else None
    return {
        "body": body,
        "bodies": await fields.body_options(),
        "days": await days if days else [],
    }


async def _enter(form: Form) -> int:
    body = form.choice("body", [key for key, _ in await fields.body_options()])
    lines = [(n, line) for n, line in enumerate(form.text("days").split("\n"), 1) if line.strip()]
    if len(lines) > DAYS_AT_ONCE:
        form.fail("days", "too_many_lines", most=DAYS_AT_ONCE)
    days: dict[date, Words] = {}
    if not form.errors and (faults := list(_read(lines, days))):
        form.fail("days", "calendar_lines", lines=faults)
    form.check()
    return await set_holidays(BY, body, days, key=form.key())


def _read(lines: list[tuple[int, str]], days: dict[date, Words]) -> Iterator[Faulty]:
    """Lines like `2019-11-12 Guru Nanak Jayanti | Anniversaire de Guru Nanak` into days."""
    for n, line in lines:
        written, name = [*line.split(None, 1), ""][:2]
        names = [part.strip() for part in name.split("|", 1)]
        try:
            day = date.fromisoformat(written)
        except ValueError:
            yield {"n": n, "fault": "day", "text": written[:20]}
            continue
        if day in days:
            yield {"n": n, "fault": "twice", "text": written}
        elif not names[0]:
            yield {"n": n, "fault": "nameless", "text": written}
        elif max(map(len, names)) > NAME:
            yield {"n": n, "fault": "long", "text": written}
        else:
            days[day] = dict(zip(("en", "fr"), filter(None, names), strict=False))


async def holiday_removed(request: Request) -> Response:
    form = await read_form(request)
    body, day = form.line("body", most=60), form.day("day", needed=True)
    form.check()
    assert day is not None  # else check has raised
    entry = await remove_holiday(BY, body, day, key=form.key())
    return done(request, entry, PATH, body=body)


async def _body(request: Request) -> Body | None:
    key = request.query_params.get("body", "plenary")
    return await Body.get_or_none(key=key) if SLUG.fullmatch(key) else None


holidays = screen("bodies/secretariat/holidays.html", _enter, _facts)
