"""A version, the redline between two, and the form for a new one."""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from plenary.proposals.actions import versions
from plenary.proposals.authorship import RIVALS, hand_of
from plenary.proposals.comparing import changes_between
from plenary.proposals.models import Proposal, Version
from plenary.proposals.pages.texts import MOST_TEXT, writing_as
from plenary.proposals.reading import (
    ClauseLine,
    authentic_in,
    authors_of,
    clauses_of,
    firsts_of,
    languages_of,
    lines_of,
    proposal_for,
    version_of,
)
from plenary.proposals.rules import bar_to_authenticate
from plenary.texts.clauses import source
from plenary.web.forms import Form, read_form
from plenary.web.language import LANGUAGES, current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see


async def show(request: Request) -> Response:
    """One version, clean: in the page's language, or beside another with `?with=fr`."""
    proposal = await _proposal(request)
    version = await version_of(proposal, request.path_params["version"])
    beside = request.query_params.get("with", "")
    languages = await languages_of(proposal)
    language = beside if beside in languages else current()
    lines = await lines_of(proposal, version, language)
    return render(
        request,
        "proposals/version.html",
        proposal=proposal,
        version=version,
        beside=beside in languages,
        language=language,
        languages_done=languages,
        authentic=await authentic_in(proposal, version),
        versions=await _versions(proposal),
        lines=lines,
    )


async def compare(request: Request) -> Response:
    """What changed from one version to another, in the language it is negotiated in."""
    proposal = await _proposal(request)
    old = await version_of(proposal, request.path_params["old"])
    new = await version_of(proposal, request.path_params["new"])
    clauses = await clauses_of(new)
    changes = await changes_between(await clauses_of(old), clauses)
    return render(
        request,
        "proposals/compare.html",
        proposal=proposal,
        old=old,
        new=new,
        changes=changes,
        firsts=await firsts_of(clauses),
        versions=await _versions(proposal),
    )


async def _writing(request: Request, form: Form) -> Response:
    return await _form(request, await _proposal(request), form)


@comes_back(_writing)
async def revise(request: Request) -> Response:
    """The form for a new version or a translation, and its posting."""
    proposal = await _proposal(request)
    if request.method != "POST":
        return await _form(request, proposal, Form())
    form = await read_form(request)
    language = form.choice("language", LANGUAGES, proposal.original)
    base = form.whole("base")
    text, note = form.text("text", most=MOST_TEXT), form.line("note", needed=False, most=400)
    title = form.line("title", needed=False)
    sense = form.line("sense", needed=False, most=400)
    hand = form.choice("hand", RIVALS, RIVALS[0])
    form.check()
    version = await versions.revise(
        await writing_as(request, proposal),
        proposal.year,
        proposal.number,
        text=text,
        language=language,
        base=base,
        note={current(): note} if note else {},
        title=title,
        sense=sense,
        authentic=form.flag("authentic"),
        hand=hand,
    )
    return see(f"/proposals/{proposal.year}/{proposal.number}/v{version.number}")


async def _form(request: Request, proposal: Proposal, form: Form) -> Response:
    version = await version_of(proposal, proposal.newest)
    language = form["language"] or request.query_params.get("language", "")
    if language not in LANGUAGES:
        language = proposal.original
    lines = await lines_of(proposal, version, language)
    form.values.setdefault("title", proposal.title.get(language, ""))
    form.values.setdefault("sense", proposal.sense.get(language, ""))
    if "text" not in form.values:
        form.values["text"] = (
            source(line.clause for line in lines)
            if language == proposal.original
            else _translated(lines)
        )
    by = await writing_as(request, proposal)
    authors = await authors_of(proposal)
    return render(
        request,
        "proposals/revise.html",
        proposal=proposal,
        version=version,
        form=form,
        language=language,
        lines=lines,
        bureau=bar_to_authenticate(by, proposal.body.key) is None,
        authentic=any(line.authentic for line in lines),
        rivals=RIVALS if hand_of(by) and by not in authors else (),
    )


def _translated(lines: list[ClauseLine]) -> str:
    """The translation so far, also of what was divided since; else the original stands there."""
    return source(
        replace(line.clause, text=line.translation or line.undivided or line.clause.text)
        for line in lines
    )


async def _proposal(request: Request) -> Proposal:
    year, number = request.path_params["year"], request.path_params["number"]
    return await proposal_for(request.state.viewer, year, number)


async def _versions(proposal: Proposal) -> list[Version]:
    return await Version.filter(proposal=proposal).order_by("-number")
