"""Whoever presides over a proposal's body, and who enters there what others say."""

from starlette.requests import Request

from plenary.bodies.powers import Power
from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal
from plenary.proposals.reading import proposal_for
from plenary.questions.bars import bar_to_enter_for
from plenary.refusal import Forbidden


async def presided(request: Request) -> tuple[Proposal, str]:
    """The proposal, and the office in which this viewer presides over it."""
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(request.state.viewer, year, number)
    chair = request.state.viewer.presides(proposal.body.key)
    if not chair:
        raise Forbidden("not_the_chair", body=proposal.body.key)
    return proposal, chair


def entering(viewer: Viewer, body: str, put_by: str) -> str:
    """The office in which a reader enters what others say in the room, or nothing."""
    offices = [viewer.presides(body), "secretariat" if viewer.may(Power.ADMINISTER) else ""]
    may = (office for office in offices if office and not bar_to_enter_for(office, put_by))
    return next(may, "")
