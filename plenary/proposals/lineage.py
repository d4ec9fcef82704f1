"""Where the paragraph of a comment stands now: it was divided since, or joined to another.

From one version to the next only this is kept, and only where paragraphs came or went: versions
never change, so it is worked out once, under the fingerprints of all versions up to there.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from plenary.aside import aside
from plenary.proposals.models import ClauseText, Version
from plenary.proposals.parting import parting

MOST = 1_000  # steps that are kept in the memory of a process


@dataclass(frozen=True)
class Step:
    """From one version to the next."""

    gone: Mapping[str, str]  # a clause that is gone -> the one that it was joined to, or nothing
    divided: frozenset[str]  # clauses that a part was taken from


@dataclass(frozen=True)
class Lineage:
    """The steps of a text, by the number of the version that each leads from."""

    steps: Mapping[int, Step]

    def home(self, clause: str, version: int) -> str:
        """The clause in which the words of a clause stand now; none: they are not in the text."""
        for number in sorted(n for n in self.steps if n >= version):
            clause = self.steps[number].gone.get(clause, clause)
        return clause

    def was_divided(self, clause: str, version: int) -> bool:
        """Whether a part was taken from a clause that keeps its key."""
        return any(n >= version and clause in step.divided for n, step in self.steps.items())


_kept: OrderedDict[str, Step] = OrderedDict()


async def lineage_of(proposal: int, since: int) -> Lineage:
    """From a version on, by its number; the id of the proposal."""
    versions: Any = await (
        Version.filter(proposal_id=proposal).order_by("number").values_list("number", "fingerprint")
    )
    digest, steps = sha256(str(proposal).encode()), {}
    for n, (number, fingerprint) in enumerate(versions):
        digest.update(fingerprint.encode())
        if n and number > since:
            before = versions[n - 1][0]
            steps[before] = await _step(digest.hexdigest(), proposal, before, number)
    return Lineage(steps)


async def _step(name: str, proposal: int, old: int, new: int) -> Step:
    if name in _kept:
        _kept.move_to_end(name)
        return _kept[name]
    keys = [await _columns(proposal, number, "key") for number in (old, new)]
    if keys[0].keys() == keys[1].keys():
        step = Step({}, frozenset())
    else:
        before, after = [await _columns(proposal, n, "key", "text") for n in (old, new)]
        length = sum(map(len, (*before.values(), *after.values())))
        found = await aside(length, parting, before, after)
        gone = {key: found.joined.get(key, "") for key in before.keys() - after.keys()}
        step = Step(gone, frozenset(found.divided.values()))
    _kept[name] = step
    while len(_kept) > MOST:
        _kept.popitem(last=False)
    return step


async def _columns(proposal: int, number: int, *columns: str) -> dict[str, str]:
    rows: Any = await (
        ClauseText.filter(version__proposal_id=proposal, version__number=number)
        .order_by("place").values_list(*columns)
    )  # fmt: skip
    return {row[0]: row[-1] for row in rows}
