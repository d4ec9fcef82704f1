"""What a refusal may tell its reader: its facts pass the rule of publication here, all of them."""

from plenary.bodies.models import Delegation
from plenary.bodies.viewers import Viewer
from plenary.questions.models import Question
from plenary.questions.publication import decided_among, may_name
from plenary.refusal import Refused, Whose


async def refusal_for(viewer: Viewer, refused: Refused) -> Refused:
    """The same refusal, with the names of delegations where this reader may know them.

    It is asked for every refusal that leaves the house (web/errors.py, web/refilled.py) and goes
    by the type of a fact, so that no action and no page has to think of it.
    """
    refused.facts = {name: await _told(viewer, fact) for name, fact in refused.facts.items()}
    return refused


async def _told(viewer: Viewer, fact: object) -> object:
    if not isinstance(fact, Whose) or not await _may_know(viewer, fact):
        return fact
    rows = await Delegation.filter(code__in=sorted(fact.codes)).order_by("code")
    return Whose(fact.codes, fact.questions, [delegation.names for delegation in rows])


async def _may_know(viewer: Viewer, fact: Whose) -> bool:
    """Whoever may read the names of each question on which it may have been said."""
    questions = await Question.filter(id__in=sorted(fact.questions) or [0])
    decided = await decided_among(sorted(fact.questions))
    return bool(questions) and all(
        may_name(question, viewer, decided=question.id in decided) for question in questions
    )
