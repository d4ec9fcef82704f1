"""PostgreSQL stops, stands still, is started anew: refused in time, and nothing lost afterwards.

The server is one of the test's own, so that nobody else's stands still.
"""

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from anyio.from_thread import start_blocking_portal

from plenary.db.migrate import migrate
from plenary.settings import MODELS
from tests.databases import Cluster, private_cluster
from tests.faults.bounds import timed_there
from tests.faults.house import PAGES, House, opened
from tests.faults.speakers import speaking

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
AWAY = ("database_away", "database_busy")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with private_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def house(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with start_blocking_portal("asyncio") as portal:
        portal.call(migrate, cluster.url, MODELS)
    with opened(cluster.url, tmp_path_factory.mktemp("postgres")) as house:
        yield house


def stop(cluster: Cluster) -> None:
    cluster.stop()


def start_anew(cluster: Cluster) -> None:
    cluster.start()


def freeze(cluster: Cluster) -> None:
    """Every process of it stands still, as on a machine whose disk has stopped answering."""
    _signal(cluster, signal.SIGSTOP)


def thaw(cluster: Cluster) -> None:
    _signal(cluster, signal.SIGCONT)


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


@pytest.mark.parametrize(
    "disturb, mend", [(stop, start_anew), (freeze, thaw)], ids=["is stopped", "stands still"]
)
async def test_who_speaks_while_postgresql(
    house: House,
    cluster: Cluster,
    disturb: Callable[[Cluster], None],
    mend: Callable[[Cluster], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Is refused in time and in words, and served again without a new start of ours."""
    await house.ready()
    async with speaking(house.base, house.hall) as heads:
        await heads.each(lambda said: said.taken, times=2)
        await asyncio.to_thread(disturb, cluster)
        try:
            refused = await heads.each(lambda said: not said.taken, times=2)
            pages = [await timed_there(house.get, page) for page in (*PAGES, "/readyz")]
            assert (await house.get("/healthz")).status_code == 200
        finally:
            await asyncio.to_thread(mend, cluster)
        await heads.each(lambda said: said.taken, times=2)
    await house.ready()
    await house.as_it_should_be(heads)
    for said in refused:
        said.told(*AWAY)
    slowest, slowest_page = max(one.took for one in refused), max(took for took, _ in pages)
    with capsys.disabled():
        print(
            f"\n{disturb.__name__}: {len(refused)} posts refused, the slowest in {slowest:.2f} s; "
            f"{len(pages)} pages asked for, the slowest in {slowest_page:.2f} s"
        )
    assert {answer.status_code for _, answer in pages} == {503}
    assert max(slowest, slowest_page) < heads.bound
