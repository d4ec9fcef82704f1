"""How texts are called: which symbols look the same, and which titles look like one."""

import pytest

from plenary.texts.symbols import fault_of_title, is_of_a_proposal, key_of

SAME = (
    "KP/2019/plenary/AD.1",
    "КР/2019/Plenary/AD.1",
    "ＫＰ／２０１９／Ｐlenary／ＡＤ．１",
    "KP/2019/Plenary/AD. 1",
    " KP /2019/Plenary/AD.1 ",
    "KP∕2019∕Plenary∕AD․1",
    "KP/2O19/Plenary/AD.l",
    "KP/2019/Plen\u00adary/AD.1",
    "KP/2019/Plenary/AD.1\u200b",
    "KP/٢٠١٩/Plenary/AD.1",
)


@pytest.mark.parametrize("symbol", SAME)
def test_symbols_that_look_the_same_have_one_key(symbol: str) -> None:
    assert key_of(symbol) == key_of("KP/2019/Plenary/AD.1")


def test_symbols_that_differ_have_keys_that_differ() -> None:
    symbols = (
        "KP/2019/Plenary/AD.1",
        "KP/2019/Plenary/AD.11",
        "KP/2019/Plenary/AD.2",
        "KP/2019/P.1",
        "KP/2019/P.1/1",
        "KP/2019/WGM/AD.1",
        "AD 001-2019",
        "A/RES/74/268",
        "КП/2019/П.1",
    )
    assert len({key_of(symbol) for symbol in symbols}) == len(symbols)


@pytest.mark.parametrize(
    "symbol", ["KP/2019/P.1", "KP/2031/P.77", "kp/2019/p.1/Rev.2", "KP/2O19/Р.1"]
)
def test_some_symbols_are_for_proposals_alone(symbol: str) -> None:
    assert is_of_a_proposal(symbol)
    assert not is_of_a_proposal("KP/2019/Plenary/AD.1")


@pytest.mark.parametrize(
    "title",
    [
        "KP/2019/P.1 adopted",
        "kp/2019/Plenary/AD.1",
        "“KP/2019/P.1” adopted",
        "КР/2019/Р.1 adopted",
        "ＫＰ／２０１９／Ｐ．１ adopted",
        "KP / 2019 / P.1",
        "AD 006-2011: mandate",
        "A/RES/74/268",
        "KP/2\u200b019/P.1",
    ],
)
def test_a_title_that_begins_like_a_symbol_is_none(title: str) -> None:
    found = fault_of_title(title)
    assert found is not None
    assert found.name in ("like_a_symbol", "mixed_letters")


@pytest.mark.parametrize(
    "title",
    ["Seals", "Review of KP/2017/Plenary/AD.1", "2019 budget", "Sealing and/or tracing", "Пломбы"],
)
def test_a_title_may_speak_of_a_symbol(title: str) -> None:
    assert fault_of_title(title) is None
