"""Objections that no count holds: beside a vote, and to an earlier version. Pure."""

from dataclasses import dataclass

from plenary.questions.stated import Stated


@dataclass(frozen=True)
class Apart:
    """Objections that no count holds: as many as there are, and those that this reader reads."""

    said: tuple[Stated, ...] = ()  # in order
    count: int = 0


NOBODY = Apart()
