"""These tests have models and migrations of their own, so that they can break them."""

import pytest

from tests.databases import Schema

MODELS = ("tests.db.models",)


@pytest.fixture(scope="session")
def database_schema() -> Schema:
    return Schema(MODELS, "tests.db.second")
