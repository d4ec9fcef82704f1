"""The Chair's two acts: put a question, and declare what came of it."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.rolls import roll_today
from plenary.decisions import actions, rules
from plenary.decisions.rules import Outcome, Publication
from plenary.decisions.stand import Stand, stand_of
from plenary.proposals.actions import clauses_of
from plenary.proposals.models import Proposal
from plenary.proposals.reading import proposal_for, version_of
from plenary.refusal import Forbidden, Invalid, Refused
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.render import render, see


async def put(request: Request) -> Response:
    """Put the newest version to the roll; the form shows who will be on it."""
    proposal, chair = await _presided(request)
    form = await read_form(request) if request.method == "POST" else Form()
    if request.method != "POST":
        return await _put_form(request, proposal, form)
    question = actions.Put(
        version=form.whole("version", proposal.newest),
        procedure=form.choice("procedure", list(rules.PROCEDURES), "consensus"),
        publication=form.choice("publication", [one.value for one in Publication], "now"),
    )
    if form.errors:
        return await _put_form(request, proposal, form)
    await actions.put_question(chair, proposal.year, proposal.number, question)
    return see(f"/proposals/{proposal.year}/{proposal.number}#consensus")


async def declare(request: Request) -> Response:
    """The gavel. The page offers only what the rule allows; it is asked again under the lock."""
    proposal, chair = await _presided(request)
    stand = await stand_of(proposal, request.state.viewer)
    if stand is None:
        raise Refused("no_question")
    form = await read_form(request) if request.method == "POST" else Form()
    if request.method != "POST":
        return await _declare_form(request, proposal, stand, form)
    outcome = form.choice("outcome", [one.value for one in rules.DECLARABLE])
    declaration = actions.Declaration(
        outcome=Outcome(outcome) if outcome in list(Outcome) else Outcome.NOTED,
        symbol=form.line("symbol", needed=False, most=120),
        note=form.text("note", needed=False, most=4_000), language=current(), links=_links(form),
    )  # fmt: skip
    if declaration.symbol and not rules.SYMBOL.fullmatch(declaration.symbol):
        form.fail("symbol", "symbol_form")
    if form.errors:
        return await _declare_form(request, proposal, stand, form)
    try:
        decision = await actions.declare(chair, proposal.year, proposal.number, declaration)
    except Invalid as invalid:
        form.errors = invalid.errors
        return await _declare_form(request, proposal, stand, form)
    return see(f"/decisions/{decision.source_id}")


def _links(form: Form) -> tuple[tuple[str, str], ...]:
    """What the decision amends, supersedes or repeals, each named by its symbol or address."""
    named = [
        (kind, form.line(kind, needed=False, most=actions.LONGEST_NAME)) for kind in actions.LINKS
    ]
    return tuple((kind, name) for kind, name in named if name)


async def _presided(request: Request) -> tuple[Proposal, str]:
    """The proposal, and the office in which this viewer presides over it."""
    year, number = request.path_params["year"], request.path_params["number"]
    proposal = await proposal_for(request.state.viewer, year, number)
    chair = request.state.viewer.presides(proposal.body.key)
    if not chair:
        raise Forbidden("not_the_chair", body=proposal.body.key)
    return proposal, chair


async def _put_form(request: Request, proposal: Proposal, form: Form) -> Response:
    return render(
        request, "decisions/question.html", status=422 if form.errors else 200,
        proposal=proposal, form=form, version=await version_of(proposal, proposal.newest),
        roll=await roll_today(proposal.body, await day_of(clock.now())),
        publications=[one.value for one in Publication],
    )  # fmt: skip


async def _declare_form(request: Request, proposal: Proposal, stand: Stand, form: Form) -> Response:
    return render(
        request, "decisions/declaration.html", status=422 if form.errors else 200,
        proposal=proposal, stand=stand, form=form,
        allowed=[one.value for one in rules.allowed(stand.standing)],
        version=await version_of(proposal, stand.version),
        clauses=await clauses_of(await version_of(proposal, stand.version)),
    )  # fmt: skip
