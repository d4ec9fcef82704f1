"""Whatever the record is told is found by whoever looks for it: from the payloads, and no list."""

import pytest

from tests.client import Site, squeezed
from tests.disclosure.spoken import WORD, said_first, speak

pytestmark = pytest.mark.anyio
# What is found nowhere, and why: names of persons are nobody's to look up, a draft is for those who
# write it, and some words say nothing of a matter.
UNSEARCHED = {
    "a person": {"person", "officer"},
    "a draft": {"paragraph", "reason", "withdrawn"},
    "how days are counted": {"holiday", "workday"},
}


async def test_whatever_was_said_is_found_on_the_page_that_says_it(site: Site) -> None:
    await speak()
    browser, said, lost, elsewhere = await site.browser(), await said_first(), [], []
    assert len(said) > 40
    for word in said:
        page = await browser.page(f"/search?q={word}")
        links = {link for link in page.links() if word not in link and link.count("/") > 1}
        if "Nothing found" in page.words:
            lost.append(word.removeprefix(WORD.lower()))
            continue
        links |= {f"/fr{link}" for link in links}
        places = [squeezed((await browser.get(link)).text) for link in links]
        if not any(word in text.lower() for text in places):
            elsewhere.append((word, links))
    assert set(lost) == set().union(*UNSEARCHED.values())
    assert elsewhere == []
