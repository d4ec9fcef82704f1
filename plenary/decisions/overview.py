"""All proposals: each with its newest version, where it stands, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tortoise.expressions import Q

from plenary.bodies.viewers import Viewer
from plenary.decisions.models import Decision
from plenary.proposals.models import Proposal, Version
from plenary.proposals.reading import open_to
from plenary.proposals.rules import Stage
from plenary.questions.offers import Asked, Offers, Voice, offers, voice
from plenary.questions.stand import Stand, stands_of
from plenary.record.remembered import remembered


@dataclass(frozen=True)
class ProposalRow:
    proposal: Proposal
    version: Version
    stand: Stand | None
    decision: Decision | None  # the newest outcome

    @property
    def outcome(self) -> str:
        """What became of the newest question; an earlier one's outcome is not its own."""
        if self.stand is None or self.decision is None:
            return ""
        same = self.decision.question_id == self.stand.question.id
        return self.decision.outcome if same else ""

    @property
    def offers(self) -> Offers:
        """What may be done on it now, by whoever has the power."""
        return offers(Stage(self.proposal.stage), self._asked)

    def voice(self, viewer: Viewer) -> Voice:
        """What the delegation of a reader has to say on it now."""
        roll = self.stand.roll.participating if self.stand else frozenset()
        return voice(
            self._asked,
            code=viewer.code,
            observer=viewer.kind == "observer",
            on_roll=viewer.code in roll,
            unseated=self.proposal.body.key in viewer.unseated,
        )

    @property
    def _asked(self) -> Asked | None:
        return self.stand.asked(self.outcome) if self.stand else None


async def overview(viewer: Viewer, *among: Q) -> list[ProposalRow]:
    """The proposals among some that this reader may see, in the order of their symbols, newest
    year first."""
    query = Proposal.filter(open_to(viewer), *among)
    return await rows_of(viewer, await query.order_by("-year", "number").prefetch_related("body"))


async def rows_of(viewer: Viewer, proposals: Sequence[Proposal]) -> list[ProposalRow]:
    by_id = {proposal.id: proposal for proposal in proposals}
    newest = {proposal.id: proposal.newest for proposal in proposals}
    versions, decisions = await _versions(tuple(newest.items())), await _decisions(tuple(newest))
    stands = await stands_of(proposals, viewer)
    return [
        ProposalRow(proposal, versions[key], stands.get(key), decisions.get(key))
        for key, proposal in by_id.items()
    ]


@remembered()
async def _versions(newest: tuple[tuple[int, int], ...]) -> Mapping[int, Version]:
    """Of some proposals, each by its id with the number of the version."""
    ids, numbers = [key for key, _ in newest], {number for _, number in newest}
    rows = await Version.filter(proposal_id__in=ids or [0], number__in=numbers or {0})
    return {row.proposal_id: row for row in rows if (row.proposal_id, row.number) in newest}


@remembered()
async def _decisions(proposals: tuple[int, ...]) -> Mapping[int, Decision]:
    """The newest on each."""
    rows = await Decision.filter(proposal_id__in=proposals or [0]).order_by("id")
    return {row.proposal_id: row for row in rows if row.proposal_id}
