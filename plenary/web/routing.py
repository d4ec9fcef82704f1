"""An address of the site: who answers there, and which powers open it."""

from collections.abc import Sequence
from typing import Any

from starlette.routing import Route


class Address(Route):
    """A route that says which powers open it: any one of them does.

    What else it takes (being on the roll, being a sponsor) is the business of the rules, under
    the lock. What a power is and who holds it, `bodies` knows; here it is a word.
    """

    def __init__(
        self,
        path: str,
        handler: Any,
        power: str,
        *others: str,
        name: str,
        methods: Sequence[str] = ("GET",),
    ) -> None:
        super().__init__(path, handler, name=name, methods=methods)
        self.powers = frozenset({power, *others})

    def __hash__(self) -> int:
        return hash((self.path, self.name))


def page(path: str, handler: Any, power: str, *others: str, name: str) -> Address:
    """What is only read."""
    return Address(path, handler, power, *others, name=name)


def form(path: str, handler: Any, power: str, *others: str, name: str) -> Address:
    """What is shown and sent at one address."""
    return Address(path, handler, power, *others, name=name, methods=("GET", "POST"))


def post(path: str, handler: Any, power: str, *others: str, name: str) -> Address:
    """What is only sent, by a form that another page shows."""
    return Address(path, handler, power, *others, name=name, methods=("POST",))


def with_powers(route: Route) -> Address:
    """The route; LookupError where it does not say who may come in."""
    if not isinstance(route, Address):
        raise LookupError(f"the route {route.name} ({route.path}) says no power that opens it")
    return route
