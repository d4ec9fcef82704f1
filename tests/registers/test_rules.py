"""How a register is read: every row named, nothing guessed."""

from pathlib import Path

import pytest

from plenary.questions.rules import Outcome
from plenary.refusal import Refused
from plenary.registers.rules import bar_to_register, read_register
from plenary.registers.words import kinds, outcome_of
from plenary.texts.folding import slug
from plenary.texts.symbols import bare, revision_in, symbol_in
from tests.registers.registers import EPIDEMIC, HEADER, SEALS, csv_of, register

SAMPLE = Path(__file__).parents[2] / "plenary" / "sample" / "data"


def refused(content: bytes) -> dict[str, object]:
    with pytest.raises(Refused) as error:
        read_register(content, "past.csv")
    assert error.value.reason == "register_row"
    facts = error.value.facts
    return facts | {"fault": facts["fault"].name}  # type: ignore[attr-defined]


def test_the_sample_register_is_read_whole_and_in_french_too() -> None:
    french = (SAMPLE / "register_fr.csv").read_bytes()
    rows = read_register((SAMPLE / "register.csv").read_bytes(), french=french).rows
    assert len(rows) == 134 == len({row.id for row in rows})
    assert all(set(row.title) == {"en", "fr"} for row in rows)
    assert sum(bool(row.symbol) for row in rows) == 5


def test_every_kind_amounts_to_an_outcome() -> None:
    for kind, words in kinds()["kind"].items():
        assert words["outcome"] in set(Outcome), kind
        assert words["en"]
        assert words["fr"]


def test_what_was_adopted_ad_referendum_says_so() -> None:
    assert outcome_of("administrative decision", "ad referendum") == "adopted_ad_referendum"
    assert outcome_of("failed to reach consensus", "ad referendum") == "no_consensus"


@pytest.mark.parametrize(
    "column,cell,fault",
    [
        ("date", "", "needed"),
        ("date", "30.4.03", "not_a_loose_date"),
        ("date", "5/11/2003", "date_in_doubt"),
        ("date", "2003-02-30", "not_a_loose_date"),
        ("date", "２００３", "not_a_loose_date"),
        ("title", "", "needed"),
        ("kind", "verdict", "unknown_kind"),
        ("place", "x" * 121, "too_long"),
        ("summary", "a\x07b", "control_character"),
    ],
)
def test_a_bad_row_is_named_by_file_line_column_and_reason(
    column: str, cell: str, fault: str
) -> None:
    cells = SEALS.split(",")
    cells[HEADER.split(",").index(column)] = cell
    facts = refused(csv_of(EPIDEMIC, ",".join(cells)))
    assert (facts["file"], facts["line"], facts["column"]) == ("past.csv", 3, column)
    assert facts["fault"] == fault


def test_a_line_is_counted_as_an_editor_counts_it() -> None:
    first = SEALS.replace("Every stone", '"one, two"')
    assert refused(csv_of(first, EPIDEMIC, SEALS + ",more"))["line"] == 4


@pytest.mark.parametrize(
    "content,fault",
    [
        (b"", "not_csv"),
        (csv_of(SEALS).replace(b"Seals", b"\x81"), "not_utf8"),
        (csv_of('"' + SEALS), "not_csv"),
        (csv_of(SEALS, header=HEADER.replace("source", "sauce")), "column_missing"),
        (csv_of(SEALS + ",x", header=HEADER + ",titre_fr"), "column_unknown"),
        (csv_of(SEALS + ",x", header=HEADER + ",title"), "column_unknown"),
        (csv_of("2003,Sealand"), "columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(content: bytes, fault: str) -> None:
    assert refused(content)["fault"] == fault


@pytest.mark.parametrize("id", ["a b", "../x", "-x", "x.json", "x/"])
def test_an_id_has_to_be_an_address(id: str) -> None:
    assert refused(csv_of(f"{SEALS},{id}", header=HEADER + ",id"))["fault"] == "not_an_id"


def test_an_id_stands_once() -> None:
    twice = csv_of(f"{SEALS},one", f"{EPIDEMIC},one", header=HEADER + ",id")
    assert refused(twice)["fault"] == "taken_twice"


def test_without_an_id_date_and_title_make_one_that_is_unique() -> None:
    other = SEALS.replace("Every stone", "No stone")
    assert [row.id for row in register(SEALS, other, EPIDEMIC).rows] == [
        "2003-04-30-seals",
        "2003-04-30-seals-2",
        "2003-epidemie-report",
    ]
    assert slug("2003 " + "seal " * 40) == "2003-" + "-".join(["seal"] * 15)


@pytest.mark.parametrize(
    "title,symbol,rest",
    [
        ("AD 005-2011: amended mandate", "AD 005-2011", "amended mandate"),
        ("AD 005-2011 : mandat", "AD 005-2011", "mandat"),
        ("KP/2017/Plenary/Administrative Decision 1: Ad Hoc Committee",
         "KP/2017/Plenary/Administrative Decision 1", "Ad Hoc Committee"),
        ("A/RES/74/268 Role of diamonds", "A/RES/74/268", "Role of diamonds"),
        ("Role of diamonds (A/78/L.54)", "", "Role of diamonds (A/78/L.54)"),
        ("ADPA as independent Observer", "", "ADPA as independent Observer"),
    ],
)  # fmt: skip
def test_a_symbol_at_the_head_of_a_title_is_found(title: str, symbol: str, rest: str) -> None:
    assert (symbol_in(title), bare(title, symbol)) == (symbol, rest)


@pytest.mark.parametrize("key", ["", "own", "2019", "KP", "k", "a b", "x" * 25])
def test_a_register_has_a_name_that_no_address_can_mistake(key: str) -> None:
    assert bar_to_register(key) is not None
    assert bar_to_register("kp") is None


def test_a_revision_is_a_version() -> None:
    assert revision_in("KP/2019/P.1/Rev.2") == ("KP/2019/P.1", 3)
    assert revision_in("KP/2019/P.1") == ("KP/2019/P.1", 0)
    assert revision_in("KP/2019/P.1/Rev.x") == ("KP/2019/P.1/Rev.x", 0)


def test_the_same_row_twice_is_refused_with_both_lines() -> None:
    with pytest.raises(Refused) as refused:
        register(SEALS, EPIDEMIC, SEALS)
    fault = refused.value.facts["fault"]
    assert refused.value.facts["line"] == 4
    assert (fault.name, fault.facts) == ("row_twice", {"first": 2})  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "title, fault",
    [
        ("Seals\u202e", "bidi_character"), ("Se\x07als", "control_character"),
        ("Sеals", "mixed_letters"), ("\u200b", "needed"),
    ],
)  # fmt: skip
def test_an_import_refuses_what_a_form_refuses(title: str, fault: str) -> None:
    with pytest.raises(Refused) as refused:
        register(SEALS.replace("Seals", title))
    facts = refused.value.facts
    assert (facts["line"], facts["column"]) == (2, "title")
    assert facts["fault"].name == fault  # type: ignore[attr-defined]


def test_what_nobody_sees_is_not_imported() -> None:
    assert register(SEALS.replace("Seals", "Se\u00adals")).rows[0].title["en"] == "Seals"
