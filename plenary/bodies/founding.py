"""A real, empty body: the Plenary, and its first secretary."""

from collections.abc import Awaitable, Callable

from plenary.bodies.actions.accreditations import enter_person
from plenary.bodies.actions.chambers import enter_body
from plenary.bodies.actions.naming import spelt
from plenary.bodies.actions.offices import enter_officer
from plenary.bodies.models import Body, Words
from plenary.bodies.rules import bar_to_zone
from plenary.record.act import Record, act, door
from plenary.refusal import Invalid, Refused, refuse
from plenary.texts.characters import fault_in


@door
async def found(
    *,
    organisation: Words,
    symbol: str,
    zone: str,
    place: str,
    admin: str,
    rules: Callable[[Record], Awaitable[None]],
) -> None:
    """Form the root body and give its secretariat to one person; refused where there is one.

    `rules` enters its first procedures in the same act: without one it could decide nothing.
    """
    check_founding(organisation, symbol, zone, place)
    async with act(by="system") as record:
        if await Body.exists():
            raise Refused("founded_already")
        await enter_body(
            record,
            "plenary",
            symbol,
            {"en": "Plenary", "fr": "Plénière"},
            organisation=organisation,
            zone=zone,
            place={"en": place, "fr": place},
        )
        await rules(record)
        await enter_person(record, admin, admin)
        await enter_officer(record, "plenary", "secretariat", email=admin)


def check_founding(organisation: Words, symbol: str, zone: str, place: str) -> None:
    """Refuse what cannot be founded; it needs no database."""
    refuse(bar_to_zone(zone))
    spelt(organisation)
    spelt({"en": place}, "place")
    if fault := fault_in(symbol):
        raise Invalid({"symbol": fault})
