"""Where a question stands, as one reader may see it: the one query behind every page and export."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NewType, TypeVar

from tortoise.queryset import QuerySet

from plenary import clock
from plenary.bodies.rules import Roll
from plenary.bodies.viewers import Viewer
from plenary.decisions import rules
from plenary.decisions.actions import is_open, is_running, present_at, version_of
from plenary.decisions.models import Late, Position, Question, RollCall, View
from plenary.decisions.offers import Asked
from plenary.decisions.publication import decided_among, may_name
from plenary.decisions.rules import Ended, Publication, Said, Stance, Standing, Withheld
from plenary.decisions.spoken import Party as Party
from plenary.decisions.spoken import Spoken as Spoken
from plenary.decisions.spoken import in_order as in_order
from plenary.decisions.spoken import spoken
from plenary.decisions.terms import Terms, terms_of
from plenary.decisions.weighing import Weighed, weighed
from plenary.proposals.models import Proposal
from plenary.proposals.rules import Stage

M = TypeVar("M", RollCall, Position, View, Late)


@dataclass(frozen=True)
class Stand:
    """One question to one reader. Participants and Observers never share a list or a count."""

    question: Question
    terms: Terms
    open: bool
    running: bool  # its closing instant is still to come
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
    late: tuple[Spoken, ...] = ()  # what came at or after its end, oldest first
    present: frozenset[str] | None = None  # who is in the room; None where nobody called the roll
    ended: str = ""  # how it came to its end; `ran_out` once its instant has come, recorded or not
    checks: tuple[Weighed, ...] = ()  # each comparison of its rule, and how it stands
    decided: bool = False  # whether there is an outcome; to have ended is not to be decided

    def for_file(self) -> "PassedOn":
        """What may stand in a file or a letter: both are passed on, and nobody knows to whom.

        Under `never` counts only, whoever asked, and not even what the reader's own delegation
        said: a file that is passed on would name it.
        """
        if rules.may_leave(Publication(self.question.publication)):
            return PassedOn(self)
        return PassedOn(
            replace(
                self, named=False, spoken={}, stale={}, earlier={}, heard=(), heard_earlier={},
                late=(), standing=rules.nameless(self.standing),
            )
        )  # fmt: skip

    def by_stance(self, stance: str) -> list[Spoken]:
        return [self.spoken[p.code] for p in self.parties if self._says(p.code, stance)]

    def _says(self, code: str, stance: str) -> bool:
        return code in self.spoken and self.spoken[code].stance == stance

    @property
    def silent(self) -> list[Party]:
        """Everyone on the roll who has not spoken on this version."""
        return [p for p in self.parties if p.code not in self.spoken]

    @property
    def late_said(self) -> list[Spoken]:
        """What Participants on the roll sent too late."""
        return [one for one in self.late if one.party.code in self.roll.participating]

    @property
    def late_heard(self) -> list[Spoken]:
        """What Observers sent too late."""
        return [one for one in self.late if one.party.code not in self.roll.participating]

    @property
    def joining(self) -> int:
        """Support and accept together: both join without more."""
        return self.counts.get("support", 0) + self.counts.get("accept", 0)

    @property
    def closes(self) -> datetime | None:
        return self.question.closes

    def asked(self, outcome: str) -> Asked:
        """The same for the rule of what may be done now; `outcome` is this question's own."""
        moved = self.question.deadline.get("moved", ())
        return Asked(
            self.terms, self.standing, self.open, self.running, self.ended, outcome, self.closes,
            sum(one["why"] == "extended" for one in moved),
        )  # fmt: skip

    @property
    def spoke_before(self) -> int:
        return len(self.stale)


# The only stand that serializers and letters take: it cannot hold what may not leave.
PassedOn = NewType("PassedOn", Stand)


async def stand_of(proposal: Proposal, viewer: Viewer) -> Stand | None:
    """Where the newest question on a proposal stands, or None if none was ever put."""
    return (await stands_of([proposal], viewer)).get(proposal.id)


