"""The text that is asked about keeps its words, and nothing is asked about a text without them."""

import pytest

from plenary.archive.removing import remove_words
from plenary.decisions.models import Decision
from plenary.record.models import Entry
from plenary.refusal import Invalid, Refused
from plenary.texts.removed import repeats
from tests.archive.test_removals import newest, order
from tests.client import Site
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("terms", [{}, {"procedure": "silence", "hours": 96}])
async def test_the_text_of_an_open_question_keeps_its_words(db: str, terms: dict[str, str]) -> None:
    world = await found_world()
    await world.put(**terms)
    before = await Entry.all().count()
    with pytest.raises(Refused, match="text_is_asked_about"):
        await remove_words(SECRETARIAT, await newest("version.issued"), order())
    assert await Entry.all().count() == before


async def test_open_brackets_are_not_closed_by_removing_them(db: str) -> None:
    world = await found_world()
    await world.revise("1. *Decides* to meet [in May][in June].\n")
    issued = await newest("version.issued")
    await world.put()
    with pytest.raises(Refused, match="text_is_asked_about"):
        await remove_words(SECRETARIAT, issued, order())


async def test_an_earlier_version_can_go_while_a_question_runs(db: str) -> None:
    world = await found_world()
    earlier = await newest("version.issued")
    await world.revise("1. *Decides* to meet in May.\n")
    await world.put()
    await remove_words(SECRETARIAT, earlier, order())


async def test_the_text_can_go_when_the_question_is_over(db: str) -> None:
    world = await found_world()
    await world.put()
    await world.declare()
    await remove_words(SECRETARIAT, await newest("version.issued"), order())
    assert (await Decision.all().order_by("-id").first()).outcome == "adopted"  # type: ignore[union-attr]


async def test_no_question_is_put_on_a_text_of_which_words_were_removed(db: str) -> None:
    world = await found_world()
    await remove_words(SECRETARIAT, await newest("version.issued"), order())
    with pytest.raises(Refused, match="words_of_text_removed"):
        await world.put()
    await world.revise("1. *Decides* to meet in May.\n")
    await world.put()


async def test_the_form_is_refused_before_it_is_filled_in(site: Site) -> None:
    world = await found_world()
    await world.put()
    browser = await site.browser("secretariat@example.org")
    answer = await browser.get(f"/register/{await newest('version.issued')}/removal")
    assert answer.status_code == 409
    assert "nobody decides on a text that cannot be read" in answer.text


async def test_the_reason_of_an_order_does_not_say_the_words_again(db: str) -> None:
    world = await found_world()
    await world.comment(text="Ms Jane Doe of Exampletown took the money herself.")
    n = await newest("comment.made")
    for reason in ("It says that JANE DOE, of Exampletown, did it.", "“took the money herself”"):
        with pytest.raises(Invalid) as refused:
            await remove_words(SECRETARIAT, n, order(reason=reason))
        assert refused.value.errors["reason"].name == "repeats_the_words"
    assert not await Entry.filter(type="payload.redacted").exists()
    await remove_words(SECRETARIAT, n, order(reason="It accused a person by name of theft."))


def test_one_word_alone_is_no_repetition() -> None:
    assert not repeats("Publié en français", "en")
    assert not repeats("", "Jane Doe")
    assert repeats("about Jane Doe", "Jane Doe")
    assert not repeats("about Jane", "Jane Doe")
