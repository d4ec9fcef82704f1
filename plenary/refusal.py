"""The rules say no: a reason by name with its facts, never a sentence. Templates hold the words."""

from collections.abc import Iterable, Sequence
from typing import Any


class Refused(Exception):
    """What was asked is against the rules as things stand (409)."""

    status = 409
    retry_after = 0  # seconds, where waiting helps

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.facts = facts


class Forbidden(Refused):
    """Whoever asked has no power to do this (403)."""

    status = 403


LONGEST_ASKED = 120  # characters of what was asked for: its page repeats it, however long it was


class Missing(Refused):
    """There is no such thing, or it is not for this reader to know (404)."""

    status = 404

    def __init__(self, reason: str, **facts: object) -> None:
        cut = {
            name: fact[:LONGEST_ASKED] if isinstance(fact, str) else fact
            for name, fact in facts.items()
        }
        super().__init__(reason, **cut)


class Unavailable(Refused):
    """Nothing is wrong with what was asked, but it cannot be done now (503): come back.

    With the fact `doubtful` nobody can say whether it was recorded.
    """

    status = 503
    retry_after = 5  # seconds


class TooMany(Refused):
    """Too much in too short a time (429): nothing was recorded; it can be in so many seconds."""

    status = 429

    def __init__(self, reason: str, *, seconds: int, **facts: object) -> None:
        super().__init__(reason, seconds=seconds, **facts)
        self.retry_after = seconds


class Invalid(Refused):
    """What was entered cannot be taken as it is (422); `errors` names each field and its fault."""

    status = 422

    def __init__(self, errors: "dict[str, Fault]") -> None:
        super().__init__("invalid")
        self.errors = errors


class Whose:
    """Delegations that a refusal is about because of what they answered to a question.

    How many they are may be told to whoever is refused; who they are is for the rule of
    publication to say. So it prints as a number, and has `names` only once `told` has been asked
    on the reader's behalf (`questions.refusals`): who forgets to ask, tells nobody's name.
    """

    def __init__(
        self, codes: Iterable[str], questions: Iterable[int] = (), names: Sequence[Any] = ()
    ) -> None:
        """`questions`: the ids of those on which it may have been said."""
        self.codes, self.names = frozenset(codes), tuple(names)
        self.questions = frozenset(questions)

    def __len__(self) -> int:
        return len(self.codes)

    def __str__(self) -> str:
        return str(len(self))

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Whose) and self.codes == other.codes

    def __hash__(self) -> int:
        return hash(self.codes)


class Fault:
    """One fault of one field: a name, and the facts its sentence needs."""

    def __init__(self, name: str, **facts: object) -> None:
        self.name = name
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and (self.name, self.facts) == (other.name, other.facts)

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return f"Fault({self.name!r}, {self.facts!r})"


def refuse(bar: Refused | None) -> None:
    """Raise the bar that a rule found, if it found one."""
    if bar is not None:
        raise bar
