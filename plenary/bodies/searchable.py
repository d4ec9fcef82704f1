"""What is found of delegations and bodies."""

from plenary.bodies.models import Body, Delegation
from plenary.bodies.rules import delegation_path
from plenary.texts.searchable import Passage, Source


async def _delegations(_: int) -> list[Passage]:
    return [
        Passage(
            "delegation",
            delegation.id,
            " · ".join(dict.fromkeys(delegation.names.values())),
            delegation_path(delegation.kind, delegation.slug),
            about=delegation.names,
            symbol=delegation.code,
            also=" ".join(name for member in delegation.members for name in member.values()),
        )
        for delegation in await Delegation.all().order_by("id")
    ]


async def _bodies(_: int) -> list[Passage]:
    return [
        Passage(
            "body",
            body.id,
            body.mandate.get(language) or name,
            f"/groups/{body.key}",
            language=language,
            about=body.names,
            symbol=body.symbol,
            also=f"{name} {body.organisation.get(language, '')}",
        )
        for body in await Body.all().order_by("id")
        for language, name in body.names.items()
    ]


SOURCES = (Source(_delegations, grows=False), Source(_bodies, grows=False))
