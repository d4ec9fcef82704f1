"""A comment that was made on a draft: read by itself, and published by whoever made it."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body
from plenary.proposals.actions.comments import publish_comment
from plenary.proposals.comments import comment_for
from plenary.proposals.models import Comment, Proposal
from plenary.proposals.reading import proposal_for
from plenary.proposals.rules import bar_to_publish, comment_path
from plenary.record.act import rehearsal
from plenary.record.models import Receipt
from plenary.web.answers import moved
from plenary.web.forms import Form
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

Publication = Callable[[], Awaitable[Receipt]]  # ready to be done


async def show(request: Request) -> Response:
    """Its address leads to its place, once it is public."""
    proposal, comment = await _asked(request)
    if comment.number is not None:
        path = comment_path(proposal.year, proposal.number, comment.number)
        return moved(path, for_ever=False)
    given = request.query_params.get("receipt", "")[:13]
    receipt = await Receipt.get_or_none(code=given, entry=comment.entry) if given else None
    return await _page(request, Form(), "proposals/comment.html", receipt=receipt)


async def _publishing(request: Request, form: Form) -> Response:
    return await _page(request, form, "proposals/comment.html", receipt=None)


async def _read(request: Request, form: Form) -> Publication:
    proposal, comment = await _asked(request)
    by, key = _author(request, comment), form.key()
    return partial(publish_comment, by, proposal.year, proposal.number, comment.entry, key=key)


async def _check(request: Request, form: Form, publication: Publication) -> Response:
    """What everyone will read."""
    with rehearsal():
        await publication()
    return await _page(request, form, "proposals/comment_check.html")


@two_presses(_publishing, _read, _check, opens=show)
async def publish(request: Request, form: Form, publication: Publication) -> Response:
    receipt = await publication()
    path, _, anchor = receipt.path.partition("#")
    return see(f"{path}{'&' if '?' in path else '?'}receipt={receipt.code}#{anchor}")


def _author(request: Request, comment: Comment) -> str:
    """Who acts: whoever made it, where this viewer may sign so."""
    viewer = request.state.viewer
    return comment.by if comment.by in viewer.capacities else viewer.actor


async def _asked(request: Request) -> tuple[Proposal, Comment]:
    asked, viewer = request.path_params, request.state.viewer
    proposal = await proposal_for(viewer, asked["year"], asked["number"])
    return proposal, await comment_for(viewer, proposal, asked["entry"])


async def _page(request: Request, form: Form, template: str, **more: Any) -> Response:
    proposal, comment = await _asked(request)
    own = comment.by in request.state.viewer.capacities
    bar = bar_to_publish(
        _author(request, comment),
        comment.by,
        tabled=proposal.tabled is not None,
        published=comment.number is not None,
    )
    return render(
        request,
        template,
        proposal=proposal,
        comment=comment,
        form=form,
        own=own,
        bar=bar,
        parties={body.key: body.names for body in await Body.all()},
        **more,
    )
