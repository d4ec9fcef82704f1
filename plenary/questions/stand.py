"""Where a question stands, as one reader may see it: the one query behind every page and export."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Any, NewType

from plenary import clock
from plenary.aside import A_THING, Measured
from plenary.bodies.attendance import rolls_called
from plenary.bodies.rules import Roll
from plenary.bodies.viewers import Viewer
from plenary.procedures.terms import Terms
from plenary.proposals.models import Proposal
from plenary.proposals.rules import Stage
from plenary.questions import rules
from plenary.questions.clearance import CLEAR, Clearance
from plenary.questions.comparisons import Weighed
from plenary.questions.ledgers import Earlier, Ledgers, ledgers_of, superseded
from plenary.questions.models import Position, Question, View
from plenary.questions.offers import Asked
from plenary.questions.publication import decided_among, may_name
from plenary.questions.reading import is_open, is_running, version_of
from plenary.questions.rules import Ended, Publication, Standing, Withheld
from plenary.questions.stated import OffTheRoll as OffTheRoll
from plenary.questions.stated import Party as Party
from plenary.questions.stated import Stated as Stated
from plenary.questions.stated import by_name
from plenary.questions.stated import in_order as in_order
from plenary.record.remembered import remembered

SPOKEN = 200  # characters that are printed of an answer, beside its words


class NotRead(dict[str, Any]):
    """In the place of what nobody asked for: a page that forgot to ask must not look empty."""

    def get(self, *_: object) -> Any:
        raise LookupError("what was said before was not read: with_earlier")


@dataclass(frozen=True)
class Stand(Measured):
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
    spoken: dict[str, Stated]  # by code: current, on this version
    stale: dict[str, Stated]  # by code: current, but on an earlier version
    heard: tuple[Stated, ...]  # Observers: what each said last, of what this reader may read
    openly: tuple[Stated, ...]  # the same of what anybody may
    # By code: superseded, newest first. Few pages show any, so they are asked for: with_earlier.
    earlier: Earlier = field(default_factory=NotRead)
    heard_earlier: Earlier = field(default_factory=NotRead)
    late: tuple[Stated, ...] = ()  # what came at or after its end, oldest first
    present: frozenset[str] | None = None  # who is in the room; None where nobody called the roll
    ended: str = ""  # how it came to its end; `ran_out` once its instant has come, recorded or not
    checks: tuple[Weighed, ...] = ()  # each comparison of its rule, and how it stands
    decided: bool = False  # whether there is an outcome; to have ended is not to be decided
    clearance: Clearance = CLEAR
    here: bool = True  # whether the body that it was put in still has the proposal
    absent: tuple[OffTheRoll, ...] = ()  # whom somebody's act kept off the roll, in order

    def for_file(self) -> "PassedOn":
        """What may stand in a file or a letter: both are passed on, and nobody knows to whom.

        Under `never` counts only, whoever asked, and not even what the reader's own delegation
        said: a file that is passed on would name it.
        """
        if rules.may_leave(Publication(self.question.publication)):
            return PassedOn(self)
        return PassedOn(
            replace(
                self,
                named=False,
                spoken={},
                stale={},
                earlier={},
                heard=self.openly,
                heard_earlier={},
                late=tuple(view for view in self.late if not view.follows),
                standing=rules.nameless(self.standing),
            )
        )

    def by_stance(self, stance: str) -> list[Stated]:
        return [self.spoken[p.code] for p in self.parties if self._says(p.code, stance)]

    def _says(self, code: str, stance: str) -> bool:
        return code in self.spoken and self.spoken[code].stance == stance

    @property
    def silent(self) -> list[Party]:
        """Everyone on the roll who has not spoken on this version."""
        return [p for p in self.parties if p.code not in self.spoken]

    @property
    def late_said(self) -> list[Stated]:
        """What Participants on the roll sent too late."""
        return [
            position for position in self.late if position.party.code in self.roll.participating
        ]

    @property
    def late_heard(self) -> list[Stated]:
        """What Observers sent too late."""
        return [view for view in self.late if view.party.code not in self.roll.participating]

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
            self.terms,
            self.standing,
            self.open,
            self.running,
            self.ended,
            outcome,
            self.closes,
            sum(move["why"] == "extended" for move in moved),
            self.clearance,
            self.question.decides,
            self.here,
        )

    @property
    def characters(self) -> int:
        """What was said, with what is printed of whoever said it, and the names of the roll."""
        now = (*self.spoken.values(), *self.stale.values(), *self.heard, *self.late)
        before = (*self.earlier.values(), *self.heard_earlier.values())
        said = (*now, *chain.from_iterable(before))
        words = sum(spoken.characters for spoken in said)
        return words + SPOKEN * len(said) + A_THING * len(self.parties)

    @property
    def spoke_before(self) -> int:
        return len(self.stale)


# The only stand that serializers and letters take: it cannot hold what may not leave.
PassedOn = NewType("PassedOn", Stand)


async def stand_of(proposal: Proposal, viewer: Viewer) -> Stand | None:
    """Where the newest question on a proposal stands, or None if none was ever put."""
    return (await stands_of([proposal], viewer)).get(proposal.id)


async def stands_of(proposals: Sequence[Proposal], viewer: Viewer) -> dict[int, Stand]:
    """The same for many proposals by their ids, in as many queries."""
    asked = await newest_questions(tuple(proposal.id for proposal in proposals))
    by_id = {proposal.id: proposal for proposal in proposals}
    found = await _stands([(question, by_id[key]) for key, question in asked.items()], viewer)
    return dict(zip(asked, found, strict=True))


@remembered()
async def newest_questions(proposals: tuple[int, ...]) -> Mapping[int, Question]:
    """By the id of their proposal."""
    questions = Question.filter(proposal_id__in=proposals or [0]).order_by("id")
    return {question.proposal_id: question for question in await questions}


async def stand_on(question: Question, proposal: Proposal, viewer: Viewer) -> Stand:
    """Where one question stands; a proposal that came back has had several."""
    return (await _stands([(question, proposal)], viewer))[0]


async def with_earlier(
    stands: Sequence[Stand], viewer: Viewer, codes: Iterable[str] | None = None
) -> list[Stand]:
    """The same with what these delegations (None: all of them) said before, in two queries."""
    ids, codes = [stand.question.id for stand in stands], None if codes is None else [*codes]
    positions = await superseded(Position, ids, codes)
    views = await superseded(View, ids, codes)

    def read(said: Earlier, stand: Stand) -> Earlier:
        shown = {view.entry for view in stand.heard}
        found = {
            code: tuple(
                past
                for past in before
                if past.entry not in shown and past.read_by(viewer.code, named=stand.named)
            )
            for code, before in said.items()
        }
        return {code: before for code, before in found.items() if before}

    return [
        replace(
            stand,
            earlier=read(positions.get(stand.question.id, {}), stand),
            heard_earlier=read(views.get(stand.question.id, {}), stand),
        )
        for stand in stands
    ]


async def _stands(asked: Sequence[tuple[Question, Proposal]], viewer: Viewer) -> list[Stand]:
    if not asked:
        return []
    ledgers, now = await ledgers_of(asked), clock.now()
    present = await rolls_called(
        (question.meeting, question.closed or now) for question, _ in asked
    )
    decided = await decided_among([question.id for question, _ in asked])
    return [
        _stand(
            question,
            proposal,
            viewer,
            ledgers[question.id],
            present[question.meeting, question.closed or now],
            decided=question.id in decided,
        )
        for question, proposal in asked
    ]


def _stand(
    question: Question,
    proposal: Proposal,
    viewer: Viewer,
    kept: Ledgers,
    present: frozenset[str] | None,
    *,
    decided: bool,
) -> Stand:
    version, terms = version_of(question, proposal), kept.terms
    opened, running = is_open(question, proposal), is_running(question, proposal)
    named = may_name(question, viewer, decided=decided)
    counted = named or rules.countable(
        Publication(question.publication), decided=decided, inside=viewer.inside
    )
    judged = kept.judged(version, present)
    standing = _standing_for(judged.standing, counted=counted, named=named)

    def read(said: Sequence[Stated]) -> Sequence[Stated]:
        return [spoken for spoken in said if spoken.read_by(viewer.code, named=named)]

    positions, views = read(kept.positions), read((*kept.openly, *kept.heard))
    return Stand(
        question=question,
        terms=terms,
        open=opened,
        running=running,
        version=version,
        roll=kept.roll,
        parties=kept.parties,
        standing=rules.in_time(standing, question.closes, running=running and terms.by_clock),
        counts=dict(judged.counts) if counted else dict.fromkeys(judged.counts, 0),
        counted=counted,
        named=named,
        spoken={s.party.code: s for s in positions if s.version == version},
        stale={s.party.code: s for s in positions if s.version != version},
        heard=by_name({view.party.code: view for view in views}.values()),
        openly=kept.openly,
        late=tuple(read(kept.late)),
        present=present,
        ended=_ended(question, proposal, opened),
        checks=judged.checks if counted else (),
        decided=decided,
        clearance=Clearance(kept.brackets[version] if question.decides else 0),
        here=question.body_id == proposal.body_id,
        absent=kept.absent,
    )


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
