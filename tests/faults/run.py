"""Kill a server under load, so many times: `python -m tests.faults.run --kills 200 --db both`."""

import argparse
import asyncio
import json
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from plenary.settings import MODELS
from tests.databases import Databases, Schema
from tests.faults.kills import killed

SEED = 2026


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.faults.run")
    words.add_argument("--db", choices=("sqlite", "postgres", "both"), default="both")
    words.add_argument("--kills", type=int, default=20)
    words.add_argument("--seed", type=int, default=SEED)
    given = words.parse_args()
    kinds = ("sqlite", "postgres") if given.db == "both" else (given.db,)
    with ExitStack() as stack, TemporaryDirectory() as name:
        databases = Databases(Path(name), stack)
        for kind in kinds:
            began = time.monotonic()
            with databases.fresh(kind, Schema(MODELS), Path(name)) as url:
                told = asyncio.run(killed(url, Path(name), given.kills, given.seed))
            seconds = round(time.monotonic() - began)
            print(f"{kind:9}{seconds:5} s ", json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
