"""Bring the schema up to date so that nothing is lost: the only way migrations are applied.

Each migration is one transaction with its own record and its own checks; what fails a check is
rolled back whole. Stock Tortoise records a migration after committing it, checks nothing, and on
SQLite rebuilds tables with foreign keys on, which deletes the rows that refer to them.
"""

import asyncio
import os
import pkgutil
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import ExitStack, asynccontextmanager, closing
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.context import TortoiseContext
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.migration import Migration
from tortoise.migrations.operations import (
    AddField,
    AddIndex,
    CreateModel,
    Operation,
    RunPython,
)
from tortoise.migrations.schema_editor.base import BaseSchemaEditor
from tortoise.migrations.schema_generator.state import State
from tortoise.transactions import in_transaction

from plenary import clock
from plenary.db import patience
from plenary.db.checks import check
from plenary.db.config import (
    APP,
    CONNECTION,
    MIGRATIONS,
    postgres_arguments,
    sqlite_path,
    tortoise_config,
    url_dialect,
)
from plenary.db.editors import MigrationRefused, PostgresEditor, SqliteEditor
from plenary.db.holding import held
from plenary.db.immediate import translated
from plenary.db.ops import Sql
from plenary.db.postgres import translated as told
from plenary.refusal import Unavailable
from plenary.settings import private_folder

APPLIED = f"SELECT name FROM tortoise_migrations WHERE app = '{APP}'"
LOCK = 0x706C656E617279  # "plenary": one migrator at a time in a PostgreSQL database
PATIENCE = 600  # seconds to wait for another migrator of the same SQLite file
BACKUPS = 3
# Operations that look at the models as they are to be, and never as they were; or that change none.
ADDING = (CreateModel, AddField, AddIndex, Sql, RunPython)
# A table is made with all its columns, so it is not told of those that are added to it later.
TOGETHER = ((CreateModel,), (AddField, AddIndex, Sql))


async def pending(url: str, models: Sequence[str], *, migrations: str = MIGRATIONS) -> list[str]:
    """Names of migrations not yet applied, oldest first. Imports no migration: milliseconds."""
    applied = (
        await _applied_postgres(url)
        if url_dialect(url) == "postgres"
        else await asyncio.to_thread(_applied_sqlite, sqlite_path(url))
    )
    known = _known(migrations)
    if newer := applied - set(known):
        raise MigrationRefused("newer_database", names=sorted(newer))
    return [name for name in known if name not in applied]


async def migrate(url: str, models: Sequence[str], *, migrations: str = MIGRATIONS) -> list[str]:
    """Apply what is pending; returns the names applied. Safe to run twice at once."""
    if not await pending(url, models, migrations=migrations):
        return []
    async with _alone(url):
        waiting = await pending(url, models, migrations=migrations)
        if not waiting:  # whoever held the lock before us has done it
            return []
        if url_dialect(url) == "sqlite":
            await asyncio.to_thread(_back_up, sqlite_path(url), waiting[0])
        config = tortoise_config(url, models, migrating=True, migrations=migrations)
        async with TortoiseContext() as context:  # closes the connections, whatever happens
            await context.init(config=config)
            executor = Executor(context.connections.get(CONNECTION), config["apps"])
            return await executor.forward()


class Executor(MigrationExecutor):
    """Tortoise's executor with our editors, and with the checks inside the transaction."""

    async def forward(self) -> list[str]:
        await self.loader.build_graph()
        await self.recorder.ensure_schema(self._schema_editor(atomic=False))
        applied = set(await self.recorder.applied_migrations())
        state = await self._project_state(applied)
        latest = [MigrationTarget(app_label=APP, name="__latest__")]
        done = []
        for step in self._migration_plan(latest, applied, self.loader.graph):
            async with in_transaction(CONNECTION) as transaction:
                editor = self._schema_editor()
                editor.client = self.recorder.connection = transaction
                await _apply(step.migration, state, editor)
                await check(transaction)
                await self.recorder.record_applied(APP, step.migration.name)
            done.append(step.migration.name)
        return done

    def _schema_editor(self, atomic: bool = True, collect_sql: bool = False) -> BaseSchemaEditor:
        sqlite = self.connection.capabilities.dialect == "sqlite"
        editor = SqliteEditor if sqlite else PostgresEditor
        return editor(self.connection, atomic=atomic, collect_sql=collect_sql)


