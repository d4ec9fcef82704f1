"""What is found of delegations and bodies."""

from plenary.bodies.models import Body, Delegation
from plenary.bodies.rules import delegation_path
from plenary.texts.searchable import Passage, Source


async def _delegations(_: int) -> list[Passage]:
    return [
        Passage(
            "delegation",
            one.id,
            " · ".join(dict.fromkeys(one.names.values())),
            delegation_path(one.kind, one.slug),
            about=one.names,
            symbol=one.code,
            also=" ".join(name for member in one.members for name in member.values()),
        )
        for one in await Delegation.all().order_by("id")
    ]


async def _bodies(_: int) -> list[Passage]:
    return [
        Passage(
            "body",
            one.id,
            one.mandate.get(language) or name,
            f"/groups/{one.key}",
            language=language,
            about=one.names,
            symbol=one.symbol,
            also=f"{name} {one.organisation.get(language, '')}",
        )
        for one in await Body.all().order_by("id")
        for language, name in one.names.items()
    ]


SOURCES = (Source(_delegations, grows=False), Source(_bodies, grows=False))
