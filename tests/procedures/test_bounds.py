"""What is left to the Chair and within which bounds, what a body is founded with: pure."""

import pytest

from plenary.procedures.bounds import bounds_of, check_bound, within
from plenary.procedures.grounds import bar_to_end
from plenary.procedures.presets import PRESETS
from plenary.procedures.published import published
from plenary.procedures.terms import standard
from plenary.procedures.validation import checked


def test_the_last_procedure_of_the_plenary_cannot_be_ended() -> None:
    bar = bar_to_end("consensus", ["consensus"], top=True)
    assert bar is not None
    assert bar.reason == "last_procedure"
    assert bar_to_end("consensus", ["consensus"], top=False) is None
    assert bar_to_end("consensus", ["consensus", "vote"], top=True) is None


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_can_be_used_and_names_the_rules_that_it_follows(name: str) -> None:
    known = {other.key for other in published()}
    for key, data in PRESETS[name].items():
        bare = {k: v for k, v in data.items() if k not in ("key", "number", "names")}
        assert checked(bare)["rule"], key
        assert data["follows"], key
        assert set(data["follows"]) <= known, key
        assert set(data["names"]) == {"en", "fr"}, key
        assert set(bounds_of(data)) == set(data.get("choose", {})), key


@pytest.mark.parametrize(
    "name, bound, value, roll, fits",
    [
        ("min_support", {"from": 20, "to": 30}, 19, 55, False),
        ("min_support", {"from": 20, "to": 30}, 20, 55, True),
        ("min_support", {"from": 20, "to": 30}, 31, 55, False),
        ("min_support", {"from": "1/2", "to": "1/1"}, 2, 55, False),
        ("min_support", {"from": "1/2", "to": "1/1"}, 28, 55, True),
        ("min_support", {"from": "1/2", "to": "1/1"}, "2/3", 55, True),
        ("min_support", {"from": 20, "to": 30}, "1/2", 55, True),
        ("min_support", {"from": 20, "to": 30}, "2/3", 55, False),
        ("threshold", {"one_of": ["1/2", "2/3"]}, "2/3", 9, True),
        ("threshold", {"one_of": ["1/2", "2/3"]}, "4/6", 9, True),
        ("threshold", {"one_of": ["1/2", "2/3"]}, "3/4", 9, False),
        ("base", {"one_of": ["cast"]}, "roll", 9, False),
        ("allowed", {"from": 1, "to": 1}, 54, 55, False),
    ],
)
def test_a_choice_of_the_chair_lies_within_its_bound(
    name: str, bound: dict[str, object], value: object, roll: int, fits: bool
) -> None:
    check_bound(name, bound)
    assert within(name, value, bound, roll) is fits


@pytest.mark.parametrize(
    "name, bound",
    [
        ("min_support", {}), ("min_support", {"from": 30, "to": 20}), ("min_support", {"from": 2}),
        ("threshold", {"one_of": []}), ("threshold", {"one_of": ["1/3"]}), ("threshold", "1/2"),
        ("base", {"from": "cast", "to": "roll"}), ("base", {"one_of": ["all"]}),
        ("allowed", {"one_of": [0]}), ("without", {"one_of": ["ZA"]}),
    ],
)  # fmt: skip
def test_what_bounds_nothing_is_no_bound(name: str, bound: object) -> None:
    with pytest.raises(ValueError, match=f"^choose.{name}: "):
        check_bound(name, bound)


def test_nothing_is_left_open_without_a_bound() -> None:
    data = {k: v for k, v in standard("vote").items() if k not in ("names", "key", "number")}
    with pytest.raises(ValueError, match=r"^choose: "):
        checked(data | {"choose": ["threshold"]})


def test_what_an_old_procedure_left_open_in_a_list_has_the_usual_bounds() -> None:
    assert bounds_of({"choose": ["allowed", "without"]}) == {"allowed": {"from": 1, "to": 1}}


def test_what_holds_where_nobody_chooses_lies_within_the_bound_too() -> None:
    data = {k: v for k, v in standard("vote").items() if k not in ("names", "key", "number")}
    with pytest.raises(ValueError, match=r"^threshold: is past its bound"):
        checked(data | {"threshold": "1/1"})
    assert checked(data | {"threshold": "3/4"})["rule"]
