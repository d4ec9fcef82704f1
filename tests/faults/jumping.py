"""plenary with a clock that can be set: `python -m tests.faults.jumping FILE COMMAND …`.

FILE holds by how many seconds the clock is off; it is read at every look at the clock.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plenary import clock
from plenary.cli import main


def set_off(file: Path) -> None:
    """The clock of this process is from now on what the file says."""

    def wall() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(file.read_text() or 0))

    clock.wall = wall


if __name__ == "__main__":
    set_off(Path(sys.argv.pop(1)))
    main()
