"""What is found of what was said with an outcome and beside a decision."""

from plenary.decisions.beside import path_to
from plenary.decisions.models import Correction, Decision, FollowUp, Progress, Statement
from plenary.texts.searchable import Passage, Source


async def _statements(_: int) -> list[Passage]:
    """Read anew: a translation may have come later."""
    rows = await Statement.all().order_by("id").prefetch_related("decision", "delegation")
    return [
        Passage(
            "statement",
            one.id,
            text,
            f"{_beside(one.decision)}/statements#s{one.number}",
            language=language,
            about=one.decision.title,
            symbol=one.decision.symbol,
            who=one.delegation.names,
            at=one.at,
        )
        for one in rows
        for language, text in one.text.items()
    ]


async def _corrections(since: int) -> list[Passage]:
    """One that is about a position is read as the position is."""
    rows = Correction.filter(id__gt=since).order_by("id")
    found = await rows.prefetch_related("decision__question", "delegation")
    return [
        Passage(
            "correction",
            one.id,
            one.text,
            f"{_beside(one.decision)}/corrections#k{one.number}",
            language=one.language,
            about=one.decision.title,
            symbol=one.decision.symbol,
            who=one.delegation.names if one.delegation else {},
            by=one.by,
            at=one.at,
            question=one.decision.question.id if one.delegation and one.decision.question else 0,
            code=one.delegation.code if one.delegation else "",
        )
        for one in found
    ]


async def _follow_ups(since: int) -> list[Passage]:
    rows = FollowUp.filter(id__gt=since).order_by("id")
    return [
        Passage(
            "follow_up",
            one.id,
            text,
            f"/follow-up/{one.id}",
            language=language,
            about=one.decision.title,
            symbol=one.decision.symbol,
            who=owner.names if (owner := one.delegation or one.body) else {},
            at=one.at,
        )
        for one in await rows.prefetch_related("decision", "delegation", "body")
        for language, text in one.text.items()
    ]


async def _progress(since: int) -> list[Passage]:
    rows = Progress.filter(id__gt=since).order_by("id").prefetch_related("follow_up__decision")
    return [
        Passage(
            "progress",
            one.id,
            one.note,
            f"/follow-up/{one.follow_up.id}#p{one.id}",
            language=one.language,
            about=one.follow_up.decision.title,
            symbol=one.follow_up.decision.symbol,
            by=one.by,
            at=one.at,
        )
        for one in await rows
    ]


async def _declared(since: int) -> list[Passage]:
    """What the Chair noted with an outcome."""
    rows = Decision.filter(id__gt=since).exclude(note="").order_by("id")
    return [
        Passage(
            "note",
            one.id,
            one.note,
            _beside(one),
            language=one.language,
            about=one.title,
            symbol=one.symbol,
            by=one.declared_by,
            at=one.at,
        )
        for one in await rows
    ]


def _beside(decision: Decision) -> str:
    return path_to(decision.register, decision.source_id)


SOURCES = (
    Source(_statements, grows=False), Source(_corrections), Source(_follow_ups), Source(_progress),
    Source(_declared),
)  # fmt: skip
