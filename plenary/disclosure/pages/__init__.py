"""The record as its reader may see it, and the removals from it."""

from plenary.disclosure.pages import record, removals
from plenary.web.routing import Address

routes: list[Address] = [*record.routes, *removals.routes]
