"""What changed between two texts: exact, in whole words, in the order of the new text."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.texts import redline as module
from plenary.texts.clauses import Clause, Draft, carry, number_first
from plenary.texts.redline import Change, Pieces, redline, words

WORD = st.sampled_from(
    ["the", "a", "shall", "should", "*Decides*", "law", ",", ".", ";", "\n", " ", "  ", "[", "]",
     "1,000", "l’État", "决定", "\n\n(a)", "_", "**"]
)  # fmt: skip
TEXT = st.lists(WORD, max_size=25).map(" ".join) | st.text(max_size=20)


def stripped(pieces: Pieces, kind: str) -> str:
    return "".join(text for piece, text in pieces if piece != kind)


def shown(old: str, new: str) -> str:
    marks = {"same": "{}", "added": "<+{}+>", "removed": "<-{}->"}
    return "".join(marks[kind].format(text) for kind, text in words(old, new))


@given(TEXT, TEXT)
def test_without_what_was_added_the_old_words_stand_and_without_what_was_removed_the_new(
    old: str, new: str
) -> None:
    pieces = words(old, new)
    assert stripped(pieces, "added") == old
    assert stripped(pieces, "removed") == new
    assert all(text for _, text in pieces)


@given(TEXT, TEXT)
def test_a_long_clause_is_as_exact_as_a_short_one(old: str, new: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_WORDS", 4)
        pieces = words(old, new)
    assert stripped(pieces, "added") == old
    assert stripped(pieces, "removed") == new


@given(TEXT)
def test_identical_words_are_one_piece(text: str) -> None:
    assert words(text, text) == ((("same", text),) if text else ())


@pytest.mark.parametrize(
    "old, new, expected",
    [
        (
            "used by rebel movements or their allies to finance",
            "used by armed groups, criminal networks or security forces to finance",
            "used by <-rebel movements or their allies-><+armed groups, criminal networks "
            "or security forces+> to finance",
        ),
        (
            "every three years.",
            "every two years, at most.",
            "every <-three-><+two+> years<+, at most+>.",
        ),
        ("*Decides* that", "*Requests* that", "<-*Decides*-><+*Requests*+> that"),
        ("national law", "international law", "<-national-><+international+> law"),
        ("[30 June]", "30 June", "<-[->30 June<-]->"),
        ("in accordance", "in full accordance", "in<+ full+> accordance"),
        ("30 June 2020", "30 June 2021", "30 June <-2020-><+2021+>"),
        ("缔约方应报告", "缔约方须报告", "缔约方<-应-><+须+>报告"),
    ],
)
def test_a_redline_reads_in_whole_words(old: str, new: str, expected: str) -> None:
    assert shown(old, new) == expected


def test_a_short_word_between_two_changes_does_not_stand_alone() -> None:
    assert shown("strengthen a national process", "maintain a regional process") == (
        "<-strengthen a national-><+maintain a regional+> process"
    )


def test_a_mere_insertion_strikes_nothing() -> None:
    pieces = words("states and regions", "states, all, and many regions")
    assert [kind for kind, _ in pieces if kind == "removed"] == []


def test_one_word_in_a_very_long_clause_is_one_word_in_the_redline() -> None:
    old = " ".join(f"Sentence {n} says so." for n in range(1000))
    pieces = words(old, old.replace("Sentence 500 says", "Sentence 500 denies"))
    assert [piece for piece in pieces if piece[0] != "same"] == [
        ("removed", "says"),
        ("added", "denies"),
    ]


# --- clauses

OLD = number_first(
    [
        Draft("operative", f"{verb} the matter of {verb}")
        for verb in ("Decides", "Requests", "Invites", "Notes")
    ]
)


def kinds(changes: Sequence[Change]) -> list[tuple[str, str]]:
    return [(change.key, change.kind) for change in changes]


def test_an_identical_text_has_no_changes() -> None:
    assert kinds(redline(OLD, OLD)) == [(f"p{n}", "same") for n in range(1, 5)]


def test_a_removed_clause_is_shown_where_it_stood() -> None:
    assert kinds(redline(OLD, (OLD[0], OLD[2], OLD[3])))[1] == ("p2", "removed")
    assert kinds(redline(OLD, OLD[1:]))[0] == ("p1", "removed")
    assert kinds(redline(OLD, OLD[:3]))[3] == ("p4", "removed")


def test_a_replaced_clause_is_struck_before_the_new_one_is_shown() -> None:
    new = (OLD[0], Clause("p9", "operative", 2, "Welcomes"), OLD[2], OLD[3])
    assert kinds(redline(OLD, new))[1:3] == [("p2", "removed"), ("p9", "added")]


def test_only_the_clause_that_moved_says_so() -> None:
    moved = redline(OLD, (OLD[3], *OLD[:3]))
    assert kinds(moved) == [("p4", "moved"), ("p1", "same"), ("p2", "same"), ("p3", "same")]


def test_a_clause_renumbered_by_an_insertion_before_it_has_not_changed() -> None:
    new = carry(OLD, (Draft("operative", "Welcomes"), *(Draft(c.kind, c.text) for c in OLD)), ())
    assert kinds(redline(OLD, new)) == [("p5", "added"), *((f"p{n}", "same") for n in range(1, 5))]


def test_a_preamble_made_operative_has_changed_though_its_words_have_not() -> None:
    (change,) = redline(
        (Clause("pp1", "preambular", None, "x"),), (Clause("pp1", "operative", 1, "x"),)
    )
    assert (change.kind, change.pieces) == ("changed", (("same", "x"),))


CLAUSES = st.lists(
    st.tuples(st.integers(1, 9), TEXT), unique_by=lambda pair: pair[0], max_size=9
).map(
    lambda pairs: [
        Clause(f"p{key}", "operative", n, text) for n, (key, text) in enumerate(pairs, 1)
    ]
)


@given(CLAUSES, CLAUSES)
def test_a_redline_holds_both_texts_whole(old: list[Clause], new: list[Clause]) -> None:
    changes = redline(old, new)
    assert [change.new for change in changes if change.new] == new
    held = [change.old for change in changes if change.old]
    assert sorted(held, key=old.index) == old
    stayed = [change.old for change in changes if change.old and change.kind != "moved"]
    assert stayed == sorted(stayed, key=old.index)
    for change in changes:
        assert stripped(change.pieces, "added") == (change.old.text if change.old else "")
        assert stripped(change.pieces, "removed") == (change.new.text if change.new else "")
