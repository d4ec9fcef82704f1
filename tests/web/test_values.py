"""Form values, languages in addresses, and instants as people read them."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.refusal import LONGEST_ASKED, Fault, Invalid, Missing
from plenary.texts import characters
from plenary.web import dates, language
from plenary.web.dates import Place
from plenary.web.forms import Form
from plenary.web.language import prefixed, split

DELHI = Place({"en": "New Delhi", "fr": "New Delhi"}, "Asia/Kolkata")
GENEVA = Place({"en": "Geneva", "fr": "Genève"}, "Europe/Zurich")


@given(st.text())
def test_a_line_that_is_taken_holds_nothing_that_hides(typed: str) -> None:
    form = Form({"x": typed})
    value = form.line("x", needed=False, most=50)
    if not form.errors:
        assert len(value) <= 50
        assert value == value.strip()
        assert characters.strange(value) is None
        assert characters.tidy(value) == value
    assert form["x"] == typed, "what was typed is kept as it was typed"


@given(st.text())
def test_a_whole_number_fits_either_database(typed: str) -> None:
    form = Form({"x": typed})
    assert 0 <= form.whole("x", 7) < 2**31


def test_a_refusal_repeats_of_what_was_asked_for_no_more_than_can_be_read() -> None:
    """A megabyte in a field came back on the page that said that there is no such thing."""
    missing = Missing("unknown_procedure", key="x" * 1_000_000, n=7)
    assert missing.facts == {"key": "x" * LONGEST_ASKED, "n": 7}


TABLE: list[tuple[str, str, dict[str, object], str]] = [
    ("line", "", {}, "needed"), ("line", " \t", {}, "needed"), ("line", "", {"needed": False}, ""),
    ("line", "x" * 201, {}, "too_long"), ("line", "a\nb", {}, "control_character"),
    ("line", "a\u202eb", {}, "bidi_character"), ("line", "e\u0301", {"most": 1}, ""),
    ("text", "a\r\nb\tc", {}, ""), ("text", "a\x0bb", {}, "control_character"),
    ("whole", "12", {}, ""), ("whole", "١٢", {}, "whole_number"),
    ("whole", "-1", {}, "whole_number"),
    ("whole", "1" * 10, {}, "whole_number"), ("whole", "", {}, "whole_number"),
    ("day", "2024-02-29", {}, ""), ("day", "2023-02-29", {}, "not_a_date"),
    ("day", "20.11.2019", {}, "not_a_date"), ("day", "", {"needed": True}, "needed"),
    ("email", "A.B@Example.org", {}, ""), ("email", "a@b", {}, "not_an_address"),
    ("email", "a@b.c@d.e", {}, "not_an_address"), ("email", "a b@c.d", {}, "not_an_address"),
]  # fmt: skip


@pytest.mark.parametrize("kind, typed, more, fault", TABLE)
def test_the_table_of_values(kind: str, typed: str, more: dict[str, object], fault: str) -> None:
    form = Form({"x": typed})
    getattr(form, kind)("x", **more)
    assert [wrong.name for wrong in form.errors.values()] == ([fault] if fault else [])


def test_a_choice_is_one_of_those_offered() -> None:
    form = Form({"a": "b", "e": ""})
    assert form.choice("a", ["b"]) == "b"
    assert form.choice("e", ["c"], "c") == "c"
    form.choice("e", ["c"])
    form.values["a"] = "z"
    form.choice("a", ["b"])
    assert {name: fault.name for name, fault in form.errors.items()} == {
        "e": "choose",
        "a": "unknown_choice",
    }
    with pytest.raises(Invalid) as invalid:
        form.check()
    assert invalid.value.errors["a"] == Fault("unknown_choice", value="z")


@pytest.mark.parametrize("path", ["/", "/proposals/2019/1", "/frog", "/fr", "/france/fr"])
def test_every_address_exists_once_in_each_language(path: str) -> None:
    for code in language.LANGUAGES:
        spoken, bare = split(prefixed(path, code))
        if path != "/fr":
            assert (spoken, bare) == (code, path)
    assert split("/fr") == ("fr", "/")
    assert split("/fr/") == ("fr", "/")
    assert split("/en/x") == ("en", "/en/x"), "English has no prefix of its own"


def test_an_instant_is_told_at_the_place_first_then_in_utc() -> None:
    at = datetime(2019, 11, 20, 20, 0, tzinfo=UTC)
    told = dates.instant(at, DELHI)
    assert "Thursday 21 November 2019, 01:30 New Delhi (20 November, 20:00 UTC)" in told
    assert 'datetime="2019-11-20T20:00:00Z"' in told
    summer = datetime(2026, 3, 29, 1, 0, tzinfo=UTC)  # the hour that does not exist in Geneva
    assert "03:00 Geneva (01:00 UTC)" in dates.instant(summer, GENEVA)


def test_a_date_is_as_exact_as_its_source() -> None:
    assert [dates.loose(date) for date in ("2019", "2019-11", "2019-11-20")] == [
        "2019",
        "November 2019",
        "20 November 2019",
    ]
    assert dates.day(date(2024, 2, 29), GENEVA) == "29 February 2024"
