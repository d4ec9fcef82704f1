"""What is found of proposals: their names, their texts in every language, and the comments."""

from collections.abc import Iterable
from typing import Any

from plenary.proposals.models import ClauseText, Comment, Proposal, Translation, Version
from plenary.proposals.rules import comment_path, kept_path
from plenary.record.models import Entry
from plenary.record.telling import told_by
from plenary.texts.searchable import Passage, Source


async def _named(_: int) -> list[Passage]:
    return [
        Passage(
            "proposal",
            proposal.id,
            proposal.sense.get(language, title),
            _path(proposal.year, proposal.number),
            language=language,
            about=proposal.title,
            symbol=proposal.symbol,
            also=" ".join(
                [proposal.symbol, title, proposal.theme, proposal.party, *_cycle(proposal)]
            ),
            at=proposal.at,
            proposal=proposal.id,
        )
        for proposal in await Proposal.all().order_by("id").select_related("cycle")
        for language, title in proposal.title.items()
    ]


def _cycle(proposal: Proposal) -> Iterable[str]:
    return proposal.cycle.names.values() if proposal.cycle else ()


PROPOSAL = ("id", "year", "number", "original")
OF_VERSION = tuple(f"version__proposal__{name}" for name in PROPOSAL)


async def _clauses(since: int) -> list[Passage]:
    query = ClauseText.filter(id__gt=since).order_by("id")
    columns = ("id", "text", "key", "number", "version__number", *OF_VERSION)
    rows: list[Any] = await query.values_list(*columns)
    return [
        Passage(
            "clause",
            row,
            text,
            f"{_path(year, count)}#{key}",
            language=original,
            symbol=str(number or ""),
            proposal=proposal,
            version=version,
        )
        for row, text, key, number, version, proposal, year, count, original in rows
    ]


async def _translations(since: int) -> list[Passage]:
    """The newest of each clause and language: a later one takes the place of the earlier."""
    query = Translation.filter(id__gt=since).order_by("id")
    columns = ("id", "text", "key", "language", "version_id", "version__number", *OF_VERSION)
    rows: list[Any] = await query.values_list(*columns)
    numbers = await _numbers({row[4] for row in rows})
    return [
        Passage(
            "clause",
            row,
            text,
            f"{_path(year, count)}#{key}",
            language=language,
            symbol=str(numbers.get((of, key)) or ""),
            proposal=proposal,
            version=version,
            place=f"{proposal}/{version}/{key}/{language}",
        )
        for row, text, key, language, of, version, proposal, year, count, _ in rows
    ]


async def _numbers(versions: set[int]) -> dict[tuple[int, str], int | None]:
    """The number that each clause is printed with, by version and key."""
    query = ClauseText.filter(version_id__in=sorted(versions) or [0])
    rows: list[Any] = await query.values_list("version_id", "key", "number")
    return {(version, key): number for version, key, number in rows}


async def _comments(since: int) -> list[Passage]:
    rows = Comment.filter(id__gt=since).order_by("id").prefetch_related("proposal", "delegation")
    return [
        Passage(
            "comment",
            comment.id,
            comment.text,
            _place(comment),
            language=comment.language,
            about=comment.proposal.title,
            symbol=comment.proposal.symbol,
            who=comment.delegation.names if comment.delegation else {},
            by=comment.by,
            at=comment.at,
            proposal=comment.proposal.id,
        )
        for comment in await rows
    ]


def _place(comment: Comment) -> str:
    """Of one made on a draft an address that stays its own: it leads to its place, if it is public
    meanwhile."""
    year, number = comment.proposal.year, comment.proposal.number
    if comment.readers or comment.number is None:
        return kept_path(year, number, comment.entry)
    return comment_path(year, number, comment.number)


async def _notes(since: int) -> list[Passage]:
    """What whoever issued a version said of it."""
    rows = Version.filter(id__gt=since).order_by("id").prefetch_related("proposal")
    return [
        Passage(
            "note",
            version.id,
            text,
            f"{_path(version.proposal.year, version.proposal.number)}/history",
            language=language,
            about=version.proposal.title,
            symbol=version.proposal.symbol,
            by=version.issued_by,
            at=version.at,
            proposal=version.proposal.id,
        )
        for version in await rows
        for language, text in version.note.items()
    ]


async def _withdrawals(since: int) -> list[Passage]:
    """Why a proposal was withdrawn."""
    rows = await Entry.filter(type="proposal.withdrawn", n__gt=since).order_by("n")
    named = {
        proposal.symbol: proposal
        for proposal in await Proposal.filter(symbol__in=[entry.topic for entry in rows] or [""])
    }
    found = []
    for entry in rows:
        told, proposal = await told_by(entry), named[entry.topic]
        found.append(
            Passage(
                "note",
                entry.n,
                told["reason"],
                _path(proposal.year, proposal.number),
                language=told["language"],
                about=proposal.title,
                symbol=proposal.symbol,
                by=entry.actor,
                at=entry.at,
                proposal=proposal.id,
            )
        )
    return found


def _path(year: int, number: int) -> str:
    return f"/proposals/{year}/{number}"


SOURCES = (
    Source(_named, grows=False), Source(_clauses), Source(_translations), Source(_comments),
    Source(_notes), Source(_withdrawals),
)  # fmt: skip
