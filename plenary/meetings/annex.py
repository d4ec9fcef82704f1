"""The annex of a communiqué: who stood where on each outcome that it reports, in their words.

It is passed on with the communiqué, so it holds what a file may: Observers that spoke in public
always, Participants as far as the rule of publication of the question says. It is no part of the
text that was issued, and of its fingerprint.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plenary.bodies.viewers import PUBLIC
from plenary.decisions.models import Decision
from plenary.meetings.communique_sheet import Sheet
from plenary.proposals.reading import clauses_of, version_of
from plenary.questions.stand import PassedOn, Stated, stand_on


@dataclass(frozen=True)
class Heard:
    """What was said on one outcome; Participants and Observers in lists of their own."""

    decision: Decision
    objections: tuple[Stated, ...]
    reservations: tuple[Stated, ...]
    observers: tuple[Stated, ...]
    numbers: Mapping[str, int | None]  # of the paragraphs of its text, by key

    @property
    def nothing(self) -> bool:
        return not (self.objections or self.reservations or self.observers)


async def annex_of(sheet: Sheet) -> list[Heard]:
    """For each outcome that is reported, in the order of the communiqué."""
    told = [line.row.decision_id for line in sheet.standing if line.row.decision_id]
    rows = Decision.filter(id__in=told or [0], question_id__isnull=False)
    found = {row.id: row for row in await rows.prefetch_related("question", "proposal__body")}
    parts = [await _heard(found[key]) for key in dict.fromkeys(told) if key in found]
    return [part for part in parts if not part.nothing]


async def _heard(decision: Decision) -> Heard:
    assert decision.question is not None  # it was asked for
    assert decision.proposal is not None
    stand = (await stand_on(decision.question, decision.proposal, PUBLIC)).for_file()
    version = await version_of(decision.proposal, stand.version)
    return Heard(
        decision,
        _of(stand, "object"),
        _of(stand, "reservation"),
        stand.heard,
        {clause.key: clause.number for clause in await clauses_of(version)},
    )


def _of(stand: PassedOn, stance: str) -> tuple[Stated, ...]:
    found: Iterable[Stated] = stand.by_stance(stance) if stand.named else ()
    return tuple(found)
