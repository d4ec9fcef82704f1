"""From DATABASE_URL to a connected Tortoise, and whether what it connected to is safe."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection

from plenary.db.postgres import LOCK

APP = "plenary"
MIGRATIONS = "plenary.migrations"
CONNECTION = "default"
Dialect = Literal["sqlite", "postgres"]

# What the record's promise rests on: an acknowledged act survives a power cut.
SAFE: dict[Dialect, dict[str, tuple[str, ...]]] = {
    "sqlite": {"journal_mode": ("wal",), "synchronous": ("2", "3"), "foreign_keys": ("1",)},
    "postgres": {
        "fsync": ("on",),
        "full_page_writes": ("on",),
        "synchronous_commit": ("on", "remote_apply"),
    },
}


@dataclass(frozen=True)
class Finding:
    """One live setting that is not safe, what it is and what it must be."""

    name: str
    found: str
    wanted: str


def tortoise_config(
    url: str,
    models: Sequence[str],
    *,
    migrating: bool = False,
    migrations: str = MIGRATIONS,
    pool: tuple[int, int] = (1, 10),
    statement: float | None = None,
) -> dict[str, Any]:
    """Tortoise's configuration for a DATABASE_URL; `pool` is least and most PostgreSQL connections.

    `statement` is how many seconds one statement may take there before its server counts as away.

    `migrating` turns SQLite's foreign keys off: rebuilding a table drops it, and with foreign keys
    on the drop deletes or refuses the rows that refer to it.
    """
    return {
        "connections": {CONNECTION: _connection(url, migrating, pool, statement)},
        "apps": {APP: {"models": list(models), "migrations": migrations}},
        "use_tz": True,
        "timezone": "UTC",
    }


def _connection(
    url: str, migrating: bool, pool: tuple[int, int], statement: float | None
) -> dict[str, Any]:
    if url_dialect(url) == "sqlite":
        credentials: dict[str, Any] = {"file_path": str(sqlite_path(url))}
        if migrating:
            credentials["foreign_keys"] = "OFF"
        return {"engine": "plenary.db.sqlite", "credentials": credentials}
    credentials = postgres_arguments(url) | {"minsize": pool[0], "maxsize": pool[1]}
    credentials["command_timeout"] = statement
    credentials["reset"] = _as_it_is
    credentials["server_settings"] = {
        "synchronous_commit": "on",
        "application_name": APP,
        # A writer that hangs while it holds the head must not stop the others for ever.
        "lock_timeout": LOCK,
    }
    return {"engine": "plenary.db.postgres", "credentials": credentials}


async def _as_it_is(connection: Any) -> None:
    """Give a connection back to the pool without the stock RESET ALL, a second trip for each query.

    We never change a session's settings; what asyncpg itself does first, rolling an open
    transaction back, it still does.
    """


def url_dialect(url: str) -> Dialect:
    """Which database a DATABASE_URL names; ValueError when it is neither."""
    scheme = url.partition("://")[0]
    if scheme == "sqlite":
        return "sqlite"
    if scheme in ("postgres", "postgresql"):
        return "postgres"
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgres://.")


def sqlite_path(url: str) -> Path:
    """The file of `sqlite:///var/plenary.sqlite3` (relative) or `sqlite:////srv/…` (absolute)."""
    path = unquote(url.removeprefix("sqlite:///"))
    if path.startswith("sqlite:") or not path or path.endswith("/") or ":memory:" in path:
        raise ValueError(
            "DATABASE_URL must name a file: sqlite:///relative or sqlite:////absolute."
        )
    return Path(path)


def postgres_arguments(url: str) -> dict[str, Any]:
    """Connection arguments that asyncpg and Tortoise share. `?host=/run/postgresql` is a socket."""
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    given = {
        "user": query.pop("user", None) or _plain(parts.username),
        "password": query.pop("password", None) or _plain(parts.password),
        "host": query.pop("host", None) or _plain(parts.hostname),
        "port": int(query.pop("port", 0) or parts.port or 5432),
        "database": unquote(parts.path.lstrip("/")) or None,
        "ssl": query.pop("sslmode", None),
    }
    if query:
        raise ValueError(f"DATABASE_URL has unknown options: {', '.join(sorted(query))}.")
    return {name: value for name, value in given.items() if value is not None}


def _plain(part: str | None) -> str | None:
    return unquote(part) if part else None


async def connect(
    url: str,
    models: Sequence[str],
    *,
    pool: tuple[int, int] = (1, 10),
    statement: float | None = None,
) -> None:
    """Open the database for the whole process.

    Tortoise keeps its state in a ContextVar of the task that opened it, which is the lifespan's;
    requests are other tasks and find it only through the global fallback. Its INSERTs are cached by
    table name: one from before (another dialect, a migration's older model) must not be used.
    """
    EXECUTOR_CACHE.clear()
    config = tortoise_config(url, models, pool=pool, statement=statement)
    await Tortoise.init(config=config, _enable_global_fallback=True)


async def disconnect() -> None:
    """Close everything. Forgotten, SQLite's worker thread keeps the process alive for ever."""
    await Tortoise.close_connections()


def dialect() -> Dialect:
    """The database that is connected."""
    return "sqlite" if get_connection(CONNECTION).capabilities.dialect == "sqlite" else "postgres"


async def unsafe() -> list[Finding]:
    """What must be changed before the server may start; empty when all is safe."""
    which = dialect()
    return judge(which, await _live(which))


def judge(which: Dialect, live: Mapping[str, str]) -> list[Finding]:
    """Compare live settings with the safe ones. Pure."""
    return [
        Finding(name, live.get(name, "unknown"), wanted[0])
        for name, wanted in SAFE[which].items()
        if live.get(name, "unknown") not in wanted
    ]


async def _live(which: Dialect) -> dict[str, str]:
    client = get_connection(CONNECTION)
    if which == "postgres":
        rows = await client.execute_query_dict("SELECT name, setting FROM pg_settings")
        return {row["name"]: row["setting"] for row in rows}
    live = {}
    for name in SAFE["sqlite"]:
        (row,) = await client.execute_query_dict(f"PRAGMA {name}")
        live[name] = str(row[name])
    return live


def __getattr__(name: str) -> dict[str, Any]:
    """`TORTOISE`, for the command `tortoise -c plenary.db.config.TORTOISE makemigrations`."""
    if name != "TORTOISE":
        raise AttributeError(name)
    from plenary.settings import MODELS

    url = os.environ.get("DATABASE_URL") or "sqlite:///var/plenary.sqlite3"
    return tortoise_config(url, MODELS)
