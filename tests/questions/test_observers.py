"""An Observer's view is its own public act, at once, unless it chose otherwise.

No Chair's choice of a rule of publication hides it, and no officer who enters it from the room.
"""

from typing import Any

import pytest

from plenary.questions.actions.from_the_room import countersign
from plenary.questions.models import Late, View
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Receipt
from plenary.refusal import Refused
from plenary.web.forms import new_key
from tests.client import Browser, Site
from tests.world import DEL, World, found_world

pytestmark = pytest.mark.anyio
ONE = "/proposals/2019/1"
SAID, JOIN, SECOND = "CANARY-heard", "CANARY-would-join", "CANARY-second"
OBSERVER, HEAD, CHAIR = "head.del@example.org", "head.ald@example.org", "chair@example.org"
RULES = ["decided", "never"]
PAGES = (
    ONE, f"{ONE}/positions", f"{ONE}/distance", "/observers/delmonia",
    f"{ONE}.json", "/positions/2019.json", "/positions/2019.csv", "/observers/delmonia.json",
    "/search?q=CANARY",
)  # fmt: skip
OUTCOME = "/decisions/2019/1"


async def asked(publication: str, **more: Any) -> World:
    world = await found_world()
    await world.put(publication, **more)
    return world


async def entry_of(receipt: Receipt) -> Entry:
    return await Entry.get(n=receipt.entry)


async def reads(browser: Browser, words: str, *paths: str) -> list[str]:
    return [path for path in paths if words in (await browser.get(path)).text]


# --- at once --------------------------------------------------------------------------------------


@pytest.mark.parametrize("publication", RULES)
async def test_whatever_the_chair_chose_the_public_reads_an_observer_at_once(
    site: Site, publication: str
) -> None:
    world = await asked(publication)
    receipt = await world.hear(explanation=SAID, would_join=JOIN)
    public = await site.browser()
    assert await reads(public, SAID, *PAGES) == [*PAGES]
    entry = await entry_of(receipt)
    assert entry.veil == ""
    assert "follow_publication" not in read_entry(bytes(entry.written))
    on_record = (f"/receipts/{receipt.code}", f"/register/{receipt.entry}")
    assert await reads(public, SAID, *on_record) == [*on_record]
    assert "Delmonia was heard on" in (await public.page("/changes")).words


@pytest.mark.parametrize("publication", RULES)
async def test_the_decision_and_each_of_its_files_say_who_was_heard_in_its_words(
    site: Site, publication: str
) -> None:
    world = await asked(publication)
    await world.hear(explanation=SAID, would_join=JOIN)
    await world.declare()
    public = await site.browser()
    for ending in ("", ".md", ".txt", ".json"):
        text = (await public.get(OUTCOME + ending)).text
        assert (SAID in text, JOIN in text) == (True, True), ending
    assert "DEL object p1" in (await public.get("/decisions.csv")).text


async def test_a_position_of_a_participant_stays_hidden_beside_it(site: Site) -> None:
    world = await asked("never")
    await world.object("COR", explanation=SECOND)
    await world.hear(explanation=SAID)
    public = await site.browser()
    assert await reads(public, SECOND, *PAGES) == []
    told = (await public.get(f"{ONE}.json")).json()
    assert (told["positions"], told["question"]["counts"]) == ([], None)
    assert [view["delegation"] for view in told["observers"]] == ["DEL"]


# --- unless it chooses ----------------------------------------------------------------------------


@pytest.mark.parametrize("publication", RULES)
async def test_a_view_follows_the_rule_of_publication_where_the_observer_chose_so(
    site: Site, publication: str
) -> None:
    world = await asked(publication)
    receipt = await world.hear(explanation=SAID, follow_publication=True)
    public, chair = await site.browser(), await site.browser(CHAIR)
    assert await reads(public, SAID, *PAGES) == []
    assert SAID in (await chair.get(f"{ONE}/positions")).text
    entry = await entry_of(receipt)
    assert entry.veil == f"question:{(await world.question()).id}"
    assert read_entry(bytes(entry.written))["follow_publication"] == 1
    own = await site.browser(OBSERVER)
    assert "as the Observer chose" in (await own.page(f"{ONE}/positions")).words
    await world.declare()
    opened = publication == "decided"
    assert bool(await reads(public, SAID, f"{OUTCOME}.md", f"{OUTCOME}.json", OUTCOME)) is opened
    if opened:
        told = (await public.get(f"{OUTCOME}.json")).json()["observers"]
        assert [view["follow_publication"] for view in told] == [True]


