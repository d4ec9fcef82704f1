"""Distance to consensus: who is not clear, on which clause and bracket, since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.aside import aside
from plenary.bodies.viewers import Viewer
from plenary.decisions.json import observer_json, position_json
from plenary.decisions.models import Decision
from plenary.proposals.comparing import characters
from plenary.proposals.models import ClauseText, Proposal, Version
from plenary.proposals.reading import (
    ClauseLine,
    clauses_of,
    length_of,
    lines_of,
    proposal_for,
    version_of,
)
from plenary.questions.distance import (
    Distance,
    Obstacle,
    Place,
    PlaceRow,
    Run,
    distance,
    missing,
)
from plenary.questions.earlier import with_earlier
from plenary.questions.stand import Stand, stand_of
from plenary.record.entry import instant
from plenary.texts.clauses import Clause, plain
from plenary.web.answers import as_json_of
from plenary.web.language import current
from plenary.web.render import render

LONGEST = 90  # characters of a clause's first words, enough to know it by


@dataclass(frozen=True)
class Seen:
    """One proposal's distance to one reader, on the version that was asked about last."""

    proposal: Proposal
    version: Version
    clauses: tuple[Clause, ...]
    stand: Stand | None
    distance: Distance
    decision: Decision | None  # what closed the question


async def show(request: Request) -> Response:
    seen = await _seen(request)
    lines = await lines_of(seen.proposal, seen.version, current())
    return render(
        request,
        "front/distance.html",
        proposal=seen.proposal,
        version=seen.version,
        stand=seen.stand,
        distance=seen.distance,
        decision=seen.decision,
        clauses=seen.clauses,
        openings=await aside(length_of(lines), _openings, lines),
        translated={line.key for line in lines if line.translation},
        shortened=shortened,
    )


async def show_json(request: Request) -> Response:
    seen = await _seen(request, passed_on=True)
    return as_json_of(partial(_json, seen), seen)


async def _seen(request: Request, *, passed_on: bool = False) -> Seen:
    viewer: Viewer = request.state.viewer
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(viewer, year, number)
    stand = await stand_of(proposal, viewer)
    if stand:
        (stand,) = await with_earlier([stand], viewer)
    stand = stand.for_file() if stand and passed_on else stand
    version = await version_of(proposal, stand.version if stand else proposal.newest)
    clauses = await clauses_of(version)
    gone = await _gone(proposal, version, missing(stand, clauses)) if stand else {}
    closed = stand is not None and not stand.open
    return Seen(
        proposal,
        version,
        clauses,
        stand,
        await aside(characters(clauses), distance, stand, clauses, gone),
        await Decision.get_or_none(question=stand.question) if stand and closed else None,
    )


async def _gone(proposal: Proposal, version: Version, keys: Iterable[str]) -> dict[str, Place]:
    """Clauses of earlier versions, as they last stood; a key is never given to another."""
    rows = ClauseText.filter(
        version__proposal=proposal, version__number__lt=version.number, key__in=[*keys] or [""]
    ).prefetch_related("version")
    return {
        row.key: Place(row.key, row.kind, row.number, row.version.number, row.version.number + 1)
        for row in sorted(await rows, key=lambda row: row.version.number)
    }


def _openings(lines: Iterable[ClauseLine]) -> dict[str, str]:
    return {line.key: _opening(line) for line in lines}


def _opening(line: ClauseLine) -> str:
    """The first words of a clause, in the reader's language where it is translated."""
    shown = replace(line.clause, number=None, text=line.translation or line.clause.text)
    return shortened(plain([shown]))


def shortened(text: str) -> str:
    """A text cut at the end of a word, where it has words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    cut = text[:LONGEST]
    return f"{cut.rpartition(' ')[0] or cut} …"


# --- for programs ---


def _json(seen: Seen) -> dict[str, Any]:
    stand, found = seen.stand, seen.distance
    return {
        "symbol": seen.proposal.symbol, "version": seen.version.number,
        "newest": seen.proposal.newest, "question": _question(stand),
        "decision": seen.decision.symbol if seen.decision else None,
        "counts": _counts(seen),
        "brackets": [
            {"number": bracket.number, "clause": bracket.clause, "words": bracket.words}
            for bracket in found.brackets
        ],
        "not_clear": [_held(held) for held in found.held],
        "earlier_only": [position_json(position) for position in found.earlier_only],
        "clauses": [_row(row) for row in found.rows] if stand and stand.named else None,
        "observers": [
            observer_json(raised.said) | _place(place)
            for place, on_it in found.heard
            for raised in on_it
        ],
        "sample": seen.proposal.sample,
    }  # fmt: skip


def _question(stand: Stand | None) -> dict[str, Any] | None:
    if stand is None:
        return None
    return {
        "procedure": stand.question.procedure, "publication": stand.question.publication,
        "open": stand.open, "named": stand.named,
    }  # fmt: skip


def _counts(seen: Seen) -> dict[str, int]:
    """Of objections and reservations only where this reader may see how many there are."""
    stand, found = seen.stand, seen.distance
    counts = {
        "brackets": len(found.brackets),
        "clauses_with_brackets": len({bracket.clause for bracket in found.brackets}),
    }
    if stand and stand.counted:
        # a recorded vote asks for other answers, and counts neither
        counts |= {n: stand.counts[n] for n in ("object", "reservation") if n in stand.counts}
    return counts


def _held(held: Obstacle) -> dict[str, Any]:
    """What stands beside a position is of its first concern; each has its own with it."""
    concerns = [
        {
            "clause": ground.place.key or None,
            "explanation": ground.concern.explanation,
            "would_join": ground.concern.would_join,
        }
        | _place(ground.place)
        | _run(ground.run)
        for ground in held.grounds
    ]
    first = {"matter": held.matter.value} | _place(held.place) | _run(held.run)
    return position_json(held.said) | first | {"concerns": concerns}


def _run(run: Run) -> dict[str, Any]:
    return {
        "since": instant(run.since), "since_version": run.version, "began_as": run.stance.value,
        "versions": run.versions,
    }  # fmt: skip


def _row(row: PlaceRow) -> dict[str, Any]:
    return _place(row.place) | {
        "clause": row.place.key or None,
        "holders": [
            {"delegation": code, "stance": held.said.stance.value, "version": held.said.version}
            for code, held in row.held.items()
        ],
        "unopposed": row.unopposed,
    }


def _place(place: Place) -> dict[str, Any]:
    numbers: Sequence[int] = [bracket.number for bracket in place.brackets]
    return {"number": place.number, "brackets": numbers, "taken_out_in": place.gone or None}
