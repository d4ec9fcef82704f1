"""What is found of what was said on a question: answers, groups spoken for, the Chair's reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from plenary.proposals.models import Proposal
from plenary.questions.models import Bloc, Late, Position, Question, View
from plenary.record.models import Entry
from plenary.record.telling import told_by
from plenary.texts.searchable import Passage, Read, Source


def _answers(model: type[Position] | type[View] | type[Late], kind: str) -> Read:
    """What was said for an answer, and what would let a delegation join; read by the rule."""

    async def read(since: int) -> list[Passage]:
        rows = model.filter(id__gt=since).order_by("id")
        found = await rows.prefetch_related("delegation", "question__proposal")
        return [passage for one in found for passage in _said(one, kind)]

    return read


def _said(one: Position | View | Late, kind: str) -> Iterable[Passage]:
    proposal = one.question.proposal
    for text in filter(str.strip, (one.explanation, one.would_join)):
        yield Passage(
            kind,
            one.id,
            text,
            f"{_on(proposal)}/positions#{one.delegation.slug}",
            language=one.language,
            about=proposal.title,
            symbol=proposal.symbol,
            who=one.delegation.names,
            at=one.at,
            proposal=proposal.id,
            question=one.question.id,
            code=one.delegation.code,
        )


async def _blocs(since: int) -> list[Passage]:
    """By the name of those who are spoken for; what was said is the speaker's own position too."""
    rows = Bloc.filter(id__gt=since).exclude(name="").order_by("id")
    return [
        Passage(
            "position",
            one.id,
            one.name,
            f"{_on(one.question.proposal)}/on-behalf/{one.id}",
            about=one.question.proposal.title,
            symbol=one.question.proposal.symbol,
            who=one.delegation.names,
            at=one.at,
            proposal=one.question.proposal.id,
            question=one.question.id,
            code=one.delegation.code,
        )
        for one in await rows.prefetch_related("question__proposal", "delegation")
    ]


async def _reasons(_: int) -> list[Passage]:
    """Why a question was put before every language was level, and why its closing was moved.

    Read anew: a window may be moved after it was put.
    """
    found, put = list[Passage](), Counter[int]()
    for one in await Question.all().order_by("id").prefetch_related("proposal"):
        proposal: Proposal = one.proposal
        put[proposal.id] += 1
        moved = [await _moved(move) for move in one.deadline.get("moved", ())]
        for text, language, at in [(one.uneven, "", one.opens), *moved]:
            if text:
                found.append(
                    Passage(
                        "note",
                        one.id,
                        text,
                        f"{_on(proposal)}/certificate/{put[proposal.id]}",
                        language=language,
                        about=proposal.title,
                        symbol=proposal.symbol,
                        by=one.put_by,
                        at=at,
                        proposal=proposal.id,
                    )
                )
    return found


async def _moved(move: Mapping[str, Any]) -> tuple[str, str, datetime]:
    entry = await Entry.get(n=move["entry"])
    told = await told_by(entry)
    return told["reason"], told["language"], entry.at


def _on(proposal: Proposal) -> str:
    return f"/proposals/{proposal.year}/{proposal.number}"


SOURCES = (
    Source(_answers(Position, "position")), Source(_answers(View, "view")),
    Source(_answers(Late, "late")), Source(_blocs), Source(_reasons, grows=False),
)  # fmt: skip
