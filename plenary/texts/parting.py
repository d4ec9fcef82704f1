"""Which paragraph was divided, and which were joined: what one lost, another has. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from plenary.texts.clauses import Clause, counted

LEAST = 3  # words; fewer prove nothing
SHARE = 0.8  # of the words of a part, found again where it came from or went to
MOST_PAIRS = 2_000  # compared; beyond them nothing is said, which is always true


@dataclass(frozen=True)
class Parting:
    """From one text to a later one, by the keys of their clauses."""

    divided: Mapping[str, str]  # a new part -> the clause that it was a part of
    joined: Mapping[str, str]  # a clause that is gone -> the one that its words stand in now


def parting(old: Mapping[str, str], new: Mapping[str, str]) -> Parting:
    """Of two texts, each by key. A part counts where most of its words left the other, or came."""
    born, gone = new.keys() - old.keys(), old.keys() - new.keys()
    changed = [key for key in new if key in old and old[key] != new[key]]
    if not changed or not born | gone or (len(born) + len(gone)) * len(changed) > MOST_PAIRS:
        return Parting({}, {})
    before = {key: counted(old[key]) for key in changed}
    after = {key: counted(new[key]) for key in changed}
    return Parting(
        _homes({key: new[key] for key in born}, {key: before[key] - after[key] for key in changed}),
        _homes({key: old[key] for key in gone}, {key: after[key] - before[key] for key in changed}),
    )


def step(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, Any]:
    """What became of the clauses of a text in the next: those that are gone, each with the one that
    it was joined to or with none, and those that a part was taken from. Keys, and no words."""
    if old.keys() == new.keys():
        return {}
    found = parting(old, new)
    gone = {key: found.joined.get(key, "") for key in old if key not in new}
    return {"gone": gone, "divided": sorted({*found.divided.values()})}


def partners(
    old: Sequence[Clause], new: Sequence[Clause]
) -> dict[tuple[Literal["added", "removed"], str], Clause]:
    """What an added clause was divided from, and what a removed one was joined to."""
    before, after = ({clause.key: clause for clause in text} for text in (old, new))
    found = parting(
        *({key: clause.text for key, clause in text.items()} for text in (before, after))
    )
    return {
        **{("added", key): before[home] for key, home in found.divided.items()},
        **{("removed", key): after[home] for key, home in found.joined.items()},
    }


def _homes(parts: Mapping[str, str], moved: Mapping[str, Counter[str]]) -> dict[str, str]:
    homes = {}
    for key, text in parts.items():
        words = counted(text)
        shared = {home: (words & there).total() for home, there in moved.items()}
        home = max(shared, key=lambda candidate: shared[candidate])
        if words.total() >= LEAST and shared[home] >= SHARE * words.total():
            homes[key] = home
    return homes
