"""The proposals that a reader may know of."""

from tortoise.queryset import QuerySet

from plenary.bodies.powers import Power
from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal


def proposals_for(viewer: Viewer) -> QuerySet[Proposal]:
    """A draft is for delegations and the bureau until it is tabled."""
    if viewer.may(Power.READ_DRAFTS):
        return Proposal.all()
    return Proposal.filter(tabled__isnull=False)
