"""Who walks the house, and what each of them asks for: every route, by every method.

The plan is made by rule from the table of routes, so that a route which is added is walked too.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starlette.routing import Route

from plenary.app import PAGES
from plenary.bodies.actions.accreditations import accredit, end_accreditation
from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.bodies.actions.standings import set_standing
from plenary.bodies.measures import Basis
from plenary.bodies.powers import POWERS, Power, Role
from plenary.web.routing import with_powers
from tests.client import Browser, Site
from tests.web.house import WHO, House, routes
from tests.world import SEAT, SECRETARIAT

SINCE, PAST = date.fromisoformat(SEAT), date(2019, 6, 1)
LAST = ("", "desk_sessions", "desk_session", "signed_out")  # they end the session that is walking
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
BEFORE_THE_PLENARY, BEFORE_THE_GROUP = 1, 5  # numbers of proposals in the house


@dataclass(frozen=True)
class Reader:
    """Somebody with a cookie (or none), and the roles that follow from the house's record."""

    name: str
    email: str
    roles: frozenset[Role]
    cookie: bool = True
    thorough: bool = False  # asks in French and without a body too
    by_every_method: bool = False  # what no route takes is turned down whoever asks

    def may_pass(self, route: Route) -> bool:
        """The power on the route, by the table of powers."""
        return any(self.roles & POWERS[Power(power)] for power in with_powers(route).powers)


def _reader(name: str, *roles: Role, email: str = "", **more: bool) -> Reader:
    return Reader(name, email or f"{name}@example.org", frozenset(roles or (Role.PUBLIC,)), **more)


# One founded house for each group of readers.
GROUPS: dict[str, tuple[Reader, ...]] = {
    "outside": (
        Reader("public", "", frozenset({Role.PUBLIC}), cookie=False, thorough=True,
               by_every_method=True),
        _reader("ended"),  # its accreditation was ended while it was signed in
        _reader("ran_out"),  # its accreditation was until a day that has passed
        _reader("applicant", Role.OBSERVER),
    ),
    "heads": (
        _reader("head", Role.HEAD, email=WHO[Role.HEAD], thorough=True),
        _reader("suspended", Role.HEAD),
        _reader("provisional", Role.HEAD),
        _reader("observer", Role.OBSERVER, email=WHO[Role.OBSERVER]),
    ),
    "delegates": (
        _reader("delegate", Role.DELEGATE, email=WHO[Role.DELEGATE]),
        _reader("suspended_delegate", Role.DELEGATE),
        _reader("observer_chair", Role.OBSERVER, Role.GROUP_CHAIR),  # of the experts
        _reader("group_secretary"),  # keeps no record
    ),
    "offices": (
        _reader("group_chair", Role.GROUP_CHAIR, email=WHO[Role.GROUP_CHAIR]),
        _reader("vice_chair"),  # presides over nothing while there is a chair
        _reader("chair", Role.CHAIR, email=WHO[Role.CHAIR]),
        _reader("secretariat", Role.SECRETARIAT, email=WHO[Role.SECRETARIAT], thorough=True,
                by_every_method=True),
    ),
}  # fmt: skip


async def gather(site: Site, group: str) -> dict[str, Browser]:
    """Each reader of a group with a browser, signed in; what changes a standing comes after."""
    await _delegations()
    await _offices()
    browsers = {reader.name: await site.browser(reader.email) for reader in GROUPS[group]}
    if "ended" in browsers:
        await end_accreditation(SECRETARIAT, await _accredited("ended@example.org"))
    for code, standing in (("EST", "suspended"), ("FEN", "provisional")):
        await set_standing(SECRETARIAT, code, standing, since=SINCE, basis=Basis("2019/1"))
    return browsers


async def _accredited(email: str) -> int:
    from plenary.bodies.models import Accreditation

    return (await Accreditation.get(person__email=email)).id


async def _delegations() -> None:
    """Two more Participants, an Observer and an applicant, each with who speaks for it."""
    for code, name, kind, more in (
        ("EST", "Estoria", "participant", {}), ("FEN", "Fenland", "participant", {}),
        ("GAL", "Galdoria", "observer", {"constituency": "industry"}),
        ("HEL", "Heloria", "applicant", {}),
    ):  # fmt: skip
        admission = Admission(
            code,
            name.lower(),
            names={"en": name},
            since=SINCE,
            kind=kind,
            decision="2019/1",
            **more,
        )
        await admit(SECRETARIAT, admission)
    for code, who, role in (
        ("EST", "suspended", "head"), ("EST", "suspended_delegate", "delegate"),
        ("FEN", "provisional", "head"), ("GAL", "observer_chair", "head"),
        ("HEL", "applicant", "head"), ("ALD", "ended", "alternate"),
    ):  # fmt: skip
        await accredit(SECRETARIAT, code, f"{who}@example.org", who.title(), role, since=SINCE)
    await accredit(
        SECRETARIAT, "ALD", "ran_out@example.org", "Late", "alternate", since=SINCE, until=PAST
    )


