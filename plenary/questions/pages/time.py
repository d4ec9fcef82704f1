"""A delegation in the room asks for time before the gavel."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.proposals.reading import proposal_for, version_of
from plenary.questions.actions import time
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.refilled import comes_back
from plenary.web.render import render, see

REASON = 1_000  # characters


async def _page(request: Request, form: Form) -> Response:
    proposal = await proposal_for(request.state.viewer, **request.path_params)
    return render(
        request,
        "questions/time.html",
        proposal=proposal,
        version=await version_of(proposal, proposal.newest),
        form=form,
    )


@comes_back(_page)
async def ask(request: Request) -> Response:
    """Its reason is public; the Chair is shown it at once."""
    if request.method != "POST":
        return await _page(request, Form())
    form, viewer = await read_form(request), request.state.viewer
    proposal = await proposal_for(viewer, **request.path_params)
    reason, version = form.text("reason", most=REASON), form.whole("version", proposal.newest)
    form.check()
    await time.ask_for_time(
        f"delegation:{viewer.code}",
        proposal.year,
        proposal.number,
        version=version,
        reason=reason,
        language=current(),
    )
    return see(f"/proposals/{proposal.year}/{proposal.number}#time")
