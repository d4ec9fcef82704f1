"""Every page, as it is looked at: two widths and a narrow one, both themes, both languages."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.harness import (
    OF_A_LIGHT,
    OF_A_WIDTH,
    Scheme,
    Site,
    axe,
    complaints,
    gzip_size,
    sideways,
    sign_in,
)

PUBLIC = (
    "/", "/proposals", "/proposals/2019/1", "/proposals/2019/2", "/proposals/2019/3",
    "/proposals/2019/4", "/proposals/2019/1/v2", "/proposals/2019/1/v3?with=fr",
    "/proposals/2019/1/v1..v3", "/proposals/2019/1/comments", "/proposals/2019/1/positions",
    "/proposals/2019/1/history", "/positions/2019", "/positions/2019?show=object",
    "/decisions", "/decisions?q=nothing+like+it", "/decisions/2019/1", "/decisions/2018",
    "/changes", "/register", "/register/3", "/search?q=definition", "/verify", "/how-it-works",
    "/data", "/help", "/meetings", "/meetings/2019-new-delhi", "/participants",
    "/participants/botswana", "/participants/european-union", "/observers",
    "/observers/world-diamond-council", "/groups", "/groups/plenary", "/groups/diamond-experts",
    "/sign-in", "/nowhere", "/proposals/2019/99",
    "/deadlines", "/procedures", "/procedures/plenary/consensus", "/procedures/plenary/written",
    "/procedures/plenary/silence?proposal=2019/1", "/procedures/published/iso_dis",
    "/proposals/2019/1/distance", "/proposals/2019/2/distance",
    "/proposals/2019/3/positions", "/proposals/2019/3/certificate",
    "/proposals/2019/4/certificate/1", "/decisions/2019/1/statements",
    "/decisions/2019/1/corrections", "/decisions/2019/1/follow-up", "/follow-up", "/follow-up/1",
    "/meetings/2019-new-delhi/roll", "/observers/access", "/rules", "/groups/plenary/outcomes",
    "/proposals/2019/1/sponsors", "/measures/8",
)  # fmt: skip
SIGNED_IN = {
    "head.bw@example.org": (
        "/desk", "/proposals/2019/1", "/proposals/2019/1/position", "/proposals/new",
        "/proposals/2019/1/comments?clause=p2", "/sign-out", "/secretariat",
        "/proposals/2019/3", "/proposals/2019/3/position", "/proposals/2019/1/on-behalf",
        "/decisions/2019/1/statements", "/decisions/2019/1/corrections",
        "/meetings/2019-new-delhi/communique", "/desk/receipts", "/desk/notices",
        "/proposals/2019/1/sponsors", "/proposals/2019/1/sponsors/departure",
        "/proposals/2019/1/referral", "/proposals/2019/1/time",
        "/meetings/2019-new-delhi/departures",
    ),
    "wdc@example.org": (
        "/desk", "/proposals/2019/2/position", "/decisions/2019/1/statements",
        "/observers/access/report", "/groups/diamond-experts/leaving",
    ),
    "chair@example.org": (
        "/proposals/2019/1/question", "/proposals/2019/3/question/extension",
        "/proposals/2019/1/from-the-room", "/proposals/2019/3/declaration",
        "/meetings/2019-new-delhi/arrivals", "/meetings/2019-new-delhi/credentials",
        "/proposals/2019/2/declaration", "/proposals/2019/1/declaration",
        "/proposals/2019/1/versions", "/proposals/2019/1/versions?language=fr",
        "/proposals/2019/3/withdrawal", "/proposals/2019/4/question", "/observers/access/report",
        "/proposals/2019/1/sponsors", "/meetings/2019-new-delhi/departures",
    ),
    "secretariat@example.org": (
        "/secretariat", "/secretariat/delegations", "/secretariat/standings",
        "/secretariat/seats", "/secretariat/officers", "/secretariat/accreditations",
        "/secretariat/bodies", "/secretariat/meetings", "/desk", "/secretariat/holidays",
        "/secretariat/procedures", "/decisions/2019/1/follow-up", "/follow-up/1",
        "/meetings/2019-new-delhi/communique", "/meetings/2019-new-delhi/communique/edit",
        "/meetings/2019-new-delhi/communique/issue", "/secretariat/powers", "/secretariat/cycles",
        "/secretariat/sessions", "/secretariat/letters", "/secretariat/removals",
        "/register/3/removal", "/decisions/2019/1/statements/1/translation",
    ),
}  # fmt: skip
Look = tuple[int, Scheme, tuple[str, ...]]
# Everything is asked of a page in two looks, one for each language; in the others what a look alone
# can spoil: its light does not depend on the language, its width does.
LOOKS: dict[str, tuple[Look, ...]] = {
    "": (
        (1280, "light", ()), (1280, "dark", OF_A_LIGHT), (390, "light", OF_A_LIGHT),
        (320, "light", OF_A_WIDTH),
    ),
    "/fr": ((390, "dark", ()), (1280, "light", OF_A_WIDTH), (320, "light", OF_A_WIDTH)),
}  # fmt: skip
PROTOTYPES = (
    "/", "/proposals/2019/1", "/positions/2019", "/decisions/2019/1", "/proposals/2019/1/position"
)  # fmt: skip
BUDGET = 14_000  # bytes of page and stylesheet, gzip -9: the first flight of a connection
FIRST = (
    13_000  # the first page, with room for what its answers' headers take and for a proposal more
)


@pytest.mark.parametrize("prefix", LOOKS)
def test_nothing_is_wrong_with_any_public_page(site: Site, page_at: PageAt, prefix: str) -> None:
    assert _faults_of_all(page_at(), site, prefix, PUBLIC) == {}


@pytest.mark.parametrize("prefix", LOOKS)
@pytest.mark.parametrize("email", SIGNED_IN)
def test_nothing_is_wrong_with_any_page_of_those_who_sign_in(
    site: Site, page_at: PageAt, email: str, prefix: str
) -> None:
    page = page_at()
    sign_in(page, site.base, email)
    assert _faults_of_all(page, site, prefix, SIGNED_IN[email]) == {}


def test_what_is_wrong_in_one_look_only_is_found(site: Site, page_at: PageAt) -> None:
    """Else no page could fail in the looks in which not everything is asked."""
    page = page_at()
    page.goto(site.url("/help"))
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`
                @media (prefers-color-scheme: dark) and (width > 1000px) { p { color: #222 } }
                @media (width < 350px) { main { width: 500px } }`);
            document.adoptedStyleSheets.push(sheet);
        }"""
    )
    found = _looked_at(page, LOOKS[""])
    assert {line.partition(": ")[0] for line in found} == {"1280 dark", "320 light"}


