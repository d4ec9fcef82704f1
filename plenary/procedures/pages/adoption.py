"""The secretariat enters a procedure that a body has adopted: its terms, and on which decision."""

import re
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary.bodies.models import Body, Words
from plenary.bodies.pages.secretariat import fields
from plenary.bodies.pages.secretariat.screen import BY
from plenary.bodies.rules import MATTERS
from plenary.procedures.actions import adopt_procedure
from plenary.procedures.explained import explain
from plenary.procedures.in_force import body_at, in_force, own_of, procedures_of
from plenary.procedures.models import Procedure
from plenary.procedures.pages.terms_form import BOUNDED, UNITS, filled, name_the_fault, read_terms
from plenary.procedures.published import published
from plenary.procedures.rules import BASES
from plenary.procedures.terms import KINDS, STANDARD, Terms, complete, standard
from plenary.procedures.validation import BREAKS, CLOSINGS, TEXTS
from plenary.record.act import rehearsal
from plenary.web.forms import Form
from plenary.web.render import render, see
from plenary.web.two_presses import two_presses

KEY = re.compile(r"[a-z](?:_?[a-z0-9]){0,39}")
PUBLISHED, OFFERED = "published:", "standard:"  # what the form may begin with, besides its own


@dataclass(frozen=True)
class Adopted:
    """A procedure as a body has adopted it; `seen`: the number that the check page showed."""

    body: str
    key: str
    terms: dict[str, Any]
    names: Words
    decision: str
    once: str
    seen: int | None


async def _opening(request: Request) -> Response:
    """It begins with the procedure that is asked for: in force, standard or published."""
    return await _page(request, await _begun(request))


async def _page(request: Request, form: Form) -> Response:
    chamber = await body_at(form["body"]) or await Body.get(key="plenary")
    return render(
        request,
        "procedures/adopt_procedure.html",
        form=form,
        bodies=await fields.body_options(),
        kinds=KINDS,
        closings=CLOSINGS,
        texts=TEXTS,
        breaks=BREAKS,
        units=UNITS,
        bases=tuple(BASES),
        matters=MATTERS,
        bounded=BOUNDED,
        ways=await in_force(chamber),
        offers=STANDARD,
        others=published(),
        chamber=chamber,
    )


async def _read(request: Request, form: Form) -> Adopted:
    body = form.choice("body", [key for key, _ in await fields.body_options()])
    key = _key(form)
    adopted = Adopted(
        body=body,
        key=key,
        terms=read_terms(form, ["", *await _keys(body), key]),
        names=fields.words(form, "name", most=120),
        decision=form.line("decision", most=120),
        once=form.key(),
        seen=form.whole("seen", 0) if form.pressed else None,
    )
    if not form.errors:
        name_the_fault(form, adopted.terms)
    return adopted


async def _check(request: Request, form: Form, adopted: Adopted) -> Response:
    with rehearsal():
        made = await _adopt(adopted)
    chamber = await Body.get(key=adopted.body)
    own = await own_of(chamber)
    return render(
        request,
        "procedures/adoption_check.html",
        form=form,
        made=made,
        names=adopted.names,
        explained=explain(Terms(complete(made.terms, {}))),
        chamber=chamber,
        replaced=own.get(adopted.key),
        alone=not own and chamber.parent_id is not None,
        then={way.key: way.names for way in await in_force(chamber)},
    )


@two_presses(_page, _read, _check, opens=_opening)
async def adopt(request: Request, form: Form, adopted: Adopted) -> Response:
    await _adopt(adopted)
    return see(f"/procedures/{adopted.body}/{adopted.key}")


async def _adopt(adopted: Adopted) -> Procedure:
    return await adopt_procedure(
        BY,
        adopted.body,
        adopted.key,
        adopted.terms,
        names=adopted.names,
        decision=adopted.decision,
        once=adopted.once,
        seen=adopted.seen,
    )


def _key(form: Form) -> str:
    """Its short name, in the address of its page. One of the usual six is of its own kind."""
    key = form.line("procedure", most=40)
    if key and not KEY.fullmatch(key):
        form.fail("procedure", "procedure_key")
    kind = form.choice("kind", KINDS)
    if key in KINDS and kind in KINDS and kind != key:
        form.fail("kind", "kind_of_key", kind=key)
    return key


async def _begun(request: Request) -> Form:
    """The form filled with a procedure of this body, or with one that it might adopt."""
    query = request.query_params
    asked, body = query.get("procedure", ""), query.get("body", "plenary")
    chamber = await body_at(body)
    found = await procedures_of(chamber) if chamber else {}
    data = found.get(asked) or _offered(asked)
    return Form({"body": body if chamber else "", "procedure": str(data["key"])} | filled(data))


def _offered(asked: str) -> dict[str, Any]:
    """A standard one by its kind, a published one by its key; else the standard consensus."""
    kind, key = asked.removeprefix(OFFERED), asked.removeprefix(PUBLISHED)
    theirs = next((other for other in published() if other.key == key != asked), None)
    if theirs is not None:
        return {**theirs.procedure, "follows": [theirs.key]}
    return standard(kind if kind in STANDARD else "consensus")


async def _keys(body: str) -> dict[str, Any]:
    """The keys of a body's procedures with their names: the rungs of a ladder."""
    chamber = await body_at(body) or await body_at("plenary")
    return await procedures_of(chamber) if chamber else {}
