"""The table of contents: what the application is made of, and who may come in where."""

import re
from pathlib import Path

import pytest
from starlette.routing import Mount, Route

from plenary import app as application
from plenary.app import PAGES, create_app, guarded
from plenary.bodies.powers import POWERS, Power, Role, matrix, may
from plenary.bodies.routes import ROUTES
from plenary.settings import Settings, Unsafe
from tests.client import BASE, SECRET, opened, starlette_of

CONTRIBUTING = Path(__file__).parents[1] / "CONTRIBUTING.md"


def settings(folder: Path, **more: object) -> Settings:
    chosen = {"database_url": f"sqlite:///{folder / 'x.sqlite3'}", "secret_key": SECRET,
              "base_url": BASE, "data": folder, "pulse": False} | more  # fmt: skip
    return Settings(**chosen)  # type: ignore[arg-type]


def test_the_printed_matrix_is_the_one_in_the_code() -> None:
    assert CONTRIBUTING.exists(), "CONTRIBUTING.md prints the matrix of powers: it is missing"
    text = CONTRIBUTING.read_text(encoding="utf-8")
    printed = re.search(r"^```powers\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert printed, "CONTRIBUTING.md has no block ```powers"
    assert printed[1].strip() == matrix(), "print plenary.bodies.powers.matrix() there anew"


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
    """Every route of the application is in the table, but for the static files."""
    app = starlette_of(create_app(settings(Path("/nonexistent"))))
    others = [route for route in app.routes if not isinstance(route, Route)]
    assert [route.name for route in others if isinstance(route, Mount)] == ["static"]
    assert len(others) == 1
    assert {route.name for route in app.routes if isinstance(route, Route)} == set(ROUTES)
    for route in guarded():
        assert isinstance(route, Route)
        assert route.endpoint.__closure__ is not None, "each stands behind its powers"


def test_a_route_that_is_not_in_the_table_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    async def anything(request: object) -> None: ...

    extra = [*PAGES, Route("/backdoor", anything, name="backdoor")]
    monkeypatch.setattr(application, "PAGES", extra)
    with pytest.raises(KeyError, match="backdoor"):
        create_app(settings(Path("/nonexistent")))


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
