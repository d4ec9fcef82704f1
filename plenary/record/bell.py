"""That this process has written something that pages show: never what, and for nobody else.

Whoever keeps what was read compares the count: as long as it is the same, nothing was written here
since. What other processes write is seen on the head.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Bell:
    rung: int = 0


@dataclass
class Ringing:
    due: bool = False


_bell = Bell()


def ring() -> None:
    _bell.rung += 1


def rung() -> int:
    """How often it has rung since the start."""
    return _bell.rung


@contextmanager
def ringing() -> Iterator[Ringing]:
    """Ring when it is over if it is due: also where nobody can say whether it was committed."""
    bell = Ringing()
    try:
        yield bell
    finally:
        if bell.due:
            ring()
