"""A closing instant as the Chair types it: a local time and its zone; and what bars it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from starlette.requests import Request

from plenary.refusal import Refused
from plenary.web import dates
from plenary.web.forms import Form

# Where a refusal of the rules is told: beside which field of the form.
BESIDE = {
    "closes_in_the_past": "closes", "closes_too_far": "closes", "window_too_short": "closes",
    "not_later": "closes", "languages_uneven": "uneven", "ladder": "procedure",
}  # fmt: skip


def closing(form: Form, zone: str, *, needed: bool = False) -> datetime | None:
    """The instant that was typed, in UTC; None where the field is empty, or a fault is noted."""
    return form.moment("closes", "" if "zone" in form.errors else zone, needed=needed)


@contextmanager
def beside_its_field(request: Request, form: Form, zone: str) -> Iterator[None]:
    """What the rules refuse about one field stands beside it (409), its instants in words."""
    try:
        yield
    except Refused as refused:
        if field := BESIDE.get(refused.reason):
            place = dates.place_of(zone, request.state.site.place)
            shown = {
                name: dates.instant(fact, place) if isinstance(fact, datetime) else fact
                for name, fact in refused.facts.items()
            }
            form.fail(field, refused.reason, **shown)
        raise
