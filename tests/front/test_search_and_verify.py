"""Search over everything that is visible, and whether a copy is true."""

import asyncio
from hashlib import sha256

import pytest
from starlette.requests import Request

from plenary.front.checking import print_in
from plenary.front.decided import Decided
from plenary.front.pages import prints
from plenary.front.pages.decision import text_of
from plenary.registers.actions import import_register
from tests.client import Page, Site
from tests.registers.registers import FRENCH, register
from tests.world import ALD, BEL, World, found_world


async def decided() -> World:
    world = await found_world()
    await world.put()
    await world.declare("adopted")
    return world


async def test_decisions_come_first_then_proposals_then_comments(site: Site) -> None:
    world = await decided()
    second = await world.table_proposal()
    await second.comment(text="Which stones, Délégué?")
    await import_register("secretariat", "kp", register())
    browser = await site.browser()
    page = await browser.page("/search?q=stones")
    headings = [tag.text for tag in page.all("h2")]
    assert headings == ["Decisions", "Proposals", "Comments"]
    assert any(link.startswith("/proposals/2019/2#p") for link in page.links())
    assert "/proposals/2019/2/comments#c1" in page.links()
    assert "Délégué" in (await browser.page("/search?q=DELEGUE")).words


async def test_a_query_that_is_too_short_says_so(site: Site) -> None:
    await found_world()
    browser = await site.browser()
    assert "Type at least two letters." in (await browser.page("/search?q=a")).words
    assert "Type one or more words." in (await browser.page("/search")).words
    empty = await browser.page("/search?q=zzzz")
    assert "Nothing found for “zzzz”." in empty.words
    assert "/decisions" in empty.links()


async def test_translations_are_searched_too(site: Site) -> None:
    world = await found_world()
    await world.revise(FRENCH, language="fr")
    page = await (await site.browser()).page("/search?q=demande")
    assert any(link.startswith("/fr/proposals/2019/1#p") for link in page.links())


@pytest.mark.parametrize("end", ["\n", "\r\n"])
async def test_a_true_copy_is_recognised_whatever_its_line_ends(site: Site, end: str) -> None:
    await decided()
    browser = await site.browser()
    text = (await browser.get("/decisions/2019/1.txt")).text
    answer = await browser.post("/verify", {"text": "\n" + text.rstrip().replace("\n", end)})
    assert answer.status_code == 200
    page = Page(answer)
    assert "Yes. This is the decision KP/2019/Plenary/AD.1." in page.words
    assert "/decisions/2019/1" in page.links()


async def test_one_changed_comma_is_told(site: Site) -> None:
    await decided()
    browser = await site.browser()
    text = (await browser.get("/decisions/2019/1.txt")).text
    page = Page(await browser.post("/verify", {"text": text.replace("Plenary,", "Plenary")}))
    assert "This is not a text of the Plenary. It may be altered, or a draft." in page.words


async def test_a_fingerprint_is_enough_also_in_groups_of_four(site: Site) -> None:
    await decided()
    browser = await site.browser()
    found = sha256((await browser.get("/decisions/2019/1.txt")).content).hexdigest()
    grouped = " ".join(found[n : n + 4] for n in range(0, 64, 4))
    for typed in (found, grouped.upper(), f"sha256:{found}", f"{found}  decision.txt"):
        page = Page(await browser.post("/verify", {"fingerprint": typed}))
        assert "Yes. This is the decision" in page.words, typed
    assert print_in("x" * 64) == ""


async def test_a_version_is_no_decision_and_says_which_it_is(site: Site) -> None:
    world = await found_world()
    first = (await (await world.proposal()).versions.all().order_by("number"))[0]
    await world.revise()
    page = Page(await (await site.browser()).post("/verify", {"fingerprint": first.fingerprint}))
    assert "Yes. This is version 1 of the proposal KP/2019/P.1." in page.words
    assert "It is an earlier version; the newest is version 2." in page.words


async def test_a_draft_is_not_given_away_by_its_fingerprint(site: Site) -> None:
    world = await found_world()
    text = "The Plenary,\n\n1. Hides this.\n"
    draft = await world.table_proposal(text, by=BEL, draft=True, shown=(ALD,))
    version = (await (await draft.proposal()).versions.all())[0]
    public, inside = await site.browser(), await site.browser("head.ald@example.org")
    fields = {"fingerprint": version.fingerprint}
    assert "This is not a text of the Plenary." in Page(await public.post("/verify", fields)).words
    assert "Yes. This is version 1" in Page(await inside.post("/verify", fields)).words


@pytest.mark.parametrize(
    "fields,words",
    [
        ({}, "Fill in this field"),
        ({"fingerprint": "1234"}, "A fingerprint has 64 signs"),
        ({"text": "x" * 500_001}, "Shorten this by 1 character"),
    ],
)
async def test_what_cannot_be_checked_is_said_beside_its_field(
    site: Site, fields: dict[str, str], words: str
) -> None:
    await found_world()
    answer = await (await site.browser()).post("/verify", fields)
    assert answer.status_code == 422
    assert words in Page(answer).words


# --- how much is printed to be compared ---


async def test_files_are_printed_once_for_all_who_ask_with_any_fingerprint(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[str] = []

    async def counted(request: Request, shown: Decided) -> str:
        printed.append(shown.decision.symbol)
        await asyncio.sleep(0)  # others may come in here
        return await text_of(request, shown)

    monkeypatch.setattr(prints, "text_of", counted)
    world = await decided()
    for _ in range(2):
        another = await world.table_proposal(by=BEL)
        await another.put()
        await another.declare()
    browser = await site.browser()

    async def asked(**typed: str) -> str:
        return Page(await browser.post("/verify", typed)).words

    found = await asyncio.gather(*(asked(fingerprint=f"{n:064x}") for n in range(12)))
    assert all("Yes." not in words for words in found)
    assert sorted(printed) == sorted(2 * [f"KP/2019/Plenary/AD.{n}" for n in (1, 2, 3)])
    await world.table_proposal(by=BEL)  # something changed: the files may say so
    printed.clear()
    file = (await browser.get("/decisions/2019/2.txt")).text
    assert "Yes. This is the decision KP/2019/Plenary/AD.2." in await asked(text=file)
    assert "Yes." not in await asked(text="Nothing that was ever decided.")
    assert set(printed) <= {"KP/2019/Plenary/AD.2"}, "a file names its decision"
