"""One entry: its exact bytes, what may stand in it, and what binds it to its payload."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.record.entry import (
    LIMIT,
    Fact,
    commitment,
    entry_bytes,
    instant,
    payload_bytes,
    read_entry,
)
from plenary.record.tree import leaf_hash

WRITTEN = (
    '{"actor":"delegation:ALD","at":"2019-11-20T05:30:00.123Z","n":12345,'
    '"topic":"KP/2019/P.1","type":"position.stated","v":1,"value":"object"}'
)
FACTS: dict[str, Fact] = {
    "value": "object", "v": 1, "type": "position.stated", "topic": "KP/2019/P.1", "n": 12345,
    "at": "2019-11-20T05:30:00.123Z", "actor": "delegation:ALD",
}  # fmt: skip
FACT = st.text() | st.integers() | st.lists(st.text(max_size=5), max_size=5)


def test_an_entry_is_these_bytes_and_its_leaf_this_hash() -> None:
    """The hash is of `printf '\\x00%s' … | sha256sum`."""
    assert entry_bytes(FACTS) == WRITTEN.encode()
    leaf = "0fc753d20f58916b42260262e540fda847ac530dcc5b285077207be3ca51b417"
    assert leaf_hash(entry_bytes(FACTS)).hex() == leaf


def test_a_payload_is_bound_as_the_format_says() -> None:
    """SHA-256("plenary/payload/v1\\n" ‖ salt[32] ‖ payload bytes), by printf and sha256sum."""
    content = {"language": "fr", "explanation": "Nous ne pouvons pas sceller chaque pierre. 💎"}
    bound = "923cb5f7f9397ac8d6f9de4f9022fe9d9abdf10abf6502559d220284a48a2de8"
    assert commitment(bytes(range(32)), payload_bytes(content)) == f"sha256:{bound}"


def test_keys_are_sorted_and_letters_of_every_script_stand_as_they_are() -> None:
    written = entry_bytes({"b": ["é", "决定", "💎"], "a": 'say "so"\n'})
    assert written.decode() == '{"a":"say \\"so\\"\\n","b":["é","决定","💎"]}'


@given(st.dictionaries(st.text(max_size=10), FACT, max_size=8))
def test_what_is_written_is_read_and_would_be_written_the_same(facts: dict[str, Any]) -> None:
    written = entry_bytes(facts)
    assert read_entry(written) == facts
    assert entry_bytes(read_entry(written)) == written


def test_an_entry_holds_4096_bytes_and_not_one_more() -> None:
    room = LIMIT - len(b'{"title":""}')
    assert len(entry_bytes({"title": "x" * room})) == LIMIT == 4096
    for title in ("x" * (room + 1), "é" * (room // 2) + "x"):
        with pytest.raises(ValueError, match="4097 bytes is over the limit of 4096"):
            entry_bytes({"title": title})


@pytest.mark.parametrize(
    "fact", [1.5, float("nan"), True, None, {"en": "Seals"}, [1], [["ALD"]], b"ALD"]
)
def test_only_texts_whole_numbers_and_lists_of_texts_are_written(fact: Any) -> None:
    with pytest.raises(ValueError, match="value is no text"):
        entry_bytes({"value": fact})


def test_half_a_letter_is_not_written() -> None:
    with pytest.raises(UnicodeEncodeError):
        entry_bytes({"value": "\ud83d"})


@pytest.mark.parametrize(
    "written",
    [
        '{"n":1,"n":2}', '{"n":1,"\\u006e":1}', '{"a":{"n":1,"n":1}}',  # a key twice
        '{"n":1.0}', '{"n":1e3}', '{"n":NaN}', '{"n":-Infinity}',  # fractions, and no numbers
        '[]', '"entry"', "1", "null", "", "{}{}", "{'n':1}", "\ufeff{}",  # no JSON object
    ],
)  # fmt: skip
def test_what_is_no_entry_is_not_read(written: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_entry(written.encode())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-8-sig"])
def test_an_entry_is_utf_8_and_nothing_else(encoding: str) -> None:
    """Two spellings of one entry would have two leaves."""
    assert read_entry(WRITTEN.encode()) == FACTS
    with pytest.raises(ValueError, match=r"."):
        read_entry(WRITTEN.encode(encoding))


def test_an_instant_is_utc_to_the_millisecond_and_never_rounded_up() -> None:
    delhi = timezone(timedelta(hours=5, minutes=30))
    assert instant(datetime(2019, 11, 20, 11, 0, tzinfo=delhi)) == "2019-11-20T05:30:00.000Z"
    late = datetime(2019, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert instant(late) == "2019-12-31T23:59:59.999Z"


def test_the_same_words_under_another_salt_are_bound_otherwise() -> None:
    words = payload_bytes({"explanation": "No."})
    bound = {commitment(bytes([n]) * 32, words) for n in range(256)}
    assert len(bound) == 256
