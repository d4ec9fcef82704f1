"""The secretariat hands in what a delegation sent it, which countersigns or disowns it."""

import pytest

from plenary.notices.entries import queue_entries
from plenary.notices.letters import letter_for
from plenary.notices.models import Notice
from plenary.proposals.names import names_at, names_under
from plenary.proposals.rules import Stage
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Refused
from tests.client import Page, Site
from tests.world import ALD, BEL, CHAIR, SECRETARIAT, TEXT, World, found_world

DB = pytest.mark.usefixtures("db")
HEAD, OFFICE = "head.bel@example.org", "secretariat@example.org"
FORM = {
    "title": "Seals", "sense": "Stones are sealed.", "body": "plenary", "language": "en",
    "text": TEXT, "for": "BEL", "letter_day": "2019-03-03", "letter": "NV 14/2019",
}  # fmt: skip


def at(world: World) -> str:
    return f"/proposals/{world.year}/{world.number}"


async def over(world: World, version: int = 1) -> list[str]:
    """Whose name stands over a version: today, and by the record alone."""
    proposal = await world.proposal()
    names = [name.code for name in (await names_under(proposal)).over(version)]
    told = await names_at(proposal, (await Head.get(id=1)).size)
    assert [name.code for name in told.over(version)] == names
    return names


@DB
async def test_until_it_is_countersigned_nobody_s_name_stands_over_it() -> None:
    world = await (await found_world()).hand_in("BEL")
    assert ((await world.proposal()).author, await over(world)) == (BEL, [])
    entry = await Entry.get(type="text.entered")
    facts = read_entry(bytes(entry.written))
    assert (facts["delegation"], facts["day"], entry.actor) == ("BEL", "2019-03-03", SECRETARIAT)
    for by in (BEL, SECRETARIAT, CHAIR):
        with pytest.raises(Forbidden, match="not_the_author"):
            await world.withdraw(by=by)
    with pytest.raises(Refused, match="countersign_first"):
        await world.ask("BEL")
    await world.countersign("BEL")
    assert await over(world) == ["BEL"]
    assert (await world.revise(by=BEL)).number == 2
    for late in (world.countersign, world.disown):
        with pytest.raises(Refused, match="nothing_handed_in"):
            await late("BEL")


@DB
async def test_what_a_delegation_disowns_is_off_the_table_and_stays_on_the_record() -> None:
    world = await (await found_world()).hand_in("BEL")
    with pytest.raises(Refused, match="nothing_handed_in"):
        await world.disown("COR")
    await world.disown("BEL", reason="We sent nothing.")
    assert ((await world.proposal()).stage, await over(world)) == (Stage.WITHDRAWN, [])


@DB
async def test_the_secretariat_has_no_text_of_its_own_and_nobody_else_hands_in_for_another() -> (
    None
):
    world = await found_world()
    with pytest.raises(Forbidden, match="hands_in_for_others"):
        await world.table_proposal(by=SECRETARIAT)
    for by in (ALD, CHAIR):
        with pytest.raises(Forbidden, match="hands_in_its_own"):
            await world.hand_in("BEL", by=by)
    with pytest.raises(Forbidden, match="authors_are_participants"):
        await world.hand_in("DEL")


@DB
async def test_the_heads_of_the_delegation_are_told_by_mail() -> None:
    world = await (await found_world()).hand_in("BEL")
    await queue_entries()
    entry = await Entry.get(type="text.entered")
    notice = await _notice(entry.n)
    letter = await letter_for(notice, "http://plenary.example")
    assert letter is not None
    assert letter.to == HEAD
    assert "A text was handed in for Belmark by the secretariat" in " ".join(letter.text.split())
    assert f"http://plenary.example{at(world)}/sponsors" in letter.text


async def _notice(n: int) -> Notice:
    return next(row for row in await Notice.all() if row.key.endswith(str(n)))


async def test_entered_for_a_delegation_its_page_says_so_until_it_countersigns(site: Site) -> None:
    world = (await found_world()).at(2)
    office, author = await site.browser(OFFICE), await site.browser(HEAD)
    reader = await site.browser()
    assert "For which delegation?" in (await office.page("/proposals/new")).words
    for lacking in ("for", "letter_day", "letter"):
        assert (await office.post("/proposals", FORM | {lacking: ""})).status_code == 422
    assert (await office.post("/proposals", FORM)).status_code == 303
    words = (await reader.page(at(world))).words
    assert "Entered for Belmark by the secretariat, on a letter of 3 March 2019" in words
    assert "Belmark has not countersigned it" in words
    told = (await reader.get(f"{at(world)}.json")).json()["handed_in"]
    assert (told["delegation"], told["letter"], told["answered"]) == ("BEL", "2019-03-03", None)
    assert "handed it in for your delegation" in (await author.page("/desk")).words
    page = await author.page(f"{at(world)}/sponsors")
    assert (await author.press(page, "/countersignature")).status_code == 303
    assert "Belmark has countersigned it" in (await reader.page(at(world))).words
    assert "handed it in" not in (await author.page("/desk")).words


async def test_a_text_is_disowned_in_two_presses(site: Site) -> None:
    world = await (await found_world()).hand_in("BEL")
    author, reader = await site.browser(HEAD), await site.browser()
    page = await author.page(f"{at(world)}/sponsors/disowning")
    held = await author.press_once(page, "/disowning", reason="We sent nothing.")
    assert (await world.proposal()).stage == Stage.BEFORE_PLENARY
    assert (await author.press(Page(held), "/disowning")).status_code == 303
    words = (await reader.page(at(world))).words
    assert "Belmark has disowned it: it is not its text." in words
