"""Whether anything can be written: tried for real, and remembered from what acts met."""

import sqlite3

import pytest

from plenary.db.config import sqlite_path
from plenary.record import writing
from plenary.record.writing import met, noted, write_nothing
from plenary.refusal import Refused, Unavailable


@pytest.mark.only("sqlite")
async def test_what_means_nothing_is_written_all_the_same(db: str) -> None:
    """Each time: the log of what was written grows, or is written anew from its beginning."""
    log = sqlite_path(db).with_name(sqlite_path(db).name + "-wal")
    written = []
    for _ in range(3):
        await write_nothing()
        written.append(log.read_bytes())
    assert len(set(written)) == 3


@pytest.mark.only("sqlite")
async def test_a_lock_that_another_holds_is_found_by_writing(db: str) -> None:
    other = sqlite3.connect(sqlite_path(db), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="database_busy"):
        await write_nothing()
    other.close()
    await write_nothing()


def meet(error: Exception | None = None) -> None:
    with noted():
        if error:
            raise error


def test_what_an_act_met_is_remembered_until_another_succeeds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    meet()
    with pytest.raises(Unavailable):
        meet(Unavailable("database_full"))
    assert met() == "database_full"
    for passing in (Refused("closed"), Unavailable("database_busy")):
        with pytest.raises(Refused):
            meet(passing)
        assert met() == "database_full"
    meet()
    assert met() == ""
    with pytest.raises(Unavailable):
        meet(Unavailable("database_disk"))
    monkeypatch.setattr(writing, "REMEMBERED", 0.0)
    assert met() == "", "nobody tried for long"
