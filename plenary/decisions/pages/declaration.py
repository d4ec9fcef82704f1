"""The gavel: what the Chair may declare, under every procedure, and what follows when it fails."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.decisions.actions import declaring
from plenary.decisions.actions.closing import close_due
from plenary.decisions.actions.declaring import LINKS, LONGEST_NAME, WAIVED, Declaration
from plenary.decisions.models import Decision
from plenary.decisions.reading import Sight, sight_of
from plenary.procedures.explained import explain
from plenary.procedures.in_force import in_force
from plenary.proposals.models import Proposal
from plenary.proposals.reading import clauses_of, lines_of, version_of
from plenary.proposals.rules import Stage
from plenary.questions import rules
from plenary.questions.offers import offers
from plenary.questions.pages.presiding import presided
from plenary.questions.rules import Outcome
from plenary.questions.stand import Stand, stand_of
from plenary.record.act import rehearsal
from plenary.refusal import Refused
from plenary.texts import symbols
from plenary.texts.clauses import brackets
from plenary.web.dates import span
from plenary.web.forms import Form
from plenary.web.language import current
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses


@dataclass(frozen=True)
class Notice:
    """How long everybody has had the question, and the text that it is on: (unit, number)."""

    question: tuple[str, int]
    text: tuple[str, int]


@dataclass(frozen=True)
class Declaring:
    """What the Chair declares, on what, and in which office."""

    proposal: Proposal
    chair: str
    declaration: Declaration


async def _page(request: Request, form: Form) -> Response:
    """The form offers only what the rule allows."""
    proposal, _, stand = await _asked(request)
    decision = await Decision.get_or_none(question=stand.question)
    outcome = decision.outcome if decision else ""
    gavel = offers(Stage(proposal.stage), stand.asked(outcome))
    version = await version_of(proposal, stand.version)
    names = {procedure.key: procedure.names for procedure in await in_force(proposal.body)}
    return render(
        request,
        "decisions/declaration.html",
        proposal=proposal,
        stand=stand,
        form=form,
        decision=decision,
        gavel=gavel,
        allowed=[outcome.value for outcome in gavel.declare],
        checks={rule.at: check for rule, check in stand.checks},
        explained=explain(stand.terms),
        then=gavel.then if gavel.then in names else "",
        names=names,
        version=version,
        clauses=await clauses_of(version),
        delivery=await request.app.state.delivery(stand.question),  # from above: who was told
    )


async def _read(request: Request, form: Form) -> Declaring:
    proposal, chair, _ = await _asked(request)
    return Declaring(proposal, chair, _declaration(form))


async def _check(request: Request, form: Form, chosen: Declaring) -> Response:
    """Everything that the outcome falls on, once more; nothing has happened yet."""
    await close_due()  # what the clock has decided comes first
    proposal, chair, stand = await _asked(request)
    sight = await sight_of(stand.question, proposal)
    proposal, chair, stand = await _asked(request)  # what is shown is never older than the sight
    unseen = replace(chosen.declaration, sight=None)
    with rehearsal():
        would_be = await declaring.declare(chair, proposal.year, proposal.number, unseen)
    version = await version_of(proposal, stand.version)
    clauses = await clauses_of(version)
    question, now = stand.question, clock.now()
    return render(
        request,
        "decisions/declaration_check.html",
        proposal=proposal,
        stand=stand,
        form=form,
        version=version,
        clauses=clauses,
        brackets=brackets(clauses),
        sight=sight,
        would_be=would_be.symbol,
        lines=await lines_of(proposal, version, proposal.original),
        explained=explain(stand.terms),
        notice=Notice(span(now - question.opens), span(now - version.at)),
        delivery=await request.app.state.delivery(question),  # from above: who was told
    )


@two_presses(_page, _read, _check)
async def declare(request: Request, form: Form, chosen: Declaring) -> Response:
    """A second press declares what the first showed."""
    year, number = chosen.proposal.year, chosen.proposal.number
    decision = await declaring.declare(chosen.chair, year, number, chosen.declaration)
    return see(decision.path)


async def _asked(request: Request) -> tuple[Proposal, str, Stand]:
    proposal, chair = await presided(request)
    stand = await stand_of(proposal, request.state.viewer)
    if stand is None:
        raise Refused("no_question")
    return proposal, chair, stand


def _declaration(form: Form) -> Declaration:
    outcome = form.choice("outcome", [declarable.value for declarable in rules.ANYWHERE])
    declaration = Declaration(
        outcome=Outcome(outcome) if outcome in list(Outcome) else Outcome.NOTED,
        symbol=form.line("symbol", needed=False, most=120),
        note=form.text("note", needed=False, most=4_000),
        language=current(),
        links=_links(form),
        waived=form["notice"].strip() == WAIVED,
        sight=Sight(form.whole("version", 0), form["fingerprint"].strip(), form["seen"].strip()),
    )
    if declaration.symbol and not symbols.FORM.fullmatch(declaration.symbol):
        form.fail("symbol", "symbol_form")
    return declaration


def _links(form: Form) -> tuple[tuple[str, str], ...]:
    """What the decision amends, supersedes or repeals, each named by its symbol or address."""
    named = [(kind, form.line(kind, needed=False, most=LONGEST_NAME)) for kind in LINKS]
    return tuple((kind, name) for kind, name in named if name)