async def _apply(migration: Migration, state: State, editor: BaseSchemaEditor) -> None:
    """Stock copies every model before each operation and works all of them out again after it. What
    only adds needs no copy, and models that are new together, or get something new together, are
    worked out together: a first start has little else to do. And it remembers INSERTs by table
    name: uncleared, rows written after a column was added silently lack it."""
    for kind, operations in groupby(migration.operations, _together):
        several = list(operations)
        if kind in TOGETHER:
            _tell(several, state)
        for operation in several:
            EXECUTOR_CACHE.clear()
            before = state if isinstance(operation, ADDING) else state.clone()
            if kind not in TOGETHER:
                operation.state_forward(APP, state)
            await operation.database_forward(APP, before, state, editor)
    state.validate_relations_initialized()


def _together(operation: Operation) -> object:
    """The same for operations of which each may see what all of them lead to."""
    return next((kinds for kinds in TOGETHER if isinstance(operation, kinds)), id(operation))


def _tell(operations: list[Operation], state: State) -> None:
    """Tell the state of all of these first; then have the models worked out, once."""
    waiting: set[tuple[str, str]] = set()
    put_off = {
        "reload_models": waiting.update,
        "reload_model": lambda app, name: waiting.add((app, name)),
    }
    vars(state).update(put_off)
    for operation in operations:
        operation.state_forward(APP, state)
    for name in put_off:
        del vars(state)[name]
    if waiting:
        state.reload_models(waiting)


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[None]:
    """One migrator at a time; the others wait and then find nothing to do."""
    if url_dialect(url) == "postgres":
        connection = await postgres(url)
        try:
            await connection.execute(f"SELECT pg_advisory_lock({LOCK})")
            yield
        finally:
            await connection.close()  # gives the lock back, as does a crash
        return
    lock = await asyncio.to_thread(_lock_file, sqlite_path(url))
    try:
        yield
    finally:
        await asyncio.to_thread(lock.close)


def _lock_file(path: Path) -> ExitStack:
    """A lock in the file itself could not outlive one migration's transaction: one beside it."""
    private_folder(path.parent)
    path.touch(mode=0o600)
    with ExitStack() as lock:
        beside = path.with_name(path.name + ".migrating")
        if not lock.enter_context(held(beside, patience=PATIENCE)):
            raise Unavailable("database_busy")
        return lock.pop_all()


def _back_up(path: Path, before: str) -> None:
    """Copy a filled database beside itself; keep the newest three copies."""
    stamp = clock.now().strftime("%Y%m%dT%H%M%S%fZ")
    copy = path.with_name(f"{path.name}.backup-{stamp}-before-{before}")
    partial = path.with_name(path.name + ".backup.partial")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        if not database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            return
        partial.unlink(missing_ok=True)
        partial.touch(mode=0o600)
        database.execute("VACUUM INTO ?", (str(partial),))
    os.replace(partial, copy)
    for old in sorted(path.parent.glob(f"{path.name}.backup-*"))[:-BACKUPS]:
        old.unlink()


def _known(migrations: str) -> list[str]:
    spec = find_spec(migrations)
    where = spec.submodule_search_locations if spec else None
    found = pkgutil.iter_modules(where or ())
    return sorted(m.name for m in found if not m.ispkg and m.name[0] not in "_~")


def _applied_sqlite(path: Path) -> set[str]:
    if not path.exists():
        return set()
    with (
        translated(),
        closing(sqlite3.connect(path.resolve().as_uri() + "?mode=rw", uri=True)) as database,
    ):
        if not database.execute("PRAGMA table_info(tortoise_migrations)").fetchone():
            return set()
        return {name for (name,) in database.execute(APPLIED)}


async def postgres(url: str) -> Any:
    """A connection of its own to a PostgreSQL; Unavailable, within seconds, where there is none."""
    with told():
        return await asyncpg.connect(**postgres_arguments(url), timeout=patience.PATIENCE)


async def _applied_postgres(url: str) -> set[str]:
    connection: Any = await postgres(url)
    try:
        return {row["name"] for row in await connection.fetch(APPLIED)}
    except asyncpg.UndefinedTableError:
        return set()
    finally:
        await connection.close()
