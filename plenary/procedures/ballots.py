"""A roll and what those on it answered, as plain values. Pure."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace

from plenary.bodies.rules import Roll


@dataclass(frozen=True)
class Voter:
    """One delegation on the roll: its class, and its weights by name (people, states, …)."""

    code: str
    group: str = ""
    weights: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, weight in self.weights.items():
            if type(weight) is not int or weight < 0:
                raise ValueError(f"{self.code}: {name} is {weight!r}, not a whole number")


@dataclass(frozen=True)
class Given:
    """A delegation's current answer. `reasoned`: it came with a reason."""

    answer: str
    reasoned: bool = False


@dataclass(frozen=True)
class Ballot:
    """A roll, what was answered, and who is in the room.

    Everything is counted by walking the roll. An Observer is on none (`roll_of` in bodies.rules),
    so its answer cannot reach a count, whatever stands in `given`. `present` is None where nobody
    took the roll call: then those who answered are present.
    """

    roll: tuple[Voter, ...]
    given: Mapping[str, Given] = field(default_factory=dict)
    present: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if len({voter.code for voter in self.roll}) != len(self.roll):
            raise ValueError("a delegation stands twice on the roll")

    @classmethod
    def of(
        cls,
        roll: Roll,
        given: Mapping[str, Given],
        present: frozenset[str] | None = None,
        groups: Mapping[str, str] | None = None,
        weights: Mapping[str, Mapping[str, int]] | None = None,
    ) -> "Ballot":
        """The ballot of a frozen roll. `groups` by code, `weights` by name and then by code.

        Every voter has the weight `states`: how many states it speaks for.
        """
        voters = (
            Voter(code, (groups or {}).get(code, ""), _weights(code, states, weights or {}))
            for code, states in sorted(roll.represents.items())
        )
        return cls(tuple(voters), given, present)

    def under(self, answers: Container[str], without: Container[str]) -> "Ballot":
        """The same ballot under a rule: parties concerned are left out, unknown answers unsaid."""
        roll = tuple(voter for voter in self.roll if voter.code not in without)
        codes = [voter.code for voter in roll if voter.code in self.given]
        given = {code: self.given[code] for code in codes if self.given[code].answer in answers}
        return replace(self, roll=roll, given=given)

    def has(self, voter: Voter, among: str) -> bool:
        """Whether a voter belongs to a base: `given`, `present` or `roll`."""
        if among == "roll":
            return True
        if among == "given" or self.present is None:
            return voter.code in self.given
        return voter.code in self.present


def _weights(code: str, states: int, weights: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    return {"states": states} | {
        name: by_code[code] for name, by_code in weights.items() if code in by_code
    }
