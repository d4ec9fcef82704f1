"""The secretariat opens a reform cycle."""

from typing import Any

from starlette.requests import Request

from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY, screen
from plenary.proposals.cycles import open_cycle
from plenary.proposals.models import Cycle
from plenary.web.forms import Form

YEARS = range(1900, 2200)


async def _facts(request: Request) -> dict[str, Any]:
    return {"cycles": await Cycle.all().order_by("-begins")}


async def _open(form: Form) -> int:
    names = fields.words(form, "name")
    begins, ends = _year(form, "begins"), _year(form, "ends")
    if begins > ends:
        form.fail("ends", "before_the_first_day")
    form.check()
    return await open_cycle(
        BY, f"{begins}-{ends}", names, begins=begins, ends=ends, once=form.key()
    )


def _year(form: Form, name: str) -> int:
    year = form.whole(name)
    if name not in form.errors and year not in YEARS:
        form.fail(name, "out_of_range", least=YEARS.start, most=YEARS.stop - 1)
    return year


cycles = screen("proposals/cycles.html", _open, _facts)
