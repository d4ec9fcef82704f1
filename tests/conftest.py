"""What every folder of tests may use."""

from hypothesis import settings

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

# The same examples each time, as many as there is time for; what fails says how to see it again.
settings.register_profile("plenary", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("plenary")
