"""An answer as it is handed in, checked, and as it is kept: shared by all who take one."""

from dataclasses import asdict, dataclass
from typing import Any

from plenary.bodies.models import Delegation
from plenary.proposals.models import Proposal
from plenary.proposals.reading import clauses_of, version_of
from plenary.questions import models
from plenary.questions.concerns import Concern, Worded, faults_of, kept_apart
from plenary.questions.models import Question
from plenary.questions.rules import Stance
from plenary.record.act import Record
from plenary.record.models import Receipt
from plenary.refusal import Invalid


@dataclass(frozen=True)
class Answer(Worded):
    """A position, or an Observer's view, as it is handed in."""

    stance: Stance
    version: int
    clause: str = ""
    explanation: str = ""
    would_join: str = ""
    language: str = "en"
    ad_referendum: bool = False
    follow_publication: bool = False  # an Observer's own choice; a Participant's always does
    apart: tuple[Concern, ...] = ()
    key: str = ""


async def check_answer(proposal: Proposal, answer: Answer) -> None:
    """What an answer must hold: an objection names its clauses and its reasons; Invalid if not."""
    version = await version_of(proposal, answer.version)
    if errors := faults_of(answer, {clause.key for clause in await clauses_of(version)}):
        raise Invalid(errors)


async def keep_concerns(answer: Answer, entry: int) -> None:
    """Those that its own row cannot hold, in the order in which they were stated."""
    if kept := kept_apart(answer):
        await models.Concern.bulk_create(
            [
                models.Concern(entry=entry, place=place, **asdict(concern))
                for place, concern in enumerate(kept)
            ]
        )


def veil(question: Question, *, follows: bool = True) -> str:
    """Who reads what was said is up to the question's rule of publication; an Observer's view
    follows it where the Observer chose so, and lies under nothing else."""
    return f"question:{question.id}" if follows else ""


def choice(*, follows: bool) -> dict[str, int]:
    """What an Observer's entry says of its choice, where it made one."""
    return {"follow_publication": 1} if follows else {}


async def facts(proposal: Proposal, question: Question, answer: Answer) -> dict[str, Any]:
    """Who said what on which text: what is in the entry is never redacted."""
    version, kept = await version_of(proposal, answer.version), kept_apart(answer)
    return {
        "question": question.entry, "value": answer.stance.value, "version": answer.version,
        "clause": answer.clause, "body": proposal.body.key, "text": f"sha256:{version.fingerprint}",
        **({"clauses": [concern.clause for concern in kept]} if kept else {}),
    }  # fmt: skip


def payload(answer: Answer) -> dict[str, Any]:
    kept = kept_apart(answer)
    return {
        "explanation": answer.explanation,
        "would_join": answer.would_join,
        "language": answer.language,
        **({"concerns": [asdict(concern) for concern in kept]} if kept else {}),
    }


def columns(answer: Answer) -> dict[str, Any]:
    return {
        "version": answer.version, "stance": answer.stance, "clause": answer.clause,
        "explanation": answer.explanation, "would_join": answer.would_join,
        "language": answer.language, "several": len(kept_apart(answer)),
    }  # fmt: skip


async def receipt_for(
    record: Record, proposal: Proposal, answer: Answer, speaker: Delegation, entry: int
) -> Receipt:
    return await record.receipt(
        entry,
        topic=proposal.symbol,
        path=f"/proposals/{proposal.year}/{proposal.number}/positions#{speaker.slug}",
    )
