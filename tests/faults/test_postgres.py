"""PostgreSQL stops, stands still, is started anew: refused in time, and nothing lost afterwards.

The server is one of the test's own, so that nobody else's stands still.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal

from plenary.db.migrate import migrate
from plenary.settings import MODELS
from tests.databases import Cluster, private_cluster
from tests.faults.disks import Disk, small_disk
from tests.faults.house import House, opened
from tests.faults.outages import Outage

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
AWAY = ("database_away", "database_busy")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with private_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def house(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    cluster.execute("CREATE DATABASE plenary")
    url = cluster.url_of("plenary")
    with start_blocking_portal("asyncio") as portal:
        portal.call(migrate, url, MODELS)
    with opened(url, tmp_path_factory.mktemp("postgres")) as house:
        yield house


@pytest.fixture
def disk(cluster: Cluster, house: House) -> Iterator[Disk]:
    """The tables of the house are on it for as long as it is there."""
    with small_disk(cluster.folder / "small", "64m") as disk:
        cluster.lend(disk.folder)
        cluster.execute(f"CREATE TABLESPACE small LOCATION '{disk.folder}'")
        cluster.move("plenary", "small")
        yield disk
        cluster.move("plenary", "pg_default")
        cluster.execute("DROP TABLESPACE small")


async def test_postgresql_is_stopped_and_started_anew(
    house: House, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    await Outage("stopped", cluster.stop, cluster.start, AWAY, readable=False).at(house, capsys)


async def test_postgresql_stands_still_and_goes_on(
    house: House, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every process of it, as on a machine whose disk has stopped answering."""
    freeze = partial(_signal, cluster, signal.SIGSTOP)
    thaw = partial(_signal, cluster, signal.SIGCONT)
    await Outage("standing still", freeze, thaw, AWAY, readable=False).at(house, capsys)


async def test_postgresql_takes_no_writing_for_a_while(
    house: House, cluster: Cluster, capsys: pytest.CaptureFixture[str]
) -> None:
    """As after a change-over to the wrong one of two, or at the hands of an operator."""
    close = partial(cluster.alter, "SET default_transaction_read_only = on")
    reopen = partial(cluster.alter, "RESET default_transaction_read_only")
    read_only = Outage("read-only", close, reopen, ("database_read_only",), readable=True)
    await read_only.at(house, capsys)


async def test_the_disk_of_postgresql_is_full_and_there_is_room_again(
    house: House, disk: Disk, capsys: pytest.CaptureFixture[str]
) -> None:
    full = Outage("disk full", disk.fill, disk.clear, ("database_full",), readable=True)
    await full.at(house, capsys)


def _signal(cluster: Cluster, what: signal.Signals) -> None:
    first = int((cluster.data / "postmaster.pid").read_text().split()[0])
    for pid in (first, *_children(first)):  # the first one first: it starts no others then
        with suppress(ProcessLookupError):
            os.kill(pid, what)


def _children(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(folder.name))
    return found
