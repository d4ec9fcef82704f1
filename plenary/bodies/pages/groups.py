"""The tree of bodies: the Plenary, and the committees and working groups under it."""

from collections import defaultdict
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of, holding
from plenary.bodies.models import Body, Officer
from plenary.texts.folding import plain
from plenary.web.render import named, render


@dataclass(frozen=True)
class Branch:
    """A body with those who preside over it, and the bodies under it."""

    body: Body
    chairs: list[Officer]
    under: "list[Branch]"


async def groups(request: Request) -> Response:
    return render(request, "bodies/groups.html", tree=await tree())


async def tree() -> list[Branch]:
    today = await day_of(clock.now())
    chairs: defaultdict[int, list[Officer]] = defaultdict(list)
    for officer in await Officer.filter(holding(today), office="chair").prefetch_related(
        "delegation"
    ):
        chairs[officer.body_id].append(officer)
    under: defaultdict[int | None, list[Body]] = defaultdict(list)
    for body in await Body.all():
        under[body.parent_id].append(body)

    def grown(parent: int | None) -> list[Branch]:
        found = sorted(under[parent], key=lambda body: plain(named(body.names)))
        return [Branch(body, chairs[body.id], grown(body.id)) for body in found]

    return grown(None)
