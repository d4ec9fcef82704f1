"""The gavel: what the Chair may declare, under every procedure, and what follows when it fails."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from plenary.decisions import actions, bars, rules
from plenary.decisions.explained import explain
from plenary.decisions.in_force import in_force
from plenary.decisions.models import Decision
from plenary.decisions.pages.presiding import presided
from plenary.decisions.rules import Carries, Ended, Outcome
from plenary.decisions.stand import Stand, stand_of
from plenary.proposals.actions import clauses_of
from plenary.proposals.models import Proposal
from plenary.proposals.reading import version_of
from plenary.proposals.rules import ON_THE_TABLE, Stage
from plenary.refusal import Invalid, Refused
from plenary.texts import symbols
from plenary.web.forms import Form, read_form
from plenary.web.language import current
from plenary.web.render import render, see


@dataclass(frozen=True)
class Gavel:
    """What is the Chair's to declare now, and why nothing is."""

    offered: tuple[Outcome, ...]
    waits: bool = False  # its window runs, and the clock will end it
    over: bool = False  # an outcome stands, or it has left the table
    then: str = ""  # the next rung of the ladder, where this one fails
    ready: bool = False  # whether the next question can be put without a declaration first


async def declare(request: Request) -> Response:
    """The page offers only what the rule allows; it is asked again under the lock."""
    proposal, chair = await presided(request)
    stand = await stand_of(proposal, request.state.viewer)
    if stand is None:
        raise Refused("no_question")
    if request.method != "POST":
        return await _form(request, proposal, stand, Form())
    form = await read_form(request)
    declaration = _declaration(form)
    if form.errors:
        return await _form(request, proposal, stand, form)
    try:
        decision = await actions.declare(chair, proposal.year, proposal.number, declaration)
    except Invalid as invalid:
        form.errors = invalid.errors
        return await _form(request, proposal, stand, form)
    return see(f"/decisions/{decision.source_id}")


def _declaration(form: Form) -> actions.Declaration:
    outcome = form.choice("outcome", [one.value for one in rules.DECLARABLE])
    declaration = actions.Declaration(
        outcome=Outcome(outcome) if outcome in list(Outcome) else Outcome.NOTED,
        symbol=form.line("symbol", needed=False, most=120),
        note=form.text("note", needed=False, most=4_000), language=current(), links=_links(form),
    )  # fmt: skip
    if declaration.symbol and not symbols.FORM.fullmatch(declaration.symbol):
        form.fail("symbol", "symbol_form")
    return declaration


def _links(form: Form) -> tuple[tuple[str, str], ...]:
    """What the decision amends, supersedes or repeals, each named by its symbol or address."""
    named = [
        (kind, form.line(kind, needed=False, most=actions.LONGEST_NAME)) for kind in actions.LINKS
    ]
    return tuple((kind, name) for kind, name in named if name)


async def _form(request: Request, proposal: Proposal, stand: Stand, form: Form) -> Response:
    decision = await Decision.get_or_none(question=stand.question)
    gavel = _gavel(stand, proposal, decision)
    version = await version_of(proposal, stand.version)
    names = {one.key: one.names for one in await in_force(proposal.body)}
    return render(
        request, "decisions/declaration.html", status=422 if form.errors else 200,
        proposal=proposal, stand=stand, form=form, decision=decision, gavel=gavel,
        allowed=[one.value for one in gavel.offered],
        checks={rule.at: check for rule, check in stand.checks},
        explained=explain(stand.terms), then=gavel.then if gavel.then in names else "",
        names=names, version=version, clauses=await clauses_of(version),
        delivery=await request.app.state.delivery(stand.question),  # from above: who was told
    )  # fmt: skip


def _gavel(stand: Stand, proposal: Proposal, decision: Decision | None) -> Gavel:
    carries = isinstance(stand.standing, Carries) and stand.ended != Ended.BROKEN
    then = "" if carries else stand.terms.then
    if stand.open:
        waits = stand.running and stand.terms.by_clock
        offered = bars.allowed(stand.terms, stand.standing, running=stand.running)
        return Gavel(offered, waits=waits, then=then)
    on_table = proposal.stage in ON_THE_TABLE
    asked_again = on_table and proposal.stage != Stage.QUESTION_PUT
    settled = carries and stand.terms.by_clock  # the clock has adopted it, or is about to
    if decision or settled or stand.ended not in rules.UNDECLARED or not on_table:
        failed = decision is not None and decision.outcome in rules.FAILURES
        return Gavel((), over=True, then=then if failed and asked_again else "", ready=True)
    offered = bars.allowed(stand.terms, stand.standing, ended=stand.ended)
    return Gavel(offered, then=then, ready=asked_again)
