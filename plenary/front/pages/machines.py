"""For machines: the API's description, health, robots, the sitemap, whom to tell of a weakness."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.models import Body, Delegation
from plenary.bodies.powers import Power
from plenary.decisions.reading import registered
from plenary.decisions.rules import path_to
from plenary.front.addresses import delegation_path, proposal_path
from plenary.proposals.models import Proposal
from plenary.registers.tally import tally
from plenary.web.answers import answer, as_json, as_text
from plenary.web.paging import pages_of, whole
from plenary.web.render import html
from plenary.web.routing import page
from plenary.web.site import base_url

OPENAPI = Path(__file__).parents[1] / "openapi.json"
MAPPED = 2_000  # of each kind in a file of the sitemap: in every language, with links to each
SEATED = ("participant", "observer")
PAGES = (
    "/", "/proposals", "/positions", "/decisions", "/follow-up", "/meetings", "/groups",
    "/participants", "/observers", "/changes", "/deadlines", "/register", "/verify",
    "/how-it-works", "/procedures", "/data", "/help",
)  # fmt: skip


async def openapi(request: Request) -> Response:
    described = OPENAPI.read_text(encoding="utf-8")
    described = described.replace("https://plenary.example", base_url(request))
    return answer(described, "application/json")


async def healthz(request: Request) -> Response:
    return as_json({"status": "ok"})


async def readyz(request: Request) -> Response:
    """Whether this process can serve; each thing is tried, and told by its name."""
    checks: dict[str, str] = await request.app.state.ready(request.app.state.settings)
    ready = set(checks.values()) == {"ok"}
    status = "ready" if ready else "not_ready"
    return as_json({"status": status, "checks": checks}, 200 if ready else 503)


async def robots(request: Request) -> Response:
    closed = ("/live", "/desk", "/secretariat", "/sign-in", "/search")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return as_text("\n".join([*lines, f"Sitemap: {base_url(request)}/sitemap.xml", ""]))


async def sitemap(request: Request) -> Response:
    """Every public page in every language: in one file, or in as many as an index names."""
    # By their numbers, which nobody is given twice: a file far on is found as the first is.
    files = pages_of(max((await tally()).last, await _newest_proposal()), MAPPED)
    file = whole(request.query_params.get("file", ""), 0)
    base = base_url(request)
    if files > 1 and not file:
        index = html(request, "front/sitemap_index.xml", files=range(1, files + 1), base=base)
        return as_text(index, "application/xml")
    paths = [*(await _places() if file <= 1 else []), *await _numbered(max(0, file - 1) * MAPPED)]
    return as_text(html(request, "front/sitemap.xml", paths=paths, base=base), "application/xml")


async def _newest_proposal() -> int:
    newest: Any = await Proposal.all().order_by("-id").first().values_list("id", flat=True)
    return newest or 0


async def _numbered(after: int) -> list[str]:
    """The proposals and the decisions of a file."""
    within = {"id__gt": after, "id__lte": after + MAPPED}
    tabled = Proposal.filter(**within, tabled__isnull=False).order_by("id")
    decided = registered().filter(**within).order_by("id").values_list("register", "source_id")
    return [
        *map(proposal_path, await tabled.only("id", "year", "number")),
        *(path_to(*named) for named in await decided),
    ]


async def _places() -> list[str]:
    """The pages of the house, of its bodies and of those who sit in them."""
    return [
        *PAGES,
        *(f"/groups/{body.key}" for body in await Body.exclude(key="plenary").order_by("id")),
        *map(delegation_path, await Delegation.filter(kind__in=SEATED).order_by("code")),
    ]


async def security_txt(request: Request) -> Response:
    """RFC 9116. Half a year from today: an expired file says that nobody looks after it."""
    expires = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    base = base_url(request)
    contact = request.state.site.contact
    lines = [
        f"Contact: {f'mailto:{contact}' if contact else f'{base}/help'}",
        f"Expires: {expires}", "Preferred-Languages: en, fr",
        f"Canonical: {base}/.well-known/security.txt", f"Policy: {base}/help#security", "",
    ]  # fmt: skip
    return as_text("\n".join(lines))


routes = [
    page("/openapi.json", openapi, Power.READ, name="openapi"),
    page("/healthz", healthz, Power.READ, name="healthz"),
    page("/readyz", readyz, Power.READ, name="readyz"),
    page("/robots.txt", robots, Power.READ, name="robots"),
    page("/sitemap.xml", sitemap, Power.READ, name="sitemap"),
    page("/.well-known/security.txt", security_txt, Power.READ, name="security_txt"),
]
