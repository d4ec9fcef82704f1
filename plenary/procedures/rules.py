"""Procedures as data, read once and judged over a ballot. Pure; exact fractions, never floats.

How the data is written stands in grammar.py. Nothing knows a procedure by its name but `usual`,
which writes the data of the usual six; those that bodies have published are in published.toml.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from plenary.procedures.ballots import Ballot, Given, Voter
from plenary.procedures.conditions import Check, Compare, Condition, Counter
from plenary.procedures.grammar import condition_of, keys_of, limit_of, names_of

__all__ = [
    "Ballot", "Check", "Given", "Rule", "Verdict", "Voter",
    "judge", "read", "usual",
]  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A procedure's rule, read and found well formed."""

    answers: tuple[str, ...]
    blocking: frozenset[str]
    carries: Condition
    quorum: Condition | None = None
    without: frozenset[str] = frozenset()

    @property
    def compares(self) -> tuple[Compare, ...]:
        """Every comparison of the rule, the quorum's first."""
        return (self.quorum.compares if self.quorum else ()) + self.carries.compares

    @property
    def groups(self) -> frozenset[str]:
        """The classes that a roll must tell apart."""
        return frozenset(c.group for c in self._counters if c.group)

    @property
    def weights(self) -> frozenset[str]:
        """The weights that every delegation on the roll must have."""
        return frozenset(c.weight for c in self._counters if c.weight)

    @property
    def _counters(self) -> list[Counter]:
        return [
            c for compare in self.compares for c in (compare.count, compare.of) if c is not None
        ]


@dataclass(frozen=True)
class Verdict:
    """What a rule makes of a ballot, as things stand. It declares nothing."""

    carries: bool
    quorate: bool
    blockers: frozenset[str]  # whose blocking answer stands in the way; named, so mind who reads
    short: tuple[Check, ...]  # what is not met; of alternatives, each that could have been
    checks: tuple[Check, ...]  # every comparison of the rule, the quorum's first, met or not


def judge(rule: Rule, ballot: Ballot) -> Verdict:
    """What a rule makes of a ballot. ValueError if the roll lacks a weight that the rule needs."""
    _weigh(rule, ballot)
    seen = ballot.under(rule.answers, rule.without)
    lacking = rule.quorum.unmet(seen) if rule.quorum else ()
    unmet = rule.carries.unmet(seen)
    return Verdict(
        carries=not lacking and not unmet,
        quorate=not lacking,
        blockers=_blockers(rule, seen, unmet),
        short=tuple(compare.check(seen) for compare in lacking + unmet),
        checks=tuple(compare.check(seen) for compare in rule.compares),
    )


def _weigh(rule: Rule, ballot: Ballot) -> None:
    for voter in ballot.roll:
        for missing in sorted(rule.weights - voter.weights.keys()):
            raise ValueError(f"{voter.code} has no weight {missing!r}")


def _blockers(rule: Rule, ballot: Ballot, unmet: Sequence[Compare]) -> frozenset[str]:
    """Whoever gave a blocking answer that a ceiling counts, once there are too many of them."""
    counted = {v.code for compare in unmet if compare.ceiling for v in compare.count.voters(ballot)}
    return frozenset(
        code
        for code, given in ballot.given.items()
        if code in counted and given.answer in rule.blocking
    )


def read(data: object) -> Rule:
    """A rule from its data. ValueError names the place in the data that is wrong."""
    rule = keys_of(data, "rule", {"answers", "carries"}, {"blocking", "quorum", "without"})
    answers = names_of(rule["answers"], "answers")
    quorum = rule.get("quorum")
    return Rule(
        answers=answers,
        blocking=frozenset(names_of(rule.get("blocking", []), "blocking", answers, none=True)),
        carries=condition_of(rule["carries"], "carries", answers),
        quorum=None if quorum is None else condition_of(quorum, "quorum", answers),
        without=frozenset(names_of(rule.get("without", []), "without", none=True)),
    )


# ---------------------------------------------------------------- the usual six

STANCES = ["support", "accept", "reservation", "stand_aside", "object"]
VOTES = ["yes", "no", "abstain"]
CAST = ["yes", "no"]
WHOLE_ROLL: dict[str, Any] = {"among": "roll"}
BASES: dict[str, dict[str, Any]] = {
    "cast": {"answers": CAST},
    "present": {"among": "present"},
    "roll": WHOLE_ROLL,
}


