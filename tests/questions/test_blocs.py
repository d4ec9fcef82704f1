"""On behalf of others: one states a position, each of the others confirms or declines its own."""

from typing import Any

import pytest

from plenary.bodies.viewers import PUBLIC
from plenary.questions.actions.blocs import answer_bloc
from plenary.questions.models import Bloc, BlocMember, Position
from plenary.questions.rules import Blocked
from plenary.questions.stand import Stand, stand_of
from plenary.record.entry import read_entry
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Invalid, Missing, Refused
from tests.client import Page, Site
from tests.questions.test_publication import READERS, with_delegate
from tests.world import ALD, AMENDED, BEL, COR, World, found_world, head

pytestmark = pytest.mark.anyio
ONE = "/proposals/2019/1"
SAID, GROUP = "CANARY-on-behalf", "CANARY-group"


async def asked(**more: Any) -> World:
    world = await found_world()
    await world.put(**more)
    return world


async def answers(world: World, by: str, bloc: Bloc, *, confirmed: bool = True) -> Any:
    return await answer_bloc(by, world.year, world.number, bloc.id, confirmed=confirmed)


async def stand(world: World) -> Stand:
    found = await stand_of(await world.proposal(), PUBLIC)
    assert found is not None
    return found


async def refused(act: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        await act
    return caught.value


async def stances() -> dict[str, str]:
    rows = await Position.filter(current=True).prefetch_related("delegation")
    return {row.delegation.code: row.stance for row in rows}


# --- what it does ---------------------------------------------------------------------------------


async def test_the_speakers_own_position_stands_at_once_and_nobody_elses(db: str) -> None:
    world = await asked()
    bloc = await world.on_behalf("BEL", ["ALD", "COR"], "object", name="The Group")
    assert await stances() == {"BEL": "object"}
    assert (await stand(world)).counts["object"] == 1
    assert (bloc.name, await BlocMember.filter(bloc=bloc, answered=None).count()) == (
        "The Group",
        2,
    )


async def test_whoever_confirms_has_the_same_words_as_its_own_position_and_is_counted(
    db: str,
) -> None:
    world = await asked()
    bloc = await world.on_behalf("BEL", ["ALD", "COR"], "object")
    receipt = await answers(world, ALD, bloc)
    spoke, joined = [await Position.get(delegation__code=code) for code in ("BEL", "ALD")]
    for name in ("stance", "clause", "explanation", "would_join", "language", "version"):
        assert getattr(spoke, name) == getattr(joined, name)
    entry = await Entry.get(n=receipt.entry)
    assert (entry.type, entry.actor) == ("position.stated", ALD)
    assert read_entry(bytes(entry.written))["bloc"] == spoke.entry
    assert (await stand(world)).standing == Blocked(frozenset({"ALD", "BEL"}))


async def test_an_earlier_position_is_superseded_by_the_confirmation_only(db: str) -> None:
    world = await asked()
    await world.state("ALD", "accept")
    bloc = await world.on_behalf("BEL", ["ALD"], "object")
    assert (await stances())["ALD"] == "accept"
    await answers(world, ALD, bloc)
    assert (await stances())["ALD"] == "object"
    assert await Position.filter(delegation__code="ALD").count() == 2


async def test_whoever_declines_stands_where_it_stood_and_it_is_on_the_record(db: str) -> None:
    world = await asked()
    bloc = await world.on_behalf("BEL", ["ALD"], "object")
    receipt = await answers(world, ALD, bloc, confirmed=False)
    assert (await Entry.get(n=receipt.entry)).type == "bloc.declined"
    assert "ALD" not in await stances()
    member = await BlocMember.get(bloc=bloc)
    assert (member.confirmed, member.entry) == (False, receipt.entry)
    assert (await refused(answers(world, ALD, bloc))).reason == "bloc_answered"


async def test_only_who_was_named_answers(db: str) -> None:
    world = await asked()
    bloc = await world.on_behalf("BEL", ["ALD"])
    for by in (COR, BEL, head("DEL")):
        assert isinstance(await refused(answers(world, by, bloc)), Missing)
    assert (await refused(answers(world, "chair:plenary", bloc))).reason == "not_a_delegation"
    assert await stances() == {"BEL": "support"}


async def test_it_names_others_that_are_on_the_roll(db: str) -> None:
    world = await asked()
    for others in ([], ["BEL"]):
        with pytest.raises(Invalid) as caught:
            await world.on_behalf("BEL", others)
        assert set(caught.value.errors) == {"for"}
    for code in ("DEL", "ZZ"):  # an Observer is on no roll
        assert isinstance(await refused(world.on_behalf("BEL", ["ALD", code])), Missing)
    assert isinstance(await refused(world.on_behalf("DEL", ["ALD"])), Forbidden)
    assert await Position.all().count() == 0


async def test_it_lapses_when_the_text_has_moved(db: str) -> None:
    world = await asked()
    bloc = await world.on_behalf("BEL", ["ALD"])
    await world.revise(AMENDED)
    bar = await refused(answers(world, ALD, bloc))
    assert (bar.reason, bar.facts["why"]) == ("bloc_lapsed", "moved")


async def test_it_lapses_when_the_question_is_over(db: str) -> None:
    world = await asked()
    bloc = await world.on_behalf("BEL", ["ALD"])
    await world.declare()
    for confirmed in (True, False):
        bar = await refused(answers(world, ALD, bloc, confirmed=confirmed))
        assert (bar.reason, bar.facts["why"]) == ("bloc_lapsed", "over")
    assert (await refused(world.on_behalf("BEL", ["ALD"]))).reason == "over_for_others"


async def test_it_lapses_when_its_speaker_states_another(db: str) -> None:
    world = await asked()
    first = await world.on_behalf("BEL", ["ALD", "COR"])
    second = await world.on_behalf("BEL", ["ALD"], "accept")
    bar = await refused(answers(world, COR, first))
    assert (bar.reason, bar.facts["why"]) == ("bloc_lapsed", "replaced")
    await answers(world, ALD, second)
    assert await stances() == {"ALD": "accept", "BEL": "accept"}


async def test_an_objection_on_behalf_of_others_breaks_a_silence_and_then_lapses(db: str) -> None:
    world = await asked(procedure="silence", hours=73)
    bloc = await world.on_behalf("BEL", ["ALD"], "object")
    assert (await world.question()).ended == "broken"
    assert (await refused(answers(world, ALD, bloc))).facts["why"] == "over"


async def test_under_silence_a_confirmation_is_a_position_like_any_other(db: str) -> None:
    world = await asked(procedure="silence", hours=73)
    bloc = await world.on_behalf("BEL", ["ALD"])
    await answers(world, ALD, bloc)
    assert (await world.question()).ended == ""
    assert await stances() == {"ALD": "support", "BEL": "support"}


async def test_the_same_form_twice_and_the_same_answer_twice_are_one_act(db: str) -> None:
    world = await asked()
    bloc = await world.on_behalf("BEL", ["ALD"], key="once")
    assert (await world.on_behalf("BEL", ["ALD"], key="once")).id == bloc.id
    with pytest.raises(Refused, match="key_used"):
        await world.on_behalf("BEL", ["COR"], "object", key="once")
    receipt = await answers(world, ALD, bloc)
    size = (await Head.get(id=1)).size
    assert (await answers(world, ALD, bloc)).code == receipt.code
    assert ((await Head.get(id=1)).size, await Bloc.all().count()) == (size, 1)


# --- the pages ------------------------------------------------------------------------------------

BLOCS = f"{ONE}/on-behalf"
FORM = {"for-ALD": "1", "name": "The Group", "stance": "object", "clause": "p1",
        "explanation": SAID, "key": "k"}  # fmt: skip


async def test_a_head_speaks_for_others_and_each_finds_it_on_its_desk(site: Site) -> None:
    await asked()
    belmark = await site.browser("head.bel@example.org")
    page = await belmark.page(BLOCS)
    assert {"for-ALD", "for-COR"} <= page.form("/on-behalf").names
    check = await belmark.press(page, "/on-behalf", **FORM)
    assert (check.status_code, await Position.all().count()) == (200, 0)
    sent = await belmark.press(Page(check), "/on-behalf", confirmed="1")
    assert sent.headers["location"] == f"{BLOCS}/1"
    shown = await belmark.page(f"{BLOCS}/1")
    assert "Belmark on behalf of others (The Group)" in shown.heading
    assert "Not answered yet (1)" in shown.words
    aldoria, corvania = [await site.browser(f"head.{code}@example.org") for code in ("ald", "cor")]
    for path in ("/desk", ONE):
        assert f"{BLOCS}/1#answer" in (await aldoria.page(path)).links()
        assert f"{BLOCS}/1#answer" not in (await corvania.page(path)).links()
    answer = await aldoria.post(f"{BLOCS}/1", {"answer": "confirm"})
    assert answer.headers["location"].startswith("/receipts/")
    assert f"{BLOCS}/1#answer" not in (await aldoria.page("/desk")).links()
    public = await site.browser()
    assert "Confirmed (1)" in (await public.page(f"{BLOCS}/1")).words
    assert f"{BLOCS}/1" in (await public.page(ONE)).links()  # beside the position it became
    told = (await public.get(f"{ONE}.json")).json()
    assert told["on_behalf"][0]["named"][0]["answer"] == "confirmed"
    assert [position["on_behalf"] for position in told["positions"]] == [1, None]


@pytest.mark.parametrize("prefix", ["", "/fr"])
async def test_who_may_speak_for_others_and_who_may_answer(site: Site, prefix: str) -> None:
    world = await with_delegate()
    await world.put()
    await world.on_behalf("BEL", ["COR"])
    for name, email in READERS.items():
        browser = await site.browser(email)
        assert (await browser.get(prefix + BLOCS)).status_code == 200
        form = {**FORM, "for-ALD": "", "for-BEL": "1", "confirmed": "1"}
        posted = await browser.post(prefix + BLOCS, form)
        may = name in ("its own head", "another delegation")
        assert posted.status_code == (303 if may else 403), name
        answer = await browser.post(f"{prefix}{BLOCS}/1", {"answer": "decline"})
        named = {"its own head": 303, "another delegation": 404}
        assert answer.status_code == named.get(name, 403), name
    assert not await Position.filter(delegation__code="COR", stance="support").exists()


async def test_a_form_without_anyone_named_keeps_what_was_typed(site: Site) -> None:
    await asked()
    belmark = await site.browser("head.bel@example.org")
    answer = await belmark.post(BLOCS, FORM | {"for-ALD": "", "confirmed": "1"})
    assert answer.status_code == 422
    page = Page(answer)
    assert "Choose at least one delegation" in page.words
    assert page.form("/on-behalf").fields["explanation"] == SAID


async def test_what_has_lapsed_says_so_and_offers_no_button(site: Site) -> None:
    world = await asked()
    await world.on_behalf("BEL", ["ALD"])
    aldoria = await site.browser("head.ald@example.org")
    assert (await aldoria.page(f"{BLOCS}/1")).form("/on-behalf/1")
    await world.revise(AMENDED)
    page = await aldoria.page(f"{BLOCS}/1")
    assert "The text has moved on since version 1" in page.words
    assert not [form for form in page.forms if form.action.endswith("/on-behalf/1")]
    assert "#answer" not in " ".join((await aldoria.page("/desk")).links())
    late = await aldoria.post(f"{BLOCS}/1", {"answer": "confirm"})
    assert (late.status_code, "State your own position" in Page(late).words) == (409, True)


# --- the rule of publication ----------------------------------------------------------------------


@pytest.mark.parametrize("confirmed", [None, True, False])
async def test_whom_it_names_and_what_they_answer_is_veiled_like_a_position(
    site: Site, confirmed: bool | None
) -> None:
    """Under “never”: the speaker knows whom it named, and nobody learns what they answered.

    On the page; a file is passed on and names nobody.
    """
    world = await asked(publication="never")
    bloc = await world.on_behalf("BEL", ["COR"], explanation=SAID)
    if confirmed is not None:
        await answers(world, COR, bloc, confirmed=confirmed)
    public, observer, other, speaker, named, chair = [
        await site.browser(name and f"{name}@example.org")
        for name in ("", "head.del", "head.ald", "head.bel", "head.cor", "chair")
    ]
    for reader in (public, observer, other):
        assert (await reader.get(f"{BLOCS}/{bloc.id}")).status_code == 404
        assert (await reader.get(f"{ONE}.json")).json()["on_behalf"] == []
        assert f"{BLOCS}/{bloc.id}" not in (await reader.page(BLOCS)).links()
        assert "Corvania" not in (await reader.page("/changes?topic=KP/2019/P.1")).words
        for n in range(bloc.entry, (await Head.get(id=1)).size):
            words = (await reader.page(f"/register/{n}")).words
            assert ("Corvania" in words, "COR" in words) == (False, False), n
    page = await speaker.page(f"{BLOCS}/{bloc.id}")
    assert "Named (1)Corvania" in page.words.replace(" (1) ", " (1)")
    assert "is not shown under this question’s rule of publication" in page.words
    word = {None: "Not answered yet", True: "Confirmed", False: "Declined"}[confirmed]
    assert word in (await chair.page(f"{BLOCS}/{bloc.id}")).words
    for reader in (speaker, named, chair):
        assert (await reader.get(f"{ONE}.json")).json()["on_behalf"] == []


async def test_one_that_was_named_does_not_learn_of_the_others(site: Site) -> None:
    world = await asked(publication="never")
    bloc = await world.on_behalf("BEL", ["ALD", "COR"])
    aldoria = await site.browser("head.ald@example.org")
    assert "Corvania" not in (await aldoria.page(f"{BLOCS}/{bloc.id}")).words
    assert "COR" not in (await aldoria.get(f"{ONE}.json")).text.partition('"roll"')[0]
    for n in range(bloc.entry, (await Head.get(id=1)).size):
        assert "COR" not in (await aldoria.page(f"/register/{n}")).words


@pytest.mark.parametrize("name", ["Corvania", "Соrvаniа", "PLENARY", "KP/2019/P.1 adopted"])
async def test_a_group_is_not_called_as_a_delegation_or_a_text_is(site: Site, name: str) -> None:
    """Else a page would say that Corvania stated what Aldoria did."""
    world = await found_world()
    await world.put()
    browser = await site.browser("head.ald@example.org")
    page = await browser.page(f"/proposals/{world.year}/{world.number}/on-behalf")
    typed = {"for-BEL": "1", "name": name, "stance": "support", "explanation": "With others."}
    for pressed in ({}, {"confirmed": "1"}):
        answer = await browser.press_once(page, "/on-behalf", **typed | pressed)
        assert answer.status_code == 422, Page(answer).words
        shown = Page(answer)
        assert (shown.by_id("f-name") or shown.tags[0])["aria-invalid"] == "true"
        assert shown.form("/on-behalf").fields["name"] == name
    assert await Bloc.all().count() == 0
