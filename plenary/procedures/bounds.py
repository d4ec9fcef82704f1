"""What a procedure leaves to the Chair, and within which bounds. Pure.

    {"min_support": {"from": 20, "to": 30}, "threshold": {"one_of": ["1/2", "2/3"]}}

Nothing is left open without a bound. Procedures that were adopted before bounds were asked for name
what they leave open in a list: of these the bounds are USUAL.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import floor
from typing import Any

from plenary.procedures.grammar import limit_of
from plenary.procedures.rules import BASES

Bound = Mapping[str, Any]

# What holds where nobody has chosen, and the procedure names no figure of its own.
UNCHOSEN: dict[str, Any] = {"min_support": "1/2", "threshold": "1/2", "base": "cast", "allowed": 1}
USUAL: dict[str, Bound] = {
    "min_support": {"from": "1/2", "to": "1/1"},
    "threshold": {"from": "1/2", "to": "1/1"},
    "base": {"one_of": list(BASES)},
    "allowed": {"from": 1, "to": 1},
}
MOST = 10  # possibilities that one bound lists


def bounds_of(data: Mapping[str, Any]) -> dict[str, Bound]:
    """Each term that the Chair may set under a procedure, with its bound."""
    choose = data.get("choose", {})
    if isinstance(choose, Mapping):
        return dict(choose)
    return {name: USUAL[name] for name in choose if name in USUAL}


def leaves_party_out(data: Mapping[str, Any]) -> bool:
    """Whether a party concerned may be left out; the first procedures left it open by a list."""
    choose = data.get("choose", ())
    listed = not isinstance(choose, Mapping) and bool({"without", "party"} & set(choose))
    return bool(data.get("party")) or listed


def check_bound(name: str, bound: object) -> None:
    """ValueError where a bound says what no choice can meet."""
    at = f"choose.{name}"
    if name not in UNCHOSEN:
        raise ValueError(f"{at}: is not open to choice")
    if not isinstance(bound, Mapping):
        raise ValueError(f"{at}: needs a bound")
    if set(bound) == {"one_of"}:
        listed = bound["one_of"]
        if not isinstance(listed, list) or not 0 < len(listed) <= MOST:
            raise ValueError(f"{at}: needs one to {MOST} possibilities")
        for value in listed:
            _check(name, value, at)
    elif set(bound) == {"from", "to"} and name != "base":
        least, most = (_check(name, bound[end], at) for end in ("from", "to"))
        if type(least) is type(most) and least > most:  # type: ignore[operator]
            raise ValueError(f"{at}: ends before it begins")
    else:
        raise ValueError(f"{at}: is neither from and to, nor one of a list")


def _check(name: str, value: object, at: str) -> int | Fraction | str:
    """A value that this term can have: a base, a share from a half, a number of delegations."""
    if name == "base":
        if value not in BASES:
            raise ValueError(f"{at}: {value!r} is none of {', '.join(BASES)}")
        return str(value)
    limit = limit_of(value, at)
    if name == "threshold" and (isinstance(limit, int) or limit < Fraction(1, 2)):
        raise ValueError(f"{at}: {value!r} is not a fraction from ‘1/2’ to ‘1/1’")
    if name == "allowed" and not (isinstance(limit, int) and limit > 0):
        raise ValueError(f"{at}: {value!r} is no number of objections")
    return limit


def within(name: str, value: object, bound: Bound, roll: int) -> bool:
    """Whether a value lies within its bound, on a roll of so many."""
    if name == "base":
        return value in bound["one_of"]
    asked = _figure(name, value, roll)
    if "one_of" in bound:
        return asked in [_figure(name, listed, roll) for listed in bound["one_of"]]
    return _figure(name, bound["from"], roll) <= asked <= _figure(name, bound["to"], roll)


def _figure(name: str, value: object, roll: int) -> int | Fraction:
    """A number to compare; a share of the roll is as many delegations as would reach it."""
    limit = limit_of(value, name)
    if isinstance(limit, int) or name == "threshold":
        return limit
    half = limit == Fraction(1, 2)
    return floor(limit * roll) + 1 if half else -floor(-limit * roll)
