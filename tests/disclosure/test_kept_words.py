"""What was made of words before they went: letters that wait, an index, a copy in a browser."""

from datetime import date

import pytest

from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.holidays import set_holidays
from plenary.bodies.viewers import Viewer
from plenary.disclosure.removing import remove_words
from plenary.front.indexed import Index
from plenary.front.searching import search
from plenary.notices.models import Notice
from tests.client import Site
from tests.disclosure.nouns import newest, order
from tests.notices.post import Box, at, beat, opened, send
from tests.world import SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio
SECRET = "Xylophonquatsch"
SAID = f"The {SECRET} of a person."


async def remove(kind: str, **by: str) -> None:
    await remove_words(SECRETARIAT, await newest(kind), order(**by))


async def test_letters_that_wait_leave_without_the_words(db: str) -> None:
    """A letter is written when it leaves: none was written before the order."""
    world, box = await opened(), Box(away=True)
    with at(1):
        titled = await world.table_proposal(title={"en": SAID, "fr": SAID})
        await titled.put(procedure="silence", hours=96)
    await beat(2, box)
    assert box.tried
    assert await Notice.filter(sent=None).count()
    with at(3):
        await remove("proposal.tabled")
        box.away = False
        assert await send(box)
    letters = [f"{mail['Subject']} {mail.get_content()}" for mail in box.mails]
    assert not [letter for letter in letters if SECRET in letter]
    assert not [letter for letter in letters if "\ue000" in letter]
    assert [
        letter for letter in letters if "[Removed by order of the Chair" in " ".join(letter.split())
    ]
    assert [letter for letter in letters if "[Retiré par ordre" in " ".join(letter.split())]


async def test_words_leave_the_index_of_every_process_at_once(db: str) -> None:
    """Each server has an index of its own; both had read the words before they were removed."""
    world = await found_world()
    await _say(world)
    here, there = Index(), Index()
    for index in (here, there):
        assert len((await search(Viewer(), SECRET, index)).groups) == 2
    for kind in ("comment.made", "position.stated"):
        await remove(kind)
        for index in (here, there):
            kept = [words for words, _ in await index.passages() if SECRET.casefold() in words]
            assert len(kept) == (1 if kind == "comment.made" else 0)
    for index in (here, there):
        assert (await search(Viewer(), SECRET, index)).nothing


async def test_what_stands_beside_removed_words_goes_on_being_found(db: str) -> None:
    world = await found_world()
    await _say(world)
    index = Index()
    assert (await search(Viewer(), "seals", index)).decisions == []
    await world.declare(note="Carried.")
    await remove("version.issued", office="court")  # it is adopted, so no Chair's to take away
    assert (await search(Viewer(), "Seals", index)).decisions_in_all == 1
    assert (await search(Viewer(), "shipment", index)).nothing


async def _say(world: World) -> None:
    await world.comment(text=SAID)
    await world.put()
    await world.state("BEL", "reservation", explanation=SAID)


async def test_a_copy_from_before_is_not_confirmed(site: Site) -> None:
    """Whoever asks whether their copy still holds is sent the page of today."""
    world = await found_world()
    await _say(world)
    await world.declare()
    browser = await site.browser()
    paths = ("/proposals/2019/1/comments", "/proposals/2019/1.json", "/decisions/2019/1.json",
             "/decisions/2019/1.md", "/positions/2019.csv", "/changes.atom")  # fmt: skip
    tags = {path: (await browser.get(path)).headers["etag"] for path in paths}
    for path, tag in tags.items():
        same = await browser.get(path, headers={"if-none-match": tag})
        assert same.status_code == 304, path
    for kind in ("comment.made", "position.stated"):
        await remove(kind)
    for path, tag in tags.items():
        answer = await browser.get(path, headers={"if-none-match": tag})
        assert answer.status_code == 200, path
        assert SECRET not in answer.text, path


async def test_what_was_done_is_told_with_the_order_in_the_place_of_the_words(site: Site) -> None:
    """The secretariat's screen tells an act from its payload, which may be gone."""
    await found_world()
    await accredit(SECRETARIAT, "BEL", "one@example.org", SAID, "delegate")
    await set_holidays(SECRETARIAT, "plenary", {date(2031, 1, 1): {"en": SAID}})
    browser = await site.browser("secretariat@example.org")
    told = {
        "person.accredited": ("accreditations", "%s speaks for Belmark"),
        "holidays.entered": ("holidays", "1 January 2031, %s"),
    }
    mark = "[Removed by order of the Chair on"
    for kind, (screen, words) in told.items():
        path = f"/secretariat/{screen}?done={await newest(kind)}"
        assert words % SAID in (await browser.page(path)).words
        await remove(kind)
        page = await browser.page(path)
        assert SECRET not in page.words
        before, _, after = (words % "|").partition("|")
        assert f"{before}{mark}" in page.words
        assert f"]{after}" in page.words
