"""A form of the secretariat: it acts once and shows the entry in words, or shows itself again."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body, Delegation, Words
from plenary.bodies.powers import Power
from plenary.bodies.rules import CODE
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Receipt
from plenary.record.telling import told_by
from plenary.web.forms import Form, read_form
from plenary.web.refilled import Handler, comes_back
from plenary.web.render import render, see

BY = "secretariat"


def office_of(request: Request) -> str:
    """In which office a measure is taken here: the secretariat's, or the Chair's."""
    viewer = request.state.viewer
    return BY if viewer.may(Power.ADMINISTER) else str(viewer.presides("plenary"))


Act = Callable[[Form], Awaitable[int]]  # the number of the entry that it made
Facts = Callable[[Request], Awaitable[dict[str, Any]]]


def screen(template: str, act: Act, facts: Facts) -> Handler:
    """GET shows the form; POST acts and leads to what was done, or the form comes back.

    A link fills in nothing: whoever presses has chosen every word of it.
    """

    async def shown(request: Request, form: Form) -> Response:
        deed = await deed_of(request)
        return render(request, template, form=form, deed=deed, **await facts(request))

    @comes_back(shown)
    async def handler(request: Request) -> Response:
        if request.method == "POST":
            return done(request, await act(await read_form(request)))
        whose = request.query_params.get("body", "")  # whose page it is; nothing else
        return await shown(request, Form({"body": whose}))

    return handler


def done(request: Request, entry: int, path: str = "", **more: str) -> Response:
    return see(f"{path or request.scope['path']}?{urlencode({**more, 'done': entry})}")


async def newest(type: str, topic: str) -> int:
    """The number of the newest entry of a type on a topic."""
    entry = await Entry.filter(type=type, topic=topic).order_by("-n").first()
    assert entry is not None  # it was made just now
    return entry.n


async def deed_of(request: Request) -> dict[str, Any] | None:
    """What was done, from the record itself."""
    asked = request.query_params.get("done", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 10):
        return None
    entry = await Entry.get_or_none(n=int(asked), type__in=acts.shown_on(acts.SECRETARIAT))
    if entry is None:
        return None
    facts = read_entry(bytes(entry.written))
    return {
        "n": entry.n, "type": entry.type, "at": entry.at, "facts": facts,
        "name": await _name(str(facts.get("delegation") or entry.topic)),
        "body": await _name(entry.topic),
        "told": await told_by(entry),
        "receipt": await Receipt.get_or_none(entry=entry.n),
    }  # fmt: skip


async def _name(topic: str) -> Words:
    """The delegation or body that an entry is about."""
    subject: Delegation | Body | None
    subject = await Delegation.get_or_none(code=topic) if CODE.fullmatch(topic) else None
    subject = subject or await Body.get_or_none(key=topic)
    return subject.names if subject else {"en": topic}
