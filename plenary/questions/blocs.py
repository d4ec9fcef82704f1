"""Positions stated on behalf of others, and what awaits a delegation's word, as one reader may see.

Who was named and what it answered is a position: the rule of publication holds for it. Whoever was
named always reads the words and its own place among them; who spoke reads whom it named.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from plenary.bodies.viewers import PUBLIC, Viewer
from plenary.proposals.models import Proposal
from plenary.questions.concerns import Concern, Worded
from plenary.questions.models import Bloc, BlocMember, Question
from plenary.questions.reading import apart_of, lapsed
from plenary.questions.rules import Stance
from plenary.questions.stand import PassedOn, Stand, stand_on
from plenary.questions.stated import Party, Stated, in_order
from plenary.record.entry import instant
from plenary.refusal import Missing


@dataclass(frozen=True)
class NamedMember:
    """A delegation that a position was stated for, and its answer as far as the reader sees it."""

    party: Party
    told: bool  # whether this reader may know what it answered
    answered: datetime | None = None
    confirmed: bool = False


@dataclass(frozen=True)
class Joint(Worded):
    """A position that one delegation stated for itself and for others."""

    id: int
    speaker: Party
    name: str
    stance: Stance
    version: int
    clause: str
    explanation: str
    would_join: str
    language: str
    at: datetime
    entry: int
    why: str  # why nobody can confirm it any more: over, moved, replaced; nothing while it can be
    named: tuple[NamedMember, ...]  # those that this reader may know of
    whole: bool  # whether these are all
    mine: NamedMember | None = None  # the reader's own place
    apart: tuple[Concern, ...] = ()

    @property
    def waits_for_me(self) -> bool:
        return self.mine is not None and self.mine.answered is None and not self.why


class AskedProposal(Protocol):
    """A proposal with where its question stands, as a list of proposals has it."""

    @property
    def proposal(self) -> Proposal: ...

    @property
    def stand(self) -> Stand | None: ...


@dataclass(frozen=True)
class Awaited:
    """What needs a delegation's word on one proposal, before anything else."""

    row: AskedProposal
    entered: Stated | None  # entered for it from the room, and not countersigned
    joint: tuple[Joint, ...]  # stated for it by another, and not answered


async def joint_for_file(stand: PassedOn) -> list[Joint]:
    """Those that may stand in a file: all of them, or none where names may not leave."""
    blocs = await _blocs([stand.question]) if stand.named else []
    return [joint for bloc in blocs if (joint := _joint(bloc, stand, PUBLIC))]


async def joint_on(stand: Stand, viewer: Viewer) -> list[Joint]:
    """Those on one question that this reader may know of, oldest first."""
    blocs = await _blocs([stand.question])
    return [joint for bloc in blocs if (joint := _joint(bloc, stand, viewer))]


async def joint_at(proposal: Proposal, id: int, viewer: Viewer) -> tuple[Joint, Stand]:
    """One of them with where its question stands; Missing where the reader may not know of it."""
    bloc = await Bloc.get_or_none(id=id, question__proposal=proposal).prefetch_related(
        "question", "delegation", "members__delegation"
    )
    if bloc is not None:
        stand = await stand_on(bloc.question, proposal, viewer)
        if found := _joint(bloc, stand, viewer):
            apart = await apart_of([bloc])
            return replace(found, apart=apart.get(bloc.entry, ())), stand
    raise Missing("unknown_bloc")


async def awaited(rows: Sequence[AskedProposal], viewer: Viewer) -> list[Awaited]:
    """What was said for the reader's delegation and awaits its countersignature or its word."""
    asked = [row for row in rows if row.stand is not None] if viewer.code else []
    joint = defaultdict(list)
    by_question = {row.stand.question.id: row.stand for row in asked if row.stand}
    questions = [stand.question for stand in by_question.values()]
    for bloc in await _blocs(questions, naming=viewer.code) if questions else ():
        found = _joint(bloc, by_question[bloc.question_id], viewer)
        if found and found.waits_for_me:
            joint[bloc.question_id].append(found)
    lines = [
        Awaited(row, entered_for(row.stand, viewer.code), tuple(joint[row.stand.question.id]))
        for row in asked
        if row.stand
    ]
    return [line for line in lines if line.entered or line.joint]


def entered_for(stand: Stand, code: str) -> Stated | None:
    """What an officer entered for a delegation and it has not countersigned, if it still holds."""
    said = said_by(stand, code)
    return said if said and said.entered_by and not said.countersigned else None


def said_by(stand: Stand, code: str) -> Stated | None:
    """What a delegation said last, on this version or an earlier one, as the reader sees it."""
    heard = (view for view in stand.heard if view.party.code == code)
    return stand.spoken.get(code) or stand.stale.get(code) or next(heard, None)


def joint_json(joint: Joint) -> dict[str, object]:
    """For programs; in no count before each has confirmed."""
    return {
        "id": joint.id, "delegation": joint.speaker.code, "group": joint.name,
        "stance": joint.stance.value, "version": joint.version, "at": instant(joint.at),
        "open": not joint.why,
        "named": [
            {"delegation": each.party.code,
             "answer": _answer(each) if each.told else "withheld",
             "at": instant(each.answered) if each.answered else None}
            for each in joint.named
        ],
    }  # fmt: skip


def _answer(named: NamedMember) -> str | None:
    if named.answered is None:
        return None
    return "confirmed" if named.confirmed else "declined"


async def _blocs(questions: Iterable[Question], naming: str = "") -> list[Bloc]:
    query = Bloc.filter(question_id__in=[question.id for question in questions] or [0])
    if naming:
        query = query.filter(members__delegation__code=naming)
    return await query.order_by("id").prefetch_related("delegation", "members__delegation")


def _joint(bloc: Bloc, stand: Stand, viewer: Viewer) -> Joint | None:
    speaker = Party.of(bloc.delegation)
    members = sorted(bloc.members, key=lambda member: in_order(Party.of(member.delegation)))
    named = [_named(member, stand, viewer) for member in members]
    mine = next(
        (member for member in named if viewer.code and member.party.code == viewer.code), None
    )
    whole = stand.named or viewer.code == speaker.code
    if not whole and mine is None:
        return None
    return Joint(
        id=bloc.id,
        speaker=speaker,
        name=bloc.name,
        stance=Stance(bloc.stance),
        version=bloc.version,
        clause=bloc.clause,
        explanation=bloc.explanation,
        would_join=bloc.would_join,
        language=bloc.language,
        at=bloc.at,
        entry=bloc.entry,
        why=lapsed(bloc, open=stand.open, version=stand.version),
        named=tuple(named) if whole or mine is None else (mine,),
        whole=whole,
        mine=mine,
    )


def _named(member: BlocMember, stand: Stand, viewer: Viewer) -> NamedMember:
    party = Party.of(member.delegation)
    if not stand.named and viewer.code != party.code:
        return NamedMember(party, told=False)
    return NamedMember(party, True, member.answered, member.confirmed)
