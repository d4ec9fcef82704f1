"""The table of contents: what the application is made of, and who may come in where."""

import re
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from plenary import app as application
from plenary.app import PAGES, create_app, guarded
from plenary.bodies.powers import POWERS, Power, Role, matrix, may, openings
from plenary.settings import Settings, Unsafe
from plenary.web.routing import Address
from tests.client import BASE, SECRET, opened, starlette_of

CONTRIBUTING = Path(__file__).parents[1] / "CONTRIBUTING.md"


def settings(folder: Path, **more: object) -> Settings:
    chosen = {"database_url": f"sqlite:///{folder / 'x.sqlite3'}", "secret_key": SECRET,
              "base_url": BASE, "data": folder, "pulse": False} | more  # fmt: skip
    return Settings(**chosen)  # type: ignore[arg-type]


def printed(block: str) -> str:
    assert CONTRIBUTING.exists(), "CONTRIBUTING.md prints the matrix of powers: it is missing"
    text = CONTRIBUTING.read_text(encoding="utf-8")
    found = re.search(rf"^```{block}\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert found, f"CONTRIBUTING.md has no block ```{block}"
    return found[1].strip()


def test_the_printed_matrix_is_the_one_in_the_code() -> None:
    assert printed("powers") == matrix(), "print plenary.bodies.powers.matrix() there anew"


def test_what_each_power_opens_is_printed_as_the_routes_say_it() -> None:
    opened = openings({route.name: route.powers for route in PAGES})
    assert printed("routes") == opened, f"print there anew:\n{opened}"


def test_the_matrix_has_a_line_for_each_power_and_a_column_for_each_role() -> None:
    lines = matrix().split("\n")
    assert len(lines) == 2 + len(Power)
    assert {line.count("|") for line in lines} == {len(Role) + 2}
    for power, line in zip(POWERS, lines[2:], strict=True):
        marks = [cell.strip() for cell in line.split("|")[2:-1]]
        assert marks == ["●" if may([role], power) else "–" for role in Role]


def test_nobody_but_a_head_of_delegation_states_a_position_that_counts() -> None:
    assert POWERS[Power.STATE_POSITION] == {Role.HEAD}
    assert POWERS[Power.BE_HEARD] == {Role.OBSERVER}
    for power in (Power.PUT_QUESTION, Power.DECLARE):
        assert POWERS[power] == {Role.CHAIR, Role.GROUP_CHAIR}
    for power, roles in POWERS.items():
        assert (Role.PUBLIC in roles) == (power in (Power.READ, Power.SIGN_IN))


def test_each_address_leads_to_one_handler() -> None:
    seen = [(route.path, method) for route in PAGES for method in sorted(route.methods or ())]
    assert len(seen) == len(set(seen))


def test_nothing_is_served_past_the_guard() -> None:
    """Every route of the application says its powers, but for the static files."""
    app = starlette_of(create_app(settings(Path("/nonexistent"))))
    others = [route for route in app.routes if not isinstance(route, Route)]
    assert [route.name for route in others if isinstance(route, Mount)] == ["static"]
    assert len(others) == 1
    served = [(route.path, route.name) for route in app.routes if isinstance(route, Route)]
    assert served == [(route.path, route.name) for route in PAGES if route.powers <= set(Power)]
    for route in guarded():
        assert isinstance(route, Route)
        assert route.endpoint.__closure__ is not None, "each stands behind its powers"


async def anything(request: object) -> None: ...


@pytest.mark.parametrize(
    "extra",
    [
        Route("/backdoor", anything, name="backdoor"),
        Address("/backdoor", anything, "backdoor", name="unheard"),
    ],
    ids=["no power", "a power that nobody knows"],
)
def test_a_route_without_its_power_stops_the_start(
    extra: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "PAGES", [*PAGES, extra])
    with pytest.raises((LookupError, ValueError), match="backdoor"):
        create_app(settings(Path("/nonexistent")))


def test_no_name_is_that_of_two_routes_with_other_powers() -> None:
    """A page is led to by the name of its route: what opens it is the same wherever it stands."""
    by_name: dict[str, set[frozenset[str]]] = {}
    for route in PAGES:
        by_name.setdefault(route.name, set()).add(route.powers)
    assert [name for name, powers in by_name.items() if len(powers) > 1] == []


async def test_an_unsafe_database_stops_the_start(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from plenary.db.config import Finding

    async def findings() -> list[Finding]:
        return [Finding("synchronous", "1", "2")]

    monkeypatch.setattr("plenary.db.config.unsafe", findings)
    with pytest.raises(Unsafe) as unsafe:
        async with opened(database_url, tmp_path):
            pytest.fail("it started")
    assert "synchronous = 1: set it to 2" in unsafe.value.reason


async def test_before_there_is_a_body_the_site_says_so_and_does_not_fail(
    database_url: str, tmp_path: Path
) -> None:
    async with opened(database_url, tmp_path) as site:
        browser = await site.browser()
        for path in ("/", "/proposals", "/decisions", "/positions", "/meetings", "/groups",
                     "/participants", "/observers", "/changes", "/register", "/search",
                     "/how-it-works", "/data", "/help", "/verify", "/sign-in", "/openapi.json",
                     "/healthz", "/readyz", "/sitemap.xml", "/robots.txt", "/changes.atom",
                     "/decisions.atom"):  # fmt: skip
            answer = await browser.get(path)
            assert answer.status_code in (200, 404), f"{path}: {answer.status_code}"
