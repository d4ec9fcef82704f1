"""The procedures in force for a body: whose they are, by which number and since when.

A body has those that it adopted, and no other; one that adopted none has those of the body above.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from plenary.bodies.models import Body, Words
from plenary.bodies.rules import SLUG
from plenary.procedures.explained import Explained, explain
from plenary.procedures.grounds import Ground, bar_to_ask
from plenary.procedures.models import Procedure
from plenary.procedures.terms import KINDS, Terms, complete
from plenary.refusal import Fault, Invalid, refuse


@dataclass(frozen=True)
class InForce:
    """One procedure of a body, by its number."""

    key: str
    names: Words
    terms: Terms
    adopted: Procedure

    @property
    def explained(self) -> Explained:
        return explain(self.terms)

    def is_of(self, body: Body) -> bool:
        """Whether this body adopted it itself; else it has it from the body above."""
        return bool(self.adopted.body.key == body.key)


async def body_at(key: str) -> Body | None:
    """The body of this key, as it stands in an address; None where there is none."""
    return await Body.get_or_none(key=key) if SLUG.fullmatch(key) else None


async def above(body: Body) -> list[Body]:
    """A body and those above it, itself first."""
    bodies = {chamber.id: chamber for chamber in await Body.all()}
    top = next((chamber for chamber in bodies.values() if chamber.key == "plenary"), None)
    found = [body]
    while (parent := bodies.get(found[-1].parent_id or 0)) and parent not in found:
        found.append(parent)
    return found if top is None or top in found else [*found, top]


async def own_of(body: Body) -> dict[str, Procedure]:
    """The procedures that a body has of its own, by key: the newest number, where it was not
    ended."""
    rows = Procedure.filter(body=body).order_by("number").prefetch_related("body")
    newest = {procedure.key: procedure for procedure in await rows}
    return {key: procedure for key, procedure in newest.items() if procedure.until is None}


async def rows_of(body: Body) -> dict[str, Procedure]:
    """Those in force for a body: its own, and where it has none those of the nearest body above."""
    for chamber in await above(body):
        if own := await own_of(chamber):
            return own
    return {}


async def rules_before() -> list[Body]:
    """The bodies that decide by rules which they never adopted, until a decision says otherwise."""
    found = [await own_of(body) for body in await Body.all().order_by("id")]
    return [
        next(iter(own.values())).body
        for own in found
        if any(procedure.ground == Ground.BEFORE for procedure in own.values())
    ]


async def in_force(body: Body) -> list[InForce]:
    """Every one that a question in this body may be put under, the usual six first."""
    found = [_shown(procedure) for procedure in (await rows_of(body)).values()]
    return sorted(
        found,
        key=lambda procedure: KINDS.index(procedure.key) if procedure.key in KINDS else len(KINDS),
    )


async def numbers_of(body: Body, key: str) -> list[InForce]:
    """Every number of a procedure, by the nearest body that ever had it; the newest first."""
    for chamber in await above(body):
        rows = Procedure.filter(body=chamber, key=key).order_by("-number").prefetch_related("body")
        if found := [_shown(procedure) for procedure in await rows]:
            return found
    return []


async def procedures_of(body: Body) -> dict[str, dict[str, Any]]:
    """The data of the procedures in force for a body, by key."""
    return {
        key: {**procedure.terms, "names": procedure.names}
        for key, procedure in (await rows_of(body)).items()
    }


def procedure_of(found: Mapping[str, dict[str, Any]], body: str, key: str) -> dict[str, Any]:
    """One of those; Refused where there is none at all, Invalid where none has that name."""
    refuse(bar_to_ask(found, body))
    if key not in found:
        raise Invalid({"procedure": Fault("unknown_choice", value=key)})
    return found[key]


def _shown(procedure: Procedure) -> InForce:
    data = {**procedure.terms, "names": procedure.names}
    return InForce(procedure.key, procedure.names, Terms(complete(data, {})), procedure)
