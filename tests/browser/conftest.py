"""Fixtures for tests in a real browser.

Playwright's event loop holds this thread while `chromium` lives, so it lives for this folder only
and the tests here are plain functions: an `async def` test in this folder cannot run.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.harness import Scheme, Site, chromium_path, demo, launch, new_page

PageAt = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, with the sample, on loopback. Shared: a test that changes something says so."""
    with demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    if chromium_path() is None:
        reason = "no Chromium here: apt-get install chromium"
        if os.environ.get("PLENARY_REQUIRE_BROWSER") == "1":
            pytest.fail(reason + " (PLENARY_REQUIRE_BROWSER=1)", pytrace=False)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page_at(chromium: Browser) -> Iterator[PageAt]:
    """`page_at(width=390, scheme="dark", javascript=False)`: a fresh page, closed afterwards."""
    pages: list[Page] = []

    def open_page(
        width: int = 1280, scheme: Scheme = "light", javascript: bool = True, **options: object
    ) -> Page:
        pages.append(new_page(chromium, width, scheme, javascript, **options))
        return pages[-1]

    yield open_page
    for page in pages:
        page.context.close()
