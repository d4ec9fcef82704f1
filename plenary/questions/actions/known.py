"""What the acts on a question share: who presides, what is superseded, where it leads the text."""

from plenary.bodies.models import Delegation
from plenary.db.prepared import PreparedUpdate
from plenary.proposals.models import Proposal
from plenary.proposals.rules import Stage
from plenary.questions.models import Position, Question
from plenary.record.act import Record
from plenary.refusal import Forbidden, Refused, Whose


async def supersede(question: Question, participant: Delegation) -> None:
    """A later position takes the place of the current one; both stay."""
    await _SUPERSEDE.do(question.id, participant.id)


_SUPERSEDE = PreparedUpdate(
    lambda question, delegation: Position.filter(
        question_id=question, delegation_id=delegation, current=True
    ).update(current=False)
)


def may_preside(by: str, body: str) -> None:
    """The Chair of the Plenary presides over any body's question, a group's chair over its own."""
    if by not in ("chair:plenary", f"chair:{body}"):
        raise Forbidden("not_the_chair", body=body)


async def stage(record: Record, proposal: Proposal, to: Stage, *, held: bool = False) -> None:
    """Move a proposal to a stage; `held`: no new version while the question is open."""
    proposal.stage, proposal.held = to, held
    await Proposal.filter(id=proposal.id).update(stage=to, held=held, changed=record.now)


def about(bar: Refused | None, question: Question) -> Refused | None:
    """The same bar, whose delegations are now of this question: its rule says who may know them."""
    if bar is not None:
        for fact in bar.facts.values():
            if isinstance(fact, Whose):
                fact.question = question.id
    return bar