def test_a_page_turned_right_to_left_still_fits(site: Site, page_at: PageAt) -> None:
    page = page_at(width=320)
    for path in ("/", "/proposals/2019/1", "/positions/2019", "/decisions/2019/1"):
        page.goto(site.url(path))
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert sideways(page) == [], path


@pytest.mark.parametrize("prefix", ["", "/fr"])
@pytest.mark.parametrize("path", PROTOTYPES)
def test_a_page_and_its_stylesheet_fit_the_first_flight(
    site: Site, page_at: PageAt, path: str, prefix: str
) -> None:
    page = page_at()
    sign_in(page, site.base, "head.bw@example.org")
    answer = page.goto(site.url(prefix + path))
    assert answer is not None
    sheet = page.locator("link[rel=stylesheet]").get_attribute("href") or ""
    css = page.request.get(site.url(sheet)).body()
    assert gzip_size(answer.body(), css) <= (FIRST if path == "/" else BUDGET)


def test_without_script_the_pages_look_the_same(site: Site, page_at: PageAt) -> None:
    with_script, without = page_at(), page_at(javascript=False)
    for path in ("/", "/proposals/2019/1", "/positions/2019", "/decisions"):
        heights = []
        for page in (with_script, without):
            page.goto(site.url(path))
            heights.append(page.locator("main").bounding_box())
        assert heights[0] == heights[1], path


def _faults_of_all(
    page: Page, site: Site, prefix: str, paths: tuple[str, ...]
) -> dict[str, list[str]]:
    found = {path: _faults(page, site.url(prefix + path), LOOKS[prefix]) for path in paths}
    return {path: faults for path, faults in found.items() if faults}


def _faults(page: Page, url: str, looks: tuple[Look, ...]) -> list[str]:
    before = len(complaints(page))
    page.goto(url)
    found = _looked_at(page, looks)
    said = [text for text in complaints(page)[before:] if "status of 40" not in text]
    return [*found, *said]


def _looked_at(page: Page, looks: tuple[Look, ...]) -> list[str]:
    found = []
    for width, scheme, rules in looks:
        page.set_viewport_size({"width": width, "height": 844 if width < 600 else 900})
        page.emulate_media(color_scheme=scheme)
        faults = [*axe(page, rules=rules), *sideways(page)]
        found += [f"{width} {scheme}: {fault}" for fault in faults]
    return found
