"""A link fills in nothing: whatever a form will do was chosen by whoever presses."""

from urllib.parse import urlencode

import pytest

from plenary.bodies.powers import Role
from tests.client import Page, Site
from tests.web.house import WHO, build, routes

# What a page is about stands in its address: whose seats, which paragraph, which language, where
# to go on. Each is held to what exists, and chooses no act.
ABOUT = frozenset({"body", "clause", "language", "next"})
# What a form begins with is chosen in a form of its own, by name, among what is printed at /rules;
# the decision on which it rests is typed, and the check page says every term.
BEGINS = frozenset({"procedure"})
READING = ("/verify",)  # posts what may be long, and changes nothing
MARK = "chosen-by-a-link@example.org"


@pytest.mark.parametrize(
    "role", [Role.PUBLIC, Role.OBSERVER, Role.HEAD, Role.CHAIR, Role.SECRETARIAT]
)
async def test_no_query_fills_in_a_form_that_acts(site: Site, role: Role) -> None:
    house, browser = await build(), await site.browser(WHO[role])
    tried, filled = 0, []
    for route in routes("GET"):
        for number in (1, 6) if "{number" in route.path else (1,):
            path = house.path(route, number)
            for names, value in await _questions(browser, path):
                tried += len(names)
                asked = {name: value.get(name, MARK) for name in names}
                answer = await browser.get(f"{path}?{urlencode(asked)}")
                if answer.status_code == 200:
                    filled += [
                        (path, form.action, name)
                        for form in Page(answer).forms
                        if form.method == "post" and form.action not in READING
                        for name, typed in form.fields.items()
                        if name in asked and name not in ABOUT and typed == asked[name]
                    ]
    assert filled == []
    assert tried or role is Role.PUBLIC


async def _questions(browser, path):  # type: ignore[no-untyped-def]
    """Every field of the page's forms that act, and for each choice its last answer."""
    answer = await browser.get(path)
    if answer.status_code != 200 or not answer.headers["content-type"].startswith("text/html"):
        return []
    page = Page(answer)
    posting = [form for form in page.forms if form.method == "post" and form.action not in READING]
    names = {name for form in posting for name in form.names} - {"key"}
    before = {name: text for form in posting for name, text in form.fields.items()}
    options = {
        name: value
        for name, value in _last_options(page).items()
        if before.get(name) != value and name not in BEGINS
    }
    return [(names, {}), (names & options.keys(), options)] if names else []


def _last_options(page: Page) -> dict[str, str]:
    """For every choice of the page its last answer, by the name of its field."""
    last, select = {}, ""
    for tag in page.tags:
        if tag.name == "select":
            select = tag["name"]
        elif tag.name == "option" and select:
            last[select] = tag["value"]
        elif tag.name == "input" and tag["type"] in ("radio", "checkbox"):
            last[tag["name"]] = tag["value"]
    return {name: value for name, value in last.items() if value}
