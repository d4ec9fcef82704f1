"""Admit a delegation: a Participant or an Observer by a decision of the body."""

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.actions.admissions import ADMITTED, Admission, admit
from plenary.bodies.days import day_of
from plenary.bodies.measures import Basis
from plenary.bodies.models import Delegation
from plenary.bodies.pages.order import by_name, found_page
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.basis import DECISION, basis_facts, rested_on
from plenary.bodies.pages.secretariat.screen import BY, deed_of, done, newest
from plenary.bodies.rules import CONSTITUENCIES, KINDS
from plenary.record.act import rehearsal
from plenary.texts.folding import finds
from plenary.web.forms import Form
from plenary.web.paging import sought
from plenary.web.render import render
from plenary.web.two_presses import two_presses

STATES = 300  # more than there are


async def _page(request: Request, form: Form) -> Response:
    query = sought(request.query_params)
    found = [d for d in await Delegation.all() if finds(query, d.code, *d.names.values())]
    return render(
        request,
        "bodies/secretariat/delegations.html",
        form=form,
        deed=await deed_of(request),
        sheet=found_page(request, by_name(found)),
        kinds=KINDS,
        constituencies=CONSTITUENCIES,
        **await basis_facts(),
    )


async def _read(request: Request, form: Form) -> Admission:
    kind = form.choice("kind", KINDS)
    observer = kind == "observer"
    names = fields.words(form, "name")
    represents = form.whole("represents", 1)
    if not 1 <= represents <= STATES:
        form.fail("represents", "out_of_range", least=1, most=STATES)
    return Admission(
        code=fields.code(form),
        kind=kind,
        names=names,
        represents=represents,
        constituency=form.choice("constituency", CONSTITUENCIES) if observer else "",
        slug=fields.slug(form, "slug", names.get("en", "")),
        since=form.day("since"),
        decision=form.line("decision", needed=False, most=DECISION),
    )


async def _check(request: Request, form: Form, admission: Admission) -> Response:
    with rehearsal():
        await admit(BY, admission, key=form.key())
    return render(
        request,
        "bodies/secretariat/admission_check.html",
        form=form,
        admission=admission,
        rests=admission.kind in ADMITTED,
        today=await day_of(clock.now()),
        **await rested_on(request, Basis(admission.decision)),
    )


@two_presses(_page, _read, _check)
async def delegations(request: Request, form: Form, admission: Admission) -> Response:
    admitted = await admit(BY, admission, key=form.key())
    return done(request, await newest("delegation.admitted", admitted.code))
