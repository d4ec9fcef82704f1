"""What can be found: a passage of words, where it stands, whose it is and who may read it. Pure.

Each concept says in its `searchable` what of its own is found; nothing else is.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Passage:
    """Words in one language, printed where they are found."""

    kind: str  # what it is: proposal, clause, comment, position, view, statement, …
    id: int  # of its row; a later one comes after
    text: str
    path: str  # of the page and the place on it
    language: str = ""  # none: in the page's own
    about: Mapping[str, str] = field(default_factory=dict)  # what it belongs to, by language
    symbol: str = ""
    also: str = ""  # what else it is found by
    who: Mapping[str, str] = field(default_factory=dict)  # the delegation's name
    by: str = ""  # who acted, where it was no delegation
    at: datetime | None = None
    proposal: int = 0  # read by whoever may read this proposal
    version: int = 0  # found while this is its newest
    question: int = 0  # read where the rule of publication of this question allows it,
    code: str = ""  # and by this delegation in any case
    place: str = ""  # one with the same kind and place takes the place of the older


Read = Callable[[int], Awaitable[list[Passage]]]


@dataclass(frozen=True)
class Source:
    """Where passages come from.

    `grows`: rows that are never changed; it is asked only for those after the newest that is known.
    Others are asked for all of theirs whenever something was recorded.
    """

    read: Read
    grows: bool = True
