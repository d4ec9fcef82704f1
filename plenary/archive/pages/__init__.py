"""What a browser asks for."""

from starlette.routing import Route

from plenary.archive.pages import (
    about,
    changes,
    decision,
    decisions,
    machines,
    record,
    search,
    symbols,
    verify,
)

routes: list[Route] = [
    *decisions.routes,
    *decision.routes,
    *search.routes,
    *changes.routes,
    *record.routes,
    *verify.routes,
    *about.routes,
    *machines.routes,
    *symbols.routes,
]
last_routes: list[Route] = symbols.last_routes  # after every other route of the application
