"""No two delegations or bodies have names that look the same, whichever way they come in."""

from itertools import count

import pytest

from plenary.app import PAGES
from plenary.bodies.actions import admissions
from plenary.bodies.actions.admissions import Admission
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.models import Delegation
from plenary.bodies.rules import KEPT_KEYS
from plenary.refusal import Invalid, Refused
from tests.client import Page, Site
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.usefixtures("db")
numbers = count(1)


async def admit(name: str, **more: str) -> Delegation:
    n = next(numbers)
    admission = Admission(f"N{n}", f"n-{n}", "participant", {"en": name} | more)
    return await admissions.admit(SECRETARIAT, admission)


@pytest.mark.parametrize(
    "name",
    [
        "Aldoria",
        "ALDORIA",
        "Аldоriа",
        "Ａｌｄｏｒｉａ",
        "Al\u00addoria",
        "Aldoria\u3164",
        "Aldória",
        "A1doria",
    ],
)
async def test_a_name_that_looks_like_another_is_refused_beside_its_field(name: str) -> None:
    await found_world()
    with pytest.raises(Invalid) as invalid:
        await admit(name)
    assert invalid.value.errors["name_en"].name in ("name_taken", "mixed_letters")
    with pytest.raises(Invalid) as invalid:
        await form_body(SECRETARIAT, "twin", "TW", {"en": "Other", "fr": name})
    assert "name_fr" in invalid.value.errors


@pytest.mark.parametrize("name", ["Ботсвана", "بوتسوانا", "博茨瓦纳", "Côte d’Ivoire", "Perú"])
async def test_a_name_of_any_language_is_admitted_and_kept_as_it_is_written(name: str) -> None:
    await found_world()
    assert (await admit(f"\u200b{name}\u00a0")).names["en"] == name


async def test_a_name_that_looks_like_a_symbol_is_refused() -> None:
    await found_world()
    with pytest.raises(Invalid) as invalid:
        await admit("KP/2019/P.1")
    assert invalid.value.errors["name_en"].name == "like_a_symbol"


@pytest.mark.parametrize("symbol", ["KP", "kp", "ＫＰ", "КР"])
async def test_two_bodies_never_share_what_begins_their_symbols(symbol: str) -> None:
    await found_world()
    with pytest.raises(Refused, match="symbol_taken") as refused:
        await form_body(SECRETARIAT, "twin", symbol, {"en": "Twin"})
    assert refused.value.facts["holder"] == "KP"


async def test_the_form_says_which_name_it_looks_like_and_keeps_what_was_typed(site: Site) -> None:
    await found_world()
    browser = await site.browser("secretariat@example.org")
    page = await browser.page("/secretariat/delegations")
    answer = await browser.press(page, kind="participant", name_en="Aldória", code="ALX", slug="x")
    assert answer.status_code == 422
    shown = Page(answer)
    assert "This looks the same as “Aldoria”" in shown.words
    assert shown.form().fields["name_en"] == "Aldória"


# --- nor has anything an address at which something else stands -----------------------------------

CHOSEN = ("{slug}", "{key}", "{procedure}", "{register}")  # words that somebody makes up


def shadowed() -> set[str]:
    """Each word at which a page stands, where an address has a name that somebody chose."""
    parts = [route.path.strip("/").split("/") for route in PAGES]
    return {
        word
        for pattern in parts
        for other in parts
        if meet(pattern, other)
        for name, word in zip(pattern, other, strict=True)
        if name in CHOSEN and "{" not in word
    }


def meet(pattern: list[str], other: list[str]) -> bool:
    """Whether there is an address that both routes know."""
    same = (a == b or "{" in a + b for a, b in zip(pattern, other, strict=False))
    return len(pattern) == len(other) and all(same)


async def test_no_body_takes_an_address_at_which_something_else_stands() -> None:
    assert shadowed() == KEPT_KEYS
    await found_world()
    for key in KEPT_KEYS:
        with pytest.raises(Refused, match="address_taken"):
            await form_body(SECRETARIAT, key, "WGP", {"en": "Working Group on Words"})
