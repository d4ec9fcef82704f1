"""What the acts on a question share: who acts, what is superseded, how it ends, where it leads."""

from datetime import datetime

from plenary.bodies.models import Delegation
from plenary.db.prepared import PreparedUpdate
from plenary.proposals.models import Proposal
from plenary.proposals.rules import Stage
from plenary.questions.carried import questions_on
from plenary.questions.models import Position, Question
from plenary.questions.rules import Ended
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


def delegation_in(by: str) -> str:
    """The code of the delegation that acts; Forbidden where an office does."""
    if not by.startswith("delegation:"):
        raise Forbidden("not_a_delegation")
    return by.removeprefix("delegation:")


async def end(
    question: Question, how: Ended, *, at: datetime, entry: int | None, version: int
) -> None:
    """No answer is taken any more: how and when that came, by which entry, on which version."""
    question.closed, question.ended = at, how
    question.ending, question.version = entry, version
    await question.save(update_fields=("closed", "ended", "ending", "version"))


async def stage(record: Record, proposal: Proposal, to: Stage, *, held: bool = False) -> None:
    """Move a proposal to a stage; `held`: no new version while the question is open."""
    proposal.stage, proposal.held, proposal.changed = to, held, record.now
    await proposal.save(update_fields=("stage", "held", "changed"))


async def about(bar: Refused | None, proposal: int) -> Refused | None:
    """The same bar, whose delegations are now of the questions that were put on a proposal: the
    rules of publication of all of them say who may know them."""
    if bar is not None:
        on = await questions_on((proposal,))
        for fact in bar.facts.values():
            if isinstance(fact, Whose):
                fact.questions = frozenset(question.id for question in on.get(proposal, ()))
    return bar
