"""Compiled templates, kept where Python keeps compiled modules.

A process that starts has its first page without compiling 160 templates for seconds. Where nothing
may be written, or Python was told not to, they are compiled anew. Who could change what is kept
could change the program: it lies among the program's own compiled files, never in a shared folder.
"""

import pickle
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, FileSystemBytecodeCache


class Compiled(FileSystemBytecodeCache):
    """What an environment made of its templates, as long as neither it nor they change."""

    def __init__(self, source: Path) -> None:
        """`source`: the file that makes the environment. Jinja compares a template with its own
        source only, and what becomes of it depends on the environment too."""
        super().__init__(str(Path(cache_from_source(str(source))).parent / "templates"))
        self._made_by = f"{version('jinja2')}\n{sha256(source.read_bytes()).hexdigest()}\n"

    def get_source_checksum(self, source: str) -> str:
        return sha256((self._made_by + source).encode()).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        """What cannot be read, or was cut short, is compiled anew."""
        with suppress(OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            Path(self.directory).mkdir(exist_ok=True, parents=True)
            super().dump_bytecode(bucket)
