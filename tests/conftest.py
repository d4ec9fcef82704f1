"""What every folder of tests may use."""

from tests.database_fixtures import (  # noqa: F401
    anyio_backend,
    database_kind,
    database_schema,
    database_url,
    databases,
    db,
    empty_database_url,
    pytest_addoption,
    pytest_configure,
    pytest_generate_tests,
    pytest_terminal_summary,
)
