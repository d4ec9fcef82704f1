"""Whoever writes in a loop is asked to wait; ordinary work never is."""

from datetime import UTC, datetime, timedelta

import pytest

from plenary import clock
from plenary.proposals.models import Comment
from plenary.record import pace
from plenary.record.models import Entry
from plenary.refusal import TooMany
from tests.client import Site
from tests.world import found_world

pytestmark = pytest.mark.anyio
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
FEW = {"comment.made": (3, 5)}
few_only = pytest.mark.usefixtures("few")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three comments in ten minutes, five in a day."""
    monkeypatch.setattr(pace, "PACES", FEW)


@few_only
async def test_at_the_bound_a_delegation_waits_and_others_do_not(db: str) -> None:
    with clock.pretending(NOON):
        world = await found_world()
        for n in range(3):
            await world.comment("BEL", f"Comment {n}.")
        with pytest.raises(TooMany, match="too_many_acts") as refused:
            await world.comment("BEL", "One too many.")
        assert refused.value.retry_after == 601
        await world.comment("COR", "Another delegation's.")
    with clock.pretending(NOON + pace.SHORT - timedelta(seconds=1)):
        with pytest.raises(TooMany):
            await world.comment("BEL", "Still too early.")
    with clock.pretending(NOON + pace.SHORT):
        await world.comment("BEL", "Now.")
        await world.comment("BEL", "And the fifth of the day.")
        with pytest.raises(TooMany) as refused:
            await world.comment("BEL", "The sixth.")
        assert refused.value.retry_after > 23 * 3600
    with clock.pretending(NOON + pace.LONG + pace.SHORT):
        await world.comment("BEL", "On another day.")
    assert await Entry.filter(type="comment.made", actor="delegation:BEL").count() == 6
    assert await Comment.all().count() == 7


@few_only
async def test_the_form_says_when_to_come_back_and_keeps_what_was_typed(site: Site) -> None:
    world = await found_world()
    for n in range(3):
        await world.comment("BEL", f"Comment {n}.")
    browser = await site.browser("head.bel@example.org")
    form = await browser.page("/proposals/2019/1/comments")
    answer = await browser.press(form, "/comments", text="The fourth.", language="en")
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 601
    assert "The fourth.</textarea>" in answer.text
    assert "Send it again in 1" in answer.text
    french = await browser.page("/fr/proposals/2019/1/comments")
    answer = await browser.press(french, "/comments", text="La quatrième.", language="fr")
    assert answer.status_code == 429
    assert "La quatrième.</textarea>" in answer.text
    other = await site.browser("head.ald@example.org")
    form = await other.page("/proposals/2019/1/comments")
    assert (await other.press(form, "/comments", text="Mine.", language="en")).status_code == 303


@pytest.mark.parametrize("kind", pace.PACES)
def test_a_room_that_answers_at_once_and_a_day_of_work_never_meet_a_bound(kind: str) -> None:
    for most, within in zip(pace.PACES[kind], (pace.SHORT, pace.LONG), strict=True):
        assert most >= 30
        assert most / (within / timedelta(minutes=1)) >= 0.1
