"""A rule and its terms taken apart: the conditions one by one, for a template to word. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plenary.procedures.bounds import Bound
from plenary.procedures.conditions import Check, Compare, Condition, Counter, Join
from plenary.procedures.notice import USUAL
from plenary.procedures.rules import Rule, Verdict
from plenary.procedures.terms import Terms

CHOICES = ("min_support", "threshold", "base", "allowed", "without")  # what a Chair may set
LENGTHS = ("within", "longer_than", "by")  # of an outage


@dataclass(frozen=True)
class Part:
    """A comparison (`count` with a limit, of a base), or several of which all or any must hold."""

    at: str  # its place in the rule, which is also that of its check
    how: str  # all, any, or the sign of a comparison
    parts: "tuple[Part, ...]" = ()
    limit: str = ""  # 28, 2/3
    count: Counter | None = None
    of: Counter | None = None

    @property
    def nobody(self) -> bool:
        """Whether nobody at all may be counted: no objection, for one."""
        return self.how == "at_most" and self.limit == "0"


@dataclass(frozen=True)
class Explained:
    """What a newcomer has to know of a procedure, in the order in which it is asked."""

    kind: str
    answers: tuple[str, ...]
    stops: tuple[str, ...]  # the answers that can stop it by themselves
    carries: Part
    quorum: Part | None
    without: tuple[str, ...]  # codes of the parties concerned
    by_clock: bool
    text_moves: bool
    broken_by: tuple[str, ...]
    least: Mapping[str, int] | None  # {"hours": 72}
    usual: Mapping[str, int] | None
    extensions: int
    outage: Mapping[str, Any] | None  # within, longer_than, by
    notice: Mapping[str, Mapping[str, int]] | None  # sitting, outside
    late_swing: int  # hours; 0: a late turn moves nothing
    after: str
    then: str
    left_open: tuple[str, ...]  # what the Chair sets when a question is put
    bounds: Mapping[str, Bound]  # within which: of each but the party concerned
    matters: tuple[str, ...]  # what it may decide; empty: every matter
    party: bool  # whether the party concerned may be left out
    follows: tuple[str, ...]  # the published rules that it follows


def explain(terms: Terms) -> Explained:
    """A procedure taken apart. ValueError where it has no rule that can be read."""
    rule, data = terms.rule, terms.data
    return Explained(
        kind=terms.kind,
        answers=rule.answers,
        stops=tuple(answer for answer in rule.answers if answer in rule.blocking),
        carries=part_of(rule.carries),
        quorum=part_of(rule.quorum) if rule.quorum else None,
        without=tuple(sorted(rule.without)),
        by_clock=terms.by_clock,
        text_moves=terms.text_moves,
        broken_by=tuple(data.get("broken_by", ())),
        least=terms.least.data if terms.least else None,
        usual=terms.usual.data if terms.usual else None,
        extensions=terms.extensions,
        outage=terms.outage or None,
        notice={**USUAL, **data["notice"]} if "notice" in data else None,
        late_swing=int(data.get("late_swing", {}).get("hours", 0)),
        after=terms.after,
        then=terms.then,
        left_open=tuple(
            choice
            for choice in CHOICES
            if choice in terms.bounds or (choice == "without" and terms.party)
        ),
        bounds=terms.bounds,
        matters=terms.matters,
        party=terms.party,
        follows=tuple(data.get("follows", ())),
    )


def part_of(condition: Condition) -> Part:
    """A condition as data; a join of one is that one."""
    if isinstance(condition, Join):
        parts = tuple(part_of(part) for part in condition.parts)
        if len(parts) == 1:
            return parts[0]
        return Part("", "all" if condition.every else "any", parts)
    return _comparison(condition)


def _comparison(compare: Compare) -> Part:
    return Part(compare.at, compare.sign, (), str(compare.limit), compare.count, compare.of)


def checks_of(verdict: Verdict) -> dict[str, Check]:
    """Each comparison's numbers, by the place of the part that they belong to."""
    return {check.at: check for check in verdict.checks}


def comparisons(part: Part) -> tuple[Part, ...]:
    """Every comparison of a condition, in order."""
    return tuple(comparison for inner in part.parts for comparison in comparisons(inner)) or (part,)


def by_heads(rule: Rule) -> bool:
    """Whether it counts heads only, and asks nobody for a class: what plain numbers can answer."""
    return not rule.groups and not rule.weights
