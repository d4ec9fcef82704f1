"""What was said on a text under an earlier question: the next one finds it where it was.

A position belongs to a delegation and a version. Its row stays with the question on which it was
said, whose rule of publication keeps ruling who reads it; a question reads the newest row of each
delegation, on itself and on those that were put before it. So the entries alone tell it as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from plenary.procedures.terms import terms_of
from plenary.questions import rules
from plenary.questions.models import Question
from plenary.questions.rules import Stance
from plenary.questions.stated import Stated
from plenary.record.remembered import remembered


@remembered()
async def questions_on(proposals: tuple[int, ...]) -> Mapping[int, Sequence[Question]]:
    """Every question on each of these proposals, in the order in which they were put."""
    found: dict[int, list[Question]] = defaultdict(list)
    for question in await Question.filter(proposal_id__in=proposals or [0]).order_by("id"):
        found[question.proposal_id].append(question)
    return found


@remembered()
async def newest_questions(proposals: tuple[int, ...]) -> Mapping[int, Question]:
    """By the id of their proposal."""
    questions = Question.filter(proposal_id__in=proposals or [0]).order_by("id")
    return {question.proposal_id: question for question in await questions}


async def lines_of(questions: Iterable[Question]) -> dict[int, list[Question]]:
    """By id of a question: those put on its proposal before it, the oldest first, and itself."""
    asked = [*questions]
    on = await questions_on(tuple(sorted({question.proposal_id for question in asked})))
    return {
        question.id: [each for each in on.get(question.proposal_id, ()) if each.id < question.id]
        + [question]
        for question in asked
    }


def kin(question: Question) -> frozenset[Stance]:
    """Which answers count as one delegation's on this question."""
    return rules.kin(terms_of(question.procedure).answers)


def by_party(said: Iterable[Stated], among: frozenset[Stance]) -> dict[str, list[Stated]]:
    """All that each delegation said of this kind, by its code; the newest first, in both."""
    found: dict[str, list[Stated]] = defaultdict(list)
    for spoken in sorted(said, key=lambda spoken: spoken.entry, reverse=True):
        if spoken.stance in among:
            found[spoken.party.code].append(spoken)
    return found


def newest(said: Iterable[Stated], among: frozenset[Stance]) -> list[Stated]:
    """What each delegation said last of this kind; the newest first."""
    return [spoken[0] for spoken in by_party(said, among).values()]
