"""The sample, loaded once for the session, and a copy of it for each test that browses."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal

from plenary.db.config import connect, disconnect
from plenary.hooks import wire
from plenary.sample.load import load
from plenary.settings import MODELS
from tests.client import Site, opened
from tests.databases import Databases, Schema


@pytest.fixture(scope="session")
def sample_file(
    databases: Databases, database_schema: Schema, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("sample")
    with databases.fresh("sqlite", database_schema, folder) as url:
        with start_blocking_portal("asyncio") as portal:
            portal.call(_lay, url)
        yield folder / "plenary.sqlite3"


async def _lay(url: str) -> None:
    wire()
    await connect(url, MODELS)
    try:
        assert await load()
        assert not await load(), "it is loaded once"
    finally:
        await disconnect()


@pytest.fixture
async def site(sample_file: Path, tmp_path: Path) -> AsyncIterator[Site]:
    """The application over a copy of the sample."""
    copy = shutil.copyfile(sample_file, tmp_path / "plenary.sqlite3")
    async with opened(f"sqlite:///{copy}", tmp_path, demo=True) as site:
        yield site
