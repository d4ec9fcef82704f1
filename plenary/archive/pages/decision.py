"""One decision: a page, JSON, Markdown, and the plain text that its fingerprint is of."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from plenary import clock
from plenary.archive import exports
from plenary.archive.addresses import decision_path, proposal_path
from plenary.archive.decided import Decided, decided, decision_at, names_of, translated
from plenary.archive.pages.decisions import WORDS
from plenary.archive.words import basis_of
from plenary.bodies.days import day_of
from plenary.bodies.models import Body
from plenary.decisions.beside import overdue, path_to
from plenary.proposals.clauses import brackets
from plenary.proposals.reading import authentic_in, languages_of, version_of
from plenary.web.answers import as_json, as_text, moved
from plenary.web.language import LANGUAGES, current
from plenary.web.render import html, render
from plenary.web.site import base_url


async def page(request: Request) -> Response:
    if request.path_params.get("register") == "own":
        return moved(f"/decisions/{request.path_params['source_id']}")
    shown = await _shown(request)
    template = "archive/decision.html" if shown.stand else "archive/imported.html"
    return render(request, template, **await _context(request, shown))


async def page_json(request: Request) -> Response:
    shown = await _shown(request)
    texts = {shown.original: shown.text} if shown.lines else {}
    for language in await languages_of(shown.proposal) if shown.proposal else []:
        if text := await translated(shown, language):
            texts[language] = text
    today = await day_of(clock.now())
    return as_json(exports.whole(shown, texts, base_url(request), today))


async def page_md(request: Request) -> Response:
    shown = await _shown(request)
    text = html(request, "archive/decision.md", **await _context(request, shown))
    return as_text(text, "text/markdown")


async def page_txt(request: Request) -> Response:
    """Exactly the bytes that the fingerprint is of: in the original language always."""
    return as_text((await _shown(request)).plain)


async def _shown(request: Request) -> Decided:
    asked = request.path_params
    if "number" in asked:
        decision = await decision_at("own", f"{asked['year']}/{asked['number']}")
    else:
        decision = await decision_at(asked["register"], asked["source_id"])
    return await decided(decision, request.state.viewer, current())


async def _context(request: Request, shown: Decided) -> dict[str, Any]:
    bodies = {body.key: body.names for body in await Body.all()}
    languages = await languages_of(shown.proposal) if shown.proposal else []
    return {
        "authentic": await _authentic(shown),
        "shown": shown, "decision": shown.decision, "stand": shown.stand, "base": base_url(request),
        "names": bodies | names_of(shown.stand),
        "bracket_list": brackets(shown.clauses),
        "numbers": {c.key: c.number for c in shown.clauses},
        "proposal_path": proposal_path(shown.proposal) if shown.proposal else "",
        "others": [one for one in languages if one != shown.original and one in LANGUAGES],
        "basis": basis_of(shown.decision.procedure.get("stated", "")),
        "own_path": decision_path(shown.decision), "annexes": shown.annexes,
        "today": await day_of(clock.now()), "overdue": overdue, "path_to": path_to, **WORDS,
    }  # fmt: skip


async def _authentic(shown: Decided) -> list[str]:
    """The languages, beside the original, in which what was decided is authentic."""
    if shown.proposal is None or shown.decision.version is None:
        return []
    version = await version_of(shown.proposal, shown.decision.version)
    return await authentic_in(shown.proposal, version)


routes = [
    Route("/decisions/{year:int}/{number:int}", page, name="decision"),
    Route("/decisions/{year:int}/{number:int}.json", page_json, name="decision_json"),
    Route("/decisions/{year:int}/{number:int}.md", page_md, name="decision_md"),
    Route("/decisions/{year:int}/{number:int}.txt", page_txt, name="decision_txt"),
]
last_routes = [  # an id of another register may hold anything
    Route("/decisions/{register}/{source_id:path}.json", page_json, name="imported_json"),
    Route("/decisions/{register}/{source_id:path}", page, name="imported"),
]
