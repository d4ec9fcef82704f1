"""Templates are indented for those who read them; no page carries that."""

import re

import pytest

from plenary.web.render import environment, unindented
from tests.client import Site


@pytest.mark.parametrize(
    "written, read",
    [
        ("<ul>\n  <li>\n    one\n  </li>\n</ul>", "<ul>\n<li>\none\n</li>\n</ul>"),
        ("one\n\n  two", "one\n\ntwo"),
        ("<b>one</b>\n  {% if x %}", "<b>one</b>\n{% if x %}"),
        ("{% if x %}\n    <b>one</b>", "{% if x %}\n <b>one</b>"),
        ("{# why #}\n  one", "{# why #}\n one"),
        ("{{ x }}\n  one", "{{ x }}\none"),
    ],
)
def test_a_template_is_read_without_its_indentation(written: str, read: str) -> None:
    assert unindented(written) == read


def test_a_space_after_a_block_stays_one() -> None:
    """Jinja takes away the line end behind a block, so there the indentation is the space."""
    source = "{% if true %}one{% endif %}\n    <b>two</b>"
    for text in (source, unindented(source)):
        assert environment().from_string(text).render().split() == ["one", "<b>two</b>"]


async def test_no_page_carries_the_indentation_of_its_template(site: Site) -> None:
    page = (await (await site.browser()).get("/")).text
    assert page.count("\n") > 50
    assert re.findall(r"\n[ \t]{2,}\S.*", page) == []
