"""What changed: the log by day, and its feed."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.powers import Power
from plenary.front.changes import Log, log_of
from plenary.front.pages.decisions import atom_id
from plenary.front.visible import proposals_for
from plenary.web.answers import feed
from plenary.web.paging import whole
from plenary.web.render import html, render
from plenary.web.routing import page
from plenary.web.site import base_url

NAMED = 100  # proposals that are offered; the symbol of any other can be typed


async def show(request: Request) -> Response:
    asked, log = await _log(request)
    offered = proposals_for(request.state.viewer).order_by("-year", "-number").limit(NAMED)
    return render(
        request,
        "front/changes.html",
        log=log,
        changes=log.changes,
        proposals=await offered,
        **asked,
    )


async def atom(request: Request) -> Response:
    asked, log = await _log(request, passed_on=True)
    return feed(
        html(
            request,
            "front/changes.atom",
            log=log,
            changes=log.changes,
            base=base_url(request),
            atom_id=atom_id,
            **asked,
        )
    )


async def _log(request: Request, *, passed_on: bool = False) -> tuple[dict[str, Any], Log]:
    viewer, query = request.state.viewer, request.query_params
    topic = query.get("topic", "").strip()[:120]
    before = whole(query.get("before", ""), 0) or None
    asked = {"topic": topic, "before": before}
    return asked, await log_of(viewer, topic=topic, before=before, passed_on=passed_on)


routes = [
    page("/changes", show, Power.READ, name="changes"),
    page("/changes.atom", atom, Power.READ, name="changes_atom"),
]
