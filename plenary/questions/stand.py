"""Where a question stands, as one reader may see it: the one query behind every page and export."""

from collections.abc import Iterable, Sequence
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
from plenary.questions.apart import NOBODY, Apart
from plenary.questions.carried import lines_of, newest_questions
from plenary.questions.clearance import CLEAR, NOTICE, Clearance, bar_to_adopt
from plenary.questions.cleared import cleared
from plenary.questions.comparisons import Weighed
from plenary.questions.ledgers import Earlier, Ledgers, ledgers_of
from plenary.questions.models import Question
from plenary.questions.offers import Asked
from plenary.questions.publication import decided_among, publicity_of
from plenary.questions.reading import is_open, is_running, version_of
from plenary.questions.rules import Ended, Standing, Withheld
from plenary.questions.stated import OffTheRoll as OffTheRoll
from plenary.questions.stated import Party as Party
from plenary.questions.stated import Stated as Stated
from plenary.questions.stated import TimeRequest, by_name
from plenary.questions.stated import in_order as in_order
from plenary.refusal import Refused

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
    beside: Apart = NOBODY  # a vote: objections that stand on this text
    before: Apart = NOBODY  # objections to earlier versions, not answered on this one
    present: frozenset[str] | None = None  # who is in the room; None where nobody called the roll
    ended: str = ""  # how it came to its end; `ran_out` once its instant has come, recorded or not
    checks: tuple[Weighed, ...] = ()  # each comparison of its rule, and how it stands
    decided: bool = False  # whether there is an outcome; to have ended is not to be decided
    clearance: Clearance = CLEAR
    here: bool = True  # whether the body that it was put in still has the proposal
    absent: tuple[OffTheRoll, ...] = ()  # whom somebody's act kept off the roll, in order
    time: tuple[TimeRequest, ...] = ()  # who in the room has asked for time on this version
    bar: Refused | None = None  # to its adoption now, besides its rule
    reads: frozenset[int] = frozenset()  # the questions whose names this reader reads, by id
    leaves: bool = True  # whether the names that it rests on may stand in a file

    def for_file(self) -> "PassedOn":
        """What may stand in a file or a letter: both are passed on, and nobody knows to whom.

        Under `never` counts only, whoever asked, and not even what the reader's own delegation
        said: a file that is passed on would name it.
        """
        if self.leaves:
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
                beside=replace(self.beside, said=()),
                before=replace(self.before, said=()),
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
            self.question.decides,
            self.here,
            self.bar,
            self.clearance.waivable and self.bar is not None and self.bar.reason == NOTICE,
            self.clearance.disputed,
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


async def stand_on(question: Question, proposal: Proposal, viewer: Viewer) -> Stand:
    """Where one question stands; a proposal that came back has had several."""
    return (await _stands([(question, proposal)], viewer))[0]


async def _stands(asked: Sequence[tuple[Question, Proposal]], viewer: Viewer) -> list[Stand]:
    if not asked:
        return []
    ledgers, now = await ledgers_of(asked), clock.now()
    present = await rolls_called(
        (question.meeting, at) for question, _ in asked for at in (question.closed or now, now)
    )
    lines = await lines_of(question for question, _ in asked)
    every = sorted({each.id for line in lines.values() for each in line})
    decided = await decided_among(every)
    return [
        _stand(
            question,
            proposal,
            viewer,
            ledgers[question.id],
            present[question.meeting, question.closed or now],
            present[question.meeting, now],
            lines[question.id],
            decided,
        )
        for question, proposal in asked
    ]


def _stand(
    question: Question,
    proposal: Proposal,
    viewer: Viewer,
    kept: Ledgers,
    present: frozenset[str] | None,
    here: frozenset[str] | None,
    line: Sequence[Question],
    decided: frozenset[int],
) -> Stand:
    version, terms = version_of(question, proposal), kept.terms
    opened, running = is_open(question, proposal), is_running(question, proposal)
    public = publicity_of(line, kept.sources, version, viewer, decided)
    named, counted = public.named, public.counted
    judged = kept.judged(version, present)
    standing = _standing_for(judged.standing, counted=counted, named=named)

    def read(said: Sequence[Stated], *, open_: bool = named) -> list[Stated]:
        return [
            spoken
            for spoken in said
            if spoken.read_by(viewer.code, named=open_ and spoken.question in public.reads)
        ]

    positions = read(kept.positions)
    views = read((*kept.openly, *kept.heard), open_=question.id in public.reads)

    def apart(said: Iterable[Stated]) -> Apart:
        found = by_name(said)
        return Apart(tuple(read(found)), len(found) if counted else 0)

    clear = cleared(question, kept, version, here)
    objecting = [objection for objection in kept.objections if objection.version == version]
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
        beside=apart([] if terms.seeks_consensus else objecting),
        before=apart(objection for objection in kept.objections if objection.version != version),
        present=present,
        ended=_ended(question, proposal, opened),
        checks=judged.checks if counted else (),
        decided=question.id in decided,
        clearance=clear,
        time=tuple(asked for asked in kept.time if asked.version == version),
        bar=bar_to_adopt(clear, clock.now()),
        reads=public.reads,
        leaves=public.leaves,
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
