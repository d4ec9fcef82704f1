"""Whether the opening of a question reached those whom it concerns. Pure."""

from dataclasses import dataclass
from datetime import datetime

from plenary.questions.stated import Party


@dataclass(frozen=True)
class Reached:
    """One delegation, and how it learned of the question before it ended."""

    party: Party
    at: datetime | None = None
    road: str = ""  # mail; answer: it spoke, so it knew; empty: by none that we know of
    why: str = ""  # of one that was not reached: nobody, waiting, away, refused, late

    @property
    def told(self) -> bool:
        return bool(self.road)


@dataclass(frozen=True)
class Delivery:
    """Participants on the roll and Observers, each in a list of its own."""

    roll: tuple[Reached, ...]
    observers: tuple[Reached, ...] = ()

    @property
    def missing(self) -> tuple[Reached, ...]:
        """Those on the roll whom nothing has reached."""
        return tuple(reached for reached in self.roll if not reached.told)

    def reached(self, code: str) -> bool:
        """Whether a delegation was told; one that is not concerned lacks nothing."""
        return all(
            reached.told for reached in (*self.roll, *self.observers) if reached.party.code == code
        )
