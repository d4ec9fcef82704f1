"""Fresh databases for tests: SQLite files copied, PostgreSQL databases made from a template.

The schema is built once per session by the real `migrate`, on SQLite once for the same sources.
PostgreSQL is the server that the environment names, or else a private cluster in a temporary
folder, set up to be durable like a real one. All of it lies in memory where there is room: half the
time of the suite was waiting for a disk to keep what is thrown away a moment later.
"""

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from anyio.from_thread import start_blocking_portal

from plenary.db import patience
from plenary.db.config import MIGRATIONS, postgres_arguments
from plenary.db.migrate import migrate
from tests.kept_schemas import kept

GIVEN = ("PLENARY_TEST_DATABASE_URL", "DATABASE_URL")
FOR_EVER = 600  # seconds
HANGS = 120.0  # seconds after which something hangs: no machine is so busy
DURABLE = "-c fsync=on -c full_page_writes=on -c synchronous_commit=on -c max_wal_size=96MB"
MEMORY, ROOM = "/dev/shm", 2 << 30  # bytes that must be free there


@dataclass(frozen=True)
class Schema:
    """Which models and migrations the databases of a test are made of."""

    models: tuple[str, ...]
    migrations: str = MIGRATIONS


def wait_for_ever() -> None:
    """On SQLite whoever waits for another is refused after seconds, and a machine that has much to
    do may stand still for as long. Processes that race are about order and not about patience."""
    patience.PATIENCE = FOR_EVER


def in_memory() -> str | None:
    """A folder for what no one needs after the tests, which no disk is asked to keep."""
    try:
        return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None
    except OSError:
        return None


class Unavailable(Exception):
    """There is no PostgreSQL to be had, and why."""


def postgres_at_hand() -> bool:
    """Whether it is worth trying; starts nothing."""
    return bool(given_postgres() or postgres_binaries())


def given_postgres() -> str:
    """A server that the environment names. Only databases of our own are made and dropped there."""
    urls = (os.environ.get(name, "") for name in GIVEN)
    return next((url for url in urls if url.startswith("postgres")), "")


def postgres_binaries() -> Path | None:
    """The folder with initdb and pg_ctl: the one on PATH, or the newest that Debian installed."""
    if (found := shutil.which("pg_ctl")) and Path(found).with_name("initdb").exists():
        return Path(found).parent
    installed = [Path(path).parent for path in glob.glob("/usr/lib/postgresql/*/bin/pg_ctl")]
    return max(installed, key=lambda path: float(path.parent.name), default=None)


class Databases:
    """Templates by schema, made when first asked for."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._made: dict[tuple[str, Schema | None], str] = {}
        self._numbers = count(1)

    @contextmanager
    def fresh(self, kind: str, schema: Schema | None, folder: Path) -> Iterator[str]:
        """A migrated database (an empty one without a schema), gone afterwards."""
        template = self._template(kind, schema)
        if kind == "sqlite":
            path = folder / "plenary.sqlite3"
            if template:
                shutil.copyfile(template, path)
            yield f"sqlite:///{path}"
            return
        name = self._create(template or "template1")
        yield self._server.url(name)
        self._server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _template(self, kind: str, schema: Schema | None) -> str:
        if schema is None:
            return ""
        if (kind, schema) not in self._made:
            self._made[kind, schema] = self._build(kind, schema)
        return self._made[kind, schema]

    def _build(self, kind: str, schema: Schema) -> str:
        if kind == "sqlite":
            path = self._folder / f"template{next(self._numbers)}.sqlite3"
            kept(schema, path, partial(self._migrate, f"sqlite:///{path}", schema))
            return str(path)
        name = self._create("template1")
        self._stack.callback(self._server.execute, f'DROP DATABASE "{name}" WITH (FORCE)')
        self._migrate(self._server.url(name), schema)
        return name

    def _migrate(self, url: str, schema: Schema) -> None:
        self._portal.call(partial(migrate, url, schema.models, migrations=schema.migrations))

    def _create(self, template: str) -> str:
        name = f"plenary_test_{os.getpid()}_{next(self._numbers)}"
        self._server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {self._server.how}')
        return name

    @cached_property
    def _portal(self) -> Any:
        """An event loop in a thread of its own, away from the tests' loop and ContextVars."""
        return self._stack.enter_context(start_blocking_portal("asyncio"))

    @property
    def _server(self) -> "Server":
        if isinstance(self._started, Unavailable):
            raise self._started
        return self._started

    @cached_property
    def _started(self) -> "Server | Unavailable":
        try:
            given, folder = given_postgres(), in_memory()
            url = given or self._stack.enter_context(private_cluster(folder)).url
            return Server(url, self._portal, self._stack, in_memory=bool(folder and not given))
        except (Unavailable, OSError, asyncpg.PostgresError, subprocess.SubprocessError) as error:
            return Unavailable(f"{type(error).__name__}: {error}")


