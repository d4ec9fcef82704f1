"""What is found of what was said with an outcome and beside a decision."""

from plenary.decisions.models import Correction, Decision, FollowUp, Progress, Statement
from plenary.decisions.rules import GROUPS, path_to
from plenary.texts.searchable import Passage, Source


async def _statements(_: int) -> list[Passage]:
    """Read anew: a translation may have come later."""
    rows = await Statement.all().order_by("id").prefetch_related("decision", "delegation")
    return [
        Passage(
            "statement",
            statement.id,
            text,
            f"{_beside(statement.decision)}/statements#s{statement.number}",
            language=language,
            about=statement.decision.title,
            symbol=statement.decision.symbol,
            who=statement.delegation.names,
            at=statement.at,
        )
        for statement in rows
        for language, text in statement.text.items()
    ]


async def _corrections(since: int) -> list[Passage]:
    """One that is about a position is read as the position is."""
    rows = Correction.filter(id__gt=since).order_by("id")
    found = await rows.prefetch_related("decision__question", "delegation")
    return [
        Passage(
            "correction",
            correction.id,
            correction.text,
            f"{_beside(correction.decision)}/corrections#k{correction.number}",
            language=correction.language,
            about=correction.decision.title,
            symbol=correction.decision.symbol,
            who=correction.delegation.names if correction.delegation else {},
            by=correction.by,
            at=correction.at,
            question=correction.decision.question.id
            if correction.delegation and correction.decision.question
            else 0,
            code=correction.delegation.code if correction.delegation else "",
        )
        for correction in found
    ]


async def _follow_ups(since: int) -> list[Passage]:
    rows = FollowUp.filter(id__gt=since).order_by("id")
    return [
        Passage(
            "follow_up",
            follow_up.id,
            text,
            f"/follow-up/{follow_up.id}",
            language=language,
            about=follow_up.decision.title,
            symbol=follow_up.decision.symbol,
            who=owner.names if (owner := follow_up.delegation or follow_up.body) else {},
            at=follow_up.at,
        )
        for follow_up in await rows.prefetch_related("decision", "delegation", "body")
        for language, text in follow_up.text.items()
    ]


async def _progress(since: int) -> list[Passage]:
    rows = Progress.filter(id__gt=since).order_by("id").prefetch_related("follow_up__decision")
    return [
        Passage(
            "progress",
            progress.id,
            progress.note,
            f"/follow-up/{progress.follow_up.id}#p{progress.id}",
            language=progress.language,
            about=progress.follow_up.decision.title,
            symbol=progress.follow_up.decision.symbol,
            by=progress.by,
            at=progress.at,
        )
        for progress in await rows
    ]


async def _declared(since: int) -> list[Passage]:
    """What the Chair noted with an outcome."""
    rows = Decision.filter(id__gt=since).exclude(note="").order_by("id")
    return [
        Passage(
            "note",
            decision.id,
            decision.note,
            _beside(decision),
            language=decision.language,
            about=decision.title,
            symbol=decision.symbol,
            by=decision.declared_by,
            at=decision.at,
        )
        for decision in await rows
    ]


async def _of_groups(_: int) -> list[Passage]:
    """What groups agreed or reported: decisions are found in their register. Read anew, since a
    title in another language may have come later."""
    rows = Decision.filter(register=GROUPS).order_by("id").prefetch_related("body")
    return [
        Passage(
            "outcome",
            outcome.id,
            title,
            outcome.path,
            language=language,
            about=outcome.title,
            symbol=outcome.symbol,
            who=outcome.body.names if outcome.body else {},
            at=outcome.at,
        )
        for outcome in await rows
        for language, title in outcome.title.items()
    ]


def _beside(decision: Decision) -> str:
    return path_to(decision.register, decision.source_id)


SOURCES = (
    Source(_statements, grows=False), Source(_corrections), Source(_follow_ups), Source(_progress),
    Source(_declared), Source(_of_groups, grows=False),
)  # fmt: skip
