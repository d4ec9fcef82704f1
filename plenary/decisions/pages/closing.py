"""A closing instant as the Chair types it: a local time and its zone; and what bars it."""

import re
from datetime import datetime

from starlette.requests import Request

from plenary.decisions.deadlines import NoSuchTime, instant_of, zone_of
from plenary.refusal import Refused
from plenary.web import dates
from plenary.web.forms import Form

# What a browser sends for a local time, with or without seconds; a blank for the T is forgiven.
LOCAL = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?")
# Where a refusal of the rules is told: beside which field of the form.
BESIDE = {
    "closes_in_the_past": "closes", "closes_too_far": "closes", "window_too_short": "closes",
    "not_later": "closes", "languages_uneven": "uneven", "ladder": "procedure",
}  # fmt: skip


def closing(form: Form, zone: str, *, needed: bool = False) -> datetime | None:
    """The instant that was typed, in UTC; None where the field is empty, or a fault is noted."""
    typed = form.line("closes", needed=needed, most=40)
    if not typed or "zone" in form.errors or "closes" in form.errors:
        return None
    try:
        if not LOCAL.fullmatch(typed):
            raise ValueError(typed)
        return instant_of(datetime.fromisoformat(typed), zone)
    except NoSuchTime as jumped:
        there = jumped.first.astimezone(zone_of(zone))
        form.fail("closes", "no_such_time", zone=zone, first=f"{there:%Y-%m-%dT%H:%M}")
    except ValueError:
        form.fail("closes", "not_a_moment")
    return None


def zone_in(form: Form, default: str) -> str:
    """The zone that was typed; that of the body where the field is empty."""
    zone = form.line("zone", needed=False, most=60) or default
    try:
        return zone_of(zone).key
    except ValueError:
        form.fail("zone", "unknown_zone", zone=zone)
        return default


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