@pytest.mark.parametrize("publication", RULES)
async def test_what_was_said_in_public_stays_in_sight_when_a_later_view_follows(
    site: Site, publication: str
) -> None:
    world = await asked(publication)
    await world.hear(explanation=SAID)
    public, chair = await site.browser(), await site.browser(CHAIR)
    before = {path: (await public.get(path)).text for path in PAGES}
    await world.hear(stance="support", explanation=SECOND, follow_publication=True)
    assert {path: (await public.get(path)).text for path in PAGES} == before
    assert await reads(chair, SECOND, ONE) == [ONE]
    later = await world.hear(explanation="CANARY-third")
    page = (await public.get(f"{ONE}/positions")).text
    assert ("CANARY-third" in page, SECOND in page) == (True, False)
    assert (await entry_of(later)).veil == ""
    assert await View.filter(current=True).count() == 1


async def test_an_officer_who_enters_a_view_does_not_hide_it_and_does_not_publish_it(
    site: Site,
) -> None:
    world = await asked("never")
    entered = await world.from_the_room("DEL", "object", explanation=SAID, follow_publication=True)
    signed = await countersign(DEL, world.year, world.number, entered.entry)
    assert [(await entry_of(receipt)).veil for receipt in (entered, signed)] == ["", ""]
    assert (await entry_of(signed)).type == "observer.countersigned"
    own = await world.hear(explanation=SECOND, follow_publication=True)
    again = await world.from_the_room(
        "DEL", "object", explanation=SECOND, seen=own.entry, changed=True
    )
    veil = f"question:{(await world.question()).id}"
    assert (await entry_of(again)).veil == veil
    signed = await countersign(DEL, world.year, world.number, again.entry)
    assert (await entry_of(signed)).veil == veil


@pytest.mark.parametrize("chosen", [False, True])
async def test_a_view_that_came_too_late_is_public_too_unless_it_was_to_follow(
    site: Site, chosen: bool
) -> None:
    world = await asked("never", procedure="silence", hours=73)
    await world.object("COR")
    with pytest.raises(Refused):
        await world.hear(explanation=SAID, follow_publication=chosen)
    late = await Late.get()
    entry = await Entry.get(n=late.entry)
    assert (entry.type, bool(entry.veil), late.follows) == ("observer.late", chosen, chosen)
    public = await site.browser()
    found = await reads(public, SAID, f"{ONE}/positions", f"{ONE}.json", "/search?q=CANARY")
    assert bool(found) is not chosen
    assert len(found) == (0 if chosen else 3)


async def test_what_was_said_before_there_was_a_choice_is_as_hidden_as_it_was(db: str) -> None:
    """A row that says nothing of it: it was stated under its question's rule."""
    assert View._meta.fields_map["follows"].db_default is True
    assert Late._meta.fields_map["follows"].db_default is True


# --- the form -------------------------------------------------------------------------------------


async def test_the_form_offers_the_choice_to_observers_where_there_is_something_to_follow(
    site: Site,
) -> None:
    world = await asked("decided")
    other = await world.table_proposal()
    await other.put("now")
    observer, head = await site.browser(OBSERVER), await site.browser(HEAD)
    field, path = 'name="follow_publication" value="1"', "/proposals/2019/{}/position"
    assert field in (await observer.get(path.format(1))).text
    assert field not in (await observer.get(path.format(2))).text
    assert field not in (await head.get(path.format(1))).text


async def test_the_check_page_says_who_will_read_it_and_keeps_the_choice(site: Site) -> None:
    await asked("decided")
    observer = await site.browser(OBSERVER)
    said = {"stance": "object", "version": "1", "clause": "p1", "explanation": SAID}
    sent = said | {"key": new_key()}
    check = await observer.post(f"{ONE}/position", sent)
    assert "Everyone, at once" in check.text
    check = await observer.post(f"{ONE}/position", sent | {"follow_publication": "1"})
    assert "everyone when it is decided" in check.text
    assert 'name="follow_publication" value="1"' in check.text
    done = {"follow_publication": "1", "confirmed": "1"}
    assert (await observer.post(f"{ONE}/position", sent | done)).status_code == 303
    assert (await View.get()).follows
    form = (await observer.get(f"{ONE}/position")).text
    assert 'value="1" checked aria-describedby="follow-h"' in form
