"""What is told by mail stands on the desk too: where no mail comes, nothing is missed."""

from datetime import timedelta

import pytest

from plenary import clock
from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.notices.due import queue_questions
from plenary.notices.entries import queue_entries
from plenary.record.models import Entry
from tests.client import Site
from tests.notices.post import Box, send
from tests.world import SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio


async def accredited() -> int:
    """Nora speaks for Aldoria; the number of the entry."""
    await found_world()
    await accredit(SECRETARIAT, "ALD", "new@example.org", "Nora New", "delegate")
    return (await Entry.all().order_by("-n").first()).n  # type: ignore[union-attr]


async def test_an_accreditation_stands_on_the_desk_of_its_delegation_alone(site: Site) -> None:
    entry = await accredited()
    page = await (await site.browser("head.ald@example.org")).page("/desk")
    assert "Accredited for your delegation of late Nora New" in page.words
    assert "write to the secretariat and to the Chair at once" in page.words
    assert f"/register/{entry}" in page.links()
    for other in ("head.bel@example.org", "chair@example.org", "secretariat@example.org"):
        page = await (await site.browser(other)).page("/desk")
        assert "Nora New" not in page.words


async def test_after_thirty_days_it_is_news_no_more(site: Site) -> None:
    """Who speaks for it stands there always."""
    with clock.pretending(clock.now() - timedelta(days=31)):
        await accredited()
    page = await (await site.browser("head.ald@example.org")).page("/desk")
    assert "Accredited for your delegation of late" not in page.words
    assert "Nora New" in page.words


async def test_what_was_entered_from_the_room_or_on_behalf_stands_there_until_it_is_answered(
    site: Site,
) -> None:
    world = await found_world()
    await world.put(procedure="vote", hours=96)
    await world.from_the_room("ALD", "no")
    await world.from_the_room("DEL", "no")
    await world.on_behalf("BEL", ["COR"], "yes")
    for who, form in (
        ("ald", "countersignature"),
        ("del", "countersignature"),
        ("cor", "on-behalf/1#answer"),
    ):
        page = await (await site.browser(f"head.{who}@example.org")).page("/desk")
        assert "Said for your delegation" in page.words, who
        assert f"/proposals/2019/1/{form}" in page.links(), who
    page = await (await site.browser("head.bel@example.org")).page("/desk")
    assert "Said for your delegation" not in page.words


async def test_a_notice_of_an_entry_leads_to_it(site: Site) -> None:
    entry = await accredited()
    await queue_entries()
    page = await (await site.browser("head.ald@example.org")).page("/desk")
    assert f"Notices Somebody was accredited Entry {entry}" in page.words
    page = await (await site.browser("secretariat@example.org")).page("/secretariat/letters")
    assert f"/register/{entry}" in page.links()


async def running() -> World:
    """A silence that runs, and whose opening reached Aldoria alone."""
    world = await found_world()
    await world.put(procedure="silence", hours=96)
    await queue_questions()
    await send(Box(away=True))
    await world.state("ALD")
    return world


@pytest.mark.parametrize(
    "reader, shown",
    [
        ("chair@example.org", True),
        ("secretariat@example.org", True),
        ("head.bel@example.org", False),
    ],
)
async def test_before_a_closing_the_desk_says_who_was_told(
    site: Site, reader: str, shown: bool
) -> None:
    world = await running()
    browser = await site.browser(reader)
    page = await browser.page("/desk")
    assert ("Before the closing: who was told" in page.words) is shown
    assert ("The opening has not reached 2 of those on the roll." in page.words) is shown
    assert (") Belmark" in page.words) is shown, "the reason, how many, and who"
    assert ") Aldoria" not in page.words
    assert ("/proposals/2019/1#delivery" in page.links()) is shown
    french = await browser.page("/fr/desk")
    assert ("Avant la clôture : qui a été informé" in _plain(french.words)) is shown
    await world.object("BEL")
    page = await browser.page("/desk")
    assert "Before the closing: who was told" not in page.words


async def test_the_chair_of_a_group_sees_that_of_its_own_group_alone(site: Site) -> None:
    await running()
    await form_body(SECRETARIAT, "experts", "WGDE", {"en": "Diamond Experts"})
    await appoint(SECRETARIAT, "experts", "chair", email="g@example.org", name="G")
    browser = await site.browser("g@example.org")
    assert "Before the closing" not in (await browser.page("/desk")).words
    assert "Who was told" not in (await browser.page("/proposals/2019/1")).words


def _plain(words: str) -> str:
    return words.replace("\u202f", " ").replace("\xa0", " ")
