"""What an officer enters for a delegation that speaks in the room, and its countersignature."""

from typing import Any

import pytest

from plenary.questions.actions.from_the_room import countersign
from plenary.questions.models import Position, View
from plenary.questions.rules import Carries
from plenary.questions.stand import Stand, stand_of
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Invalid, Missing, Refused
from tests.client import Browser, Page, Site
from tests.questions.test_publication import READERS, with_delegate
from tests.world import ALD, AMENDED, CHAIR, COR, DEL, SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio
ONE = "/proposals/2019/1"
ROOM, SIGN = f"{ONE}/from-the-room", f"{ONE}/countersignature"
SAID = "CANARY-from-the-room"


async def asked(**more: Any) -> World:
    world = await found_world()
    await world.put(**more)
    return world


async def current(code: str) -> Position:
    return await Position.get(delegation__code=code, current=True)


async def stand(world: World) -> Stand:
    from plenary.bodies.viewers import PUBLIC

    found = await stand_of(await world.proposal(), PUBLIC)
    assert found is not None
    return found


async def refused(act: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await act
    return caught.value


# --- what is entered ------------------------------------------------------------------------------


async def test_what_is_entered_from_the_room_counts_at_once_in_the_officers_name(db: str) -> None:
    world = await asked()
    receipt = await world.from_the_room("COR", "object")
    row, entry = await current("COR"), await Entry.get(n=receipt.entry)
    assert (row.entered_by, row.countersigned, row.stance) == (SECRETARIAT, None, "object")
    assert (entry.type, entry.actor) == ("position.entered", SECRETARIAT)
    assert read_entry(bytes(entry.written))["delegation"] == "COR"
    assert entry.veil == f"question:{(await world.question()).id}"
    assert (await stand(world)).counts["object"] == 1


async def test_the_chair_of_the_question_and_the_secretariat_may_and_no_delegation(db: str) -> None:
    world = await asked()
    await world.from_the_room("BEL", by=CHAIR)
    for by in (ALD, "chair:monitoring", "system"):
        bar = await refused(world.from_the_room("COR", by=by))
        assert (bar.reason, type(bar)) == ("not_for_others", Forbidden)


async def test_an_observer_is_entered_in_the_ledger_of_observers_and_in_no_count(db: str) -> None:
    world = await asked()
    receipt = await world.from_the_room("DEL", "object")
    view = await View.get(delegation__code="DEL")
    assert (view.entered_by, await Position.all().count()) == (SECRETARIAT, 0)
    assert (await Entry.get(n=receipt.entry)).type == "observer.entered"
    assert (await stand(world)).standing == Carries()
    await countersign(DEL, world.year, world.number, receipt.entry)
    assert (await View.get(id=view.id)).countersigned is not None


async def test_an_objection_from_the_room_breaks_a_silence_like_any_other(db: str) -> None:
    world = await asked(procedure="silence", hours=73)
    await world.from_the_room("COR", "object")
    assert (await world.question()).ended == "broken"
    assert (await refused(world.from_the_room("BEL"))).reason == "over_for_others"


async def test_nothing_is_entered_once_the_outcome_is_declared(db: str) -> None:
    world = await asked()
    await world.declare()
    before = (await Head.get(id=1)).size
    assert (await refused(world.from_the_room("COR"))).reason == "over_for_others"
    assert (await Head.get(id=1)).size == before


async def test_what_is_entered_needs_what_a_stated_position_needs(db: str) -> None:
    world = await asked()
    with pytest.raises(Invalid) as caught:
        await world.from_the_room("COR", "object", clause="", explanation="")
    assert set(caught.value.errors) == {"clause", "explanation"}
    assert isinstance(await refused(world.from_the_room("ZZ")), Missing)
    assert (await refused(world.from_the_room("COR", "yes"))).reason == "answer_not_asked"
    await world.revise(AMENDED)
    assert (await refused(world.from_the_room("COR", version=1))).reason == "version_moved"


async def test_an_officer_does_not_enter_over_what_a_delegation_stated_itself(db: str) -> None:
    world = await asked()
    own = await world.object("COR")
    with pytest.raises(Invalid) as caught:
        await world.from_the_room("COR", seen=own.entry)
    assert set(caught.value.errors) == {"changed"}
    assert (await current("COR")).stance == "object"
    await world.from_the_room("COR", seen=own.entry, changed=True)
    assert (await current("COR")).stance == "support"
    assert await Position.filter(delegation__code="COR").count() == 2  # both stay on the record


async def test_nor_over_what_came_in_while_the_officer_was_writing(db: str) -> None:
    """Even where it says that the delegation changed its position: it has not read this one."""
    world = await asked()
    seen = await world.state("COR")
    await world.object("COR")
    bar = await refused(world.from_the_room("COR", "accept", seen=seen.entry, changed=True))
    assert bar.reason == "spoke_meanwhile"
    assert (await current("COR")).stance == "object"


async def test_what_was_entered_can_be_entered_anew_until_it_is_countersigned(db: str) -> None:
    world = await asked()
    first = await world.from_the_room("COR")
    second = await world.from_the_room("COR", "accept", seen=first.entry)
    assert (await current("COR")).stance == "accept"
    await countersign(COR, world.year, world.number, second.entry)
    with pytest.raises(Invalid):  # now it is the delegation's own
        await world.from_the_room("COR", "object", seen=second.entry)


async def test_a_position_on_an_earlier_version_does_not_stand_in_the_way(db: str) -> None:
    world = await asked()
    own = await world.object("COR")
    await world.revise(AMENDED)
    await world.from_the_room("COR", seen=own.entry)
    assert (await stand(world)).counts["support"] == 1


async def test_the_same_form_twice_is_one_entry(db: str) -> None:
    world = await asked()
    receipt = await world.from_the_room("COR", key="once")
    again = await world.from_the_room("COR", key="once")
    with pytest.raises(Refused, match="key_used"):
        await world.from_the_room("BEL", key="once")
    assert (receipt.code, await Position.all().count()) == (again.code, 1)


# --- the countersignature -------------------------------------------------------------------------


async def test_the_delegation_countersigns_what_it_saw(db: str) -> None:
    world = await asked()
    entered = await world.from_the_room("COR", "object")
    receipt = await countersign(COR, world.year, world.number, entered.entry)
    assert (await current("COR")).countersigned is not None
    entry = await Entry.get(n=receipt.entry)
    assert (entry.type, entry.actor) == ("position.countersigned", COR)
    assert read_entry(bytes(entry.written))["position"] == entered.entry
    size = (await Head.get(id=1)).size
    again = await countersign(COR, world.year, world.number, entered.entry)
    assert (again.code, (await Head.get(id=1)).size) == (receipt.code, size)


async def test_it_does_not_countersign_what_it_did_not_see(db: str) -> None:
    world = await asked()
    first = await world.from_the_room("COR")
    await world.from_the_room("COR", "object", seen=first.entry)
    bar = await refused(countersign(COR, world.year, world.number, first.entry))
    assert (bar.reason, bar.status) == ("entered_anew", 409)
    assert (await current("COR")).countersigned is None


async def test_only_what_was_entered_for_it_is_countersigned(db: str) -> None:
    world = await asked()
    own = await world.state("COR")
    entered = await world.from_the_room("BEL")
    for entry in (own.entry, entered.entry):
        bar = await refused(countersign(COR, world.year, world.number, entry))
        assert bar.reason == "nothing_to_countersign"
    bar = await refused(countersign(SECRETARIAT, world.year, world.number, entered.entry))
    assert bar.reason == "not_a_delegation"


async def test_its_own_position_takes_the_place_of_what_was_entered(db: str) -> None:
    world = await asked()
    entered = await world.from_the_room("COR")
    await world.object("COR")
    assert ((await current("COR")).entered_by, (await current("COR")).stance) == ("", "object")
    bar = await refused(countersign(COR, world.year, world.number, entered.entry))
    assert bar.reason == "nothing_to_countersign"


async def test_it_can_still_be_countersigned_when_the_question_is_over(db: str) -> None:
    world = await asked()
    entered = await world.from_the_room("COR")
    await world.declare()
    await countersign(COR, world.year, world.number, entered.entry)
    assert (await current("COR")).countersigned is not None


# --- the pages ------------------------------------------------------------------------------------

FORM = {"delegation": "COR", "stance": "object", "clause": "p1", "explanation": SAID, "key": "k"}


async def officer(site: Site, who: str = "secretariat") -> Browser:
    return await site.browser(f"{who}@example.org")


async def test_an_officer_enters_checks_and_records_and_the_head_countersigns(site: Site) -> None:
    await asked()
    room = await officer(site)
    page = await room.page(ROOM)
    check = await room.press(page, "/from-the-room", **FORM)
    assert check.status_code == 200
    assert await Position.all().count() == 0  # nothing before the check page
    assert "not yet countersigned" in Page(check).words
    sent = await room.press(Page(check), "/from-the-room", confirmed="1")
    assert sent.headers["location"].startswith("/receipts/")
    public = await site.browser()
    for path in (ONE, f"{ONE}/positions"):
        assert (
            "entered by the secretariat, not yet countersigned" in (await public.page(path)).words
        )
    told = (await public.get(f"{ONE}.json")).json()["positions"][0]
    assert (told["entered_by"], told["countersigned"]) == ("secretariat", None)
    corvania = await site.browser("head.cor@example.org")
    assert f"{SIGN}" in (await corvania.page("/desk")).links()
    assert f"{SIGN}" in (await corvania.page(ONE)).links()
    signed = await corvania.press(await corvania.page(SIGN), "/countersignature")
    assert signed.status_code == 303
    assert "entered by the secretariat, countersigned on" in (await public.page(ONE)).words
    assert f"{SIGN}" not in (await corvania.page("/desk")).links()
    assert "Nothing awaits your countersignature" in (await corvania.page(SIGN)).words


async def test_the_page_shows_what_the_delegation_said_and_asks_for_the_tick(site: Site) -> None:
    world = await asked()
    await world.state("COR", "accept", explanation="Our own words.")
    room = await officer(site, "chair")
    answer = await room.press(await room.page(ROOM), "/from-the-room", **FORM)
    assert answer.status_code == 422
    page = Page(answer)
    assert "Our own words." in page.words
    form = page.form("/from-the-room")
    assert (form.fields["explanation"], form.fields["stance"]) == (SAID, "object")
    check = await room.post(form.action, form.fields | {"changed": "1"})
    assert (check.status_code, "Our own words." in Page(check).words) == (200, True)
    sent = await room.press(Page(check), "/from-the-room", confirmed="1")
    assert sent.status_code == 303
    assert (await current("COR")).stance == "object"


async def test_what_came_in_meanwhile_is_shown_and_what_was_typed_is_kept(site: Site) -> None:
    world = await asked()
    room = await officer(site)
    check = await room.press(await room.page(ROOM), "/from-the-room", **FORM)
    await world.state("COR", "accept", explanation="Our own words.")
    answer = await room.press(Page(check), "/from-the-room", confirmed="1")
    assert answer.status_code == 409
    page = Page(answer)
    assert "meanwhile" in page.words
    assert "Our own words." in page.words
    assert page.form("/from-the-room").fields["explanation"] == SAID
    assert (await current("COR")).stance == "accept"


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_who_may_open_the_form(site: Site, prefix: str) -> None:
    await asked()
    for name, email in _some():
        answer = await (await site.browser(email)).get(prefix + ROOM)
        assert answer.status_code == (200 if name in ("the Chair", "the secretariat") else 403), (
            name
        )
    head = await site.browser("head.cor@example.org")
    assert (await head.get(prefix + SIGN)).status_code == 200
    assert (await (await site.browser()).get(prefix + SIGN)).status_code == 403
    posted = await head.post(prefix + ROOM, FORM | {"confirmed": "1"})
    assert (posted.status_code, await Position.all().count()) == (403, 0)


def _some() -> list[tuple[str, str]]:
    return [(name, email) for name, email in READERS.items() if "delegate" not in name]


async def test_an_entry_seen_on_an_old_page_answers_409(site: Site) -> None:
    world = await asked()
    first = await world.from_the_room("COR")
    head = await site.browser("head.cor@example.org")
    page = await head.page(SIGN)
    await world.from_the_room("COR", "object", seen=first.entry)
    answer = await head.press(page, "/countersignature")
    assert (answer.status_code, "after you opened this page" in Page(answer).words) == (409, True)


# --- the rule of publication ----------------------------------------------------------------------


@pytest.mark.parametrize("publication", ["decided", "never"])
async def test_whoever_may_not_read_names_does_not_learn_for_whom_it_was_entered(
    site: Site, publication: str
) -> None:
    world = await with_delegate()
    await world.put(publication)
    entered = await world.from_the_room("COR", "object", explanation=SAID)
    await countersign(COR, world.year, world.number, entered.entry)
    public = await site.browser()
    for n in range(entered.entry, (await Head.get(id=1)).size):
        words = (await public.page(f"/register/{n}")).words
        assert ("Corvania" in words, "COR" in words) == (False, False), n
    for path in ("/changes?topic=KP/2019/P.1", ONE, f"{ONE}/positions", f"{ONE}.json"):
        text = (await public.get(path)).text
        assert "not yet countersigned" not in text
        assert ("COR" in text, "Corvania" in text) == (False, False), path


async def test_a_delegation_reads_the_entry_that_was_made_for_it_and_no_other_does(
    site: Site,
) -> None:
    world = await asked(publication="never")
    entered = await world.from_the_room("COR", "object", explanation=SAID)
    for code, reads in (("cor", True), ("ald", False)):
        browser = await site.browser(f"head.{code}@example.org")
        for path in (f"/register/{entered.entry}", f"/receipts/{entered.code}"):
            assert (SAID in (await browser.page(path)).words) == reads, (code, path)
