"""What an adoption needs besides its rule: a text on which nothing is left open. Pure."""

from dataclasses import dataclass

from plenary.refusal import Refused


@dataclass(frozen=True)
class Clearance:
    """What stands between a text and its adoption, whatever the rule makes of the answers."""

    brackets: int = 0  # open in the text that is asked about

    @property
    def disputed(self) -> bool:
        """Whether something is open that a failure may be declared over, though nobody objects."""
        return bool(self.brackets)


CLEAR = Clearance()


def bar_to_adopt(clearance: Clearance) -> Refused | None:
    """Neither the gavel nor the clock adopts a text of which words are not agreed."""
    if clearance.brackets:
        return Refused("brackets_open", brackets=clearance.brackets)
    return None
