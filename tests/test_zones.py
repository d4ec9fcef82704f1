"""One check of zones and of hours that there are not, wherever one is typed."""

import ast
from pathlib import Path

import pytest

from plenary.web.forms import Form
from plenary.zones import cities, zone_of

CODE = Path(__file__).parents[1] / "plenary"
NO_ZONES = ("America", "Moon/Base", "", "../../etc/passwd", "\0", "posixrules.x", "asia", "x" * 300)


@pytest.mark.parametrize("name", NO_ZONES)
def test_what_is_no_zone_is_refused_without_a_traceback(name: str) -> None:
    with pytest.raises(ValueError, match="no such time zone"):
        zone_of(name)


def test_every_zone_that_is_offered_is_one() -> None:
    assert len(cities()) > 400
    assert all(zone_of(name).key == name for name in cities())


@pytest.mark.parametrize(
    "typed, zone, fault",
    [
        ("2027-10-03T02:30", "Australia/Sydney", "no_such_time"),
        ("2030-03-31T02:30", "Europe/Berlin", "no_such_time"),
        ("2011-12-30T12:00", "Pacific/Apia", "no_such_time"),
        ("tomorrow", "Asia/Kolkata", "not_a_moment"), ("2030-02-30T10:00", "UTC", "not_a_moment"),
        ("2030-01-01T10:00Z", "UTC", "not_a_moment"), ("", "UTC", "needed"),
    ],
)  # fmt: skip
def test_an_hour_that_is_none_is_refused_beside_its_field(
    typed: str, zone: str, fault: str
) -> None:
    form = Form({"begins": typed})
    assert form.moment("begins", zone, needed=True) is None
    assert form.errors["begins"].name == fault


def test_of_an_hour_that_the_clocks_repeat_the_later_counts() -> None:
    at = Form({"x": "2030-10-27 02:30"}).moment("x", "Europe/Berlin")
    assert at is not None
    assert at.isoformat() == "2030-10-27T01:30:00+00:00"


def test_nothing_else_asks_whether_there_is_a_zone() -> None:
    """A second check would be a second rule."""
    for path in CODE.rglob("*.py"):
        names = {
            node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)
        }
        assert path.name == "zones.py" or "ZoneInfoNotFoundError" not in names, path
