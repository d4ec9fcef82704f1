"""The procedures in force, and those of other bodies, in plain words; with what if beside each."""

from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from plenary import clock
from plenary.bodies.days import day_of
from plenary.bodies.models import Body, Words
from plenary.bodies.pages.secretariat.fields import body_options
from plenary.bodies.rolls import roll_today
from plenary.decisions.reading import decision_named
from plenary.front.pages.what_if import guess, what_if
from plenary.procedures.explained import Explained, by_heads, checks_of, explain
from plenary.procedures.in_force import InForce, body_at, in_force, numbers_of
from plenary.procedures.published import Published, published
from plenary.procedures.terms import KINDS, Terms, complete, standard
from plenary.refusal import Missing
from plenary.web.answers import moved
from plenary.web.render import render


@dataclass(frozen=True)
class House:
    """A body and what is in force there; of a group, only what it does not have from above."""

    body: Body
    ways: list[InForce]


@dataclass(frozen=True)
class Offer:
    """A standard procedure, which a body may adopt."""

    kind: str
    names: Words
    explained: Explained


@dataclass(frozen=True)
class ShownProcedure:
    """One procedure on its page: of a body, by its number, or as another body published it."""

    names: Words
    terms: Terms
    path: str
    body: Body | None = None
    in_force: InForce | None = None
    published: Published | None = None
    numbers: list[InForce] = field(default_factory=list)


async def index(request: Request) -> Response:
    """The Plenary's procedures, what each group does otherwise, and how other bodies decide."""
    bodies = {body.key: body for body in await Body.all()}
    houses = []
    for key, _ in await body_options():
        ways = await in_force(bodies[key])
        own = [way for way in ways if key == "plenary" or way.is_of(bodies[key])]
        houses.append(House(bodies[key], own))
    return render(
        request,
        "front/procedures.html",
        houses=[house for house in houses if house.ways],
        as_above=[house.body for house in houses if not house.ways],
        published=published(),
        offers=[_offer(kind) for kind in KINDS],
    )


def _offer(kind: str) -> Offer:
    data = standard(kind)
    return Offer(kind, data["names"], explain(Terms(complete(data, {}))))


async def show_rule(request: Request) -> Response:
    """One procedure of the Plenary; of another body, all that it has."""
    key = request.path_params["procedure"]
    if key != "plenary" and await body_at(key):
        return moved(f"/rules#{key}", for_ever=False)
    return await _show(request, "plenary", key)


async def show(request: Request) -> Response:
    """One procedure of a body: the one in force, or an earlier number of it."""
    return await _show(request, request.path_params["key"], request.path_params["procedure"])


async def _show(request: Request, chamber: str, key: str) -> Response:
    body = await body_at(chamber)
    found = {procedure.key: procedure for procedure in await in_force(body)} if body else {}
    numbers = await numbers_of(body, key) if body else []
    if body is None or not numbers:
        raise Missing("unknown_procedure", key=key)
    asked = request.query_params.get("number", "")
    procedure = next((n for n in numbers if str(_number(n)) == asked), found.get(key, numbers[0]))
    path = f"/procedures/{body.key}/{key}"
    return await _page(
        request,
        ShownProcedure(procedure.names, procedure.terms, path, body, procedure, None, numbers),
        list(found.values()),
    )


async def show_published(request: Request) -> Response:
    """One procedure of another body, as it published it, with its sources."""
    key = request.path_params["published"]
    theirs = next((procedure for procedure in published() if procedure.key == key), None)
    if theirs is None:
        raise Missing("unknown_procedure", key=key)
    plenary = await body_at("plenary")
    shown = ShownProcedure(
        theirs.names, Terms(theirs.procedure), f"/procedures/published/{key}", published=theirs
    )
    return await _page(request, shown, await in_force(plenary) if plenary else [])


async def _page(request: Request, shown: ShownProcedure, others: list[InForce]) -> Response:
    terms = shown.terms
    guessed = guess(request, terms.rule, await _roll(shown.body))
    adopted = shown.in_force.adopted if shown.in_force else None
    context: dict[str, Any] = {
        "shown": shown, "explained": explain(terms), "adopted": adopted,
        "follows": _followed(terms),
        "source": await _source(adopted.decision) if adopted and adopted.decision else "",
        "then": {procedure.key: procedure.names for procedure in others},
        "in_heads": by_heads(terms.rule), "guess": guessed, "form": guessed.form,
        "checks": checks_of(guessed.verdict) if guessed.verdict else {},
        "supposed": await what_if(request, shown.names, terms, shown.path, others),
    }  # fmt: skip
    status = 422 if guessed.form.errors else 200
    return render(request, "front/procedure.html", status=status, **context)


def _followed(terms: Terms) -> list[Published]:
    """The published rules that it follows."""
    keys = terms.data.get("follows", ())
    return [theirs for theirs in published() if theirs.key in keys]


def _number(procedure: InForce) -> int:
    return procedure.adopted.number


async def _roll(body: Body | None) -> int:
    """How many decide there today; of another body, as many as in the Plenary."""
    here = body or await body_at("plenary")
    return len(await roll_today(here, await day_of(clock.now()))) if here else 0


async def _source(symbol: str) -> str:
    """The address of the decision that adopted it, where it stands in the register."""
    decision = await decision_named(symbol)
    return decision.path if decision else ""
