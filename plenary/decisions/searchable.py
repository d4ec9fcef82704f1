"""What is found of what was said on a question and beside a decision, and of the procedures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from plenary.bodies.models import Body
from plenary.decisions.beside import path_to
from plenary.decisions.models import Correction, Decision, FollowUp, Progress, Statement
from plenary.procedures.in_force import in_force
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
            kind, one.id, text,
            f"{_on(proposal)}/positions#{one.delegation.slug}",
            language=one.language, about=proposal.title, symbol=proposal.symbol,
            who=one.delegation.names, at=one.at, proposal=proposal.id, question=one.question.id,
            code=one.delegation.code,
        )  # fmt: skip


async def _statements(_: int) -> list[Passage]:
    """Read anew: a translation may have come later."""
    rows = await Statement.all().order_by("id").prefetch_related("decision", "delegation")
    return [
        Passage(
            "statement", one.id, text, f"{_beside(one.decision)}/statements#s{one.number}",
            language=language, about=one.decision.title, symbol=one.decision.symbol,
            who=one.delegation.names, at=one.at,
        )
        for one in rows
        for language, text in one.text.items()
    ]  # fmt: skip


async def _corrections(since: int) -> list[Passage]:
    """One that is about a position is read as the position is."""
    rows = Correction.filter(id__gt=since).order_by("id")
    found = await rows.prefetch_related("decision__question", "delegation")
    return [
        Passage(
            "correction", one.id, one.text, f"{_beside(one.decision)}/corrections#k{one.number}",
            language=one.language, about=one.decision.title, symbol=one.decision.symbol,
            who=one.delegation.names if one.delegation else {}, by=one.by, at=one.at,
            question=one.decision.question.id if one.delegation and one.decision.question else 0,
            code=one.delegation.code if one.delegation else "",
        )
        for one in found
    ]  # fmt: skip


async def _follow_ups(since: int) -> list[Passage]:
    rows = FollowUp.filter(id__gt=since).order_by("id")
    return [
        Passage(
            "follow_up", one.id, text, f"/follow-up/{one.id}", language=language,
            about=one.decision.title, symbol=one.decision.symbol,
            who=owner.names if (owner := one.delegation or one.body) else {}, at=one.at,
        )
        for one in await rows.prefetch_related("decision", "delegation", "body")
        for language, text in one.text.items()
    ]  # fmt: skip


async def _progress(since: int) -> list[Passage]:
    rows = Progress.filter(id__gt=since).order_by("id").prefetch_related("follow_up__decision")
    return [
        Passage(
            "progress", one.id, one.note, f"/follow-up/{one.follow_up.id}#p{one.id}",
            language=one.language, about=one.follow_up.decision.title,
            symbol=one.follow_up.decision.symbol, by=one.by, at=one.at,
        )
        for one in await rows
    ]  # fmt: skip


async def _blocs(since: int) -> list[Passage]:
    """By the name of those who are spoken for; what was said is the speaker's own position too."""
    rows = Bloc.filter(id__gt=since).exclude(name="").order_by("id")
    return [
        Passage(
            "position", one.id, one.name, f"{_on(one.question.proposal)}/on-behalf/{one.id}",
            about=one.question.proposal.title, symbol=one.question.proposal.symbol,
            who=one.delegation.names, at=one.at, proposal=one.question.proposal.id,
            question=one.question.id, code=one.delegation.code,
        )
        for one in await rows.prefetch_related("question__proposal", "delegation")
    ]  # fmt: skip


async def _declared(since: int) -> list[Passage]:
    """What the Chair noted with an outcome."""
    rows = Decision.filter(id__gt=since).exclude(note="").order_by("id")
    return [
        Passage(
            "note", one.id, one.note, _beside(one), language=one.language, about=one.title,
            symbol=one.symbol, by=one.declared_by, at=one.at,
        )
        for one in await rows
    ]  # fmt: skip


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
                        "note", one.id, text, f"{_on(proposal)}/certificate/{put[proposal.id]}",
                        language=language, about=proposal.title, symbol=proposal.symbol,
                        by=one.put_by, at=at, proposal=proposal.id,
                    )
                )  # fmt: skip
    return found


async def _moved(move: Mapping[str, Any]) -> tuple[str, str, datetime]:
    entry = await Entry.get(n=move["entry"])
    told = await told_by(entry)
    return told["reason"], told["language"], entry.at


async def _procedures(_: int) -> list[Passage]:
    """Those in force in each body, once each where a body has them from the Plenary."""
    found: list[Passage] = []
    for body in await Body.all().order_by("id"):
        for one in await in_force(body):
            if body.key == "plenary" or one.is_of(body):
                found.append(
                    Passage(
                        "procedure", len(found), " · ".join(dict.fromkeys(one.names.values())),
                        f"/procedures/{body.key}/{one.key}", about=body.names, also=one.key,
                    )
                )  # fmt: skip
    return found


def _on(proposal: Proposal) -> str:
    return f"/proposals/{proposal.year}/{proposal.number}"


def _beside(decision: Decision) -> str:
    return path_to(decision.register, decision.source_id)


SOURCES = (
    Source(_answers(Position, "position")), Source(_answers(View, "view")),
    Source(_answers(Late, "late")), Source(_statements, grows=False), Source(_corrections),
    Source(_follow_ups), Source(_progress), Source(_procedures, grows=False),
    Source(_blocs), Source(_declared), Source(_reasons, grows=False),
)  # fmt: skip
