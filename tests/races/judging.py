"""What a race is made of, and the names of how its rounds end."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.races import grounds

Side = Callable[[int, int], Awaitable[Any]]
Said = dict[str, Any]  # {"done": entry, "receipt": code} or {"refused": reason} or {"failed": why}
FIRST, SECOND = "first", "second"  # which side came first, where a round ended as it may


@dataclass(frozen=True)
class Race:
    left: Side
    right: Side
    judge: Callable[[Said, Said], str]  # the name of how a round ended
    ground: grounds.Ground = grounds.consensus  # what stands before
    clock: timedelta | None = None  # how long before its closing instant a round begins
    later: timedelta = timedelta(0)  # by so much the right side's clock is ahead in a forced round


def failed(left: Said, other: Said) -> str:
    """Neither as it may end nor a promise broken: what it was."""
    why = [said["failed"] for said in (left, other) if "failed" in said]
    answers = (said.get("refused", "done") for said in (left, other))
    return f"failed: {' and '.join(why)}" if why else f"unforeseen: {' and '.join(answers)}"
