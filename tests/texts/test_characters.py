"""Which characters a text may hold, and when two texts look the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.texts.characters import Strange, mixed, one_line, skeleton, strange, tidy

# What nobody sees: soft hyphen, joiners, fillers, selectors, tags, marks of direction.
UNSEEN = (
    "\u00ad\u034f\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2064\u3164"
    "\ufe00\ufe0f\ufeff\uffa0\ufff9\U000e0001\U000e0041\U000e0100"
)
NAMES = (
    "Botswana", "Côte d’Ivoire", "España", "Łódź", "Türkiye", "São Tomé", "Ботсвана", "Россия",
    "Ελλάδα", "Հայաստան", "بوتسوانا", "المملكة المغربية", "می\u200cخواهم", "博茨瓦纳", "第A条",
    "ボツワナ", "보츠와나", "भारत", "क्\u200dष", "ไทย", "საქართველო", "ኢትዮጵያ", "ישראל",
    "10 μm", "Tシャツ",
)  # fmt: skip
SAME_TO_THE_EYE = (
    "Bоtswana", "Ｂｏｔｓｗａｎａ", "BOTSWANA", "Bòtswana", "Bot\u00adswana", "𝐁𝐨𝐭𝐬𝐰𝐚𝐧𝐚",
    "Βotswana",
    "ꓐꓳꓔꓢꓪꓮꓠꓮ", "Botswana.", "Bots wana", "B0tswana", "Botsvvana", "ʙᴏᴛꜱᴡᴀɴᴀ",
)  # fmt: skip


@pytest.mark.parametrize("letter", UNSEEN)
def test_what_nobody_sees_is_not_kept(letter: str) -> None:
    assert tidy(f"Bot{letter}swana") == "Botswana"
    assert one_line(f"{letter}Botswana{letter}") == "Botswana"
    assert one_line(letter * 3) == ""


@pytest.mark.parametrize("blank", "\u00a0\u2003\u2007\u202f\u205f\u2800\u3000")
def test_a_blank_of_any_width_is_a_blank(blank: str) -> None:
    assert one_line(f"{blank}Two{blank}words{blank}") == "Two words"


def test_a_ligature_is_the_letters_it_joins() -> None:
    assert tidy("ﬁnal oﬃce, ﷲ, ĳ") == "final office, الله, ij"


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_any_language_is_kept_as_it_is_spelt(name: str) -> None:
    assert one_line(name) == unicodedata.normalize("NFC", name)
    assert strange(name) is None
    assert mixed(name) == ""
    assert skeleton(name)


@pytest.mark.parametrize("emoji", ["💎", "👩🏽‍⚖️", "🏳️‍🌈"])
def test_an_emoji_stays_whole(emoji: str) -> None:
    assert tidy(emoji) == emoji


@pytest.mark.parametrize("name", SAME_TO_THE_EYE)
def test_what_looks_the_same_has_one_skeleton(name: str) -> None:
    assert skeleton(name) == skeleton("Botswana")


def test_names_that_differ_have_skeletons_that_differ() -> None:
    names = [*NAMES, "Niger", "Nigeria", "Guinea", "Guyana", "Congo", "Togo", "Mali", "Malawi"]
    assert len({skeleton(name) for name in names}) == len(names)


@pytest.mark.parametrize("word", ["Bоtswana", "Βotswana", "КP", "ρroposal", "Pаris"])
def test_a_word_whose_letter_passes_for_another_is_named(word: str) -> None:
    assert mixed(f"The {word} text") == word


@pytest.mark.parametrize(
    "text, fault, line, place",
    [
        ("one\ntwo\x07", "control_character", 2, 4),
        ("one\r\ntwo\u202e", "bidi_character", 2, 4),
        ("\u2066one", "bidi_character", 1, 1),
        ("\ue000", "control_character", 1, 1),
        ("\udc80", "control_character", 1, 1),
        ("a\ufffe", "control_character", 1, 2),
    ],
)
def test_what_may_not_be_written_is_named_with_its_line_and_place(
    text: str, fault: str, line: int, place: int
) -> None:
    found = strange(text, lines=True)
    assert found == Strange(fault, line, place, f"U+{ord(text[-1] if place > 1 else text[0]):04X}")


def test_a_tab_and_a_line_end_are_for_texts_alone() -> None:
    assert strange("a\tb\nc", lines=True) is None
    assert strange("a\tb") == Strange("control_character", 1, 2, "U+0009")


@given(st.text())
def test_what_is_tidy_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert skeleton(tidy(text)) == skeleton(text)
