"""Another process holds SQLite's write lock: pages go on, whoever writes is told within seconds.

PLENARY_HELD says for how many seconds it holds it, here 12.
"""

import os
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from plenary.db.patience import PATIENCE
from tests.contract.floor import Floor, Visitor, free_port, path_of, position_form, serving, words
from tests.faults.bounds import refused_by, timed

HELD = float(os.environ.get("PLENARY_HELD") or 12)
WRITERS = 6
PAGES = ("/", "/proposals", "/decisions", "/changes", "/register", "/fr/positions")


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """The write lock of this file is another's meanwhile."""
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Floor]:
    data = tmp_path_factory.mktemp("locked")
    port = free_port()
    words = ("demo", "--host", "127.0.0.1", "--port", str(port), "--data", str(data))
    with serving(data / "demo.log", port, *words) as base:
        floor = Floor(base, data)
        yield floor
        for visitor in floor.people.values():
            visitor.http.close()


def reading(base: str, until: float) -> list[tuple[float, int]]:
    visitor, told = Visitor(base), []
    with visitor.http:
        while time.monotonic() < until:
            for page in PAGES:
                took, answer = timed(visitor.get, page)
                told.append((took, answer.status_code))
    return told


def writing(visitor: Visitor, path: str, until: float) -> list[tuple[float, httpx2.Response]]:
    told = []
    while time.monotonic() < until:
        form = position_form("accept", confirmed="1", explanation="Kept, whatever happens.")
        told.append(timed(visitor.post, f"{path}/position", form))
    return told


def test_pages_are_read_and_writers_are_refused_in_time_while_another_process_writes(
    floor: Floor, capsys: pytest.CaptureFixture[str]
) -> None:
    path = floor.asked()
    heads = [floor(f"head.{code}") for code in ("bw", "ao", "in", "ca", "za", "au")][:WRITERS]
    before = floor().json("/register.json")["size"]
    with locked(floor.data / "demo.sqlite3"), ThreadPoolExecutor(WRITERS + 2) as crowd:
        until = time.monotonic() + HELD
        readers = [crowd.submit(reading, floor.base, until) for _ in range(2)]
        writers = [crowd.submit(writing, head, path, until) for head in heads]
        read = [answer for reader in readers for answer in reader.result()]
        wrote = [answer for writer in writers for answer in writer.result()]
    slowest, slowest_refusal = max(took for took, _ in read), max(took for took, _ in wrote)
    with capsys.disabled():
        print(
            f"\nlock held {HELD:g} s: {len(read)} pages read, the slowest in {slowest:.2f} s; "
            f"{len(wrote)} posts refused, the slowest in {slowest_refusal:.2f} s"
        )
    assert {status for _, status in read} == {200}
    assert slowest < PATIENCE, "whoever waits for the lock waits so long"
    assert {answer.status_code for _, answer in wrote} == {503}
    assert slowest_refusal < refused_by(slowest)
    for _, answer in wrote:
        assert int(answer.headers["retry-after"]) > 0
        assert "Kept, whatever happens." in words(answer)
        assert "Nothing of what you sent was recorded" in words(answer)
    assert floor().json("/register.json")["size"] == before, "nothing is half done"
    done = heads[0].post(f"{path}/position", position_form("accept", confirmed="1"))
    assert done.status_code == 303, words(done)
    assert "/receipt" in path_of(done)


def test_a_signed_in_reader_waits_for_no_writer_either(floor: Floor) -> None:
    chair = floor("chair")
    with sqlite3.connect(floor.data / "demo.sqlite3", isolation_level=None) as database:
        database.execute("UPDATE session SET seen = datetime(seen, '-5 minutes')")
    database.close()
    with locked(floor.data / "demo.sqlite3"):
        for page in ("/desk", "/", "/proposals"):
            took, answer = timed(chair.get, page)
            assert answer.status_code == 200
            assert took < PATIENCE, f"{page} waited {took:.1f} s: so long does who waits for it"


def test_the_form_that_was_refused_can_be_sent_again_from_the_page_it_came_back_on(
    floor: Floor,
) -> None:
    path, head = floor.asked(), floor("head.bw")
    form = position_form("accept", confirmed="1", explanation='"Quoted" <and> kept')
    with locked(floor.data / "demo.sqlite3"):
        refused = head.post(f"{path}/position", form)
    assert refused.status_code == 503
    for name, value in form.items():
        if value:
            assert f'name="{name}"' in refused.text
    again = head.post(f"{path}/position", form)
    assert again.status_code == 303, words(again)
