"""A closing instant as the Chair types it: a local time and its zone; and what bars it."""

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


def told_beside(request: Request, form: Form, refused: Refused, zone: str) -> bool:
    """Put a refusal of the rules beside its field, its instants in words; False if it has none."""
    if refused.reason not in BESIDE:
        return False
    place = dates.place_of(zone, request.state.site.place)
    shown = {
        name: dates.instant(fact, place) if isinstance(fact, datetime) else fact
        for name, fact in refused.facts.items()
    }
    form.fail(BESIDE[refused.reason], refused.reason, **shown)
    return True
