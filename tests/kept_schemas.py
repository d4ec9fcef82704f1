"""A migrated SQLite file is kept from one run to the next for as long as no source changed.

To migrate takes longer than all the stories together, and comes to the same file.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST = 20  # files of other sources that stay: one for each branch that is worked on


def kept(schema: object, path: Path, build: Callable[[], None]) -> None:
    """Have at `path` what `build` makes there: by a copy, if these sources made one before."""
    folder = Path(tempfile.gettempdir()) / f"plenary-schemas-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        build()
        return
    copy = folder / f"{_sources(schema)}.sqlite3"
    try:
        shutil.copyfile(copy, path)
        return
    except FileNotFoundError:
        build()
    arriving = folder / f"{copy.stem}.{os.getpid()}"
    shutil.copyfile(path, arriving)
    arriving.replace(copy)  # whole or not at all, whoever else does the same
    newest = sorted(folder.glob("*.sqlite3"), key=_age)
    for old in newest[:-MOST]:
        old.unlink(missing_ok=True)


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _sources(schema: object) -> str:
    """A digest of all that a schema may depend on."""
    digest = sha256(f"{schema!r} {version('tortoise-orm')}".encode())
    for path in sorted([*ROOT.glob("plenary/**/*.py"), *ROOT.glob("tests/db/**/*.py")]):
        digest.update(b"%s %d " % (bytes(path.relative_to(ROOT)), path.stat().st_size))
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]
