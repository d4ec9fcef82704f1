"""What the reader of pages in tests/client.py takes a page for."""

import pytest

from tests.client import Page


def test_words_stand_in_every_tag_that_is_around_them() -> None:
    page = Page("<!DOCTYPE html><main><p>One &amp; <b>two</b><br>three<!-- no --></p> four</main>")
    assert [tag.name for tag in page.tags] == ["main", "p", "b", "br"]
    assert [tag.text for tag in page.tags] == ["One & twothree four", "One & twothree", "two", ""]


def test_attributes_are_read_as_a_browser_reads_them() -> None:
    (tag,) = Page('<INPUT Value=\'a "b"\' title="x > y &lt;" size=3 checked value=twice />').tags
    assert tag.name == "input"
    assert tag.attrs == {"value": 'a "b"', "title": "x > y <", "size": "3", "checked": ""}


def test_what_was_not_ended_ends_with_what_is_around_it() -> None:
    page = Page("<ul><li>one<li>two</ul>after</p>")
    assert [tag.text for tag in page.tags] == ["onetwo", "onetwo", "two"]


def test_in_a_script_stand_no_tags() -> None:
    page = Page("<script src='a'>if (a < b) '<p>' &amp;</script><p>b</p>")
    assert [tag.name for tag in page.tags] == ["script", "p"]
    assert [tag.text for tag in page.tags] == ["if (a < b) '<p>' &amp;", "b"]


def test_a_form_sends_what_a_browser_would() -> None:
    page = Page(
        "<form action=/a method=post><input name=t value=1><input type=radio name=r value=x>"
        "<input type=radio name=r value=y checked><select name=s><option value=1><option value=2 "
        "selected></select><textarea name=w>\n\nwords</textarea><button name=b>Send</button></form>"
    )
    assert page.form("/a").fields == {"t": "1", "r": "y", "s": "2", "w": "\nwords"}
    assert page.form("/a").names == {"t", "r", "s", "w", "b"}


@pytest.mark.parametrize("broken", ["<p title='x>a</p>", "<main", '<a href="x>a</a>', "a</p"])
def test_a_tag_that_does_not_end_is_an_error(broken: str) -> None:
    with pytest.raises(ValueError, match="does not end"):
        Page(broken)
