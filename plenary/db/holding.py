"""Who has a SQLite file: whether anybody has it open, and holding a name beside it while one lives.

Both are SQLite's own locks. They work on every system, and they die with whoever held them.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from plenary.settings import private_folder


def is_open(path: Path) -> bool:
    """Whether any process has this database open.

    A connection in WAL keeps a shared lock for as long as it lives, so the way out of WAL, which
    needs the file for itself, is open only when nobody else is there. What is no database is
    nobody's.
    """
    if not path.exists():
        return False
    uri = path.resolve().as_uri() + "?mode=rw"
    with closing(sqlite3.connect(uri, uri=True, timeout=0.2, isolation_level=None)) as database:
        try:
            database.execute("PRAGMA journal_mode = DELETE").fetchone()
            database.execute("BEGIN EXCLUSIVE")
            database.execute("ROLLBACK")
            database.execute("PRAGMA journal_mode = WAL").fetchone()
        except sqlite3.OperationalError as error:
            return _is_busy(error)
        except sqlite3.DatabaseError:
            return False
    return False


@contextmanager
def held(beside: Path, *, patience: float = 0) -> Iterator[bool]:
    """Hold an empty database of this name; False where another holds it for longer than that."""
    private_folder(beside.parent)
    beside.touch(mode=0o600)
    lock = sqlite3.connect(beside, timeout=patience, isolation_level=None, check_same_thread=False)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if not _is_busy(error):
                raise
            yield False
        else:
            yield True
    finally:
        lock.close()


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
