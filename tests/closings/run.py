"""Forty questions end within half a second, and two worker processes write it down.

`python -m tests.closings.run [--db postgres] [--without guard] [--times 20]`
"""

import argparse
import asyncio
import json
import random
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from plenary import clock
from plenary.db.config import connect, disconnect
from plenary.decisions.models import Decision
from plenary.hooks import wire
from plenary.proposals.actions.moves import Tabled, enter_proposal
from plenary.questions.actions.asking import Put, enter_question
from plenary.questions.models import Question
from plenary.record.act import act, door
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.settings import MODELS
from tests.databases import Databases, Schema
from tests.pairs import both
from tests.record.whole import whole
from tests.world import CHAIR, TEXT, found_world

MANY, WITHIN, STEP = 40, 400, 50  # questions; milliseconds in which they end, between two looks
SEED = 2026
OPENS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=30)
MOMENTS = [CLOSES + timedelta(milliseconds=ms) for ms in (-1, *range(0, WITHIN + STEP, STEP))]


async def forty(url: str, *, silences: int = 30, without: str = "") -> Counter[str]:
    """What came of it. Wants a connected, empty database."""
    with clock.pretending(OPENS - timedelta(days=1)):
        await found_world()
    with clock.pretending(OPENS):
        await put_many(silences)
    spec = {"url": url, "without": without, "moments": [moment.isoformat() for moment in MOMENTS]}
    wrote = await asyncio.to_thread(both, "tests.closings.worker", spec, spec)
    return await judged(silences) + Counter({"by a worker": sum(map(int, wrote))})


async def looked_at() -> int:
    """How many are due at each of the moments, all moments together."""
    closes = await Question.all().values_list("closes", flat=True)
    return sum(
        isinstance(instant, datetime) and instant <= moment
        for instant in closes
        for moment in MOMENTS
    )


@door
async def put_many(silences: int) -> None:
    """Silences that nobody breaks, and written procedures that nobody supports."""
    chance = random.Random(SEED)
    async with act(by=CHAIR) as record:
        for nth in range(MANY):
            draft = Tabled({"en": "Seals"}, {"en": "Sealed."}, "trade", "plenary", "en", TEXT)
            proposal = await enter_proposal(record, draft, draft=False)
            at = CLOSES + timedelta(milliseconds=chance.randrange(WITHIN))
            kind = "silence" if nth < silences else "written"
            await enter_question(record, proposal, Put(1, kind, closes=at))


async def judged(silences: int) -> Counter[str]:
    """How many were closed and adopted, and every broken promise by its name."""
    found = Counter[str]()
    questions = {q.entry: q for q in await Question.all().prefetch_related("proposal")}
    entries = await Entry.filter(type="question.closed").order_by("n")
    told = Counter(read_entry(entry.written)["question"] for entry in entries)
    found["closed"] = sum(told[n] > 0 for n in questions)
    found["closed twice"] = sum(many > 1 for many in told.values())
    decided = Counter(await Decision.all().values_list("question_id", flat=True))
    found["adopted"] = sum(decided[q.id] > 0 for q in questions.values())
    found["adopted twice"] = sum(many > 1 for many in decided.values())
    for entry in entries:
        question = questions[int(str(read_entry(entry.written)["question"]))]
        found["before its instant"] += question.closes is None or entry.at < question.closes
        found["at another instant"] += question.closed != question.closes
    found["ended otherwise"] = sum(question.ended != "ran_out" for question in questions.values())
    # A promise of each door: whoever came first wrote down all that was due, in its order.
    instants = [read_entry(entry.written)["closes"] for entry in entries]
    found["out of order"] = sum(a > b for a, b in pairwise(instants))
    try:
        await whole()
    except AssertionError:
        found["the record contradicts itself"] += 1
    return +found


async def run(url: str, without: str, silences: int) -> Counter[str]:
    wire()
    await connect(url, MODELS)
    try:
        return await forty(url, without=without, silences=silences)
    finally:
        await disconnect()


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m tests.closings.run")
    words.add_argument("--db", choices=("sqlite", "postgres"), default="sqlite")
    words.add_argument("--times", type=int, default=1)
    words.add_argument("--silences", type=int, default=30)
    words.add_argument("--without", choices=("", "guard", "look"), default="")
    given = words.parse_args()
    with ExitStack() as stack, TemporaryDirectory() as folder:
        databases = Databases(Path(folder), stack)
        for _ in range(given.times):
            with databases.fresh(given.db, Schema(tuple(MODELS)), Path(folder)) as url:
                ended = asyncio.run(run(url, given.without, given.silences))
            print(f"{given.db:9}", json.dumps(dict(ended)), flush=True)


if __name__ == "__main__":
    main()
