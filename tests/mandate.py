"""A decision of the register that an act on a roll can cite: an imported one, adopted in 2003."""

from plenary.bodies.measures import Basis
from plenary.decisions.models import Decision
from plenary.registers.actions import import_register
from tests.registers.registers import SEALS, register
from tests.world import SECRETARIAT

REGISTER = "mandates"


async def mandate() -> Basis:
    """The basis of an act that cites it; it is imported at the first call."""
    found = await Decision.get_or_none(register=REGISTER)
    if found is None:
        await import_register(SECRETARIAT, REGISTER, register(SEALS))
        found = await Decision.get(register=REGISTER)
    return Basis(f"{REGISTER}/{found.source_id}")
