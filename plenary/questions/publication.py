"""Whether a reader sees who said what on a question: its rule of publication, for every room."""

from collections.abc import Iterable

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


def may_name(question: Question, viewer: Viewer, *, decided: bool) -> bool:
    """Whether this reader sees who said what: the rule of publication, kept with the question."""
    return rules.readable(
        Publication(question.publication),
        decided=decided,
        inside=viewer.inside,
        bureau=bool(viewer.roles & BUREAU) or _put_it(viewer, question),
    )


def _put_it(viewer: Viewer, question: Question) -> bool:
    """Whether this reader holds the office that put the question: a group's chair, its own."""
    return any(question.put_by == f"{office}:{body}" for office, body in viewer.offices)
