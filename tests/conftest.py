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
    site,
)

# The same examples each time, as many as there is time for; what fails says how to see it again.
settings.register_profile("plenary", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("quick", settings.get_profile("plenary"), max_examples=15)
settings.load_profile("plenary")

# Begun first, in this order, where several processes share the files: none is to begin a long one
# when the others have nothing left to do.
LONG = (
    "tests/browser/", "tests/questions/test_publication.py", "tests/faults/", "tests/model/",
    "tests/web/test_unexpected_input.py", "tests/web/test_every_page.py", "tests/web/test_odd.py",
    "tests/disclosure/test_leaks.py", "tests/web/test_walk.py", "tests/contract/",
    "tests/web/test_answers.py", "tests/sample/", "tests/web/test_lists.py", "tests/races/",
    "tests/closings/", "tests/web/test_refilled.py", "tests/web/test_headers.py", "tests/notices/",
    "tests/db/",
)  # fmt: skip


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: _place(item.nodeid))


def _place(nodeid: str) -> int:
    return next((n for n, path in enumerate(LONG) if nodeid.startswith(path)), len(LONG))
