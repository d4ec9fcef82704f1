"""What users type is printed, and never runs, links astray or breaks the page."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plenary.texts.clauses import Draft, brackets, number_first
from plenary.web.markdown import clause_html, inline_html, to_html
from plenary.web.redlining import redline_html

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<style>*{display:none}</style>",
    '<a href="javascript:alert(1)">x</a>',
    '<div hx-get="/steal" hx-trigger="load">x</div>',
    "<p hx-on:click='alert(1)' id=b1 class=br>x</p>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](//evil.example)",
    "[x](/logout)",
    "[x](http://plain.example)",
    "[x](https:/logout)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example/pixel)",
    '[x](https://a.b "\\" onmouseover=alert(1) \\"")',
    "[x](https://a.b/\"onmouseover=alert(1))",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;",
    "x {: onclick=alert(1) #b1 .br }",
    "`<script>`",
    "[<script>](https://a.b)",
    "[[[<b onclick=x>]]]",
    "[^a](https://x/> [b onmouseover=alert(1) ])",
    "<https://x/ [a onmouseover=alert(1)]>",
    "[x]: javascript:alert(1)\n\n[x]",
    "<!-- [x] --> <![CDATA[ x ]]> <?php x ?>",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03",
    "\U000f0000\U00100000\U0010fffb\U0010fffd",
]  # fmt: skip
ALLOWED = {
    "p": set(), "br": set(), "hr": set(), "em": set(), "strong": set(), "code": set(),
    "pre": set(), "blockquote": set(), "ul": set(), "ol": {"start"}, "li": set(),
    "sup": set(), "h4": set(), "h5": set(), "h6": set(), "table": set(), "thead": set(),
    "tbody": set(), "tr": set(), "th": set(), "td": set(), "a": {"href", "rel", "aria-label"},
    "span": {"class", "id"}, "b": {"class"}, "ins": set(), "del": set(),
}  # fmt: skip


class Page(HTMLParser):
    """Reads HTML strictly: every element allowed, closed where it was opened, no link in a link."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[str] = []
        self.text = ""
        self.ids: list[str] = []
        self.feed(html)
        self.close()
        assert not self.stack, html

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= ALLOWED[tag]
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        if tag == "a":
            assert "a" not in self.stack
            assert re.match(r"(https://|mailto:)[^/]|#b\d+$", found["href"] or "")
        if tag not in ("br", "hr"):
            self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def label(number: int) -> str:
    return f'Bracket "{number}"'


def numbers(text: str) -> list[str]:
    found = brackets(number_first([Draft("operative", text)]))
    return [f"b{bracket.number}" for bracket in found]


def bare_redline(text: str) -> str:
    return redline_html([("same", text), ("added", text), ("removed", text)], "a", "r", "e")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_a_user_types_becomes_live(payload: str) -> None:
    for text in (payload, f"*x* {payload} [y]", f"- {payload}", f"[{payload}]", f"x\n\n{payload}"):
        assert not Page(to_html(text)).ids
        assert not Page(inline_html(text)).ids
        assert set(Page(clause_html(text, 1, label)).ids) <= {f"b{n}" for n in range(1, 9)}
        Page(bare_redline(text))


def test_raw_html_is_shown_as_it_was_typed() -> None:
    assert Page(to_html("<script>alert(1)</script>")).text == "<script>alert(1)</script>"
    assert Page(to_html("x &lt;b&gt; &#91; R&D")).text == "x &lt;b&gt; &#91; R&D"


def test_an_absolute_link_lives_and_every_other_is_only_its_words() -> None:
    rel = 'rel="nofollow noopener"'
    assert inline_html("[w](https://kp.example/?a=1&b=2)") == (
        f'<a href="https://kp.example/?a=1&amp;b=2" {rel}>w</a>'
    )
    assert inline_html("[w](mailto:chair@kp.example)").startswith('<a href="mailto:chair@')
    assert inline_html("[w](/logout) [v](//evil.example)") == "w v"


def test_headings_stand_below_those_of_the_page() -> None:
    html = to_html("# One\n\n## Two\n\n###### Six")
    assert re.findall(r"<(h\d)>", html) == ["h4", "h5", "h6"]


def test_a_clause_of_one_paragraph_has_no_paragraph_of_its_own() -> None:
    assert inline_html("*Decides* that") == "<em>Decides</em> that"
    assert inline_html("a\n\nb").count("<p>") == 2


def test_lettered_items_begin_on_a_line_of_their_own() -> None:
    assert inline_html("Decides:\n(a) x;\n(b) y") == "Decides:<br>\n(a) x;<br>\n(b) y"


def test_tables_lists_and_footnotes_do_not_break() -> None:
    assert "<td>1</td>" in inline_html("| a | b |\n|---|:-:|\n| 1 | 2 |")
    assert '<ol start="3">' in to_html("3. x\n4. y")
    note = to_html("x[^1]\n\n[^1]: Of 2003.")
    assert "<sup>1</sup>" in note
    assert "Of 2003." in Page(note).text
    assert to_html("x[^1]\n\n[^1]: Of 2003.") == note  # the second time does not count on


def test_a_reference_is_printed_and_not_swallowed() -> None:
    assert Page(to_html("[30 June]: https://x.example")).text == "[30 June]: https://x.example"


