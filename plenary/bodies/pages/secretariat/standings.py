"""Suspend a Participant, make it provisional, or restore it."""

from typing import Any

from starlette.requests import Request

from plenary import clock
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.days import day_of
from plenary.bodies.models import Spell
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, screen
from plenary.bodies.reading import sight_of
from plenary.bodies.rules import STANDINGS
from plenary.web.forms import Form


async def _facts(request: Request) -> dict[str, Any]:
    today = await day_of(clock.now())
    spells = Spell.exclude(standing="active").order_by("-since").prefetch_related("delegation")
    return {
        "participants": await fields.delegation_options(kind="participant"),
        "running": [s for s in await spells if s.until is None or s.until > today],
        "standings": STANDINGS, "today": today,
    }  # fmt: skip


async def _stand(form: Form) -> int:
    code = form.choice(
        "code", [code for code, _ in await fields.delegation_options(kind="participant")]
    )
    standing = form.choice("standing", STANDINGS)
    since, until = form.day("since"), form.day("until")
    decision = form.line("decision", needed=False, most=120)
    since = since or await day_of(clock.now())
    if until is not None and until <= since:
        form.fail("until", "before_the_first_day")
    form.check()
    return await set_standing(
        BY,
        code,
        standing,
        since=since,
        until=until,
        decision=decision,
        key=form.key(),
        seen=form["seen"] if form.flag("confirmed") else None,
    )


async def _now(form: Form) -> dict[str, Any]:
    """The standing as it is, which the new one is laid over."""
    spells = await Spell.filter(delegation__code=form["code"]).order_by("-since", "-id")
    return {"spells": spells, "seen": sight_of(spells)}


CHECK = "bodies/secretariat/standing_check.html"
standings = screen("bodies/secretariat/standings.html", _stand, _facts, check=CHECK, present=_now)
