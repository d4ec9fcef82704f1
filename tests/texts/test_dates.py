"""Dates as people write them."""

import pytest

from plenary.refusal import Fault
from plenary.texts.dates import loose_date

WRITTEN = {
    "2019": "2019", "2019-11": "2019-11", "2019-11-20": "2019-11-20", "2019/11/20": "2019-11-20",
    "20 November 2019": "2019-11-20", "20 Nov. 2019": "2019-11-20",
    "November 20, 2019": "2019-11-20",
    "20th November 2019": "2019-11-20", "20-Nov-2019": "2019-11-20", "Nov 2019": "2019-11",
    "novembre 2019": "2019-11", "1er août 2019": "2019-08-01", "3 févr. 2003": "2003-02-03",
    "20\u00a0décembre 2019": "2019-12-20", "20.11.2019": "2019-11-20", "5.11.2019": "2019-11-05",
    "20/11/2019": "2019-11-20", "11/20/2019": "2019-11-20", "5/5/2019": "2019-05-05",
    "MAI 2019": "2019-05", "30-04-2003": "2003-04-30",
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN)
def test_a_date_is_read_as_exactly_as_it_is_written(text: str) -> None:
    assert loose_date(text) == WRITTEN[text]


@pytest.mark.parametrize("text", ["5/11/2019", "05-11-2019", "12/1/2003"])
def test_a_date_that_may_be_two_is_asked_about(text: str) -> None:
    fault = loose_date(text)
    assert isinstance(fault, Fault)
    assert fault.name == "date_in_doubt"
    assert fault.facts["day_first"] != fault.facts["month_first"]


@pytest.mark.parametrize(
    "text",
    ["", "soon", "20.11.19", "31 June 2019", "2003-02-30", "２００３", "1 Brumaire 2019", "1066",
     "2019-13", "32/1/2019", "2019-11-20T10:00", "20 November"],
)  # fmt: skip
def test_what_is_no_date_is_said_to_be_none(text: str) -> None:
    assert loose_date(text) == Fault("not_a_loose_date")
