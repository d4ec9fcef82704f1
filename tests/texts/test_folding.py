"""What is searched: without case, accents, hyphens and plurals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.texts.folding import excerpt, finds, folded, slug, terms

FOUND = (
    ("oeuvre", "L’Œuvre"), ("œuvre", "oeuvre"), ("coeur", "cœur"), ("strasse", "Straße"),
    ("peer review", "peer reviews"), ("peer reviews", "a peer review"),
    ("peer-review", "peer review"), ("peer review", "peer-reviews"),
    ("peer\u2011review", "peer review"), ("cooperation", "co-operation"),
    ("co-operation", "cooperation"), ("coopération", "co\u00adoperation"),
    ("country", "countries"), ("countries", "one country"),
    ("diamant de conflit", "diamants de conflits"),
    ("diamants de conflit", "un diamant de conflit"), ("national", "nationaux"),
    ("nationaux", "national"), ("bureau", "bureaux"), ("bureaux", "le bureau"),
    ("processes", "process"), ("process", "processes"), ("hote", "l’hôte"),
    ("l'hôte", "L’hote"), ("seal", "se\u200bals"), ("office", "oﬃce"),
    ("KP/2019/P.1", "on KP/2019/P.1."), ("2019-11-20", "20 2019-11-20"), ("ЕЩЕ", "ещё"),
    ("结论", "会议结论草案"), ("ＫＰ", "KP"), ("smorrebrod", "Smørrebrød"), ("Łódź", "lodz"),
    ("الكتاب", "الكتـاب"),
)  # fmt: skip
NOT_FOUND = (
    ("reviews", "view"),
    ("peer review", "peer"),
    ("gas", "ga"),
    ("glass", "glas"),
    ('">', "seal"),
)


@pytest.mark.parametrize("query, text", FOUND)
def test_words_are_found_however_they_are_written(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize("query, text", NOT_FOUND)
def test_other_words_are_not_found(query: str, text: str) -> None:
    assert not finds(query, text)


@given(st.text(), st.text())
def test_a_word_of_a_text_finds_it(before: str, after: str) -> None:
    assert finds("countries", f"{before} country {after}")
    assert folded(folded(before)) is not None


def test_at_most_eight_words_count() -> None:
    assert len(terms("a b c d e f g h i j")) == 8


def test_an_excerpt_is_cut_around_the_first_word_that_was_found() -> None:
    text = "word " * 60 + "the œuvres were read " + "word " * 60
    shown = excerpt(text, terms("oeuvre"))
    assert "œuvres" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 220


def test_an_excerpt_finds_its_word_however_far_it_stands_in_the_text() -> None:
    for before in (0, 99, 100, 101, 5_000):
        assert "zebras" in excerpt("word " * before + "the zebras graze", terms("zebra"))
    assert "chevaux" in excerpt("mot " * 450 + "les chevaux paissent", terms("cheval"))
    assert excerpt("nothing of it", terms("zebra")) == "nothing of it"


def test_a_short_name_is_cut_between_words() -> None:
    assert slug("Périodic review!") == "periodic-review"
    assert slug("L’Œuvre d’art") == "l-oeuvre-d-art"
    assert slug("seal " * 40) == "-".join(["seal"] * 16)
