"""What is told of a proposal beside its text: who sponsors it, its cycle, why it was withdrawn."""

from dataclasses import dataclass

from plenary.bodies.models import Delegation
from plenary.proposals.models import Cycle, Proposal, Sponsor
from plenary.proposals.rules import Stage
from plenary.record.models import Entry
from plenary.record.remembered import remembered
from plenary.record.telling import told_by


@dataclass(frozen=True)
class Withdrawal:
    """The reason that was given, in its language; and the act."""

    reason: str
    language: str
    entry: Entry


@remembered()
async def sponsoring(proposal: Proposal) -> list[Delegation]:
    """Its sponsors, in the order in which they came; a delegation that wrote it is the first."""
    rows = Sponsor.filter(proposal=proposal, state="stands").order_by("id")
    return [row.delegation for row in await rows.prefetch_related("delegation")]


@remembered()
async def cycle_with(proposal: Proposal) -> Cycle | None:
    """The reform cycle that it belongs to."""
    return await Cycle.get_or_none(id=proposal.cycle_id)


async def withdrawal_of(proposal: Proposal) -> Withdrawal | None:
    if proposal.stage != Stage.WITHDRAWN:
        return None
    entry = await Entry.filter(topic=proposal.symbol, type="proposal.withdrawn").first()
    if entry is None:
        return None
    told = await told_by(entry)
    return Withdrawal(told["reason"], told["language"], entry)