def usual(kind: str, **terms: Any) -> dict[str, Any]:
    """The data of one of the usual procedures; a term that is None or empty is left at its default.

    consensus       quorum: who must be present, 28 or "1/2"
    silence         no terms
    written         min_support: supports needed, 30 or "2/3"; default more than half of the roll
    vote            threshold: "1/2" (exceeded) or a greater fraction (reached); quorum;
                    base: cast (abstentions out), present or roll
    consensus_minus allowed: how many may object; or without (also called party): the party
                    concerned is left out, and then nobody else may object; quorum
    double          all: conditions of your own, or classes: a threshold for each group; quorum;
                    default more than half of the roll and two thirds of those answering yes or no
    ValueError for an unknown procedure or term, and for one that makes no sense.
    """
    if kind not in USUAL:
        raise ValueError(f"kind: {kind!r} is none of {', '.join(USUAL)}")
    write, known = USUAL[kind]
    said = {name: value for name, value in terms.items() if value is not None and value != ""}
    if unknown := sorted(said.keys() - known):
        raise ValueError(f"{unknown[0]}: is no term of {kind}")
    quorum = {"quorum": _quorum(said.pop("quorum"))} if "quorum" in said else {}
    data = write(**said) | quorum
    read(data)
    return deepcopy(data)


def _quorum(share: object) -> dict[str, Any]:
    return _compared("at_least", share, {"among": "present"}, WHOLE_ROLL, "quorum")


def _consensus(allowed: int = 0, without: str = "") -> dict[str, Any]:
    rule = {
        "answers": STANCES,
        "blocking": ["object"],
        "carries": {"at_most": allowed, "count": {"answers": ["object"]}},
    }
    return rule | ({"without": [without]} if without else {})


def _written(min_support: int | str = "1/2") -> dict[str, Any]:
    support = _reached(min_support, {"answers": ["support"]}, WHOLE_ROLL, "min_support")
    rule = _consensus()
    return rule | {"carries": {"all": [rule["carries"], support]}}


def _vote(threshold: str = "1/2", base: Any = "cast") -> dict[str, Any]:
    if not isinstance(base, str) or base not in BASES:
        raise ValueError(f"base: {base!r} is none of {', '.join(BASES)}")
    return {"answers": VOTES, "carries": _yes(threshold, BASES[base], "threshold")}


def _consensus_minus(
    allowed: int | None = None, without: str = "", party: str = ""
) -> dict[str, Any]:
    """With the party concerned left out, nobody else may object, however many were allowed."""
    if without or party:
        return _consensus(0, without or party)
    if type(allowed) is not int or allowed < 1:
        raise ValueError(f"allowed: {allowed!r} is no number of objections")
    return _consensus(allowed)


def _double(all: Any = (), classes: Any = None) -> dict[str, Any]:
    if not isinstance(all, Sequence) or isinstance(all, str):
        raise ValueError("all: needs a list of conditions")
    if not isinstance(classes or {}, Mapping) or (all and classes):
        raise ValueError("classes: needs a threshold for each group, and no other conditions")
    parts = list(all) or [
        _yes(share, {"answers": CAST, "group": group}, f"classes.{group}")
        for group, share in (classes or {}).items()
    ]
    usual = [_yes("1/2", WHOLE_ROLL, "all"), _yes("2/3", BASES["cast"], "all")]
    return {"answers": VOTES, "carries": {"all": parts or usual}}


def _yes(threshold: object, of: Mapping[str, Any], at: str) -> dict[str, Any]:
    """Enough of a base saying yes. Less than half would carry a thing and its opposite."""
    limit = limit_of(threshold, at)
    if isinstance(limit, int) or limit < Fraction(1, 2):
        raise ValueError(f"{at}: {threshold!r} is not a fraction from ‘1/2’ to ‘1/1’")
    return _reached(threshold, dict(of) | {"answers": ["yes"]}, of, at)


def _reached(
    share: object, count: Mapping[str, Any], of: Mapping[str, Any], at: str
) -> dict[str, Any]:
    """A half must be exceeded, any other fraction reached."""
    half = limit_of(share, at) == Fraction(1, 2)
    return _compared("more_than" if half else "at_least", share, count, of, at)


def _compared(
    sign: str, share: object, count: Mapping[str, Any], of: Mapping[str, Any], at: str
) -> dict[str, Any]:
    limit = limit_of(share, at)
    if limit == 0:
        raise ValueError(f"{at}: 0 asks for nothing")
    made: dict[str, Any] = {sign: share, "count": dict(count)}
    return made if isinstance(limit, int) else made | {"of": dict(of)}


USUAL: dict[str, tuple[Callable[..., dict[str, Any]], frozenset[str]]] = {
    "consensus": (_consensus, frozenset({"quorum"})),
    "silence": (_consensus, frozenset()),
    "written": (_written, frozenset({"min_support"})),
    "vote": (_vote, frozenset({"threshold", "base", "quorum"})),
    "consensus_minus": (_consensus_minus, frozenset({"allowed", "without", "party", "quorum"})),
    "double": (_double, frozenset({"all", "classes", "quorum"})),
}
