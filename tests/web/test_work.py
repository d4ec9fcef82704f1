"""Nothing that a user types makes a page slow for everybody."""

import asyncio
import threading
from collections.abc import Callable
from time import thread_time

import pytest

from plenary.aside import LONG, QUEUE, SHORT, aside, weight_of
from plenary.kept import CachedResults
from plenary.refusal import Unavailable
from plenary.texts.folding import excerpt, plain, terms
from plenary.texts.redline import words
from plenary.web import markdown
from plenary.web.render import prose
from tests.web.constructs import ORDINARY, texts

LENGTH = 30_000
ASIDE = 3  # measured at their worst, texts cost about five times an ordinary one; clocks are coarse
MOST = 5 * ASIDE


def cost(work: Callable[[], object]) -> float:
    """Processor time of this thread: what others do meanwhile does not count."""
    begun = thread_time()
    work()
    return thread_time() - begun


def best(work: Callable[[], object], enough: float = 0.0) -> float:
    """The least of five, or of fewer when one is little enough."""
    least = cost(work)
    for _ in range(4):
        if least <= enough:
            break
        least = min(least, cost(work))
    return least


def test_no_construct_of_markdown_costs_much_more_than_an_ordinary_text() -> None:
    ordinary = ORDINARY * (LENGTH // len(ORDINARY))
    assert not markdown.clause(ordinary).typed
    share = MOST * best(lambda: markdown.clause(ordinary))
    slow = {
        name: found / share
        for name, text in texts(LENGTH, 60)
        if (found := best(lambda text=text: markdown.clause(text), share)) > share
    }
    assert not slow


@pytest.mark.parametrize(
    "text",
    [
        ORDINARY * 70,
        "\n".join(f"- item {n} of *a* list" for n in range(400)),
        "\n".join(f"{n}. item" for n in range(200)),
        "| a | b | c |\n|---|---|---|\n" + "| 1 | 20 | `x` |\n" * 300,
        "".join(f"Paragraph[^{n}] with a note.\n\n" for n in range(40))
        + "".join(f"[^{n}]: Note {n}.\n" for n in range(40)),
        "> - quoted\n> - list\n\n" * 200,
        "# Heading\nwords\n" * 20,
    ],
)
def test_what_people_really_type_is_laid_out(text: str) -> None:
    assert not markdown.prose(text).typed
    assert not markdown.clause(text).typed


def test_what_takes_too_long_is_printed_as_it_was_typed_and_the_page_says_so() -> None:
    text = "a <b> [c]\n===\n" * 1_000
    shown = prose(text)
    assert "a &lt;b&gt; [c]\n===" in shown
    assert "<h" not in shown
    assert "Shown as it was typed" in shown
    assert "Shown as it was typed" not in prose("a\n===\n")
    clause = markdown.clause_html(text, 1, str)
    assert 'id="b1000"' in clause  # what is not agreed keeps its number


@pytest.mark.parametrize("text", ["*a*\n***\n" * 3_000, "> " * 3_000 + "*a", "[^1]: " * 5_000])
def test_a_text_that_was_too_much_leaves_no_trace_in_the_next(text: str) -> None:
    assert markdown.prose(text).typed
    assert markdown.prose("Which *seals*[^1]?").html == "<p>Which <em>seals</em>[^1]?</p>"


def test_no_pair_of_texts_costs_much_more_to_compare_than_an_ordinary_one() -> None:
    plain = ORDINARY * (20_000 // len(ORDINARY))
    changed = plain.replace("Plenary", "Committee").replace("ninety", "sixty").replace(" it", " x")
    share = MOST * best(lambda: words(plain, changed))
    letters = [chr(97 + n % 26) for n in range(7_000)]
    other = [chr(97 + n * 7 % 26) for n in range(7_000)]
    pairs = [
        (". ".join(letters), ". ".join(other)),
        (" ".join(letters), " ".join(other)),
        ("a. b. c. " * 2_000, "b. a. c. d. " * 2_000),
        ("a b " * 5_000, "b a " * 5_000),
        ("." * 20_000, ".," * 10_000),
        ("*a* " * 5_000, "*b* " * 5_000),
        ("\n" * 20_000, " \n" * 10_000),
        (" ".join(str(n * n % 97) for n in range(7_000)), " ".join(map(str, range(7_000)))),
    ]
    for old, new in pairs:
        pieces = words(old, new)
        assert "".join(text for kind, text in pieces if kind != "added") == old
        assert "".join(text for kind, text in pieces if kind != "removed") == new
        assert best(lambda old=old, new=new: words(old, new), share) <= share


def test_no_passage_costs_much_more_to_show_than_to_read() -> None:
    """However many words stand before the one that was found: anybody may search, and again."""
    letters = " ".join(chr(97 + n % 25) for n in range(9_500))
    numbers = " ".join(str(n * n) for n in range(3_000))
    hyphens = "a-b " * 5_000
    for text in (letters, numbers, hyphens, "countries " * 2_000):
        share = MOST * best(lambda text=text: plain(text))
        for last in (" zebra", " cœurs", ""):
            work = lambda text=text + last: excerpt(text, terms("zebra coeur"))  # noqa: E731
            assert best(work, share) <= share, (text[:12], last)


# --- done once, and aside


def test_what_was_made_of_a_text_is_made_once() -> None:
    made: list[str] = []
    kept = CachedResults(lambda text: made.append(text) or text, len, most=10)
    assert [kept("abc"), kept("abc"), kept("abd")] == ["abc", "abc", "abd"]
    assert made == ["abc", "abd"]


def test_what_is_kept_is_bounded_and_the_longest_unused_goes_first() -> None:
    made: list[str] = []
    kept = CachedResults(lambda text: made.append(text) or text, len, most=10)
    for text in ("aaaa", "bbbb", "aaaa", "cccc", "aaaa", "bbbb", "x" * 11, "x" * 11):
        kept(text)
    assert made == ["aaaa", "bbbb", "cccc", "bbbb", "x" * 11, "x" * 11]


def test_texts_that_only_join_alike_are_not_mistaken_for_each_other() -> None:
    kept = CachedResults(lambda *texts: texts, lambda made: 1, most=10)
    assert kept("ab", "c") == ("ab", "c")
    assert kept("a", "bc") == ("a", "bc")


async def test_long_work_leaves_the_event_loop_to_others() -> None:
    go_on = threading.Event()

    def work() -> str:
        assert go_on.wait(10)
        return threading.current_thread().name

    task = asyncio.create_task(aside(SHORT + 1, work))
    asyncio.get_running_loop().call_later(0.01, go_on.set)  # only a loop that is free comes to it
    assert await task != threading.current_thread().name
    assert await aside(SHORT, lambda: threading.current_thread().name) == (
        threading.current_thread().name
    )


async def test_what_is_very_long_holds_up_nothing_that_is_only_long() -> None:
    """And of what is very long no more waits than a while's work: who comes then is told so."""
    go_on = threading.Event()
    waiting = [asyncio.create_task(aside(LONG + 1, go_on.wait, 10)) for _ in range(QUEUE)]
    await asyncio.sleep(0)
    assert await aside(LONG, lambda: 1) == 1
    with pytest.raises(Unavailable) as caught:
        await aside(LONG + 1, lambda: 1)
    assert caught.value.reason == "many_long_pages"
    go_on.set()
    assert all(await asyncio.gather(*waiting))
    assert await aside(LONG + 1, lambda: 1) == 1


def test_what_is_long_is_told_from_what_is_very_long() -> None:
    """A page of many rows is long; only a treaty, or thousands of rows, is very long."""
    rows = [{"code": f"C{n}", "names": {"en": "Corvania", "fr": "Corvanie"}} for n in range(600)]
    assert SHORT < weight_of(rows) <= LONG
    assert weight_of(["1. Decides that stones are sealed. " * 6_000]) > LONG
