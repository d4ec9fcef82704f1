"""The certificate of a question: a page for one sheet of paper, and JSON."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.decisions.certificate import Certificate, certificate
from plenary.decisions.certificate_json import certificate_json
from plenary.proposals.reading import proposal_for
from plenary.web.answers import as_json
from plenary.web.render import render


async def show(request: Request) -> Response:
    certificate = await _asked(request)
    return render(
        request,
        "decisions/certificate.html",
        certificate=certificate,
        stand=certificate.stand,
        proposal=certificate.proposal,
        delivery=await request.app.state.delivery(certificate.stand.question),
    )


async def show_json(request: Request) -> Response:
    certificate = await _asked(request)
    # From above: who was told.
    delivery = await request.app.state.delivery(certificate.stand.question)
    return as_json(certificate_json(certificate, delivery))


async def _asked(request: Request) -> Certificate:
    asked = request.path_params
    proposal = await proposal_for(request.state.viewer, asked["year"], asked["number"])
    return await certificate(proposal, request.state.viewer, asked.get("k"))
