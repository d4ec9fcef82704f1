"""Whether a reader sees who said what on a question: its rule of publication, for every room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from plenary.bodies.powers import Role
from plenary.bodies.viewers import Viewer
from plenary.questions import rules
from plenary.questions.models import Question
from plenary.questions.rules import Publication
from plenary.record.remembered import remembered

BUREAU = frozenset({Role.CHAIR, Role.SECRETARIAT})


async def decided_among(questions: Iterable[int]) -> frozenset[int]:
    """Which of these questions, by id, have an outcome: only that is to be decided."""
    return await _decided_among(tuple(questions))


@remembered()
async def _decided_among(questions: tuple[int, ...]) -> frozenset[int]:
    decided = Question.filter(id__in=questions or [0], decision__id__isnull=False)
    return frozenset(int(question) for (question,) in await decided.values_list("id"))


def kept_back() -> QuerySet[Question]:
    """Those whose names are kept from somebody; of every other one, anybody reads them."""
    undecided = Q(publication=Publication.DECIDED, decision__id__isnull=True)
    return Question.filter(Q(Q(publication=Publication.NEVER), undecided, join_type="OR"))


def may_name(question: Question, viewer: Viewer, *, decided: bool) -> bool:
    """Whether this reader sees who said what: the rule of publication, kept with the question."""
    return rules.readable(
        Publication(question.publication),
        decided=decided,
        inside=viewer.inside,
        bureau=bool(viewer.roles & BUREAU) or _put_it(viewer, question),
    )


@dataclass(frozen=True)
class Publicity:
    """What a reader sees of a question that rests on what was said on others before it."""

    named: bool  # who said what
    counted: bool  # how many stand where
    reads: frozenset[int]  # the questions, by id, whose names this reader may read
    leaves: bool  # whether the names may stand in a file


def publicity_of(
    line: Sequence[Question],
    sources: Mapping[int, frozenset[int]],
    version: int,
    viewer: Viewer,
    decided: frozenset[int],
) -> Publicity:
    """The last of a line of questions on one text; `sources` says which speak on which version.

    Who may not read the names of one of them reads no name that stands with its own: one that is
    missing would be told by the list. Nor are there counts before the outcome, where the acts are
    public by name: a count that moves with a named act tells what was said before it.
    """
    *_, question = line
    reads = frozenset(
        each.id for each in line if may_name(each, viewer, decided=each.id in decided)
    )
    closed = sources.get(version, frozenset()) - reads
    named = question.id in reads and not closed
    spoke = frozenset[int]().union(*sources.values(), {question.id})
    there = [each for each in line if each.id in sources.get(version, ()) or each is question]
    counted = question.id in decided or all(
        rules.countable(
            Publication(each.publication), decided=each.id in decided, inside=viewer.inside
        )
        for each in there
    )
    told = closed and question.id in reads and question.id not in decided
    return Publicity(
        named,
        named or (counted and not told),
        reads,
        all(rules.may_leave(Publication(each.publication)) for each in line if each.id in spoke),
    )


def _put_it(viewer: Viewer, question: Question) -> bool:
    """Whether this reader holds the office that put the question: a group's chair, its own."""
    return any(question.put_by == f"{office}:{body}" for office, body in viewer.offices)
