"""What a body below the Plenary agreed, or reported: in no register of decisions."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.bodies.powers import Power
from plenary.bodies.rules import SLUG
from plenary.decisions.models import Decision
from plenary.decisions.reading import decisions_on
from plenary.decisions.rules import GROUPS
from plenary.front import exports
from plenary.front.decided import Decided, decided, decision_at
from plenary.front.pages.decision import context_of, markdown_of, text_of
from plenary.front.sitting import sitting
from plenary.refusal import Missing
from plenary.texts.clauses import fingerprint
from plenary.web.answers import as_json, as_json_of, as_text
from plenary.web.language import current
from plenary.web.paging import asked_page, fetched
from plenary.web.render import render
from plenary.web.routing import page
from plenary.web.site import base_url

HERE = "/groups/{key:str}/outcomes"
ONE = HERE + "/{year:int}/{number:int}"


async def index(request: Request) -> Response:
    body = await _body(request)
    rows = Decision.filter(register=GROUPS, body=body).order_by("-id").prefetch_related("body")
    listed = await fetched(rows, asked_page(request))
    return render(request, "front/outcomes.html", body=body, listed=listed)


async def index_json(request: Request) -> Response:
    body, base = await _body(request), base_url(request)
    rows = Decision.filter(register=GROUPS, body=body).order_by("-id").prefetch_related("body")
    listed = await fetched(rows, asked_page(request))
    return as_json(listed.listed(lambda outcome: exports.listed(outcome, base), request))


async def show(request: Request) -> Response:
    shown = await _shown(request)
    context = await context_of(request, shown)
    whole = fingerprint(await text_of(request, shown))
    return render(
        request,
        "front/outcome.html",
        whole_print=whole,
        lineage=await decisions_on(shown.proposal) if shown.proposal else (),
        **context,
    )


async def page_json(request: Request) -> Response:
    today, shown, base = await day_of(clock.now()), await _shown(request), base_url(request)
    sat = await sitting(shown)
    return as_json_of(lambda: exports.whole(shown, base, today) | {"sat": sat.codes}, shown)


async def page_md(request: Request) -> Response:
    return as_text(await markdown_of(request, await _shown(request)), "text/markdown")


async def page_txt(request: Request) -> Response:
    return as_text(await text_of(request, await _shown(request)))


async def page_text(request: Request) -> Response:
    """Exactly the bytes that the fingerprint is of."""
    shown = await _shown(request)
    return as_text(shown.plain(shown.language_of_file(current())))


async def _body(request: Request) -> Body:
    key = request.path_params["key"]
    body = await Body.get_or_none(key=key) if SLUG.fullmatch(key) else None
    if body is None:
        raise Missing("unknown_body", body=key)
    return body


async def _shown(request: Request) -> Decided:
    asked = request.path_params
    outcome = await decision_at(GROUPS, f"{asked['key']}/{asked['year']}/{asked['number']}")
    return await decided(outcome, request.state.viewer, current())


routes = [
    page(f"{HERE}.json", index_json, Power.READ, name="outcomes_json"),
    page(HERE, index, Power.READ, name="outcomes"),
    page(f"{ONE}.json", page_json, Power.READ, name="outcome_json"),
    page(f"{ONE}.md", page_md, Power.READ, name="outcome_md"),
    page(f"{ONE}.txt", page_txt, Power.READ, name="outcome_txt"),
    page(f"{ONE}/text.txt", page_text, Power.READ, name="outcome_text"),
    page(ONE, show, Power.READ, name="outcome"),
]
