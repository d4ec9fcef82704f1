"""What a reader may do with a text, asked for its page and for that of the names under it."""

from plenary.bodies.powers import Capacity
from plenary.bodies.viewers import Viewer
from plenary.proposals.models import Proposal
from plenary.proposals.names import names_under
from plenary.proposals.offers import Hand, Text, TextOffers, text_offers
from plenary.proposals.reading import authors_of
from plenary.proposals.rules import Stage


async def offered(viewer: Viewer, proposal: Proposal) -> TextOffers:
    """By the rules that would refuse it."""
    body, authors = proposal.body.key, await authors_of(proposal)
    text = Text(
        Stage(proposal.stage),
        body,
        authors,
        held=proposal.held,
        names=await names_under(proposal),
        author=proposal.author,
        newest=proposal.newest,
    )
    capacity = Capacity(viewer.writes_as(body, authors), viewer.kind, viewer.standing)
    return text_offers(text, Hand(capacity, viewer.powers(body), viewer.code))