async def _offices() -> None:
    await form_body(SECRETARIAT, "experts", "WGE", {"en": "Working Group of Experts"})
    await appoint(SECRETARIAT, "experts", "chair", code="GAL", since=SINCE)
    for office, who in (("vice_chair", "vice_chair"), ("secretariat", "group_secretary")):
        await appoint(
            SECRETARIAT, "monitoring", office, email=f"{who}@example.org", name=who, since=SINCE
        )


# --- what is asked ---


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    route: Route | None  # None: no route of this address takes the method
    group: bool = False  # whether it is about what is before the group

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def plan(reader: Reader, house: House) -> list[Asked]:
    """Read everything before each body, then send every form empty; leave at the end."""
    asked = [*_before_each_body("GET", house), *_before_each_body("POST", house)]
    if reader.thorough:
        asked += [Asked("GET", "/fr" + house.path(route), route) for route in routes("GET")]
        asked += [Asked("HEAD", house.path(route), route) for route in routes("GET")]
    if reader.by_every_method:
        asked += _that_nobody_takes(house)
    return sorted(asked, key=_leaving_last)


def _leaving_last(asked: Asked) -> tuple[bool, int]:
    name = asked.route.name if asked.route and asked.route.name in LAST else ""
    return asked.method == "POST", LAST.index(name)


def _before_each_body(method: str, house: House) -> Iterator[Asked]:
    """A proposal's pages before the Plenary and before the group; every other address once."""
    for route in routes(method):
        yield Asked(method, house.path(route, BEFORE_THE_PLENARY), route)
        if route.path.startswith("/proposals/") and "{number" in route.path:
            yield Asked(method, house.path(route, BEFORE_THE_GROUP), route, group=True)


def _that_nobody_takes(house: House) -> Iterator[Asked]:
    """Every address, by every method that none of its routes takes."""
    for path in dict.fromkeys(house.path(route) for route in PAGES):
        for method in METHODS:
            if method not in (methods_at(path) or ("GET", "HEAD")):
                yield Asked(method, path, None)


def methods_at(path: str) -> set[str]:
    """What an address takes, by all of its routes; a symbol's is not known until it is read."""
    here = [r.methods or set() for r in PAGES if r.name != "symbol" and r.path_regex.match(path)]
    return set().union(*here)


# --- what is turned back by a rule, though the table lets it through ---

# By a proposal's number: both, or that of the Plenary alone, which a group's chair has no say in.
PRESIDES = {"question", "extension", "question_end", "declaration"}
NOT_ITS_BUSINESS = PRESIDES | {"from_the_room", "tabling"}
NOT_ACTIVE = {"propose", "tabling", "sponsorship"}
OF_ITS_AUTHORS = {
    "tabling", "draft_readers", "draft_readers_end", "sponsor_acceptance", "sponsor_refusal",
}  # fmt: skip
OF_ANOTHER = {"statement_translation"}  # the statement is Belmark's
BARRED: dict[str, tuple[set[str], set[str]]] = {  # before the Plenary, before the group
    "chair": (OF_ITS_AUTHORS, OF_ITS_AUTHORS),
    "secretariat": (OF_ITS_AUTHORS, OF_ITS_AUTHORS),
    "applicant": (OF_ANOTHER, set()),
    "head": (OF_ANOTHER, OF_ITS_AUTHORS),  # the group's text is its chair's
    "suspended": (OF_ANOTHER | NOT_ACTIVE | OF_ITS_AUTHORS, NOT_ACTIVE | OF_ITS_AUTHORS),
    "provisional": (OF_ANOTHER | NOT_ACTIVE | OF_ITS_AUTHORS, NOT_ACTIVE | OF_ITS_AUTHORS),
    "observer": (OF_ANOTHER, set()),
    "observer_chair": (
        OF_ANOTHER | NOT_ITS_BUSINESS | {"meeting_closure"} | OF_ITS_AUTHORS,
        PRESIDES | OF_ITS_AUTHORS,
    ),
    "group_chair": (NOT_ITS_BUSINESS | {"meeting_closure"} | OF_ITS_AUTHORS, set()),
}


def is_barred(reader: Reader, asked: Asked) -> bool:
    """Whether a rule turns this back, by the table above."""
    if asked.route is None or asked.path == "/proposals":  # an empty form is told what it lacks
        return False
    return asked.route.name in BARRED.get(reader.name, (set(), set()))[asked.group]
