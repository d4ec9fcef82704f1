"""How the data of a rule is written, and how its conditions are read. Pure.

A rule:
    {"answers": ["support", …, "object"],   what may be answered; anything else is unsaid
     "blocking": ["object"],                of these, the ones that can stop it by themselves
     "carries": <condition>,                what must hold for it to carry
     "quorum": <condition>,                 optional: what must hold for anything to be decided
     "without": ["BEL"]}                    optional: parties concerned, left out of every count
A condition is one of:
    {"all": [<condition>, …]}    {"any": [<condition>, …]}
    {"each": ["industry", …], "condition": <condition>}      the condition, within every group
    {"at_least" | "more_than" | "at_most" | "less_than": 28, "count": <counter>}
    {"at_least" | …: "2/3", "count": <counter>, "of": <counter>}
A counter, all of it optional ({} counts whoever answered):
    {"answers": ["yes"],         these answers; or
     "except": ["recuse"],       whoever did not answer one of these, the silent among them
     "reasoned": ["no"],         these answers count only if they came with a reason
     "among": "given",           or "present", or "roll"
     "group": "industry",        only this group
     "weight": "population"}     the sum of a weight in place of heads

A fraction is more than nothing and at most all. Within `each`, every counter counts one group.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from plenary.procedures.conditions import AMONG, SIGNS, Compare, Condition, Counter, Join

DEEPEST = 8  # conditions within conditions
LARGEST = 10**12
COUNTER = {"answers", "except", "reasoned", "among", "group", "weight"}
FRACTION = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


def condition_of(data: object, at: str, answers: Sequence[str], group: str = "") -> Condition:
    """A condition from its data; `at` is its place, `answers` what the rule knows.

    ValueError names the place that is wrong.
    """
    if at.count("[") > DEEPEST:
        raise ValueError(f"{at}: too many conditions within conditions")
    kinds = [k for k in ("all", "any", "each", *SIGNS) if isinstance(data, Mapping) and k in data]
    if len(kinds) != 1:
        raise ValueError(f"{at}: needs exactly one of all, any, each, {', '.join(SIGNS)}")
    if kinds[0] in SIGNS:
        return _compare(data, at, kinds[0], answers, group)
    if kinds[0] == "each":
        return _each(data, at, answers, group)
    parts = keys_of(data, at, {kinds[0]}, set())[kinds[0]]
    if not isinstance(parts, Sequence) or isinstance(parts, str) or not parts:
        raise ValueError(f"{at}.{kinds[0]}: needs a list of conditions")
    inner = (
        condition_of(part, f"{at}.{kinds[0]}[{n}]", answers, group) for n, part in enumerate(parts)
    )
    return Join(kinds[0] == "all", tuple(inner))


def _each(data: object, at: str, answers: Sequence[str], group: str) -> Condition:
    """The condition once for every group, all of which must hold."""
    found = keys_of(data, at, {"each", "condition"}, set())
    if group:
        raise ValueError(f"{at}.each: stands within another each")
    groups = names_of(found["each"], f"{at}.each")
    inner = (condition_of(found["condition"], f"{at}.each[{g}]", answers, g) for g in groups)
    return Join(True, tuple(inner))


def _compare(data: object, at: str, sign: str, answers: Sequence[str], group: str) -> Compare:
    found = keys_of(data, at, {sign, "count"}, {"of"})
    limit = limit_of(found[sign], f"{at}.{sign}")
    if isinstance(limit, Fraction) and "of" not in found:
        raise ValueError(f"{at}: a fraction needs ‘of’")
    if isinstance(limit, int) and "of" in found:
        raise ValueError(f"{at}.of: a whole number is of nothing; write a fraction")
    if limit == 0 and sign in ("at_least", "less_than"):
        raise ValueError(f"{at}.{sign}: 0 decides nothing")
    of = _counter(found["of"], f"{at}.of", answers, group) if "of" in found else None
    return Compare(at, sign, limit, _counter(found["count"], f"{at}.count", answers, group), of)


def limit_of(value: object, at: str) -> int | Fraction:
    """A whole number, or a fraction of one written as "2/3": more than nothing, at most all."""
    if type(value) is int and 0 <= value <= LARGEST:
        return value
    if isinstance(value, str) and (match := FRACTION.fullmatch(value)):
        above, below = int(match[1]), int(match[2])
        if 0 < above <= below:
            return Fraction(above, below)
    raise ValueError(f"{at}: {value!r} is neither a whole number nor a fraction like ‘2/3’")


def _counter(data: object, at: str, answers: Sequence[str], group: str) -> Counter:
    found = keys_of(data, at, set(), COUNTER)
    if "answers" in found and "except" in found:
        raise ValueError(f"{at}: has both answers and except")
    if group and "group" in found:
        raise ValueError(f"{at}.group: each has set it")
    among = found.get("among", "given")
    if among not in AMONG:
        raise ValueError(f"{at}.among: {among!r} is none of {', '.join(AMONG)}")
    said = {
        key: names_of(found[key], f"{at}.{key}", answers) if key in found else ()
        for key in ("answers", "except", "reasoned")
    }
    return Counter(
        said["answers"],
        said["except"],
        said["reasoned"],
        among,
        _name(found.get("group", group), f"{at}.group", none="group" not in found),
        _name(found.get("weight", ""), f"{at}.weight", none="weight" not in found),
    )


def keys_of(data: object, at: str, must: set[str], may: set[str]) -> Mapping[str, Any]:
    """An object that has every key of `must`, and none but those and `may`."""
    if not isinstance(data, Mapping):
        raise ValueError(f"{at}: is not an object")
    if unknown := sorted(map(str, data.keys() - must - may)):
        raise ValueError(f"{at}.{unknown[0]}: is not known here")
    if missing := sorted(must - data.keys()):
        raise ValueError(f"{at}.{missing[0]}: is missing")
    return data


def names_of(
    data: object, at: str, known: Sequence[str] | None = None, *, none: bool = False
) -> tuple[str, ...]:
    """A list of names without repetition: of `known` ones, and empty only where `none` may be."""
    if not isinstance(data, Sequence) or isinstance(data, str) or not (data or none):
        raise ValueError(f"{at}: needs a list of names")
    names = tuple(_name(item, f"{at}[{n}]") for n, item in enumerate(data))
    for name in names:
        if known is not None and name not in known:
            raise ValueError(f"{at}: {name!r} is not one of the answers")
        if names.count(name) > 1:
            raise ValueError(f"{at}: {name!r} stands twice")
    return names


def _name(value: object, at: str, *, none: bool = False) -> str:
    if not isinstance(value, str) or not (value or none):
        raise ValueError(f"{at}: needs a name")
    return value
