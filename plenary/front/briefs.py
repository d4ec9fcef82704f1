"""What a list says of each decision of our own, in a few queries for all of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from plenary.decisions.models import Decision
from plenary.proposals.models import Version
from plenary.questions.carried import kin, lines_of, newest
from plenary.questions.models import Question, View
from plenary.questions.reading import apart_of
from plenary.questions.rules import Publication, may_leave
from plenary.questions.stated import Stated, in_order, stated


@dataclass(frozen=True)
class Brief:
    """The text of a decision, and the Observers whom a file may name with it."""

    original: str
    version_print: str
    brackets: int
    heard: tuple[Stated, ...]


async def briefs_of(decisions: Sequence[Decision]) -> dict[int, Brief]:
    """By id of the decision; an imported one has none."""
    own = {decision.proposal_id: decision for decision in decisions if decision.register == "own"}
    rows = [
        decision
        for decision in decisions
        if decision.register == "own" and decision.version is not None
    ]
    versions = {
        (version.proposal.id, version.number): version
        for version in await Version.filter(proposal_id__in=[*own] or [0]).prefetch_related(
            "proposal"
        )
    }
    heard = await _heard([decision.question_id or 0 for decision in rows])
    return {
        decision.id: _brief(
            versions[decision.proposal_id or 0, decision.version or 0],
            heard.get(decision.question_id or 0, []),
        )
        for decision in rows
    }


def _brief(version: Version, heard: list[Stated]) -> Brief:
    by_name = tuple(sorted(heard, key=lambda view: in_order(view.party)))
    return Brief(version.proposal.original, version.fingerprint, version.brackets, by_name)


async def _heard(questions: Sequence[int]) -> dict[int, list[Stated]]:
    """By id of the question, what each said last of what a list may hold, for it is passed on:
    under `never` what was said in public."""
    asked = await Question.filter(id__in=[*questions] or [0])
    lines = await lines_of(asked)
    every = {each.id: each for line in lines.values() for each in line}
    leaves = {key for key, each in every.items() if may_leave(Publication(each.publication))}
    found: dict[int, list[Stated]] = defaultdict(list)
    views = View.filter(question_id__in=sorted(every) or [0])
    rows = await views.order_by("id").prefetch_related("delegation")
    apart = await apart_of(rows)
    for view in rows:
        found[view.question_id].append(stated(view, apart.get(view.entry, ())))
    return {
        question.id: newest(
            (
                view
                for each in lines[question.id]
                for view in found[each.id]
                if not view.follows or {question.id, each.id} <= leaves
            ),
            kin(question),
        )
        for question in asked
    }
