"""On whose authority: the decision of the register that an act cites, found under the lock.

The register stands higher up: `plenary.hooks.wire` hands over how it is asked. Until it has, no act
can cite a decision.
"""

from collections.abc import Awaitable, Callable

from plenary.bodies.rules import Authority, bar_to_cite
from plenary.refusal import refuse

Find = Callable[[str], Awaitable[Authority | None]]  # by its symbol or its address
Begun = Callable[[], Awaitable[bool]]
_register: list[tuple[Find, Begun]] = []  # empty until somebody said how it is asked


def asked_through(find: Find, begun: Begun) -> None:
    """Say how the register is asked: for a decision, and whether any question was ever put."""
    _register[:] = [(find, begun)]


async def authority_of(name: str) -> Authority:
    """The adopted decision of this symbol or address; to be asked inside an act.

    Refused: decision_needed, unknown_decision, decision_not_adopted.
    """
    cited = await _asked()[0](name.strip()) if name.strip() else None
    refuse(bar_to_cite(name, cited))
    assert cited is not None  # else it was refused
    return cited


async def is_founding() -> bool:
    """Whether the body has decided nothing here yet: nobody has put a question to it.

    Until then there is no decision to cite, and who takes part is entered at the founding. Past
    decisions that were imported end this time as little as they begin it.
    """
    return not await _asked()[1]()


def _asked() -> tuple[Find, Begun]:
    if not _register:
        raise RuntimeError("nobody was told how the register is asked: call plenary.hooks.wire()")
    return _register[0]
