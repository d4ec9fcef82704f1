"""A long list in pages: nothing is left out, and what is no page is the first or the last."""

import pytest

from plenary.web.paging import cut, pages_of, whole


@pytest.mark.parametrize("total", [0, 1, 9, 10, 11, 95])
def test_the_pages_of_a_list_hold_all_of_it_once(total: int) -> None:
    items = [*range(total)]
    pages = [cut(items, page, 10) for page in range(1, pages_of(total, 10) + 1)]
    assert [item for page in pages for item in page.items] == items
    assert {(page.total, page.pages) for page in pages} == {(total, pages_of(total, 10))}


@pytest.mark.parametrize(
    "typed, page", [("", 1), ("0", 1), ("-3", 1), ("2", 2), ("99", 3), ("9" * 5_000, 1), ("²", 1)]
)
def test_what_is_no_page_is_the_first_or_the_last(typed: str, page: int) -> None:
    assert cut([*range(25)], whole(typed), 10).page == page
