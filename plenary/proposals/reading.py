"""A proposal as it is read: its text clause by clause, translated too, with what lags behind."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q, Subquery

from plenary.aside import aside
from plenary.bodies.viewers import Viewer
from plenary.db.prepared import Prepared
from plenary.proposals.authorship import is_office
from plenary.proposals.models import (
    LONGEST_SYMBOL,
    ClauseText,
    DraftReader,
    Proposal,
    Sponsor,
    Translation,
    Version,
)
from plenary.record.remembered import remembered
from plenary.refusal import Missing
from plenary.texts.clauses import Clause, brackets, plain
from plenary.texts.parting import parting


@dataclass(frozen=True)
class ClauseLine:
    """One clause of a version, and its translation where one is asked for."""

    clause: Clause
    first_bracket: int  # the number that its first bracket has, if it has one
    translation: str = ""
    follows: int = 0  # the version that was translated; 0: not translated yet
    lags: bool = False  # the original has changed since
    authentic: bool = False  # the translation was issued as authentic, else as a courtesy
    undivided: str = ""  # what was translated before the clause was divided: of no part of it

    @property
    def key(self) -> str:
        return self.clause.key


@remembered()
async def load(year: int, number: int) -> Proposal:
    """A proposal by its number; in an act, locked by the head that the door has locked."""
    proposal = await _PROPOSAL.first(year, number)
    if proposal is None:
        raise Missing("unknown_proposal", year=year, number=number)
    return proposal


@remembered()
async def version_of(proposal: Proposal, number: int) -> Version:
    """A version of a proposal by its number, or Missing."""
    version = await _VERSION.first(proposal.id, number)
    if version is None:
        raise Missing("unknown_version", version=number, latest=proposal.newest)
    return version


_PROPOSAL = Prepared(
    lambda year, number: Proposal.filter(year=year, number=number).select_related("body")
)
_VERSION = Prepared(lambda proposal, number: Version.filter(proposal_id=proposal, number=number))


def characters_of(clauses: Sequence[Clause]) -> int:
    return sum(len(clause.text) for clause in clauses)


@remembered()
async def clauses_of(version: Version) -> tuple[Clause, ...]:
    """The clauses of a version in reading order."""
    rows = await ClauseText.filter(version=version).order_by("place")
    return tuple(
        Clause(row.key, row.kind, row.number, row.text)  # type: ignore[arg-type]
        for row in rows
    )


@remembered()
async def authors_of(proposal: Proposal) -> frozenset[str]:
    """Whose text it is: delegations, or the office whose Chair's text it is."""
    if is_office(proposal.author):
        return frozenset({proposal.author})
    rows = Sponsor.filter(proposal=proposal, role="author", state="stands")
    codes = await rows.values_list("delegation__code", flat=True)
    return frozenset(f"delegation:{code}" for code in codes)


@remembered()
async def sponsors_of(proposal: Proposal) -> frozenset[str]:
    """The codes of the delegations that sponsor it."""
    rows = Sponsor.filter(proposal=proposal, state="stands")
    codes = await rows.values_list("delegation__code", flat=True)
    return frozenset(str(code) for code in codes)


async def proposal_for(viewer: Viewer, year: int, number: int) -> Proposal:
    """A proposal that this reader may see: once it is tabled, or as a reader of its draft."""
    proposal = await load(year, number)
    if proposal.tabled is None and viewer.capacities.isdisjoint(await draft_readers(proposal)):
        raise Missing("unknown_proposal", year=year, number=number)
    return proposal


@remembered()
async def draft_readers(proposal: Proposal) -> frozenset[str]:
    """Who reads it as a draft, by the names in which they act: its authors, and whom they chose."""
    rows = await DraftReader.filter(proposal=proposal).values_list("reader", flat=True)
    return frozenset(str(reader) for reader in rows)


def drafts_shown_to(viewer: Viewer) -> Subquery:
    """The ids of the proposals whose drafts a reader reads, or did before they were tabled."""
    capacities = sorted(viewer.capacities) or [""]
    return Subquery(DraftReader.filter(reader__in=capacities).values("proposal_id"))


def open_to(viewer: Viewer, proposal: str = "") -> Q:
    """The proposals that a reader may know of; `proposal` leads to them from another table."""
    tabled: dict[str, Any] = {
        f"{proposal}__tabled__isnull" if proposal else "tabled__isnull": False
    }
    if not viewer.capacities:
        return Q(**tabled)
    shown: dict[str, Any] = {
        f"{proposal}_id__in" if proposal else "id__in": drafts_shown_to(viewer)
    }
    return Q(**tabled) | Q(**shown)


async def proposals_among(topics: Iterable[str]) -> dict[str, Proposal]:
    """By symbol: what the record names may be a proposal, or something that is longer than any
    symbol, and a filter refuses what its column cannot hold."""
    symbols = [topic for topic in topics if len(topic) <= LONGEST_SYMBOL]
    return {
        proposal.symbol: proposal for proposal in await Proposal.filter(symbol__in=symbols or [""])
    }


