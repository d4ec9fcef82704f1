"""Who repeats what an entry says: a communiqué names titles, places, meetings and bodies, and the
gavel the title. Their payloads go with the words; what else stands in them stays where it is read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q

from plenary.meetings.communique_sheet import veil
from plenary.meetings.models import Paragraph
from plenary.record import acts
from plenary.record.entry import read_entry
from plenary.record.entry_types import Payload
from plenary.record.models import Entry
from plenary.record.telling import told_by
from plenary.texts.removed import repeats

FACTS = ("title", "body", "place", "next", "name")  # of a paragraph's fact: what holds words


@dataclass(frozen=True)
class Quotes:
    """Where words stand that were said elsewhere."""

    words: re.Pattern[str]
    entries: Sequence[Entry] = ()  # whose payloads repeat them
    paragraphs: Sequence[Paragraph] = ()


async def quotes_of(family: Sequence[Entry]) -> Quotes:
    """Who repeats what these entries say; read before their payloads go."""
    said = {text for entry in family for text in await _said(entry) if text.strip()}
    words = _pattern(said)
    if not said:
        return Quotes(words)
    first = family[0]
    told = await Paragraph.filter(_near(first)).values_list("communique_id", flat=True)
    rows = await Paragraph.filter(communique_id__in=[*told] or [0]).prefetch_related(
        "communique__meeting"
    )
    meetings = {paragraph.communique.meeting.id for paragraph in rows}
    asked = Q(type="communique.issued") | Q(veil__in=[veil(id_) for id_ in meetings])
    near = Q(asked, type__in=acts.holding(Payload.COMMUNIQUE))
    if _holds(first, Payload.TITLE):
        near |= Q(type__in=acts.DECLARED, topic=first.topic)
    slugs = {paragraph.communique.meeting.slug for paragraph in rows}
    known = {entry.n for entry in family}
    found = [
        entry
        for entry in await Entry.filter(near).exclude(payload="").order_by("n")
        if entry.n not in known and _of(entry, slugs) and await _repeats(entry, words)
    ]
    return Quotes(words, found, rows)


async def has_own_words(entry: Entry, quotes: Quotes) -> bool:
    """Whether it says more than what it repeats. A draft communiqué is written by the house, of
    others' words alone."""
    if entry.type == "communique.drafted":
        return False
    told = {name: value for name, value in (await told_by(entry)).items() if name != "language"}
    return any(quotes.words.sub("", text).strip() for text in strings_in(told))


async def cover(quotes: Quotes, mark: str) -> None:
    """Put the mark in the place of the words, and leave the sentences around them."""

    def covered(text: str) -> str:
        return quotes.words.sub(lambda _: mark, text)

    for row in quotes.paragraphs:
        text = {language: covered(words) for language, words in row.text.items()}
        fact = {
            name: _each(part, covered) if name in FACTS else part for name, part in row.fact.items()
        }
        if (text, fact) != (row.text, row.fact):
            await Paragraph.filter(id=row.id).update(text=text, fact=fact)


async def says_again(reason: str, family: Sequence[Entry]) -> bool:
    """Whether the reason of an order, which stays, repeats what is to go by it."""
    told = [text for entry in family for text in strings_in(dict(await told_by(entry)))]
    return any(repeats(reason, text) for text in told)


async def _said(entry: Entry) -> list[str]:
    told = await told_by(entry)
    return [text for part in acts.of(entry.type).quoted for text in strings_in(told[part])]


def _near(entry: Entry) -> Q:
    """The paragraphs by which a communiqué is known that may repeat it."""
    if _holds(entry, Payload.TITLE):
        return Q(proposal=entry.topic) | Q(decision__proposal__symbol=entry.topic)
    if entry.type == "meeting.called":
        return Q(communique__meeting__body__key=entry.topic)
    if _holds(entry, Payload.COMMUNIQUE):
        return Q(communique__meeting__slug=read_entry(bytes(entry.written))["meeting"])
    return Q(id__gt=0)


def _of(entry: Entry, slugs: set[str]) -> bool:
    if not _holds(entry, Payload.COMMUNIQUE):
        return True
    return read_entry(bytes(entry.written))["meeting"] in slugs


def _holds(entry: Entry, payload: Payload) -> bool:
    return acts.of(entry.type).payload is payload


async def _repeats(entry: Entry, words: re.Pattern[str]) -> bool:
    return any(words.search(text) for text in strings_in(dict(await told_by(entry))))


def _pattern(said: set[str]) -> re.Pattern[str]:
    """The longest first; a title is no part of a longer word."""
    ordered = sorted(said, key=lambda text: (-len(text), text))
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in ordered) or r"(?!)")


def strings_in(value: Any) -> Iterator[str]:
    """Every text, however deep it stands."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from strings_in(part)
    elif isinstance(value, Sequence):
        for part in value:
            yield from strings_in(part)


def _each(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    return {name: _each(part, change) for name, part in value.items()}