async def stands_of(proposals: Sequence[Proposal], viewer: Viewer) -> dict[int, Stand]:
    """The same for many proposals by their ids: in six queries, and one for each meeting's room."""
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
    late = await _grouped(
        Late.filter(question_id__in=ids).prefetch_related("delegation").order_by("id")
    )
    decided = await decided_among(ids)
    return {
        proposal_id: _stand(
            question, by_id[proposal_id], viewer,
            _Rows(rolls[question.id], positions[question.id], views[question.id],
                  late[question.id], await _present(question), question.id in decided),
        )
        for proposal_id, question in asked.items()
    }  # fmt: skip


async def stand_on(question: Question, proposal: Proposal, viewer: Viewer) -> Stand:
    """Where one question stands; a proposal that came back has had several."""
    return _stand(
        question, proposal, viewer,
        _Rows(
            await RollCall.filter(question=question).prefetch_related("delegation"),
            await Position.filter(question=question).prefetch_related("delegation").order_by("-id"),
            await View.filter(question=question).prefetch_related("delegation").order_by("-id"),
            await Late.filter(question=question).prefetch_related("delegation").order_by("id"),
            await _present(question),
            bool(await decided_among([question.id])),
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class _Rows:
    """What is kept of one question."""

    calls: list[RollCall]
    positions: list[Position]
    views: list[View]
    late: list[Late]
    present: frozenset[str] | None
    decided: bool


async def _present(question: Question) -> frozenset[str] | None:
    return await present_at(question, question.closed or clock.now())


def _stand(question: Question, proposal: Proposal, viewer: Viewer, rows: _Rows) -> Stand:
    version, terms = version_of(question, proposal), terms_of(question.procedure)
    opened, running = is_open(question, proposal), is_running(question, proposal)
    roll = Roll({call.delegation.code: call.represents for call in rows.calls})
    said = {p.delegation.code: _said(p) for p in rows.positions if p.current}
    named = may_name(question, viewer, decided=rows.decided)
    counted = named or rules.countable(
        Publication(question.publication), decided=rows.decided, inside=viewer.inside
    )
    seen = [spoken(p) for p in rows.positions if named or p.delegation.code == viewer.code]
    heard = [spoken(v) for v in rows.views if named or v.delegation.code == viewer.code]
    standing = _standing_for(
        rules.standing(terms, roll, said, version, rows.present), counted=counted, named=named
    )
    counts = rules.counts(roll, said, version, terms)
    return Stand(
        question=question, terms=terms, open=opened, running=running, version=version, roll=roll,
        parties=tuple(sorted((Party.of(c.delegation) for c in rows.calls), key=in_order)),
        standing=rules.in_time(standing, question.closes, running=running and terms.by_clock),
        counts=counts if counted else dict.fromkeys(counts, 0), counted=counted,
        named=named,
        spoken={s.party.code: s for s in seen if s.current and s.version == version},
        stale={s.party.code: s for s in seen if s.current and s.version != version},
        earlier=_by_code(s for s in seen if not s.current),
        heard=tuple(sorted((s for s in heard if s.current), key=lambda s: in_order(s.party))),
        heard_earlier=_by_code(s for s in heard if not s.current),
        late=tuple(spoken(r) for r in rows.late if named or r.delegation.code == viewer.code),
        present=rows.present, ended=_ended(question, proposal, opened),
        checks=weighed(terms, roll, said, version, rows.present) if counted else (),
        decided=rows.decided,
    )  # fmt: skip


def _standing_for(standing: Standing, *, counted: bool, named: bool) -> Standing:
    """As much of it as this reader may know: names, or how many, or nothing."""
    if not counted:
        return Withheld()
    return standing if named else rules.nameless(standing)


def _ended(question: Question, proposal: Proposal, opened: bool) -> str:
    """Withdrawn before its instant, it has not run out."""
    if question.ended or opened or question.closed:
        return str(question.ended)
    return Ended.RAN_OUT if proposal.stage == Stage.QUESTION_PUT else Ended.WITHDRAWN


def _said(row: Position) -> Said:
    return Said(Stance(row.stance), row.version, row.ad_referendum, bool(row.explanation.strip()))


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
