"""The index that is searched: every passage once, folded, in memory; grown as the record grows.

It is made of the tables and can be thrown away. Whoever may read a passage is asked at every search
and never kept here.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from plenary.bodies import searchable as of_bodies
from plenary.decisions import searchable as of_decisions
from plenary.meetings import searchable as of_meetings
from plenary.procedures import searchable as of_procedures
from plenary.proposals import searchable as of_proposals
from plenary.questions import searchable as of_questions
from plenary.record.models import Head, Redaction
from plenary.record.remembered import remembered
from plenary.texts.folding import folded
from plenary.texts.searchable import Passage, Source

SOURCES: tuple[Source, ...] = (
    *of_proposals.SOURCES, *of_bodies.SOURCES, *of_meetings.SOURCES,
    *of_procedures.SOURCES, *of_questions.SOURCES, *of_decisions.SOURCES,
)  # fmt: skip
Folded = tuple[str, Passage]  # the words, and what they are of


class Together(NamedTuple):
    """Whoever may read one of these passages may read the others, but for comments on drafts."""

    proposal: int
    version: int
    question: int
    comments: bool


@dataclass(frozen=True)
class Bundle:
    """Passages that are read together, by place."""

    of: Together
    rows: Mapping[str, Folded]

    @cached_property
    def words(self) -> str:
        """Of all of them: what does not stand here stands in none."""
        return "\n".join(words for words, _ in self.rows.values())


@dataclass
class Shelf:
    """What one source has given so far. A bundle is replaced and never changed: a search may be
    going through it."""

    bundles: dict[Together, Bundle] = field(default_factory=dict)
    newest: int = 0

    def add(self, passages: Iterable[Passage]) -> None:
        new: defaultdict[Together, dict[str, Folded]] = defaultdict(dict)
        for n, passage in enumerate(passages):
            of = Together(
                passage.proposal, passage.version, passage.question, passage.kind == "comment"
            )
            key = passage.place or f"{passage.id}/{passage.language}/{n}"
            new[of][key] = (folded(passage.text, passage.also, passage.symbol), passage)
            self.newest = max(self.newest, passage.id)
        for of, rows in new.items():
            before = self.bundles[of].rows if of in self.bundles else {}
            self.bundles[of] = Bundle(of, {**before, **rows})


@remembered()
async def _rest() -> object:
    """Another one after each act that was no mere answer."""
    return object()


@dataclass
class Index:
    """One for each server; several searches at once wait for the first to have read."""

    shelves: list[Shelf] = field(default_factory=lambda: [Shelf() for _ in SOURCES])
    root: str = ""
    size: int = 0
    order: int = 0  # the newest by which words were removed
    rest: object = None  # what is no answer, as it was when it was read
    read: Sequence[Bundle] = ()
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def passages(self) -> list[Folded]:
        return [row for bundle in await self.bundles() for row in bundle.rows.values()]

    async def bundles(self) -> Sequence[Bundle]:
        """Everything that can be found, as the record stands."""
        async with self.lock:
            head, rest = await Head.get(id=1), await _rest()
            if head.root != self.root or rest is not self.rest:
                # Removed words go at once, whichever process removed them.
                newest = await Redaction.all().order_by("-id").first()
                order = newest.order if newest else 0
                afresh = head.size < self.size or order != self.order
                await self._read(afresh=afresh, only_answers=rest is self.rest and not afresh)
                self.root, self.size, self.order, self.rest = head.root, head.size, order, rest
                self.read = [each for shelf in self.shelves for each in shelf.bundles.values()]
            return self.read

    async def _read(self, *, afresh: bool, only_answers: bool) -> None:
        for n, source in enumerate(SOURCES):
            if only_answers and not source.grows:
                continue  # an answer changes none of these
            if afresh or not source.grows:
                self.shelves[n] = Shelf()
            passages = await source.read(self.shelves[n].newest)
            await asyncio.to_thread(self.shelves[n].add, passages)
