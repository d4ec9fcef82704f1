"""Words that were removed stand nowhere any more: in no table, at no address, for no reader."""

import pytest

from plenary.bodies.powers import Role
from plenary.disclosure.removing import remove_words
from plenary.record.models import Redaction
from tests.client import Site
from tests.disclosure.nouns import order
from tests.disclosure.spoken import addresses, end_the_question, read, said_first, speak, told, walk
from tests.disclosure.test_removals import everywhere
from tests.web.house import WHO
from tests.world import SECRETARIAT

pytestmark = pytest.mark.anyio


async def test_with_the_entry_that_said_it_first_a_word_is_gone(db: str) -> None:
    """Whoever repeats a word gives way with it; in no table a copy of it stays."""
    await speak()
    await end_the_question()
    left = {}
    for word, n in (await said_first()).items():
        if not await Redaction.exists(entry=n):
            await remove_words(SECRETARIAT, n, order(office="court"))
        if columns := await everywhere(word):
            left[word] = columns
    assert left == {}


@pytest.mark.only("sqlite")  # what is read does not depend on the database; removing does, above
async def test_removed_words_are_read_nowhere(site: Site) -> None:
    """Every address there is, read before and after: no page, file, feed or search keeps a word."""
    house = await speak()
    begin, said = await addresses(house), await said_first()
    browsers = {role: await site.browser(WHO[role]) for role in Role}
    before = told(await walk(browsers[Role.SECRETARIAT], begin))
    assert said.keys() - before.keys() == set(), "a word that is read nowhere shows nothing"
    await end_the_question()
    for n in said.values():
        if not await Redaction.exists(entry=n):
            await remove_words(SECRETARIAT, n, order(office="court"))
    left: dict[str, dict[str, list[str]]] = {}
    where = sorted({path for places in before.values() for path in places} | {"/desk"})
    for role, browser in browsers.items():
        # The secretariat reads whatever there is; others where they might have read a word.
        pages = (
            await walk(browser, begin) if role is Role.SECRETARIAT else await read(browser, where)
        )
        found = {word: sorted(places) for word, places in told(pages).items() if word in said}
        found |= {"a bare mark": at} if (at := _bare(pages)) else {}
        left |= {role: found} if found else {}
    assert left == {}


def _bare(pages: dict[str, str]) -> list[str]:
    """Marks that nobody put into words."""
    return [path for path, text in pages.items() if "\ue000" in text or "\\ue000" in text]
