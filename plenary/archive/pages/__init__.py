"""What a browser asks for."""

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
from plenary.web.routing import Address

routes: list[Address] = [
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
last_routes: list[Address] = [*decision.last_routes, *symbols.last_routes]
