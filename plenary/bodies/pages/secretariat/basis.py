"""On what an act on a roll rests, as it is typed: a decision, or the ground of an interim measure.

And the same on its check page: what it was found to rest on, from the rehearsed act itself.
"""

from typing import Any

from starlette.requests import Request

from plenary.bodies.authority import authority_of, is_founding
from plenary.bodies.measures import GROUND, Basis
from plenary.bodies.pages.secretariat.screen import office_of
from plenary.bodies.reading import root
from plenary.web.forms import Form
from plenary.web.language import current

DECISION = 210  # characters of a symbol, or of an address in a register


def read_basis(form: Form, until: str = "until") -> Basis:
    """Its decision, or its ground. A ground alone is an interim measure, which has a last day."""
    basis = Basis(
        form.line("decision", needed=False, most=DECISION),
        form.text("ground", needed=False, most=GROUND),
        current(),
    )
    if basis.is_interim and not form[until].strip():
        form.fail(until, "interim_last_day")
    return basis


async def basis_facts() -> dict[str, Any]:
    """How long an office may act alone, and whether this is the founding."""
    return {"most_days": (await root()).interim_days, "founding": await is_founding()}


async def rested_on(request: Request, basis: Basis) -> dict[str, Any]:
    """For the check page: the decision that is cited, or whose interim measure it would be."""
    decided = bool(basis.decision.strip())
    return {
        "basis": basis,
        "cited": await authority_of(basis.decision) if decided else None,
        "office": office_of(request) if basis.is_interim else "",
    }
