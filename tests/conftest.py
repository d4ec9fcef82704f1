"""What every folder of tests may use."""

import pytest
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
settings.register_profile("quick", settings.get_profile("plenary"), max_examples=15)
settings.load_profile("plenary")

# Begun first where several processes share the files: none is to begin a long one at the end.
LONG = (
    "tests/web/test_unexpected_input.py", "tests/web/test_walk.py", "tests/archive/test_leaks.py",
    "tests/decisions/test_publication.py", "tests/decisions/test_from_the_room.py",
    "tests/decisions/test_blocs.py", "tests/faults/", "tests/closings/", "tests/model/",
    "tests/browser/", "tests/contract/", "tests/races/",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not item.nodeid.startswith(LONG))
