"""Whoever presides over a proposal's body, and nobody else."""

from starlette.requests import Request

from plenary.proposals.models import Proposal
from plenary.proposals.reading import proposal_for
from plenary.refusal import Forbidden


async def presided(request: Request) -> tuple[Proposal, str]:
    """The proposal, and the office in which this viewer presides over it."""
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(request.state.viewer, year, number)
    chair = request.state.viewer.presides(proposal.body.key)
    if not chair:
        raise Forbidden("not_the_chair", body=proposal.body.key)
    return proposal, chair
