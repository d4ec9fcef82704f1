"""The proposals that a reader may know of."""

from tortoise.queryset import QuerySet

from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal
from plenary.proposals.reading import open_to


def proposals_for(viewer: Viewer) -> QuerySet[Proposal]:
    """To be filtered and ordered further."""
    return Proposal.filter(open_to(viewer))
