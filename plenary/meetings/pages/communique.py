"""The communiqué of a meeting: a page, Markdown, and the plain text that its fingerprint is of."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.rules import SLUG
from plenary.bodies.viewers import Viewer
from plenary.meetings.annex import annex_of
from plenary.meetings.communique import Data, Later, fingerprint, markdown, text_of
from plenary.meetings.communique_sheet import (
    NumberedParagraph,
    Sheet,
    communiques_open_to,
    load_sheet,
)
from plenary.meetings.models import Communique
from plenary.meetings.pages.sentences import sentence
from plenary.refusal import Missing
from plenary.web.answers import as_text
from plenary.web.language import current
from plenary.web.render import html, named, render
from plenary.web.site import base_url


async def communique(request: Request) -> Response:
    sheet = await readable(request)
    context = _context(request, sheet) | {"annex": await annex_of(sheet)}
    return render(request, "meetings/communique.html", **context)


async def communique_md(request: Request) -> Response:
    sheet = await readable(request)
    context = _context(request, sheet) | {"annex": await annex_of(sheet)}
    text = html(request, "meetings/communique.md", **context)
    return as_text(text, "text/markdown")


async def communique_txt(request: Request) -> Response:
    """Exactly the bytes that the fingerprint is of, in the language of the address."""
    sheet = await readable(request)
    return as_text(sheet.plain(current(), draft=not sheet.issued))


async def readable(request: Request) -> Sheet:
    """Public when it is issued; a draft is for those who may read drafts: see `Viewer.reads`."""
    slug = request.path_params["slug"]
    if not SLUG.fullmatch(slug):
        raise Missing("unknown_meeting", meeting=slug)
    sheet = await load_sheet(slug, clock.now())
    if not request.state.viewer.reads(sheet.meeting.body.key, public=sheet.issued):
        raise Missing("no_communique")
    return sheet


async def communique_of(slug: str, viewer: Viewer) -> Communique | None:
    """For the page of a meeting: its communiqué, where this reader may see it."""
    return await Communique.get_or_none(communiques_open_to(viewer), meeting__slug=slug)


def path_of(fact: Data) -> str:
    """Where the thing stands that a paragraph reports."""
    kind = {"decision": "decisions", "pending": "proposals"}.get(str(fact.get("kind")), "")
    return f"/{kind}/{fact['address']}" if kind else ""


def news_path(later: Later) -> str:
    """Where what came later stands: the decision that amends another is a decision too."""
    kind = "proposals" if later.data["kind"] == "pending" else "decisions"
    return f"/{kind}/{later.data['address']}"


def news_of(line: NumberedParagraph) -> list[Later]:
    """What came later, in the language of the page: a title in another one is no news here."""
    return [
        later
        for later in line.later
        if later.name != "named" or named(later.was["title"]) != named(later.data["title"])
    ]


def _context(request: Request, sheet: Sheet) -> dict[str, Any]:
    today = fingerprint(sheet.plain(current(), draft=not sheet.issued))
    issued = sheet.communique.fingerprint.get(current(), today) if sheet.issued else today
    return {
        "sheet": sheet, "meeting": sheet.meeting, "communique": sheet.communique,
        "base": base_url(request),
        "words": lambda texts: text_of(texts, current()), "sentence": sentence,
        "markdown": markdown, "path_of": path_of, "news_path": news_path,
        "own_path": f"/meetings/{sheet.meeting.slug}/communique",
        "print": issued, "whole": issued == today, "news_of": news_of,
    }  # fmt: skip
