"""A translation is a courtesy until the bureau issues it as authentic."""

import pytest

from plenary.proposals.reading import authentic_in, uneven_languages, version_of
from plenary.record.entry import read_entry
from plenary.record.models import Entry
from plenary.refusal import Forbidden, Refused
from tests.client import Page, Site
from tests.world import AMENDED, CHAIR, SECRETARIAT, TEXT, World, found_world

pytestmark = pytest.mark.anyio
ONE, FORM = "/proposals/2019/1", "/proposals/2019/1/versions?language=fr"
FRENCH = TEXT.replace("The Plenary", "La Plénière").replace("Decides", "Décide")
BOX = "f-authentic"


async def in_french(world: World, *, by: str = SECRETARIAT, authentic: bool = True) -> None:
    await world.revise(FRENCH, by=by, language="fr", authentic=authentic)


async def level(world: World) -> list[str]:
    proposal = await world.proposal()
    return await authentic_in(proposal, await version_of(proposal, proposal.newest))


async def test_the_bureau_says_that_a_translation_is_authentic_and_its_author_does_not(
    db: str,
) -> None:
    world = await found_world()
    with pytest.raises(Forbidden):
        await in_french(world, by="delegation:ALD")
    await in_french(world, by="delegation:ALD", authentic=False)
    assert await level(world) == []
    await in_french(world, by=CHAIR)
    assert await level(world) == ["fr"]
    entry = await Entry.filter(type="translation.issued").order_by("-n").first()
    assert entry is not None
    assert read_entry(bytes(entry.written))["status"] == "authentic"


async def test_an_authors_courtesy_does_not_take_the_place_of_an_authentic_text(db: str) -> None:
    """Its words are newer, so they are shown; the language is no longer level until confirmed."""
    world = await found_world()
    await in_french(world)
    await in_french(world, by="delegation:ALD", authentic=False)
    assert (await level(world), await uneven_languages(await world.proposal())) == ([], ["fr"])
    await in_french(world)
    assert await uneven_languages(await world.proposal()) == []


async def test_no_authentic_text_is_issued_while_the_text_is_held(db: str) -> None:
    world = await found_world()
    await in_french(world, authentic=False)
    await world.put(procedure="silence", hours=73)
    with pytest.raises(Refused) as caught:
        await in_french(world)
    assert caught.value.reason == "text_held"
    await in_french(world, authentic=False)  # a courtesy changes nothing that is asked


async def test_the_bureau_ticks_it_and_the_pages_say_so(site: Site) -> None:
    await found_world()
    aldoria = await site.browser("head.ald@example.org")
    assert (await aldoria.page(FORM)).by_id(BOX) is None
    assert (await aldoria.page(f"{ONE}/versions")).by_id(BOX) is None
    desk = await site.browser("secretariat@example.org")
    form = await desk.page(FORM)
    assert (await desk.page(f"{ONE}/versions")).by_id(BOX) is None  # the original is no translation
    sent = await desk.press(form, "/versions", text=FRENCH, title="Scellés", sense="Scellées.")
    assert sent.status_code == 303
    public = await site.browser()
    assert "courtesy" in (await public.page(ONE)).words
    assert "courtesy translation" in (await public.page(f"{ONE}/v1?with=fr")).words
    sent = await desk.press(await desk.page(FORM), "/versions", authentic="1")
    assert sent.status_code == 303
    page = await public.page(ONE)
    assert "courtesy" not in page.words
    assert "issued in French by the secretariat, authentic" in page.words
    assert "French is authentic too" in (await public.page(f"{ONE}/v1?with=fr")).words
    assert "in French, authentic" in (await public.page("/changes")).words
    ticked = (await desk.page(FORM)).by_id(BOX)
    assert ticked is not None
    assert "checked" in ticked.attrs


async def test_what_lags_behind_and_what_is_held_is_said(site: Site) -> None:
    world = await found_world()
    await in_french(world)
    await world.revise(AMENDED)
    public, desk = await site.browser(), await site.browser("secretariat@example.org")
    assert "authentic, behind the original" in (await public.page(ONE)).words
    await world.revise(FRENCH, by=SECRETARIAT, language="fr", base=2, authentic=True)
    form = await desk.page(FORM)
    await world.put(procedure="silence", hours=73)
    answer = await desk.press(form, "/versions", authentic="1", text=FRENCH)
    assert answer.status_code == 409
    assert "The text is held while its question is open" in Page(answer).words
    assert "La Plénière" in Page(answer).words  # kept


async def test_a_decision_has_two_authentic_texts(site: Site) -> None:
    world = await found_world()
    await in_french(world)
    await world.put()
    decision = await world.declare()
    public = await site.browser()
    french = await public.page(f"/fr/decisions/{decision.source_id}")
    assert "courtoisie" not in french.words
    assert "courtesy" not in (await public.page(f"/decisions/{decision.source_id}")).words
