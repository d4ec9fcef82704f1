"""An answer as it is handed in, checked, and as it is kept: shared by all who take one."""

from dataclasses import dataclass
from typing import Any

from plenary.bodies.models import Delegation
from plenary.proposals.models import Proposal
from plenary.proposals.reading import clauses_of, version_of
from plenary.questions import rules
from plenary.questions.models import Question
from plenary.questions.rules import Stance
from plenary.record.act import Record
from plenary.record.models import Receipt
from plenary.refusal import Fault, Invalid


@dataclass(frozen=True)
class Answer:
    """A position, or an Observer's view, as it is handed in."""

    stance: Stance
    version: int
    clause: str = ""
    explanation: str = ""
    would_join: str = ""
    language: str = "en"
    ad_referendum: bool = False
    follow_publication: bool = False  # an Observer's own choice; a Participant's always does
    key: str = ""


async def check_answer(proposal: Proposal, answer: Answer) -> None:
    """What an answer must hold: an objection names its clause and its reason; Invalid if not."""
    errors = {}
    if answer.stance in rules.NEEDS_EXPLANATION and not answer.explanation.strip():
        errors["explanation"] = Fault("explanation_needed", stance=answer.stance.value)
    if answer.stance is Stance.OBJECT and not answer.clause:
        errors["clause"] = Fault("clause_needed")
    if answer.clause:
        version = await version_of(proposal, answer.version)
        if answer.clause not in {c.key for c in await clauses_of(version)}:
            errors["clause"] = Fault("unknown_clause", clause=answer.clause)
    if errors:
        raise Invalid(errors)


def veil(question: Question, *, follows: bool = True) -> str:
    """Who reads what was said is up to the question's rule of publication; an Observer's view
    follows it where the Observer chose so, and lies under nothing else."""
    return f"question:{question.id}" if follows else ""


def choice(*, follows: bool) -> dict[str, int]:
    """What an Observer's entry says of its choice, where it made one."""
    return {"follow_publication": 1} if follows else {}


async def facts(proposal: Proposal, question: Question, answer: Answer) -> dict[str, Any]:
    """Who said what on which text: what is in the entry is never redacted."""
    version = await version_of(proposal, answer.version)
    return {
        "question": question.entry, "value": answer.stance.value, "version": answer.version,
        "clause": answer.clause, "body": proposal.body.key, "text": f"sha256:{version.fingerprint}",
    }  # fmt: skip


def payload(answer: Answer) -> dict[str, str]:
    return {
        "explanation": answer.explanation,
        "would_join": answer.would_join,
        "language": answer.language,
    }


def columns(answer: Answer) -> dict[str, Any]:
    return {
        "version": answer.version, "stance": answer.stance, "clause": answer.clause,
        "explanation": answer.explanation, "would_join": answer.would_join,
        "language": answer.language,
    }  # fmt: skip


async def receipt_for(
    record: Record, proposal: Proposal, answer: Answer, speaker: Delegation, entry: int
) -> Receipt:
    return await record.receipt(
        entry,
        topic=proposal.symbol,
        path=f"/proposals/{proposal.year}/{proposal.number}/positions#{speaker.slug}",
    )
