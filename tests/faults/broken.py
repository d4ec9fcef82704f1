"""plenary that acknowledges first and commits later, on SQLite: `python -m tests.faults.broken …`.

Acts are committed by the dozen. It is faster, every page looks the same, and a kill takes what was
acknowledged since: the suite must find it.
"""

from plenary.cli import main
from plenary.db.immediate import ImmediateWrapper

DOZEN = 12
_begin, _commit = ImmediateWrapper.begin, ImmediateWrapper.commit
_open = 0


async def _go_on(self: ImmediateWrapper) -> None:
    if not self._here.in_transaction:
        await _begin(self)


async def _later(self: ImmediateWrapper) -> None:
    global _open
    _open = (_open + 1) % DOZEN
    if _open == 0:
        await _commit(self)
    self._finalized = True


def postpone() -> None:
    ImmediateWrapper.begin = _go_on  # type: ignore[method-assign]
    ImmediateWrapper.commit = _later  # type: ignore[method-assign]


if __name__ == "__main__":
    postpone()
    main()
