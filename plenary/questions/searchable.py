"""What is found of what was said on a question: answers, groups spoken for, the Chair's reasons."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from plenary.proposals.models import Proposal
from plenary.questions.concerns import Worded
from plenary.questions.models import Bloc, Late, Position, Question, View
from plenary.questions.reading import apart_of
from plenary.questions.stated import stated
from plenary.record.models import Entry
from plenary.record.telling import told_by
from plenary.texts.searchable import Passage, Read, Source


def _answers(model: type[Position] | type[View] | type[Late], kind: str) -> Read:
    """What was said for an answer, and what would let a delegation join; read by the rule."""

    async def read(since: int) -> list[Passage]:
        rows = model.filter(id__gt=since).order_by("id")
        found = await rows.prefetch_related("delegation", "question__proposal")
        apart = await apart_of(found)
        return [
            passage
            for position in found
            for passage in _said(position, kind, stated(position, apart.get(position.entry, ())))
        ]

    return read


def _said(position: Position | View | Late, kind: str, words: Worded) -> Iterable[Passage]:
    proposal = position.question.proposal
    for text in filter(str.strip, words.texts()):
        yield Passage(
            kind,
            position.id,
            text,
            f"{_on(proposal)}/positions#{position.delegation.slug}",
            language=position.language,
            about=proposal.title,
            symbol=proposal.symbol,
            who=position.delegation.names,
            at=position.at,
            proposal=proposal.id,
            question=position.question.id if getattr(position, "follows", True) else 0,
            code=position.delegation.code,
        )


async def _blocs(since: int) -> list[Passage]:
    """By the name of those who are spoken for; what was said is the speaker's own position too."""
    rows = Bloc.filter(id__gt=since).exclude(name="").order_by("id")
    return [
        Passage(
            "position",
            bloc.id,
            bloc.name,
            f"{_on(bloc.question.proposal)}/on-behalf/{bloc.id}",
            about=bloc.question.proposal.title,
            symbol=bloc.question.proposal.symbol,
            who=bloc.delegation.names,
            at=bloc.at,
            proposal=bloc.question.proposal.id,
            question=bloc.question.id,
            code=bloc.delegation.code,
        )
        for bloc in await rows.prefetch_related("question__proposal", "delegation")
    ]


async def _reasons(_: int) -> list[Passage]:
    """Why a question was put before every language was level, and why its closing was moved.

    Read anew: a window may be moved after it was put.
    """
    found, put = list[Passage](), Counter[int]()
    for question in await Question.all().order_by("id").prefetch_related("proposal"):
        proposal: Proposal = question.proposal
        put[proposal.id] += 1
        moved = [await _moved(move) for move in question.deadline.get("moved", ())]
        for text, language, at in [(question.uneven, "", question.opens), *moved]:
            if text:
                found.append(
                    Passage(
                        "note",
                        question.id,
                        text,
                        f"{_on(proposal)}/certificate/{put[proposal.id]}",
                        language=language,
                        about=proposal.title,
                        symbol=proposal.symbol,
                        by=question.put_by,
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
