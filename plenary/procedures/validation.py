"""A procedure as the secretariat writes it down: whether everything in it can be used. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from plenary.bodies.rules import MATTERS
from plenary.procedures.bounds import UNCHOSEN, check_bound, within
from plenary.procedures.deadlines import MOST_LENGTH, Span
from plenary.procedures.explained import CHOICES, LENGTHS
from plenary.procedures.notice import Notice
from plenary.procedures.rules import STANCES, USUAL, VOTES, read
from plenary.procedures.terms import KINDS, RULED, complete

CLOSINGS = ("chair", "clock")
TEXTS = ("moves", "fixed")
BREAKS = ("objection", "amendment")
LONGEST = 2_500  # characters of the whole: it is kept with every question that is put
MOST_SWING = 240  # hours
MOST_FOLLOWED = 5  # published rules that one procedure follows
KNOWN = frozenset(
    ["kind", "closing", "text", "broken_by", "window", "extend", "outage", "notice", "after",
     "then", "choose", "rule", "matters", "party", "follows",
     "late_swing", *RULED]
)  # fmt: skip


def checked(data: Mapping[str, Any]) -> dict[str, Any]:
    """The procedure, complete. ValueError names the place that is wrong.

    A rule may count only what is known of every delegation: its answer, whether it is in the
    room, and how many states it speaks for. We keep no classes yet.
    """
    for name in data:
        _hold(name in KNOWN, name, "is no term")
    _hold(data.get("kind") in KINDS, "kind", "is none of the six")
    _hold(data.get("closing") in CLOSINGS, "closing", "is neither chair nor clock")
    _hold(data.get("text") in TEXTS, "text", "is neither moves nor fixed")
    _window(data)
    _meanwhile(data)
    _left_to_the_chair(data)
    for matter in _list(data, "matters"):
        _hold(matter in MATTERS, "matters", f"{matter} is no matter")
    if fixed := sorted(set(RULED) & set(data)) if "rule" in data else []:
        raise ValueError(f"rule: stands beside {fixed[0]}, which it would set aside")
    full = complete(data, {})
    _countable(full["rule"])
    _hold(len(json.dumps(full)) <= LONGEST, "rule", "is too long")
    return full


def _window(data: Mapping[str, Any]) -> None:
    window = _object(data, "window", ("least", "usual"))
    for name, span in window.items():
        _located(f"window.{name}", span, Span.read)
    _hold(data["closing"] != "clock" or bool(window), "window", "a clock needs one")
    extend = _object(data, "extend", ("times",)).get("times", 0)
    _hold(type(extend) is int and 0 <= extend < 100, "extend.times", "is no number of times")
    outage = _object(data, "outage", LENGTHS)
    _hold(not outage or set(outage) == set(LENGTHS), "outage", "needs within, longer_than, by")
    for name, length in outage.items():
        _located(f"outage.{name}", length, _length)
    if "notice" in data:
        _located("notice", data["notice"], Notice.read)


def _meanwhile(data: Mapping[str, Any]) -> None:
    for event in _list(data, "broken_by"):
        _hold(event in BREAKS, "broken_by", "is neither objection nor amendment")
    hours = _object(data, "late_swing", ("hours",)).get("hours", 0)
    _hold(type(hours) is int and 0 <= hours <= MOST_SWING, "late_swing", "is no number of hours")
    _hold(not hours or data["closing"] == "clock", "late_swing", "only a clock is moved")
    for name in ("after", "then"):
        _hold(isinstance(data.get(name, ""), str), name, "is no key of a procedure")


def _left_to_the_chair(data: Mapping[str, Any]) -> None:
    """Each with a bound; the party concerned only where one can object, or is left out."""
    choose = data.get("choose") or {}
    if not isinstance(choose, Mapping):
        raise ValueError("choose: leaves something open without a bound")
    for name, bound in choose.items():
        _hold(name in _open_to_choice(data), "choose", f"{name} is not open to choice")
        check_bound(name, bound)
        value = data.get(name) or UNCHOSEN[name]
        # A share of the roll is known when a question is put, and asked about then.
        _hold(name == "min_support" or within(name, value, bound, 0), name, "is past its bound")
    _hold(isinstance(data.get("party", False), bool), "party", "is neither true nor false")
    _hold(not data.get("party") or _may_leave_out(data), "party", "nobody is left out of this kind")
    follows = _list(data, "follows")
    _hold(len(follows) <= MOST_FOLLOWED, "follows", "names too many rules")


def _may_leave_out(data: Mapping[str, Any]) -> bool:
    """Whether a rule of this kind can be read with a party left out."""
    return "rule" in data or "without" in USUAL[str(data["kind"])][1]


def _open_to_choice(data: Mapping[str, Any]) -> set[str]:
    """What a Chair may set under a procedure of this kind; nothing of a rule that is spelt out."""
    known = USUAL[str(data["kind"])][1]
    return set() if "rule" in data else set(CHOICES) & known


def _countable(data: Mapping[str, Any]) -> None:
    rule = read(data)
    known = set(STANCES), set(VOTES)
    _hold(any(set(rule.answers) <= answers for answers in known), "answers", "are not ours")
    told = "object" in rule.answers or {"yes", "no"} <= set(rule.answers)
    _hold(told, "answers", "let nobody say no")
    _hold(not rule.groups, "carries", f"no delegation has a class {sorted(rule.groups)}")
    _hold(rule.weights <= {"states"}, "carries", f"no delegation has a weight {rule.weights}")


def _length(data: object) -> None:
    """An outage is told in one unit: {"minutes": 15}."""
    _hold(isinstance(data, Mapping) and len(data) == 1, "", f"{data!r} is no length")
    assert isinstance(data, Mapping)
    [(unit, number)] = data.items()
    fits = unit in MOST_LENGTH and type(number) is int and 0 < number <= MOST_LENGTH[unit]
    _hold(fits, "", f"{data!r} is no length")


def _located(at: str, value: object, reads: Any) -> None:
    try:
        reads(value)
    except ValueError as error:
        raise ValueError(f"{at}: {error}") from error


def _object(data: Mapping[str, Any], name: str, known: tuple[str, ...]) -> Mapping[str, Any]:
    found = data.get(name) or {}
    if not isinstance(found, Mapping):
        raise ValueError(f"{name}: is no object")
    for key in found:
        _hold(key in known, f"{name}.{key}", "is not known here")
    return found


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise ValueError(f"{name}: is no list of names")
    return found


def _hold(holds: bool, at: str, wrong: str) -> None:
    if not holds:
        raise ValueError(f"{at}: {wrong}" if at else wrong)
