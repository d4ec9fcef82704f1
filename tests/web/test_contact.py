"""Whom to write to: one bare address on every page, or none that nobody reads."""

from dataclasses import replace

import pytest

from plenary.web.site import UNSET, contact_of
from tests.client import Site
from tests.world import found_world

PAGES = ("/", "/help", "/sign-in", "/nowhere", "/fr/help")


@pytest.mark.parametrize(
    "contact, sender, printed",
    [
        ("", "", ""), ("", "Plenary <notices@body.example>", "notices@body.example"),
        ("Secretariat <S@Body.example>", "x@body.example", "s@body.example"),
        ("s@body.example", "", "s@body.example"), ("not an address", "", ""),
    ],
)  # fmt: skip
def test_the_contact_is_a_bare_address(contact: str, sender: str, printed: str) -> None:
    assert contact_of(contact, sender, sample=False) == printed
    assert contact_of(contact, sender, sample=True) == (printed or "secretariat@example.org")


@pytest.mark.parametrize("contact", ["", "Secretariat <desk@body.example>"])
async def test_no_page_prints_an_address_that_nobody_reads(site: Site, contact: str) -> None:
    await found_world()
    state = site.inner.state
    state.settings, state.site = replace(state.settings, contact=contact, mail_from=""), UNSET
    browser = await site.browser()
    for path in PAGES:
        text = (await browser.get(path)).text
        assert "secretariat@example.org" not in text, path
        assert ("mailto:desk@body.example" in text) == bool(contact), path
        assert "mailto:Secretariat" not in text
    text = (await browser.get("/.well-known/security.txt")).text
    assert ("Contact: mailto:desk@body.example\n" in text) == bool(contact)
    assert "/help\n" in text or contact
