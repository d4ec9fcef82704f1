"""`database_url` and `db`: the same test on SQLite and on PostgreSQL.

`pytest --db=sqlite|postgres|both`. Without a PostgreSQL at hand only SQLite runs and the summary
says so; with PLENARY_REQUIRE_POSTGRES=1 that is an error. `@pytest.mark.only("postgres")` where the
thing shown exists on one database alone.
"""

import os
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plenary.db.config import connect, disconnect
from tests.databases import Databases, Schema, Unavailable, in_memory, postgres_at_hand
from tests.kept_models import keep

if TYPE_CHECKING:
    from tests.client import Site

_absent = pytest.StashKey[str]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db", choices=("sqlite", "postgres", "both"), default="both")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "only(kind): what this shows exists on one database alone")
    if folder := in_memory():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", folder)  # where every tmp_path lies
    wanted = config.getoption("--db")
    config.stash[_absent] = ""
    if wanted != "sqlite" and not postgres_at_hand():
        config.stash[_absent] = "not at hand"
        if wanted == "postgres" or _required():
            raise pytest.UsageError("PostgreSQL is required: set PLENARY_TEST_DATABASE_URL")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database_kind" not in metafunc.fixturenames:
        return
    asked = metafunc.config.getoption("--db")
    only = metafunc.definition.get_closest_marker("only")
    here = ["sqlite"] if metafunc.config.stash[_absent] else ["sqlite", "postgres"]
    kinds = [
        pytest.param(kind, marks=[pytest.mark.postgres] if kind == "postgres" else [])
        for kind in here
        if asked in (kind, "both") and (only is None or kind in only.args)
    ]
    metafunc.parametrize("database_kind", kinds, indirect=True)


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    ran: dict[str, Counter[str]] = {}
    for outcome in ("passed", "failed", "error", "skipped", "xfailed"):
        for report in terminalreporter.stats.get(outcome, ()):
            if kind := dict(getattr(report, "user_properties", ())).get("database"):
                ran.setdefault(kind, Counter())[outcome] += 1
    if not ran:
        return
    each = [f"{kind}: " + " ".join(f"{n} {o}" for o, n in ran[kind].items()) for kind in ran]
    terminalreporter.write_line(", ".join(sorted(each, reverse=True)))
    if absent := config.stash[_absent]:
        terminalreporter.write_line(f"PostgreSQL: {absent}, only SQLite ran")


def _required() -> bool:
    return os.environ.get("PLENARY_REQUIRE_POSTGRES") == "1"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    kind: str = request.param
    request.node.user_properties.append(("database", kind))
    return kind


@pytest.fixture(scope="session")
def database_schema() -> Schema:
    """The project's own; a folder of tests may override it."""
    from plenary.settings import MODELS

    return Schema(tuple(MODELS))


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with ExitStack() as stack:
        keep(stack.enter_context(pytest.MonkeyPatch.context()))
        yield Databases(tmp_path_factory.mktemp("databases"), stack)


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest,
    database_kind: str,
    database_schema: Schema,
    databases: Databases,
    tmp_path: Path,
) -> Iterator[str]:
    """The URL of a migrated database that is this test's alone."""
    yield from _fresh(request, databases, database_kind, database_schema, tmp_path)


@pytest.fixture
def empty_database_url(
    request: pytest.FixtureRequest, database_kind: str, databases: Databases, tmp_path: Path
) -> Iterator[str]:
    """The URL of a database with nothing in it, for tests of migrations."""
    yield from _fresh(request, databases, database_kind, None, tmp_path)


@pytest.fixture
async def db(database_url: str, database_schema: Schema) -> AsyncIterator[str]:
    """A migrated database with Tortoise connected to it, and the door told what comes first."""
    from plenary.hooks import wire

    wire()
    await connect(database_url, database_schema.models)
    try:
        yield database_url
    finally:
        await disconnect()


def _fresh(
    request: pytest.FixtureRequest,
    databases: Databases,
    kind: str,
    schema: Schema | None,
    folder: Path,
) -> Iterator[str]:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(databases.fresh(kind, schema, folder))
        except Unavailable as error:
            request.config.stash[_absent] = f"did not start ({error})"
            if _required() or os.environ.get("PLENARY_TEST_DATABASE_URL"):
                pytest.fail(f"PostgreSQL {request.config.stash[_absent]}")
            pytest.skip("PostgreSQL did not start")
        yield url


@pytest.fixture
async def site(database_url: str, tmp_path: Path) -> "AsyncIterator[Site]":
    """The real application on this test's own database, with browsers: see tests/client.py.

    Imported by whoever browses: a pure test does not wait for the whole program.
    """
    from tests.client import opened

    async with opened(database_url, tmp_path) as site:
        yield site
