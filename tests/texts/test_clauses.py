"""How a typed text becomes clauses, and how they stay themselves from version to version."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.texts.clauses import (
    MOST_CHARACTERS,
    MOST_CLAUSES,
    MOST_IN_A_CLAUSE,
    MOST_PROBLEMS,
    Clause,
    Draft,
    Problem,
    aligned,
    brackets,
    carry,
    fingerprint,
    number_first,
    parse,
    plain,
    problems,
    source,
)

TEXT = """# On the definition

*Recalling* the mandate,

*Noting* the report,

1. *Decides* that conflict diamonds are rough diamonds used by rebel movements;

2. *Requests* the Working Group on Monitoring to propose indicators;
3. *Invites* every Participant to report each year.
"""
LINES = st.sampled_from(
    ["1. Decides", "2) Requests", "§3 Invites", "Recalling", "# On", "(a) one", "", " ", "1.", "#",
     "[4. Asks]", "    5. deep", "x[^1]", "[^1]: note", "- item", "| a |", "# C#", "# T #"]
)  # fmt: skip
TYPED = st.lists(LINES, max_size=12).map("\n".join)
NAMES = [f"alpha{n} beta{n} gamma{n} delta{n}" for n in range(8)]
DRAFTS = st.lists(
    st.builds(
        Draft,
        st.sampled_from(["heading", "preambular", "operative"]),
        st.sampled_from([*NAMES, *(f"{name} {name[:6]}" for name in NAMES)]),
    ),
    max_size=9,
)


def operative(*texts: str) -> tuple[Draft, ...]:
    return tuple(Draft("operative", text) for text in texts)


def keys(clauses: tuple[Clause, ...]) -> list[str]:
    return [clause.key for clause in clauses]


def names(text: str) -> list[str]:
    return [problem.name for problem in problems(text)]


# --- reading


def test_a_numbered_paragraph_is_operative_and_one_without_a_number_is_preambular() -> None:
    assert [(draft.kind, draft.text) for draft in parse(TEXT)] == [
        ("heading", "On the definition"),
        ("preambular", "*Recalling* the mandate,"),
        ("preambular", "*Noting* the report,"),
        (
            "operative",
            "*Decides* that conflict diamonds are rough diamonds used by rebel movements;",
        ),
        ("operative", "*Requests* the Working Group on Monitoring to propose indicators;"),
        ("operative", "*Invites* every Participant to report each year."),
    ]


def test_a_text_without_any_number_is_operative_throughout() -> None:
    kinds = [draft.kind for draft in parse("# On\n\nDecides\n\nRequests")]
    assert kinds == ["heading", "operative", "operative"]


@pytest.mark.parametrize("number", ["1.", "1)", "§1", "§ 1.", "12."])
def test_the_number_is_taken_off_however_it_is_written(number: str) -> None:
    assert parse(f"Recalling\n\n{number} Decides")[1] == Draft("operative", "Decides")


@pytest.mark.parametrize("line", ["2019. The year", "30 June 2020", "2.1 Overview", "1.5 carats"])
def test_a_year_a_date_and_a_decimal_begin_no_clause(line: str) -> None:
    assert parse(f"1. Decides in\n{line}") == operative(f"Decides in\n{line}")


def test_lettered_items_stay_in_their_clause_also_after_a_blank_line() -> None:
    text = "1. Decides:\n(a) to act;\n\n\n(b) to report;\n\n2. Requests"
    assert parse(text) == operative("Decides:\n(a) to act;\n\n(b) to report;", "Requests")


def test_a_footnote_goes_to_the_clause_that_calls_it() -> None:
    text = "1. Decides[^1]\n\n2. Requests\n\n[^1]: Of 2003."
    assert parse(text) == operative("Decides[^1]\n\n[^1]: Of 2003.", "Requests")


def test_a_whole_paragraph_in_brackets_keeps_its_bracket_and_its_number() -> None:
    assert parse("Recalling\n\n[1. Decides]")[1] == Draft("operative", "[Decides]")


def test_newlines_of_any_system_and_decomposed_letters_read_alike() -> None:
    assert parse("1. Cafe\u0301\r\n\r\n2. B\r3. C") == operative("Café", "B", "C")


@given(TYPED)
def test_what_an_edit_form_shows_is_read_back_as_the_same_clauses(text: str) -> None:
    first = number_first(parse(text))
    assert number_first(parse(source(first))) == first


# --- problems


def test_a_good_text_has_no_problems() -> None:
    assert problems(TEXT + "\n[Aldoria: [x] y] \\[ [w](https://kp.example/a) \u200f") == ()


@pytest.mark.parametrize("text", ["", " \n\t", "# Only a heading", "1.\n"])
def test_a_text_with_nothing_to_decide_is_empty(text: str) -> None:
    assert names(text) == ["empty"]


def test_a_text_too_long_is_told_by_how_much() -> None:
    over = problems("a\n\n" * (MOST_CHARACTERS // 3 + 1))
    assert [(p.name, p.facts["part"], p.facts["most"]) for p in over] == [
        ("too_long", "text", MOST_CHARACTERS)
    ]


def test_a_clause_too_long_is_told_with_its_line() -> None:
    length, most = MOST_IN_A_CLAUSE + 1, MOST_IN_A_CLAUSE
    over = problems("a\n\n" + "b" * (MOST_IN_A_CLAUSE + 1))
    assert over == (Problem("too_long", part="clause", line=3, characters=length, most=most),)
    assert not problems("a\n\n" + "b" * MOST_IN_A_CLAUSE)


def test_two_thousand_clauses_are_taken_and_one_more_is_not() -> None:
    assert names("a\n\n" * MOST_CLAUSES) == []
    assert names("a\n\n" * (MOST_CLAUSES + 1)) == ["too_many_clauses"]


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x02", "\x85", "\x7f", "\ud800"])
def test_a_control_character_is_refused_with_its_line(character: str) -> None:
    found = Problem("control_character", line=2, place=2, character=f"U+{ord(character):04X}")
    assert problems(f"a\nb{character}\tc") == (found,)


@pytest.mark.parametrize("character", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_a_character_that_reverses_the_reading_is_refused(character: str) -> None:
    assert names(f"a{character}b") == ["bidi_character"]


@pytest.mark.parametrize("character", ["\u200e", "\u200f", "\u061c"])
def test_marks_that_arabic_needs_are_allowed(character: str) -> None:
    assert names(f"a{character}b") == []


def test_a_bracket_has_to_close_in_its_own_clause() -> None:
    assert problems("1. a [b\n\n\n2. c\nd] e") == (
        Problem("bracket_unclosed", line=1),
        Problem("bracket_unopened", line=5),
    )


def test_an_eleventh_bracket_inside_the_others_is_one_too_deep() -> None:
    assert names("[" * 10 + "]" * 10) == []
    assert names("[" * 11 + "]" * 11) == ["bracket_too_deep"]


def test_a_broken_file_is_not_answered_with_a_thousand_problems() -> None:
    assert len(problems("\x00\n" * 5000)) == MOST_PROBLEMS


# --- keys


def test_the_first_version_counts_operative_and_other_clauses_apart() -> None:
    first = number_first(parse(TEXT))
    assert keys(first) == ["pp1", "pp2", "pp3", "p1", "p2", "p3"]
    assert [clause.number for clause in first] == [None, None, None, 1, 2, 3]


OLD = number_first(
    operative(
        "Decides that conflict diamonds are rough diamonds used by rebel movements",
        "Requests the Working Group on Monitoring to propose indicators for artisanal mining",
        "Invites every Participant to submit an annual report before the end of March",
    )
)


def carried(*texts: str, used: tuple[str, ...] = ()) -> list[str]:
    return keys(carry(OLD, operative(*texts), used))


def test_a_clause_inserted_gets_a_new_key_and_the_others_keep_theirs() -> None:
    a, b, c = (clause.text for clause in OLD)
    new = carry(OLD, operative(a, "Welcomes the generous offer", b, c), ())
    assert keys(new) == ["p1", "p4", "p2", "p3"]
    assert [clause.number for clause in new] == [1, 2, 3, 4]


def test_the_key_of_a_removed_clause_is_never_given_to_another() -> None:
    a, b, _ = (clause.text for clause in OLD)
    assert carried(a, b, "Welcomes the generous offer") == ["p1", "p2", "p4"]
    assert carried(a, "Welcomes the generous offer", used=("p9", "pp30")) == ["p1", "p10"]


def test_a_clause_moved_takes_its_key_along() -> None:
    a, b, c = (clause.text for clause in OLD)
    assert carried(c, a, b) == ["p3", "p1", "p2"]


def test_a_clause_moved_and_reworded_takes_its_key_along() -> None:
    a, b, c = (clause.text for clause in OLD)
    assert carried(c.replace("annual", "yearly"), a, b + " by June") == ["p3", "p1", "p2"]


def test_a_clause_split_in_two_keeps_its_number_on_the_longer_part() -> None:
    a, b, _ = (clause.text for clause in OLD)
    short, long = "Invites every Participant", "to submit an annual report before the end of March"
    assert carried(a, b, short, long) == ["p1", "p2", "p4", "p3"]
    assert carried(a, b, long, short) == ["p1", "p2", "p3", "p4"]


def test_a_clause_split_into_equal_parts_keeps_its_key_on_the_first() -> None:
    old = number_first(operative("gone altogether", "one two three four five six seven eight"))
    parts = operative("one two three four", "five six seven eight")
    assert keys(carry(old, parts, ())) == ["p2", "p3"]


def test_a_clause_cut_into_many_pieces_lives_on_in_one_of_them() -> None:
    words = [f"word{n}" for n in range(40)]
    old = number_first(operative(" ".join(words)))
    parts = [" ".join(words[n : n + 8]) for n in range(0, 40, 8)]
    assert keys(carry(old, operative(*parts), ())) == ["p1", "p2", "p3", "p4", "p5"]


def test_two_clauses_merged_go_on_under_the_key_of_the_longer() -> None:
    a, b, c = (clause.text for clause in OLD)
    assert carried(a, f"Welcomes the offer; {c}") == ["p1", "p3"]
    old = number_first(operative("Notes it", b))
    assert keys(carry(old, operative(f"Notes it and {b}"), ())) == ["p2"]


def test_a_preambular_clause_made_operative_keeps_the_key_of_its_birth() -> None:
    old = number_first(
        (Draft("preambular", "Recalling the mandate"), Draft("operative", "Decides"))
    )
    new = carry(old, operative("Recalling the mandate", "Decides"), ())
    assert [(clause.key, clause.number) for clause in new] == [("pp1", 1), ("p1", 2)]


def test_the_same_words_of_the_same_kind_come_before_those_of_another_kind() -> None:
    old = number_first((Draft("operative", "Recalling"), Draft("preambular", "Decides")))
    new = (Draft("preambular", "Recalling"), Draft("operative", "Recalling"))
    assert keys(carry(old, new, ())) == ["pp2", "p1"]


def test_a_clause_moved_is_rather_the_old_one_of_its_kind() -> None:
    old = number_first((Draft("preambular", "X"), *operative("Y", "X")))
    assert keys(carry(old, operative("X", "Y"), ())) == ["p2", "p1"]


def test_the_same_words_in_another_order_are_another_clause() -> None:
    old = number_first(operative("Aldoria shall pay Belmark", "Belmark shall pay Aldoria"))
    turned = operative(old[1].text, old[0].text)
    assert keys(carry(old, turned, ())) == ["p2", "p1"]


def test_an_unlike_clause_is_not_taken_for_the_old_one() -> None:
    assert carried("Thanks the people of Aldoria for the hospitality") == ["p4"]


def test_four_hundred_reworded_and_turned_round_are_all_known_again() -> None:
    texts = [" ".join(f"w{n}x{k}" for k in range(12)) for n in range(400)]
    changed = operative(*(f"{text} more" for text in reversed(texts)))
    new = carry(number_first(operative(*texts)), changed, ())
    assert keys(new) == [f"p{n}" for n in range(400, 0, -1)]


@given(DRAFTS, DRAFTS)
def test_every_clause_has_one_key_of_its_own_and_identical_texts_keep_theirs(
    before: list[Draft], after: list[Draft]
) -> None:
    old = number_first(before)
    assert carry(old, before, ()) == old
    new = carry(old, after, keys(old))
    assert len(set(keys(new))) == len(new)
    assert [(clause.kind, clause.text) for clause in new] == [(d.kind, d.text) for d in after]
    for text in {d.text for d in before} & {d.text for d in after}:
        stayed = {c.key for c in old if c.text == text} & {c.key for c in new if c.text == text}
        assert len(stayed) == min(
            sum(d.text == text for d in before), sum(d.text == text for d in after)
        )


# --- brackets


def test_brackets_are_counted_through_the_whole_text_outer_before_inner() -> None:
    text = number_first(operative("a [b [c] d] e", "[f] \\[g\\] [link](https://kp.example/) x[^1]"))
    found = brackets(text)
    assert [(b.number, b.clause, b.words) for b in found] == [
        (1, "p1", "b [c] d"),
        (2, "p1", "c"),
        (3, "p2", "f"),
    ]
    assert [text[0].text[b.start : b.end] for b in found[:2]] == ["[b [c] d]", "[c]"]


@pytest.mark.parametrize(
    "typed, holders, words",
    [
        ("[aldoria, Belmark: shall]", ("Aldoria", "Belmark"), "shall"),
        ("[Aldoria: shall: now]", ("Aldoria",), "shall: now"),
        ("[Korea, Republic of; Aldoria: x]", ("Korea, Republic of", "Aldoria"), "x"),
        ("[Korea, Republic of: x]", ("Korea, Republic of",), "x"),
        ("[Aldoria, Nowhere: x]", (), "Aldoria, Nowhere: x"),
        ("[Aldoria]", (), "Aldoria"),
    ],
)
def test_a_bracket_is_held_by_those_it_names(
    typed: str, holders: tuple[str, ...], words: str
) -> None:
    known = ("Aldoria", "Belmark", "Korea, Republic of")
    (found,) = brackets(number_first(operative(typed)), known)
    assert (found.holders, found.words) == (holders, words)


def test_names_nobody_knows_hold_nothing() -> None:
    (found,) = brackets(number_first(operative("[Aldoria: x]")))
    assert (found.holders, found.words) == ((), "Aldoria: x")


@pytest.mark.parametrize(
    "text, clean",
    [("x", True), ("[x]", False), ("\\[x\\]", True), ("[x](https://a.b)", True), ("[x", False),
     ("[x](or y)", False)],
)  # fmt: skip
def test_a_text_is_clean_when_no_bracket_stands_or_is_left_open(text: str, clean: bool) -> None:
    found = brackets(number_first(operative(text)))
    assert (not found and not problems(text)) is clean


# --- canonical text


def test_the_canonical_text_is_numbered_and_has_no_marks_of_emphasis() -> None:
    text = number_first(
        parse("# On\n\n**Recalling *the* mandate**  \nof 2003_a_b,\n\n7. _Decides_ 5 * 3 [x]")
    )
    assert plain(text) == "On\n\nRecalling the mandate\nof 2003_a_b,\n\n1. Decides 5 * 3 [x]\n"


def test_emphasis_alone_does_not_change_the_fingerprint_and_a_word_does() -> None:
    spaced, same, other = (plain(number_first(parse(t))) for t in ("1. *A* b", "1. A b", "1. A c"))
    assert fingerprint(spaced) == fingerprint(same) != fingerprint(other)
    assert fingerprint("é\n") == hashlib.sha256(b"\xc3\xa9\n").hexdigest()


def test_a_translation_is_set_beside_the_original_clause_by_clause() -> None:
    assert aligned(OLD[:2], operative("Décide", "Prie")) == (("p1", "Décide"), ("p2", "Prie"))


def test_a_translation_with_a_clause_missing_is_refused_with_both_counts() -> None:
    refused = aligned(OLD, operative("Décide"))
    assert refused == Problem("translation_clause_count", original=3, translation=1)
