"""The sample's people, to sign in as with one press.

Delegations stand above people, so they are read here through the relations of Person by name.
"""

from dataclasses import dataclass, field

from plenary.people.models import Person
from plenary.people.rules import CAST
from plenary.texts.folding import plain
from plenary.web.render import named


@dataclass(frozen=True)
class Player:
    email: str
    name: str


@dataclass
class Cast:
    """Who can be played: the offices and the Observers singly, the Participants from two lists."""

    offices: list[Player] = field(default_factory=list)
    observers: list[Player] = field(default_factory=list)
    heads: list[Player] = field(default_factory=list)
    delegates: list[Player] = field(default_factory=list)


async def cast_of() -> Cast:
    """The cast in the order of the page's language; the Chair before the secretariat."""
    people = Person.filter(email__endswith=CAST).order_by("id")
    cast = Cast()
    for person in await people.prefetch_related("accreditations__delegation"):
        accredited = list(person.accreditations)
        accreditation = accredited[-1] if accredited else None
        name = named(accreditation.delegation.names) if accreditation else person.name
        _list(cast, accreditation).append(Player(person.email, name))
    for players in (cast.observers, cast.heads, cast.delegates):
        players.sort(key=lambda player: plain(player.name))
    return cast


def _list(cast: Cast, accreditation) -> list[Player]:  # type: ignore[no-untyped-def]
    if accreditation is None:
        return cast.offices
    if accreditation.delegation.kind != "participant":
        return cast.observers
    return cast.heads if accreditation.role in ("head", "alternate") else cast.delegates
