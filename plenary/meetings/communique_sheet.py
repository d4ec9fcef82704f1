"""A communiqué as it lies on the table: its paragraphs, and what each reports as things stand."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tortoise.expressions import Q

from plenary.bodies.viewers import Viewer
from plenary.meetings.communique import (
    Fact,
    Later,
    later,
    moved,
    plain,
    reported,
    text_of,
    unreported,
)
from plenary.meetings.communique_facts import facts_of, tied
from plenary.meetings.models import Communique, Meeting, Paragraph
from plenary.refusal import Missing

TICK = timedelta(milliseconds=1)  # the record knows no finer time


@dataclass(frozen=True)
class NumberedParagraph:
    """A paragraph with its printed number (0: dropped), and the fact it reports now."""

    row: Paragraph
    number: int
    now: Fact | None
    flagged: bool

    @property
    def later(self) -> list[Later]:
        """What came after it was written."""
        return later(self.row.fact, self.now.data) if self.now else []


@dataclass(frozen=True)
class Sheet:
    meeting: Meeting
    communique: Communique
    lines: list[NumberedParagraph]
    unreported: list[Fact] = field(default_factory=list)

    @property
    def issued(self) -> bool:
        return self.communique.status == "issued"

    @property
    def standing(self) -> list[NumberedParagraph]:
        """Those that are printed."""
        return [line for line in self.lines if line.number]

    @property
    def printed(self) -> list[tuple[Mapping[str, str], bool]]:
        """The texts of those that are printed, and whether their fact has moved."""
        return [(line.row.text, line.flagged) for line in self.standing]

    def plain(self, language: str, *, draft: bool) -> str:
        """The text in a language: of what is issued, the exact bytes of its fingerprint."""
        name, sample = text_of(self.meeting.names, language), self.meeting.sample
        texts = [text_of(text, language) for text, _ in self.printed]
        return plain(name, texts, draft=draft, sample=sample)

    def line(self, id: int) -> NumberedParagraph:
        found = next((line for line in self.lines if line.row.id == id), None)
        if found is None:
            raise Missing("no_such_paragraph")
        return found


def communiques_open_to(viewer: Viewer) -> Q:
    """Those that a reader may read: issued, or the drafts of bodies whose drafts they read."""
    return viewer.readable(Q(status="issued"), "meeting__body__key")


def veil(meeting: int) -> str:
    """Closes the entries of a draft. By the id of the meeting: an address can be too long."""
    return f"communique:{meeting}"


def after(now: datetime, changed: datetime) -> datetime:
    """An instant that no form can mistake for the one before."""
    return max(now, changed + TICK)


async def paragraphs_of(communique: Communique) -> list[Paragraph]:
    return list(await Paragraph.filter(communique=communique).order_by("place", "id"))


async def load_meeting(slug: str) -> Meeting:
    """A meeting with its body."""
    meeting = await Meeting.get_or_none(slug=slug).prefetch_related("body")
    if meeting is None:
        raise Missing("unknown_meeting", meeting=slug)
    return meeting


async def load_sheet(slug: str, now: datetime) -> Sheet:
    """Everything about a meeting's communiqué; Missing where none is drafted."""
    meeting = await load_meeting(slug)
    communique = await Communique.get_or_none(meeting=meeting)
    if communique is None:
        raise Missing("no_communique")
    return await _sheet(meeting, communique, now)


async def _sheet(meeting: Meeting, communique: Communique, now: datetime) -> Sheet:
    rows = await paragraphs_of(communique)
    told = [tied(row) for row in rows]
    facts = await facts_of(meeting, now, told)
    fact_of = reported(told, facts)
    lines, number = [], 0
    for row, paragraph in zip(rows, told, strict=True):
        number += not row.dropped
        fact = fact_of.get(row.id)
        lines.append(
            NumberedParagraph(row, 0 if row.dropped else number, fact, moved(paragraph, fact))
        )
    return Sheet(meeting, communique, lines, unreported(told, facts))
