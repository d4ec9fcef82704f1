"""What a browser asks for."""

from starlette.routing import Route

from plenary.archive.pages import (
    about,
    changes,
    deadlines,
    decision,
    decisions,
    machines,
    record,
    removals,
    search,
    symbols,
    verify,
)

routes: list[Route] = [
    *decisions.routes,
    *decision.routes,
    *search.routes,
    *changes.routes,
    *deadlines.routes,
    *record.routes,
    *removals.routes,
    *verify.routes,
    *about.routes,
    *machines.routes,
    *symbols.routes,
]
# After every other route of the application.
last_routes: list[Route] = [*decision.last_routes, *symbols.last_routes]
