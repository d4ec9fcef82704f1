"""Forty questions fall due at once, and two processes look: each is told once, and none twice."""

import asyncio
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from plenary.notices.models import Notice
from plenary.notices.sending import BATCH
from plenary.proposals.actions.moves import Tabled, enter_proposal
from plenary.questions.actions.asking import Put, enter_question
from plenary.record.act import act, door
from tests.notices.post import EVERYBODY, OPENS, at
from tests.notices.teller import ROUNDS
from tests.pairs import both
from tests.world import CHAIR, TEXT, found_world

pytestmark = pytest.mark.anyio
MANY = 40
HALF = OPENS + timedelta(hours=36)


async def looked(url: str, box: Path, *, many: int = MANY, without: str = "") -> list[str]:
    """The letters of two workers after both looked at half time."""
    with at(-1):
        await found_world()
    with at():
        await put_many(many)
    spec = {"url": url, "box": str(box), "at": HALF.isoformat(), "without": without}
    await asyncio.to_thread(both, "tests.notices.teller", spec, spec)
    return (await asyncio.to_thread(box.read_text)).splitlines()


@door
async def put_many(many: int) -> None:
    """So many silences that begin and end together; one act."""
    async with act(by=CHAIR) as record:
        for _ in range(many):
            tabled = Tabled({"en": "Seals"}, {"en": "Sealed."}, "trade", "plenary", "en", TEXT)
            proposal = await enter_proposal(record, tabled, draft=False)
            put = Put(1, "silence", closes=OPENS + timedelta(hours=72))
            await enter_question(record, proposal, put)


async def twice() -> list[str]:
    """Notices that one person has more than once, by question and name."""
    rows = await Notice.all().values_list("question_id", "name", "person_id")
    return [str(row) for row, n in Counter(rows).items() if n > 1]


async def test_two_workers_queue_forty_questions_at_once_and_none_twice(
    db: str, tmp_path: Path
) -> None:
    letters = await looked(db, tmp_path / "box")
    for name in ("opened", "half"):
        assert await Notice.filter(name=name).count() == MANY * len(EVERYBODY)
    assert await twice() == []
    assert len(letters) == len(set(letters)) == ROUNDS * BATCH
    assert await Notice.filter(sent__isnull=False).count() == len(letters)


async def test_without_one_key_for_everybody_each_is_queued_twice(db: str, tmp_path: Path) -> None:
    """The red run: so the test above can fail."""
    await looked(db, tmp_path / "box", many=5, without="key")
    assert len(await twice()) == 5 * 2 * len(EVERYBODY)


async def test_without_the_claim_letters_leave_twice(db: str, tmp_path: Path) -> None:
    """The red run of sending: both had listed the same letters."""
    letters = await looked(db, tmp_path / "box", many=5, without="claim")
    assert set(Counter(letters).values()) == {2}
    assert len(letters) == 2 * 5 * 2 * len(EVERYBODY)


async def test_a_claim_that_only_looks_lets_the_same_letter_leave_twice(
    db: str, tmp_path: Path
) -> None:
    """The red run of its conditional update: both had read that nobody claimed the first."""
    letters = await looked(db, tmp_path / "box", many=5, without="condition")
    assert max(Counter(letters).values()) == 2