@remembered()
async def lines_of(proposal: Proposal, version: Version, language: str) -> list[ClauseLine]:
    """The clauses in reading order; translated ones say which version they follow."""
    clauses = await clauses_of(version)
    firsts = await firsts_of(clauses)
    if language == proposal.original:
        return [ClauseLine(clause, firsts[clause.key]) for clause in clauses]
    done = await _translations(proposal, version.number, language)
    before = await _originals(
        proposal, {translation.version.number for translation in done.values()}
    )
    divided = _divided(before, {clause.key: clause.text for clause in clauses})
    return [
        _line(clause, firsts[clause.key], done.get(clause.key), before, divided)
        for clause in clauses
    ]


def _divided(before: Mapping[tuple[int, str], str], now: Mapping[str, str]) -> set[tuple[int, str]]:
    """The clauses, by the version that was translated, that were divided since."""
    texts: dict[int, dict[str, str]] = defaultdict(dict)
    for (number, key), text in before.items():
        texts[number][key] = text
    return {
        (number, home)
        for number, old in texts.items()
        for home in parting(old, now).divided.values()
    }


def plain_of(lines: Iterable[ClauseLine]) -> str:
    """The canonical text in the language that the lines were asked for in."""
    return plain(
        Clause(line.key, line.clause.kind, line.clause.number, line.translation or line.clause.text)
        for line in lines
    )


def length_of(lines: Iterable[ClauseLine]) -> int:
    """Characters that are printed of a text and its translation."""
    return sum(len(line.clause.text) + len(line.translation) for line in lines)


async def firsts_of(clauses: Sequence[Clause]) -> dict[str, int]:
    """The same as `first_brackets`; those of a long text are looked for beside the event loop."""
    return await aside(characters_of(clauses), first_brackets, clauses)


def first_brackets(clauses: Sequence[Clause]) -> dict[str, int]:
    """For each clause the number of its first bracket, counting through the whole text."""
    counted: dict[str, int] = defaultdict(int)
    for bracket in brackets(clauses):
        counted[bracket.clause] += 1
    firsts, running = {}, 1
    for clause in clauses:
        firsts[clause.key] = running
        running += counted[clause.key]
    return firsts


@remembered()
async def languages_of(proposal: Proposal) -> list[str]:
    """The languages that any of it is translated into."""
    rows = (
        Translation.filter(version__proposal=proposal).distinct().values_list("language", flat=True)
    )
    return sorted({str(language) for language in await rows})


@remembered()
async def authentic_languages(proposal: Proposal) -> list[str]:
    """The languages, beside the original, in which any of it was ever called authentic."""
    rows = Translation.filter(version__proposal=proposal, authentic=True).distinct()
    return sorted({str(language) for language in await rows.values_list("language", flat=True)})


async def uneven_languages(proposal: Proposal) -> list[str]:
    """The authentic languages in which the newest version is not whole, or lags behind."""
    called = await authentic_languages(proposal)
    if not called:
        return []
    level = await authentic_in(proposal, await version_of(proposal, proposal.newest))
    return [language for language in called if language not in level]


async def authentic_in(proposal: Proposal, version: Version) -> list[str]:
    """The languages, beside the original, in which the whole of a version is authentic."""
    return [
        language
        for language in await authentic_languages(proposal)
        if all(
            line.authentic and not line.lags for line in await lines_of(proposal, version, language)
        )
    ]


async def shown_from(proposal: Proposal, version: Version, language: str) -> set[int]:
    """The entries of which a translation is read beside a clause of this version."""
    done = await _translations(proposal, version.number, language)
    keys = {clause.key for clause in await clauses_of(version)}
    return {row.entry for key, row in done.items() if key in keys}


def _line(
    clause: Clause,
    first: int,
    done: Translation | None,
    before: Mapping[tuple[int, str], str],
    divided: Container[tuple[int, str]],
) -> ClauseLine:
    if done is None:
        return ClauseLine(clause, first)
    follows = done.version.number
    if (follows, clause.key) in divided:
        return ClauseLine(clause, first, follows=follows, undivided=done.text)
    lags = before.get((follows, clause.key)) != clause.text
    return ClauseLine(clause, first, done.text, follows, lags, done.authentic)


async def _translations(proposal: Proposal, upto: int, language: str) -> dict[str, Translation]:
    """The newest translation of each clause that was made of this version or one before it."""
    rows = Translation.filter(
        version__proposal=proposal, version__number__lte=upto, language=language
    ).prefetch_related("version")
    found: dict[str, Translation] = {}
    for row in sorted(await rows, key=lambda row: (row.version.number, row.id)):
        found[row.key] = row
    return found


async def _originals(proposal: Proposal, numbers: set[int]) -> dict[tuple[int, str], str]:
    rows = await ClauseText.filter(
        version__proposal=proposal, version__number__in=sorted(numbers) or [0]
    ).values_list("version__number", "key", "text")
    return {(int(number), str(key)): str(text) for number, key, text in rows}