def test_an_image_is_printed_as_typed_for_it_would_tell_a_stranger_who_reads() -> None:
    assert Page(to_html("![map](https://a.b)")).text == "![map](https://a.b)"


def test_a_link_that_the_rules_read_as_a_bracket_is_no_link_anywhere() -> None:
    text = "[w](https://x.example 'title')"
    assert Page(to_html(text)).text == text
    assert Page(clause_html(text, 1, label)).text == "[w]1(https://x.example 'title')"


# --- brackets


def test_a_bracket_is_marked_as_in_the_kit() -> None:
    assert clause_html("by [30 June]", 4, lambda n: f"Bracket {n}") == (
        'by <span class="br" id="b4"><b>[</b>30 June<b>]</b>'
        '<sup><a href="#b4" aria-label="Bracket 4">4</a></sup></span>'
    )


def test_the_words_of_the_label_are_escaped() -> None:
    assert 'aria-label="Bracket &quot;1&quot;"' in clause_html("[x]", 1, label)


def test_nested_brackets_are_numbered_outer_first() -> None:
    html = clause_html("[a [b] c] [d]", 7, label)
    assert Page(html).ids == ["b7", "b8", "b9"]
    assert Page(html).text == "[a [b]8 c]7 [d]9"


def test_escaped_brackets_links_and_footnotes_are_no_brackets() -> None:
    html = clause_html("\\[a\\] [b](https://x.example) c[^1]\n\n[^1]: d", 1, label)
    assert Page(html).ids == []
    assert Page(html).text.startswith("[a] b c1")


@pytest.mark.parametrize(
    "text", ["*[a* b] c", "**[a** b] c", "[*a] b* c", "_[a_ b] c", "[a\n\n(b) c] d"]
)
def test_where_emphasis_straddles_a_bracket_the_emphasis_is_left_out(text: str) -> None:
    page = Page(clause_html(text, 1, label))
    assert page.ids == ["b1"]
    assert not set("*_") & set(page.text)


def test_emphasis_inside_and_around_a_bracket_is_kept() -> None:
    assert "<em>a</em>" in clause_html("[*a* b]", 1, label)
    assert clause_html("*[a]*", 1, label).startswith('<em><span class="br"')


def test_a_bracket_without_its_partner_is_printed_plainly() -> None:
    assert Page(clause_html("a ] [b [c] d", 1, label)).text == "a ] [b [c]1 d"


def test_characters_for_private_use_do_not_pass_for_brackets() -> None:
    html = clause_html("\U000f0000a\U00100000 [b] \ue000", 1, label)
    assert Page(html).ids == ["b1"]
    assert Page(html).text == "a [b]1 \ue000"


BITS = st.sampled_from(
    ["[", "]", "*", "**", "_", "`", "(", ")", "](", "https://x.y", "<https://", ">", "<b ", '"',
     "[^1]", "[^1]: ", "\\", "\n", "\n\n", "| ", "|-|", "- ", "1. ", "# ", "a", " ", "&", "&#91;",
     "(a) ", "[x](https://a.b)", "@x.y", "!", "---", "    "]
)  # fmt: skip


@given(st.lists(BITS, max_size=24).map("".join))
@example("[a](https://x.y/[b])")
@example("<https://x.y/> [a]>")
@example("`[`a]")
def test_the_page_counts_the_same_brackets_as_the_rules(text: str) -> None:
    assert sorted(Page(clause_html(text, 1, label)).ids) == sorted(numbers(text))
    Page(to_html(text))
    Page(bare_redline(text))


def test_twenty_thousand_open_brackets_do_not_hold_up_the_page() -> None:
    assert Page(to_html("[" * 20_000)).text == "[" * 20_000  # stock Markdown: 40 seconds


# --- redline


def test_a_redline_says_in_words_what_it_shows() -> None:
    html = redline_html(
        [("same", "by "), ("removed", "2020"), ("added", "2021")], "+é", "<-", "fin"
    )
    assert html == (
        'by <del><span class="vh">&lt;-: </span>2020<span class="vh"> (fin)</span></del>'
        '<ins><span class="vh">+é: </span>2021<span class="vh"> (fin)</span></ins>'
    )


def test_brackets_in_a_redline_are_bold_and_have_no_address() -> None:
    html = redline_html([("same", "[a & \\[b\\]"), ("removed", "]")], "added", "removed", "end")
    assert html.startswith('<b class="bk">[</b>a &amp; [b]<del>')
    assert "id=" not in html


def test_emphasis_whole_within_a_piece_is_shown_in_a_redline() -> None:
    assert redline_html([("same", "*Decides* 5 * 3")], "a", "r", "e") == "<em>Decides</em> 5 * 3"


def test_a_bracket_of_the_new_text_has_its_number_in_the_redline() -> None:
    """The Chair calls out "bracket 2": the redline shows the same 2 as the clean text."""
    pieces = [("same", "by "), ("removed", "[old]"), ("added", "[new [inner]]"), ("same", " [x]")]
    html = redline_html(pieces, "added", "removed", "end", 2)
    assert re.findall(r"<sup>(\d+)</sup>", html) == ["3", "2", "4"]  # as they close
    assert "<sup>" not in redline_html(pieces, "added", "removed", "end")
