"""Whom a draft is shown to: for its authors alone."""

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body, Delegation
from plenary.bodies.reading import names_of_all
from plenary.proposals.actions import drafts
from plenary.proposals.authorship import bar_to_own
from plenary.proposals.models import Proposal
from plenary.proposals.pages.texts import writing_as
from plenary.proposals.reading import authors_of, draft_readers, proposal_for
from plenary.record.models import Receipt
from plenary.refusal import refuse
from plenary.web.forms import Form, read_form
from plenary.web.refilled import comes_back
from plenary.web.render import render, see


async def _listed(request: Request, form: Form) -> Response:
    proposal = await _own(request)
    authors, readers = await authors_of(proposal), await draft_readers(proposal)
    given = request.query_params.get("receipt", "")[:13]
    return render(
        request,
        "proposals/readers.html",
        proposal=proposal,
        form=form,
        authors=sorted(authors),
        readers=sorted(readers - authors),
        others=[reader for reader in await _possible() if reader not in readers],
        names=await names_of_all(),
        receipt=await Receipt.get_or_none(code=given, topic=proposal.symbol) if given else None,
    )


async def _possible() -> list[str]:
    """Everybody a draft may be shown to: the offices first, then the delegations."""
    bodies = await Body.all().order_by("id").values_list("key", flat=True)
    codes = await Delegation.all().order_by("code").values_list("code", flat=True)
    offices = ["secretariat", *(f"chair:{key}" for key in bodies)]
    return [*offices, *(f"delegation:{code}" for code in codes)]


@comes_back(_listed)
async def show_to(request: Request) -> Response:
    """The list, and one more reader."""
    if request.method != "POST":
        return await _listed(request, Form())
    proposal, form = await _own(request), await read_form(request)
    reader, key = form.choice("reader", await _possible()), form.key()
    form.check()
    by = await writing_as(request, proposal)
    return _receipted(await drafts.show_draft(by, proposal.year, proposal.number, reader, key=key))


@comes_back(_listed)
async def hide_from(request: Request) -> Response:
    proposal, form = await _own(request), await read_form(request)
    reader, key = form.choice("reader", await _possible()), form.key()
    form.check()
    by = await writing_as(request, proposal)
    return _receipted(await drafts.hide_draft(by, proposal.year, proposal.number, reader, key=key))


def _receipted(receipt: Receipt) -> Response:
    return see(f"{receipt.path}?receipt={receipt.code}")


async def _own(request: Request) -> Proposal:
    """The proposal, for its authors alone."""
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(request.state.viewer, year, number)
    by, authors = await writing_as(request, proposal), await authors_of(proposal)
    refuse(bar_to_own(by, authors, proposal.body.key))
    return proposal
