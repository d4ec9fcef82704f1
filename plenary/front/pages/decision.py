"""One decision: a page, JSON, Markdown, plain text, and the text that its fingerprint is of."""

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.aside import aside
from plenary.bodies.days import day_of
from plenary.bodies.powers import Power
from plenary.bodies.reading import names_of_all
from plenary.decisions.rules import DECLARED_HERE, GROUPS, overdue, path_to
from plenary.decisions.text import EDGE
from plenary.front import exports
from plenary.front.addresses import decision_path, proposal_path
from plenary.front.decided import Decided, decided, decision_at, names_of
from plenary.front.pages.decisions import WORDS
from plenary.front.sitting import Sitting, sitting
from plenary.proposals.reading import languages_of
from plenary.refusal import Missing
from plenary.registers.words import basis_of
from plenary.texts.clauses import brackets, fingerprint
from plenary.web.answers import as_json_of, as_text, moved
from plenary.web.language import LANGUAGES, current
from plenary.web.render import html, render
from plenary.web.routing import page
from plenary.web.site import base_url


async def show(request: Request) -> Response:
    register = request.path_params.get("register")
    if register in DECLARED_HERE:  # stands at an address of its own
        return moved(decision_path(await decision_at(register, request.path_params["source_id"])))
    shown = await _shown(request)
    context = await context_of(request, shown)
    if not shown.stand:
        return render(request, "front/imported.html", **context)
    text = await aside(shown.length, html, request, "front/decision.txt", **context)
    return render(request, "front/decision.html", whole_print=fingerprint(text), **context)


async def page_json(request: Request) -> Response:
    today, shown = await day_of(clock.now()), await _shown(request)
    return as_json_of(partial(exports.whole, shown, base_url(request), today), shown)


async def page_md(request: Request) -> Response:
    return as_text(await markdown_of(request, await _shown(request)), "text/markdown")


async def markdown_of(request: Request, shown: Decided) -> str:
    context = await context_of(request, shown)
    return await aside(shown.length, html, request, "front/decision.md", **context)


async def page_txt(request: Request) -> Response:
    """All that the page says, the outcome first, in the language of the address."""
    shown = await _shown(request)
    return as_text(await text_of(request, shown))


async def text_of(request: Request, shown: Decided) -> str:
    """The plain text file of a decision, the same for everybody."""
    context = await context_of(request, shown)
    return await aside(shown.length, html, request, "front/decision.txt", **context)


async def page_text(request: Request) -> Response:
    """Exactly the bytes that a fingerprint is of: the decided text, and nothing beside it."""
    shown = await _shown(request)
    return as_text(shown.plain(shown.language_of_file(current())))


async def _shown(request: Request) -> Decided:
    asked = request.path_params
    if "number" in asked:
        decision = await decision_at("own", f"{asked['year']}/{asked['number']}")
    elif asked["register"] == GROUPS:
        raise Missing("unknown_decision", id=asked["source_id"])
    else:
        decision = await decision_at(asked["register"], asked["source_id"])
    return await decided(decision, request.state.viewer, current())


async def context_of(request: Request, shown: Decided) -> dict[str, Any]:
    """What its page and its files are made of."""
    written = shown.language_of_file(current())
    languages = await languages_of(shown.proposal) if shown.proposal else []
    return {
        "authentic": shown.authentic[1:],
        "written": written,
        "text": shown.plain(written),
        "edge": EDGE,
        "heard": shown.heard,
        "shown": shown,
        "sat": await sitting(shown) if shown.decision.of_a_group else Sitting(),
        "decision": shown.decision,
        "stand": shown.stand,
        "base": base_url(request),
        "names": dict(await names_of_all()) | names_of(shown.stand),
        "bracket_list": await aside(shown.length, brackets, shown.clauses),
        "numbers": {c.key: c.number for c in shown.clauses},
        "proposal_path": proposal_path(shown.proposal) if shown.proposal else "",
        "others": [
            language
            for language in languages
            if language != shown.original and language in LANGUAGES
        ],
        "basis": basis_of(shown.decision.procedure.get("stated", "")),
        "own_path": decision_path(shown.decision),
        "annexes": shown.annexes,
        "today": await day_of(clock.now()),
        "overdue": overdue,
        "path_to": path_to,
        **WORDS,
    }


routes = [
    page("/decisions/{year:int}/{number:int}", show, Power.READ, name="decision"),
    page("/decisions/{year:int}/{number:int}.json", page_json, Power.READ, name="decision_json"),
    page("/decisions/{year:int}/{number:int}.md", page_md, Power.READ, name="decision_md"),
    page("/decisions/{year:int}/{number:int}.txt", page_txt, Power.READ, name="decision_txt"),
    page(
        "/decisions/{year:int}/{number:int}/text.txt", page_text, Power.READ, name="decision_text"
    ),
]
last_routes = [  # an id of another register may hold anything
    page(
        "/decisions/{register}/{source_id:path}.json", page_json, Power.READ, name="imported_json"
    ),
    page("/decisions/{register}/{source_id:path}", show, Power.READ, name="imported"),
]
