"""What is kept in memory has a bound, and what was asked for least lately goes first."""

from dataclasses import dataclass

from plenary.kept import Bounded, size_of


def test_what_is_kept_has_a_bound_and_what_was_asked_for_least_lately_goes() -> None:
    kept = Bounded[object, str](100, each=12)
    for n in range(1_000):
        kept.put(n, "x", 10)
        assert kept.get(0) == "x"
        assert kept.held <= 100
    assert kept.get(1) is None
    assert len(kept) == 10
    kept.put("heavy", "x", 13)
    assert kept.get("heavy") is None
    kept.clear()
    assert (kept.held, len(kept)) == (0, 0)


def test_a_value_takes_the_place_of_the_one_before_and_what_is_dropped_weighs_nothing() -> None:
    kept = Bounded[str, str](100)
    kept.put("a", "first", 60)
    kept.put("a", "second", 90)
    assert (kept.get("a"), kept.held) == ("second", 90)
    kept.put("a", "heavier than all", 101)
    assert (kept.get("a"), kept.held) == (None, 0)
    kept.put("b", "x", 5)
    kept.put("c", "y", 7)
    kept.drop_where("x".__eq__)
    kept.drop("nobody")
    assert (kept.get("b"), kept.get("c"), kept.held) == (None, "y", 7)


def test_where_there_is_no_room_nothing_is_kept() -> None:
    none = Bounded[int, str](0)
    none.put(1, "x", 1)
    assert len(none) == 0


@dataclass(frozen=True)
class Said:
    words: str
    beside: tuple[object, ...] = ()


def test_a_value_takes_the_room_of_all_that_it_holds_and_of_each_thing_once() -> None:
    said, many = Said("x" * 10_000), Said("y" * 10_000)
    assert 10_000 < size_of(said) < 11_000
    assert 20_000 < size_of({1: [said, said], "a": (many,)}) < 22_000
    assert 20_000 < size_of(Said("x" * 10_000, ({"words": {"en": "y" * 10_000}},))) < 22_000
    itself: list[object] = []
    itself.append(itself)
    assert size_of(itself) < 200
    assert size_of([]) > 0
