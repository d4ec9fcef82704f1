"""Late swing: where a clock closes and the standing turned within the last hours, it moves once.

So that others can answer what came at the last moment. The rule says within how many hours, and
the closing moves by as many.
"""

from plenary.proposals.models import Proposal
from plenary.questions.actions.windows import move
from plenary.questions.models import Question
from plenary.questions.reading import standing_of, terms
from plenary.questions.rules import Carries
from plenary.record.act import Record

WHY = "late_swing"


async def carrying(record: Record, proposal: Proposal, question: Question) -> bool | None:
    """Whether it would carry as things stand; None where no turn can move its closing now."""
    within = terms(question).late_swing
    if within is None or question.closes is None or question.closed is not None:
        return None
    moved = any(change["why"] == WHY for change in question.deadline.get("moved", ()))
    if moved or record.now < question.closes - within:
        return None
    return isinstance(await standing_of(question, proposal.newest, record.now), Carries)


async def swing(
    record: Record, proposal: Proposal, question: Question, carried: bool | None
) -> None:
    """Move the closing, once, if the answer that was just entered turned what would come."""
    if carried is None or await carrying(record, proposal, question) in (carried, None):
        return
    within = terms(question).late_swing
    assert within is not None  # else nothing was carried
    assert question.closes is not None
    with record.signed("system"):
        await move(record, proposal, question, question.closes + within, WHY)
