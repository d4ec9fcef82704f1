"""A title that comes, or goes, after the gavel: the communiqué, the feed and the fingerprint."""

from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from plenary import clock
from plenary.decisions.models import Decision
from plenary.disclosure.removing import remove_words
from plenary.meetings.models import Communique
from plenary.record.models import Entry
from tests.client import Browser, Page, Site
from tests.disclosure.nouns import newest, order
from tests.meetings.test_communique import HERE, adopt, draft, edit, flags, issue, line, session
from tests.registers.registers import FRENCH
from tests.world import CHAIR, SECRETARIAT, World

pytestmark = pytest.mark.anyio
ATOM = "{http://www.w3.org/2005/Atom}"
TITLE = "Scellés & plombs"
REMOVED = "Words were removed from this text by order since."
RETIRE = "Des mots ont été retirés de ce texte par ordre"


async def translate(world: World, title: str = TITLE) -> None:
    await world.revise(FRENCH, by=SECRETARIAT, language="fr", title=title)


async def entry_of(browser: Browser, path: str = "/decisions.atom") -> tuple[str, datetime]:
    """Title and `updated` of the newest decision in the feed; its own `updated` is the same."""
    feed = ElementTree.fromstring((await browser.get(path)).text)
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    updated = entry.findtext(f"{ATOM}updated", "")
    assert feed.findtext(f"{ATOM}updated", "") == updated
    return entry.findtext(f"{ATOM}title", ""), datetime.fromisoformat(updated)


def an_hour_later() -> AbstractContextManager[None]:
    return clock.pretending(clock.now() + timedelta(hours=1))


async def remove_title(world: World) -> datetime:
    """By an order, at this instant."""
    tabled = await Entry.filter(type="proposal.tabled", topic=world.symbol).first()
    assert tabled
    done = await remove_words(SECRETARIAT, tabled.n, order(office="court"))
    return seconds((await Entry.get(n=done)).at)


def seconds(at: datetime) -> datetime:
    """As a feed tells it."""
    return at.astimezone(UTC).replace(microsecond=0)


# --- the communiqué ---


async def test_a_draft_follows_a_title_and_what_was_edited_is_flagged(db: str) -> None:
    world, _ = await session()
    await adopt(world)
    await draft()
    assert "Seals" in (await line("decision")).row.text["fr"]
    await translate(world)
    assert await flags() == [2]
    await draft()
    assert TITLE in (await line("decision")).row.text["fr"]
    assert "Seals" in (await line("decision")).row.text["en"]
    await edit("decision", "We adopted it.")
    await translate(world, "Encore un titre")
    await draft()
    assert await flags() == [2], "what somebody wrote is not written over"


async def test_an_issued_communique_says_how_a_decision_is_called_since(site: Site) -> None:
    world, _ = await session()
    await adopt(world)
    await draft()
    await edit("opening", "Opened.", "Ouverte.")
    await issue()
    before = (await Communique.get()).fingerprint
    browser = await site.browser()
    assert TITLE not in (await browser.page(f"/fr{HERE}")).words
    await translate(world)
    page = await browser.page(f"/fr{HERE}")
    assert TITLE in page.words
    assert "/fr/decisions/2019/1" in page.links()
    assert TITLE.replace("&", "&amp;") not in (await browser.get(f"/fr{HERE}.md")).text
    assert TITLE in (await browser.get(f"/fr{HERE}.md")).text
    assert TITLE not in (await browser.get(f"/fr{HERE}.txt")).text, "it stays as it was issued"
    assert "It is called" not in (await browser.page(HERE)).words, "in English nothing changed"
    assert (await Communique.get()).fingerprint == before


async def test_of_an_issued_communique_the_fingerprint_stays_when_words_go(site: Site) -> None:
    world, _ = await session()
    await adopt(world)
    await draft()
    await issue()
    prints = (await Communique.get()).fingerprint
    browser = await site.browser()
    grouped = " ".join(prints["en"][n : n + 4] for n in range(0, 64, 4))
    whole = await browser.page(HERE)
    assert grouped in whole.words
    assert REMOVED not in whole.words
    await remove_title(world)
    page = await browser.page(HERE)
    assert grouped in page.words
    assert REMOVED in page.words
    assert "sha256sum" not in page.words
    assert "adopted decision KP/2019/Plenary/AD.1, [Removed by order of a court" in page.words
    assert "Seals" not in page.words
    assert prints["en"] in (await browser.get(f"{HERE}.md")).text
    assert REMOVED in (await browser.get(f"{HERE}.md")).text


# --- the feed ---


async def test_the_feed_has_the_title_of_today_and_says_when_it_came(site: Site) -> None:
    world, _ = await session()
    decision = await adopt(world)
    browser = await site.browser()
    title, updated = await entry_of(browser, "/fr/decisions.atom")
    assert "Seals" in title
    assert updated == seconds(decision.at)
    with an_hour_later():
        await translate(world)
    named = await Entry.filter(type="proposal.named").order_by("-n").first()
    assert named
    title, updated = await entry_of(browser, "/fr/decisions.atom")
    assert title == f"{decision.symbol} {TITLE}"
    assert updated == seconds(named.at)


async def test_the_feed_moves_when_a_title_is_removed_and_for_nothing_else(site: Site) -> None:
    world, _ = await session()
    await world.comment()
    comment, decision = await newest("comment.made"), await adopt(world)
    browser = await site.browser()
    _, first = await entry_of(browser)
    await remove_words(SECRETARIAT, comment, order())
    assert (await entry_of(browser))[1] == first
    with an_hour_later():
        gone = await remove_title(world)
    title, updated = await entry_of(browser)
    assert "Seals" not in title
    assert "[Removed by order" in title
    assert updated == gone
    assert decision.symbol in title


# --- the fingerprint ---


async def test_an_authentic_text_keeps_its_fingerprint_when_its_title_comes_later(
    site: Site,
) -> None:
    world, _ = await session()
    await world.revise(FRENCH, by=CHAIR, language="fr", authentic=True)
    decision = await adopt(world)
    assert set(decision.fingerprint) == {"en", "fr"}
    browser = await site.browser()
    path = f"/fr/decisions/{decision.source_id}/text.txt"
    before = (await browser.get(path)).text
    await translate(world)
    assert (await Decision.get(id=decision.id)).title["fr"] == TITLE
    assert (await browser.get(path)).text == before
    asked = await browser.post("/verify", {"text": before, "fingerprint": ""})
    assert "Yes. This is the decision" in Page(asked).words


async def test_a_decision_from_which_words_went_says_so_beside_its_fingerprint(site: Site) -> None:
    world, _ = await session()
    decision = await adopt(world)
    browser = await site.browser()
    path = f"/decisions/{decision.source_id}"
    assert REMOVED not in (await browser.get(path)).text
    issued = await Entry.filter(type="version.issued", topic=world.symbol).first()
    assert issued
    # A court, or the body by a decision: an adopted text is not its Chair's to take away.
    await remove_words(SECRETARIAT, issued.n, order(office="court"))
    for end in ("", ".txt", ".md"):
        text = (await browser.get(path + end)).text
        assert REMOVED in text, end
    assert "sha256sum decision.txt" not in (await browser.get(path)).text
    assert RETIRE in (await browser.get(f"/fr{path}")).text
