"""Counters, and what they are compared with: the few things every rule is made of. Pure."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from plenary.procedures.ballots import Ballot, Voter

AMONG = ("given", "present", "roll")
SIGNS = ("at_least", "more_than", "at_most", "less_than")
CEILINGS = frozenset({"at_most", "less_than"})


@dataclass(frozen=True)
class Counter:
    """Whom to count: heads, or the sum of a named weight."""

    answers: tuple[str, ...] = ()  # none named: every voter of the base
    but: tuple[str, ...] = ()  # whoever did not answer one of these, silent ones too
    reasoned: tuple[str, ...] = ()  # these answers count only with a reason
    among: str = "given"
    group: str = ""
    weight: str = ""

    def voters(self, ballot: Ballot) -> list[Voter]:
        """Those it counts, in the order of the roll."""
        return [
            voter
            for voter in ballot.roll
            if (not self.group or voter.group == self.group)
            and ballot.has(voter, self.among)
            and self._takes(ballot, voter.code)
        ]

    def count(self, ballot: Ballot) -> int:
        counted = self.voters(ballot)
        return sum(v.weights[self.weight] for v in counted) if self.weight else len(counted)

    def _takes(self, ballot: Ballot, code: str) -> bool:
        given = ballot.given.get(code)
        if given is None:
            return not self.answers
        if given.answer in self.reasoned and not given.reasoned:
            return False
        return given.answer in self.answers if self.answers else given.answer not in self.but


@dataclass(frozen=True)
class Check:
    """One comparison, made: the facts that a page needs to put it into words. No names."""

    at: str  # its place in the rule: carries.all[1], quorum
    sign: str
    limit: str  # as the rule has it: 28, 2/3
    count: int
    of: int | None  # the base of a fraction
    needed: int  # the least that satisfies a floor, the most that satisfies a ceiling
    answers: tuple[str, ...]
    group: str
    weight: str

    @property
    def ceiling(self) -> bool:
        return self.sign in CEILINGS

    @property
    def by(self) -> int:
        """How much is missing under a floor, how much too many over a ceiling; 0 when it holds.

        As the base now stands: where a fraction is of those who answered, one more answer moves it.
        """
        return max(0, self.count - self.needed if self.ceiling else self.needed - self.count)

    @property
    def met(self) -> bool:
        return self.by == 0


@dataclass(frozen=True)
class Compare:
    """A counter against a number, or against a fraction of another counter. Exact."""

    at: str
    sign: str
    limit: int | Fraction
    count: Counter
    of: Counter | None = None

    @property
    def ceiling(self) -> bool:
        return self.sign in CEILINGS

    @property
    def compares(self) -> "tuple[Compare, ...]":
        return (self,)

    def check(self, ballot: Ballot) -> Check:
        base = self.of.count(ballot) if self.of else None
        return Check(
            self.at,
            self.sign,
            str(self.limit),
            self.count.count(ballot),
            base,
            needed(self.sign, self.limit, base),
            self.count.answers,
            self.count.group,
            self.count.weight,
        )

    def unmet(self, ballot: Ballot) -> "tuple[Compare, ...]":
        return () if self.check(ballot).met else (self,)


@dataclass(frozen=True)
class Join:
    """Conditions of which every one must hold, or any one."""

    every: bool
    parts: "tuple[Condition, ...]"

    @property
    def compares(self) -> tuple[Compare, ...]:
        return tuple(compare for part in self.parts for compare in part.compares)

    def unmet(self, ballot: Ballot) -> tuple[Compare, ...]:
        """What stands in the way; nothing does when it holds."""
        found = [part.unmet(ballot) for part in self.parts]
        if not self.every and not all(found):
            return ()
        return tuple(compare for part in found for compare in part)


Condition = Compare | Join


def needed(sign: str, limit: int | Fraction, base: int | None = None) -> int:
    """The least (at_least, more_than) or the most (at_most, less_than) that satisfies a comparison.

    Of nobody, no floor is ever reached and no ceiling ever passed: two thirds of no answers at all
    carry nothing.
    """
    bound = limit if base is None else limit * base
    if sign == "at_least":
        return max(ceil(bound), 1)
    if sign == "more_than":
        return floor(bound) + 1
    return floor(bound) if sign == "at_most" else max(ceil(bound) - 1, 0)
