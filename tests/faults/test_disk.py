"""SQLite's disk is full, or takes no writing any more: pages go on, nothing is half done."""

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Databases, Schema
from tests.faults.disks import Disk, small_disk
from tests.faults.house import opened
from tests.faults.outages import Outage

pytestmark = pytest.mark.slow


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", "64m") as disk:
        yield disk


async def test_a_full_disk_is_told_and_there_is_room_again(
    disk: Disk, databases: Databases, database_schema: Schema, capsys: pytest.CaptureFixture[str]
) -> None:
    with databases.fresh("sqlite", database_schema, disk.folder) as url:
        with opened(url, disk.folder) as house:
            full = Outage("disk full", disk.fill, disk.clear, ("database_full",), readable=True)
            await full.at(house, capsys)


async def test_a_disk_that_takes_no_writing_any_more_is_told_and_takes_it_again(
    tmp_path: Path,
    databases: Databases,
    database_schema: Schema,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As a file system does that the kernel has made read-only under a running server: what is
    open stays open, can be read, and is not written. Here by a limit of that one process."""
    with (
        databases.fresh("sqlite", database_schema, tmp_path) as url,
        opened(url, tmp_path) as house,
    ):
        pid = house.served.process.pid
        before = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        broken = Outage(
            "no writing",
            lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, before[1])),
            lambda: resource.prlimit(pid, resource.RLIMIT_FSIZE, before),
            ("database_disk",),
            readable=True,
        )
        await broken.at(house, capsys)
