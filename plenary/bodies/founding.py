"""A real, empty body: the Plenary, and its first secretary."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plenary.bodies.actions import enter_body, enter_officer, enter_person
from plenary.bodies.models import Body, Words
from plenary.record.act import act, door
from plenary.refusal import Refused


@door
async def found(*, organisation: Words, symbol: str, zone: str, place: str, admin: str) -> None:
    """Form the root body and give its secretariat to one person; refused where there is one."""
    _check_zone(zone)
    async with act(by="system") as record:
        if await Body.exists():
            raise Refused("founded_already")
        await enter_body(
            record, "plenary", symbol, {"en": "Plenary", "fr": "Plénière"},
            organisation=organisation, zone=zone, place={"en": place, "fr": place},
        )  # fmt: skip
        await enter_person(record, admin, admin)
        await enter_officer(record, "plenary", "secretariat", email=admin)


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Refused("unknown_zone", zone=zone) from error
