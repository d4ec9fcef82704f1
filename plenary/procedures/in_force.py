"""The procedures in force for a body: whose they are, by which number and since when."""

from dataclasses import dataclass
from typing import Any

from plenary.bodies.models import Body, Words
from plenary.bodies.rules import SLUG
from plenary.procedures.explained import Explained, explain
from plenary.procedures.models import Procedure
from plenary.procedures.terms import KINDS, Terms, complete, standard
from plenary.refusal import Fault, Invalid


@dataclass(frozen=True)
class InForce:
    """One procedure, and its adoption where there was one; else it is the standard one."""

    key: str
    names: Words
    terms: Terms
    adopted: Procedure | None = None

    @property
    def explained(self) -> Explained:
        return explain(self.terms)

    def is_of(self, body: Body) -> bool:
        """Whether this body adopted it itself; else it has it from the Plenary, or from nobody."""
        return self.adopted is not None and self.adopted.body.key == body.key


async def body_at(key: str) -> Body | None:
    """The body of this key, as it stands in an address; None where there is none."""
    return await Body.get_or_none(key=key) if SLUG.fullmatch(key) else None


async def in_force(body: Body) -> list[InForce]:
    """Every one that a question in this body may be put under, the usual six first."""
    rows = await _newest(body)
    found = [
        InForce(key, data["names"], Terms(complete(data, {})), rows.get(key))
        for key, data in (await procedures_of(body)).items()
    ]
    return sorted(
        found,
        key=lambda procedure: KINDS.index(procedure.key) if procedure.key in KINDS else len(KINDS),
    )


async def numbers_of(body: Body, key: str) -> list[InForce]:
    """Every number of a procedure, by whoever adopted the one in force; the newest first."""
    newest = (await _newest(body)).get(key)
    if newest is None:
        return []
    rows = Procedure.filter(body=newest.body, key=key).order_by("-number").prefetch_related("body")
    return [
        InForce(key, row.names, Terms(complete({**row.terms, "names": row.names}, {})), row)
        for row in await rows
    ]


async def procedures_of(body: Body) -> dict[str, dict[str, Any]]:
    """The procedures in force for a body, by key: its own, else the Plenary's, else the standard.

    A standard procedure stands for a body until it adopts one of that name.
    """
    found = {kind: standard(kind) for kind in KINDS}
    for key in dict.fromkeys(("plenary", body.key)):
        for procedure in await Procedure.filter(body__key=key).order_by("number"):
            found[procedure.key] = {**procedure.terms, "names": procedure.names}
    return found


async def procedure_of(body: Body, key: str) -> dict[str, Any]:
    """One of them; Invalid where there is none of that name."""
    found = await procedures_of(body)
    if key not in found:
        raise Invalid({"procedure": Fault("unknown_choice", value=key)})
    return found[key]


async def _newest(body: Body) -> dict[str, Procedure]:
    """The newest number of each key; the body's own before the Plenary's."""
    found: dict[str, Procedure] = {}
    for key in dict.fromkeys(("plenary", body.key)):
        rows = Procedure.filter(body__key=key).order_by("number").prefetch_related("body")
        found |= {row.key: row for row in await rows}
    return found
