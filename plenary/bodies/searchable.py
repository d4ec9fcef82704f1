"""What is found of delegations and bodies, of measures about them, and of appeals and answers."""

from plenary.bodies.models import Appeal, Body, Delegation, Measure
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


async def _measures(since: int) -> list[Passage]:
    """The ground on which an office acted."""
    rows = Measure.filter(id__gt=since).exclude(ground="").order_by("id")
    return [
        Passage(
            "measure",
            measure.id,
            measure.ground,
            f"/measures/{measure.entry}",
            language=measure.language,
            who=measure.delegation.names,
            by=measure.by,
            at=measure.at,
        )
        for measure in await rows.prefetch_related("delegation")
    ]


async def _appeals(since: int) -> list[Passage]:
    rows = Appeal.filter(id__gt=since).order_by("id").prefetch_related("measure__delegation")
    return [
        Passage(
            "measure",
            appeal.id,
            appeal.text,
            f"/measures/{appeal.measure.entry}",
            language=appeal.language,
            who=appeal.measure.delegation.names,
            by=appeal.by,
            at=appeal.at,
        )
        for appeal in await rows
    ]


SOURCES = (
    Source(_delegations, grows=False),
    Source(_bodies, grows=False),
    Source(_measures),
    Source(_appeals),
)
