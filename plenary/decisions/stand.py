"""Where a question stands, as one reader may see it: the one query behind every page and export."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from tortoise.queryset import QuerySet

from plenary.bodies.models import Delegation, Words
from plenary.bodies.powers import Role
from plenary.bodies.rules import Roll
from plenary.bodies.viewers import Viewer
from plenary.decisions import rules
from plenary.decisions.actions import is_open
from plenary.decisions.models import Position, Question, RollCall, View
from plenary.decisions.rules import Publication, Said, Stance, Standing
from plenary.proposals.models import Proposal

BUREAU = frozenset({Role.CHAIR, Role.SECRETARIAT})


M = TypeVar("M", RollCall, Position, View)


@dataclass(frozen=True)
class Party:
    """A delegation by its names."""

    code: str
    slug: str
    names: Words
    constituency: str = ""

    @classmethod
    def of(cls, delegation: Delegation) -> "Party":
        return cls(delegation.code, delegation.slug, delegation.names, delegation.constituency)


@dataclass(frozen=True)
class Spoken:
    """What one delegation said, once."""

    party: Party
    stance: Stance
    version: int
    clause: str
    explanation: str
    would_join: str
    language: str
    at: datetime
    entry: int
    current: bool
    ad_referendum: bool = False


@dataclass(frozen=True)
class Stand:
    """One question to one reader. Participants and Observers never share a list or a count."""

    question: Question
    open: bool
    version: int  # the version that is asked about
    roll: Roll
    parties: tuple[Party, ...]  # the roll, in order
    standing: Standing
    counts: dict[str, int]
    counted: bool  # whether this reader may see the counts
    named: bool  # whether this reader may see who said what
    spoken: dict[str, Spoken]  # by code: current, on this version
    stale: dict[str, Spoken]  # by code: current, but on an earlier version
    earlier: dict[str, tuple[Spoken, ...]]  # by code: superseded, newest first
    heard: tuple[Spoken, ...]  # Observers, current
    heard_earlier: dict[str, tuple[Spoken, ...]] = field(default_factory=dict)

    def by_stance(self, stance: str) -> list[Spoken]:
        return [self.spoken[p.code] for p in self.parties if self._says(p.code, stance)]

    def _says(self, code: str, stance: str) -> bool:
        return code in self.spoken and self.spoken[code].stance == stance

    @property
    def silent(self) -> list[Party]:
        """Everyone on the roll who has not spoken on this version."""
        return [p for p in self.parties if p.code not in self.spoken]

    @property
    def joining(self) -> int:
        """Support and accept together: both join without more."""
        return self.counts["support"] + self.counts["accept"]

    @property
    def spoke_before(self) -> int:
        return len(self.stale)


async def stand_of(proposal: Proposal, viewer: Viewer) -> Stand | None:
    """Where the newest question on a proposal stands, or None if none was ever put."""
    return (await stands_of([proposal], viewer)).get(proposal.id)


async def stands_of(proposals: Sequence[Proposal], viewer: Viewer) -> dict[int, Stand]:
    """The same for many proposals in five queries, by id of the proposal."""
    asked: dict[int, Question] = {}
    for question in await Question.filter(
        proposal_id__in=[p.id for p in proposals] or [0]
    ).order_by("id"):
        asked[question.proposal_id] = question  # type: ignore[attr-defined]
    by_id = {proposal.id: proposal for proposal in proposals}
    ids = [question.id for question in asked.values()] or [0]
    rolls = await _grouped(RollCall.filter(question_id__in=ids).prefetch_related("delegation"))
    positions = await _grouped(
        Position.filter(question_id__in=ids).prefetch_related("delegation").order_by("-id")
    )
    views = await _grouped(
        View.filter(question_id__in=ids).prefetch_related("delegation").order_by("-id")
    )
    return {
        proposal_id: _stand(
            question, by_id[proposal_id], viewer,
            rolls[question.id], positions[question.id], views[question.id],
        )
        for proposal_id, question in asked.items()
    }  # fmt: skip


async def stand_on(question: Question, proposal: Proposal, viewer: Viewer) -> Stand:
    """Where one question stands; a proposal that came back has had several."""
    return _stand(
        question, proposal, viewer,
        await RollCall.filter(question=question).prefetch_related("delegation"),
        await Position.filter(question=question).prefetch_related("delegation").order_by("-id"),
        await View.filter(question=question).prefetch_related("delegation").order_by("-id"),
    )  # fmt: skip


def may_name(question: Question, viewer: Viewer, *, decided: bool) -> bool:
    """Whether this reader sees who said what: the rule of publication, kept with the question."""
    return rules.readable(
        Publication(question.publication), decided=decided, inside=viewer.inside,
        bureau=bool(viewer.roles & BUREAU) or _put_it(viewer, question),
    )  # fmt: skip


def _put_it(viewer: Viewer, question: Question) -> bool:
    """Whether this reader holds the office that put the question: a group's chair, its own."""
    return any(question.put_by == f"{office}:{body}" for office, body in viewer.offices)


