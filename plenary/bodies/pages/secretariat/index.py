"""What the secretariat can do."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Accreditation, Body, Delegation
from plenary.web.render import render


async def index(request: Request) -> Response:
    return render(
        request,
        "bodies/secretariat/index.html",
        delegations=await Delegation.all().count(),
        bodies=await Body.all().count(),
        accreditations=await Accreditation.filter(until=None).count(),
        unadopted=await request.app.state.rules_before(),  # from above
    )
