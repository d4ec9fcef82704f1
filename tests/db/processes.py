"""What a second operating-system process does in these tests: `python -m tests.db.processes …`."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from tortoise import Tortoise
from tortoise.transactions import in_transaction

from plenary.db.config import tortoise_config
from plenary.db.migrate import migrate
from tests.db.models import Tally

MODELS = ("tests.db.models",)
ROOT = Path(__file__).parents[2]


def start(*words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.db.processes", *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, text=True, stdin=pipe, stdout=pipe, stderr=pipe)


def together(*words: str, times: int = 2) -> list[object]:
    """The same in several processes, let go at one moment; what each of them answers."""
    running = [start(*words) for _ in range(times)]
    for process in running:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=600) for process in running]
    assert [process.returncode for process in running] == [0] * times, answers
    return [json.loads(out) for out, _ in answers]


async def count_up(url: str, times: str, engine: str = "") -> int:
    """Read the tally, then write it one higher. `engine` names another one, for a red run by hand.

    Returns how many of the transactions failed.
    """
    config = tortoise_config(url, MODELS)
    if engine:
        config["connections"]["default"]["engine"] = engine
    await Tortoise.init(config=config)
    failed = 0
    for _ in range(int(times)):
        try:
            async with in_transaction():
                tally = await Tally.select_for_update().get(id=1)
                tally.value += 1
                await tally.save()
        except Exception as error:
            failed += 1
            print(error, file=sys.stderr)
    await Tortoise.close_connections()
    return failed


async def bring_up(url: str, migrations: str) -> list[str]:
    return await migrate(url, MODELS, migrations=migrations)


if __name__ == "__main__":
    act = {"count_up": count_up, "bring_up": bring_up}[sys.argv[1]]
    print("ready", flush=True)
    sys.stdin.readline()
    print(json.dumps(asyncio.run(act(*sys.argv[2:]))))