def _stand(
    question: Question, proposal: Proposal, viewer: Viewer,
    calls: list[RollCall], positions: list[Position], views: list[View],
) -> Stand:  # fmt: skip
    version = _asked_about(question, proposal)
    opened = is_open(question, proposal)
    roll = Roll({call.delegation.code: call.represents for call in calls})
    said = {
        p.delegation.code: Said(Stance(p.stance), p.version, p.ad_referendum)
        for p in positions
        if p.current
    }
    named = may_name(question, viewer, decided=not opened)
    seen = [_spoken(p) for p in positions if named or p.delegation.code == viewer.code]
    heard = [_spoken(v) for v in views if named or v.delegation.code == viewer.code]
    return Stand(
        question=question, open=opened, version=version, roll=roll,
        parties=tuple(sorted((Party.of(c.delegation) for c in calls), key=in_order)),
        standing=rules.PROCEDURES[question.procedure["kind"]](roll, said, version),
        counts=rules.counts(roll, said, version),
        counted=rules.countable(
            Publication(question.publication), decided=not opened, inside=viewer.inside
        ),
        named=named,
        spoken={s.party.code: s for s in seen if s.current and s.version == version},
        stale={s.party.code: s for s in seen if s.current and s.version != version},
        earlier=_by_code(s for s in seen if not s.current),
        heard=tuple(sorted((s for s in heard if s.current), key=lambda s: in_order(s.party))),
        heard_earlier=_by_code(s for s in heard if not s.current),
    )  # fmt: skip


def _asked_about(question: Question, proposal: Proposal) -> int:
    """An open question follows the text to its newest version; a closed one stays on its own."""
    return proposal.newest if question.closed is None else question.version


def in_order(party: Party) -> str:
    """English alphabetical order, as is usual in such bodies: no order by position."""
    return _folded(party.names.get("en", party.code))


def _folded(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def _spoken(row: Position | View) -> Spoken:
    return Spoken(
        party=Party.of(row.delegation), stance=Stance(row.stance), version=row.version,
        clause=row.clause, explanation=row.explanation, would_join=row.would_join,
        language=row.language, at=row.at, entry=row.entry, current=row.current,
        ad_referendum=getattr(row, "ad_referendum", False),
    )  # fmt: skip


def _by_code(said: Iterable[Spoken]) -> dict[str, tuple[Spoken, ...]]:
    found: dict[str, tuple[Spoken, ...]] = {}
    for one in said:
        found[one.party.code] = (*found.get(one.party.code, ()), one)
    return found


async def _grouped(rows: QuerySet[M]) -> dict[int, list[M]]:
    """Rows of a question's roll or ledgers, by id of the question."""
    found: dict[int, list[M]] = defaultdict(list)
    for row in await rows:
        found[row.question_id].append(row)  # type: ignore[attr-defined]
    return found
