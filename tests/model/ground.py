"""The real program under a history: its database, put back to the beginning before each.

A history runs in one thread and one event loop. SQLite lies in memory where there is a memory disk,
its worker thread is passed by, and it does not wait for the disk: what is shown here is not that an
act survives a power cut. PostgreSQL runs as it is.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

import aiosqlite
from tortoise.connection import get_connection

from plenary import clock
from plenary.bodies.actions.admissions import Admission, enter_delegation
from plenary.bodies.actions.chambers import enter_body
from plenary.bodies.actions.seats import enter_seat
from plenary.bodies.measures import UNSAID, Basis
from plenary.db.config import CONNECTION, connect, dialect, disconnect, sqlite_path
from plenary.hooks import wire
from plenary.procedures.actions import enter_founding
from plenary.proposals.actions.moves import Tabled, propose
from plenary.record.act import Record, act, door
from plenary.settings import MODELS
from tests.mandate import mandate
from tests.world import RULES, TEXT

T = TypeVar("T")
SINCE = date(2019, 1, 1)  # everyone has been here
OPENING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
FOUNDED = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
PARTICIPANTS = ("ALD", "BEL", "COR", "DAN", "EST")
SUSPENDED = "EST"  # at first
OBSERVERS = ("WDC",)
TABLED = 2  # proposals that are there from the beginning
# Any share from a half to all, as the histories choose them.
VOTE = RULES["vote"] | {
    "choose": RULES["vote"]["choose"] | {"threshold": {"from": "1/2", "to": "1/1"}}
}
# A day's notice before the gavel, as a body has it that says nothing else.
CONSENSUS = RULES["consensus"] | {"notice": {"sitting": {"hours": 1}, "outside": {"hours": 24}}}
KEPT = "kept"  # the schema in which PostgreSQL keeps the beginning


def memory_disk() -> str | None:
    """A folder in memory, if this system has one."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="plenary-model-", dir=memory_disk()) as name:
        yield Path(name)


@dataclass
class Ground:
    """A connected database with the cast in it, and the loop that everything runs in."""

    url: str
    loop: asyncio.AbstractEventLoop
    beginning: sqlite3.Connection | None = None
    cited: Basis = UNSAID  # a decision of the register that suspends and restores
    restarts: int = 0
    ours: sqlite3.Connection | None = None  # to look at SQLite without the program

    def run(self, doing: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(doing)

    def at(self, now: datetime, doing: Coroutine[Any, Any, T]) -> T:
        with clock.pretending(now):
            return self.loop.run_until_complete(doing)

    def restart(self) -> None:
        """The process goes and comes back: nothing is left of it but the database."""
        self.run(disconnect())
        self.run(_connect(self.url))
        self.restarts += 1

    def rows(self, *asked: str) -> list[list[dict[str, Any]]]:
        """What each of these comes to, as it lies in the database."""
        if self.ours:
            return [[dict(row) for row in self.ours.execute(sql)] for sql in asked]
        return self.run(_rows(*asked))

    def write(self, sql: str) -> None:
        self.run(get_connection(CONNECTION).execute_script(sql))

    def begin_again(self) -> None:
        if self.beginning:
            self.beginning.backup(_plain_connection())
        else:
            self.write(self._put_back)

    @cached_property
    def _put_back(self) -> str:
        """Every table as it was, past the triggers that hold what must never be rewritten."""
        (found,) = self.rows(f"SELECT tablename FROM pg_tables WHERE schemaname = '{KEPT}'")
        names = [row["tablename"] for row in found]
        each = "".join(
            f'DELETE FROM public."{n}"; INSERT INTO public."{n}" SELECT * FROM {KEPT}."{n}";'
            for n in names
        )
        return f"BEGIN; SET LOCAL session_replication_role = replica; {each} COMMIT;"


async def _rows(*asked: str) -> list[list[dict[str, Any]]]:
    return [await get_connection(CONNECTION).execute_query_dict(sql) for sql in asked]


def _plain_connection() -> sqlite3.Connection:
    return get_connection(CONNECTION)._connection._conn  # type: ignore[no-any-return,attr-defined]


@contextmanager
def ground(url: str) -> Iterator[Ground]:
    """Connect to a migrated, empty database and found the cast in it."""
    with asyncio.Runner() as runner, in_line():
        made = Ground(url, runner.get_loop())
        made.run(_connect(url))
        try:
            made.at(FOUNDED, _found(by="system"))
            made.cited = made.at(FOUNDED, mandate())
            for _ in range(TABLED):
                made.at(FOUNDED, table())
            if made.run(_dialect()) == "sqlite":
                made.beginning = sqlite3.connect(":memory:")
                _plain_connection().backup(made.beginning)
                made.ours = sqlite3.connect(sqlite_path(url), isolation_level=None)
                made.ours.row_factory = sqlite3.Row
            else:
                made.write(_keep(made))
            yield made
        finally:
            made.run(disconnect())
            for connection in (made.beginning, made.ours):
                if connection:
                    connection.close()


async def _dialect() -> str:
    return dialect()


async def _connect(url: str) -> None:
    wire()
    await connect(url, MODELS, pool=(1, 2))
    if dialect() == "sqlite":
        await get_connection(CONNECTION).execute_script("PRAGMA synchronous = OFF")


def _keep(made: Ground) -> str:
    (names,) = made.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = (
        f'CREATE TABLE {KEPT}."{r["tablename"]}" AS TABLE public."{r["tablename"]}";' for r in names
    )
    return f"CREATE SCHEMA {KEPT}; {''.join(tables)}"


@contextmanager
def in_line() -> Iterator[None]:
    """SQLite's calls are made where they are awaited: a thread for each costs more than it."""

    async def here(self: aiosqlite.Connection, call: Any, *given: Any, **more: Any) -> Any:
        return call(*given, **more)

    opened = aiosqlite.connect

    def shared(*given: Any, **more: Any) -> Any:
        return opened(*given, **more | {"check_same_thread": False})

    with (
        patch.object(aiosqlite.Connection, "_execute", here),
        patch.object(aiosqlite, "connect", shared),
    ):
        yield


async def table() -> None:
    """Another proposal on the table, by its author."""
    draft = Tabled(
        {"en": "Seals"}, {"en": "Sealed."}, "trade", "plenary", "en", TEXT, "other", "COR"
    )
    await propose("delegation:ALD", draft, draft=False)


@door
async def _found(*, by: str) -> None:
    """A Plenary of five Participants, one of them suspended, and an Observer."""
    async with act(by=by) as record:
        await enter_body(record, "plenary", "KP", {"en": "Plenary"}, numbering=2019)
        await enter_founding(record, "plenary", RULES | {"vote": VOTE, "consensus": CONSENSUS})
        for code in PARTICIPANTS:
            standing = "suspended" if code == SUSPENDED else "active"
            await _admit(record, code, "member", kind="participant", standing=standing)
        for code in OBSERVERS:
            await _admit(record, code, "observer", kind="observer", constituency="industry")


async def _admit(record: Record, code: str, seat: str, **more: str) -> None:
    admission = Admission(code, code.lower(), names={"en": code}, since=SINCE, **more)  # type: ignore[arg-type]
    await enter_delegation(record, admission)
    await enter_seat(record, "plenary", code, seat, since=SINCE)
