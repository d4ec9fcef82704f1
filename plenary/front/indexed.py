"""The index that is searched: every passage once, folded, in memory; grown as the record grows.

It is made of the tables and can be thrown away. Whoever may read a passage is asked at every search
and never kept here.
"""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from plenary.bodies import searchable as of_bodies
from plenary.decisions import searchable as of_decisions
from plenary.meetings import searchable as of_meetings
from plenary.procedures import searchable as of_procedures
from plenary.proposals import searchable as of_proposals
from plenary.questions import searchable as of_questions
from plenary.record.models import Head, Redaction
from plenary.texts.folding import folded
from plenary.texts.searchable import Passage, Source

SOURCES: tuple[Source, ...] = (
    *of_proposals.SOURCES, *of_bodies.SOURCES, *of_meetings.SOURCES,
    *of_procedures.SOURCES, *of_questions.SOURCES, *of_decisions.SOURCES,
)  # fmt: skip
Folded = tuple[str, Passage]  # the words, and what they are of


@dataclass
class Shelf:
    """What one source has given so far, by place."""

    rows: dict[str, Folded] = field(default_factory=dict)
    newest: int = 0

    def add(self, passages: Iterable[Passage]) -> None:
        for n, passage in enumerate(passages):
            key = passage.place or f"{passage.id}/{passage.language}/{n}"
            self.rows[key] = (folded(passage.text, passage.also, passage.symbol), passage)
            self.newest = max(self.newest, passage.id)


@dataclass
class Index:
    """One for each server; several searches at once wait for the first to have read."""

    shelves: list[Shelf] = field(default_factory=lambda: [Shelf() for _ in SOURCES])
    root: str = ""
    size: int = 0
    order: int = 0  # the newest by which words were removed
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def passages(self) -> list[Folded]:
        """Everything that can be found, as the record stands."""
        async with self.lock:
            head = await Head.get(id=1)
            if head.root != self.root:
                # Removed words go at once, whichever process removed them.
                newest = await Redaction.all().order_by("-id").first()
                order = newest.order if newest else 0
                await self._read(afresh=head.size < self.size or order != self.order)
                self.root, self.size, self.order = head.root, head.size, order
            return [row for shelf in self.shelves for row in shelf.rows.values()]

    async def _read(self, *, afresh: bool) -> None:
        for n, source in enumerate(SOURCES):
            if afresh or not source.grows:
                self.shelves[n] = Shelf()
            passages = await source.read(self.shelves[n].newest)
            await asyncio.to_thread(self.shelves[n].add, passages)
