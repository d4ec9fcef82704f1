"""What if: the same answers under another rule, or numbers of anyone's own. It declares nothing.

Pure. A reader who may not see names gives in no more than the counts, so that a thought experiment
never tells who said what.
"""

from collections.abc import Mapping
from itertools import chain, repeat

from plenary.bodies.rules import Roll
from plenary.procedures.ballots import Ballot, Given
from plenary.procedures.conditions import Counter
from plenary.procedures.explained import by_heads
from plenary.procedures.rules import STANCES, VOTES, Rule, Verdict, judge

LARGEST = 1_000  # delegations on a roll that is only thought of
# What an answer under consensus would be in a recorded vote, and the other way round.
AS_VOTE = {
    "support": "yes", "accept": "yes", "reservation": "yes", "object": "no",
    "stand_aside": "abstain",
}  # fmt: skip
AS_STANCE = {"yes": "support", "no": "object", "abstain": "stand_aside"}


def recast(rule: Rule, given: Mapping[str, Given]) -> dict[str, Given] | None:
    """The answers as this rule would know them; None where it asks for answers of another kind."""
    if set(rule.answers) == set(VOTES):
        table = AS_VOTE
    elif set(rule.answers) == set(STANCES):
        table = AS_STANCE
    else:
        return None
    return {
        code: Given(table.get(answered.answer, answered.answer), answered.reasoned)
        for code, answered in given.items()
    }


def named_ballot(roll: Roll, given: Mapping[str, Given], present: frozenset[str] | None) -> Ballot:
    """The answers by name, for those who may read them."""
    return Ballot.of(roll, given, present)


def counted_ballot(tally: Mapping[str, int], roll: int, present: int | None = None) -> Ballot:
    """As many nameless delegations as there are numbers; those who answered are in the room first.

    ValueError where more answered than there are on the roll.
    """
    answers = [a for a, n in tally.items() for _ in range(n)]
    if len(answers) > roll or not 0 < roll <= LARGEST or (present or 0) > roll:
        raise ValueError(f"{len(answers)} answers of a roll of {roll}")
    codes = [f"{n:04}" for n in range(roll)]
    given = {code: Given(a) for code, a in zip(codes, answers, strict=False)}
    here = None if present is None else frozenset(codes[:present])
    return Ballot.of(Roll(dict(zip(codes, repeat(1)))), given, here)


def from_counts(rule: Rule, *, called: bool) -> bool:
    """Whether counts are enough to judge by; `called`: whether someone called the roll.

    Classes, weights and a party concerned have names; so has who of those present said what.
    """
    mixed = any(_mixed(counter) for counter in _counters(rule)) if called else False
    return by_heads(rule) and not rule.without and not mixed


def under(rule: Rule, ballot: Ballot) -> Verdict | None:
    """What a rule would make of a ballot that was cast under another; None where nothing."""
    given = recast(rule, ballot.given)
    if given is None or not by_heads(rule):
        return None
    return judge(rule, Ballot(ballot.roll, given, ballot.present))


def _counters(rule: Rule) -> list[Counter]:
    found = chain.from_iterable((compare.count, compare.of) for compare in rule.compares)
    return [counter for counter in found if counter is not None]


def _mixed(counter: Counter) -> bool:
    """Whether it asks who of those in the room gave an answer, or did not."""
    return counter.among == "present" and bool(counter.answers or counter.but)