class Server:
    """A PostgreSQL server and one connection to it for CREATE and DROP DATABASE."""

    how = ""  # a database is copied

    def __init__(self, url: str, portal: Any, stack: ExitStack, *, in_memory: bool) -> None:
        self._url = url
        self._portal = portal
        self._admin = portal.call(partial(asyncpg.connect, **postgres_arguments(url)))
        stack.callback(portal.call, self._admin.close)
        if in_memory and self._admin.get_server_version().major >= 15:
            self.how = "STRATEGY FILE_COPY"  # on a disk it would wait for two checkpoints

    def url(self, database: str) -> str:
        return urlsplit(self._url)._replace(path=f"/{database}").geturl()

    def execute(self, sql: str) -> None:
        self._portal.call(self._admin.execute, sql)


class Cluster:
    """A server of our own on a socket in a temporary folder; PostgreSQL refuses to run as root."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder = folder
        self.url = self.url_of("postgres")
        self._binaries = binaries
        self._account = self.lend(folder)
        self._run(
            "initdb", "-U", "plenary", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"
        )

    def lend(self, folder: Path) -> dict[str, Any]:
        """Give a folder to the account it runs as; how to run something as that account."""
        if os.geteuid() != 0:
            return {}
        owner = next(u for u in pwd.getpwall() if u.pw_name in ("postgres", "nobody"))
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}

    def url_of(self, database: str) -> str:
        return f"postgres://plenary@/{database}?host={self.folder}"

    def move(self, database: str, tablespace: str) -> None:
        """Whoever is in it is put out, and comes back when it lies where it is to lie."""
        self.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS false")
        self.execute(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database}'"
        )
        self.execute(f"ALTER DATABASE {database} SET TABLESPACE {tablespace}")
        self.execute(f"ALTER DATABASE {database} ALLOW_CONNECTIONS true")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        socket = f"-c listen_addresses='' -c unix_socket_directories={self.folder} {DURABLE}"
        self._run("pg_ctl", "start", "-w", "-o", socket, "-l", str(self.data / "server.log"))

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-w", "-m", "fast")

    def alter(self, setting: str) -> None:
        """`SET name = value` or `RESET name`, for everybody and at once."""
        for sql in (f"ALTER SYSTEM {setting}", "SELECT pg_reload_conf()"):
            self.execute(sql)

    def execute(self, sql: str) -> None:
        with start_blocking_portal("asyncio") as portal:
            portal.call(_execute, self.url, sql)

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._binaries / program), "-D", str(self.data), *words]
        log = self.folder / "out.log"  # a pipe would stay open in the server and be waited for
        with log.open("a") as out:
            done = subprocess.run(
                command, check=False, stdout=out, stderr=out, cwd=self.folder, **self._account
            )
        if done.returncode:
            raise Unavailable(log.read_text().strip()[-500:])


async def _execute(url: str, sql: str) -> None:
    connection = await asyncpg.connect(**postgres_arguments(url))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


@contextmanager
def private_cluster(within: str | None = None) -> Iterator[Cluster]:
    """It runs until the end, if it was not stopped before."""
    binaries = postgres_binaries()
    if binaries is None:
        raise Unavailable("no pg_ctl")
    folder = Path(tempfile.mkdtemp(prefix="plenary-pg-", dir=within))
    try:
        cluster = Cluster(folder, binaries)
        cluster.start()
        try:
            yield cluster
        finally:
            if (cluster.data / "postmaster.pid").exists():
                cluster.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
