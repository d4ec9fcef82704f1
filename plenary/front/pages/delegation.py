"""A delegation's page: its names and standing, where it sits, and what it said over time."""

from dataclasses import replace
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from tortoise.queryset import QuerySet

from plenary import clock
from plenary.bodies.appealable import measures_about
from plenary.bodies.days import day_of, not_over
from plenary.bodies.models import Accreditation, Delegation, Officer, Seat, Spell
from plenary.bodies.pages.access import access_json as measure_json
from plenary.bodies.pages.delegations import summary
from plenary.bodies.reading import names_of_all
from plenary.bodies.rules import SLUG, Standing, standing_on
from plenary.decisions.json import observer_json as heard_json
from plenary.decisions.json import position_json
from plenary.front.activity import Answered, answers_of, comments_by, earlier_by, sponsored_by
from plenary.proposals.rules import comment_path, kept_path
from plenary.questions.blocs import said_by
from plenary.questions.rules import Publication, may_leave
from plenary.record.entry import instant
from plenary.refusal import Missing
from plenary.web.answers import as_json
from plenary.web.paging import Page, asked_page
from plenary.web.render import render

OTHERS = ("observer", "applicant", "guest")


async def participant(request: Request) -> Response:
    return await _page(request, await _find(request, ("participant",)))


async def participant_json(request: Request) -> Response:
    return await _json(request, await _find(request, ("participant",)))


async def observer(request: Request) -> Response:
    return await _page(request, await _find(request, OTHERS))


async def observer_json(request: Request) -> Response:
    return await _json(request, await _find(request, OTHERS))


async def _find(request: Request, kinds: tuple[str, ...]) -> Delegation:
    slug = request.path_params["slug"]
    found = SLUG.fullmatch(slug) and await Delegation.get_or_none(slug=slug, kind__in=kinds)
    if not found:
        raise Missing("unknown_delegation", code=slug)
    return found


async def _page(request: Request, delegation: Delegation) -> Response:
    return render(
        request,
        "front/delegation.html",
        delegation=delegation,
        comment_path=comment_path,
        kept_path=kept_path,
        speakers=await speakers_of(delegation),
        parties=await names_of_all(),
        **await _facts(request, delegation, passed_on=False),
    )


async def _facts(request: Request, delegation: Delegation, *, passed_on: bool) -> dict[str, Any]:
    """What the page and the open data have in common. What it said and what it remarked are turned
    together, and the shorter list ends first."""
    viewer, page = request.state.viewer, asked_page(request)
    answers = await answers_of(delegation, viewer, page)
    comments = await comments_by(delegation, viewer, page, passed_on=passed_on)
    page = min(page, max(answers.pages, comments.pages))
    today = await day_of(clock.now())
    spells = await Spell.filter(delegation=delegation).order_by("-since")
    standings = [Standing(spell.standing, spell.since, spell.until) for spell in spells]
    return {
        "spells": spells,
        "standing": standing_on(standings, today) if spells else "",
        "seats": await current(Seat.filter(delegation=delegation), today).prefetch_related("body"),
        "offices": await current(Officer.filter(delegation=delegation), today).prefetch_related(
            "body"
        ),
        "answers": _turned(answers, page),
        "comments": _turned(comments, page),
        "sponsored": await sponsored_by(delegation, viewer),
        "measures": [about for about in await measures_about(delegation) if about.matters],
        "today": today,
    }


def current(query: QuerySet[Any], today: date) -> QuerySet[Any]:
    """What has not ended; what begins later is listed too, with its day."""
    return query.filter(not_over(today)).order_by("id")


async def speakers_of(delegation: Delegation) -> list[Accreditation]:
    """Who speaks for a delegation now or later; for those in the room, not for the public."""
    held = current(Accreditation.filter(delegation=delegation), await day_of(clock.now()))
    return await held.prefetch_related("person")


async def _json(request: Request, delegation: Delegation) -> Response:
    facts = await _facts(request, delegation, passed_on=True)
    answers, said = facts["answers"], facts["comments"]
    return as_json(
        summary(delegation)
        | {"note": delegation.note, "standing": facts["standing"] or None}
        | {
            "standings": [
                {"standing": s.standing, "since": s.since.isoformat(),
                 "until": s.until.isoformat() if s.until else None, "decision": s.decision,
                 "entry": s.entry}
                for s in facts["spells"]
            ],
            "measures": [measure_json(each) for each in facts["measures"]],
            "seats": [{"body": s.body.key, "kind": s.kind} for s in facts["seats"]],
            "offices": [{"body": o.body.key, "office": o.office} for o in facts["offices"]],
            "positions": [_answer_json(answer, delegation) for answer in answers.items],
            "positions_total": answers.total,
            "comments": [
                {"proposal": c.proposal.symbol, "number": c.number, "version": c.version,
                 "clause": c.clause or None, "text": c.text, "language": c.language,
                 "at": instant(c.at)}
                for c in said.items
            ],
            "comments_total": said.total,
            # With the comments and the positions before these.
            "next": said.after(request) or answers.after(request),
            "sponsored": [proposal.symbol for proposal in facts["sponsored"]],
            "sample": request.state.site.sample,
        }
    )  # fmt: skip


def _turned(listed: Page[Any], page: int) -> Page[Any]:
    """Nothing of a list that has ended."""
    return listed if page <= listed.pages else replace(listed, items=())


def _answer_json(answer: Answered, delegation: Delegation) -> dict[str, Any]:
    """One question; without the rule's leave to read it there is no answer, not an empty one."""
    said = position_json if delegation.kind == "participant" else heard_json
    stand = answer.stand.for_file()
    readable = answer.readable and may_leave(Publication(stand.question.publication))
    now = said_by(stand, delegation.code)
    return {
        "proposal": answer.row.proposal.symbol, "asked": stand.version, "open": stand.open,
        "published": readable or now is not None, "now": said(now) if now else None,
        "earlier": [said(past) for past in earlier_by(stand, delegation)],
    }  # fmt: skip
