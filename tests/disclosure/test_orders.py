"""What can be removed, and by whose order: facts in, refusals out."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from plenary.disclosure.orders import (
    KEPT,
    OFFICES,
    Adopted,
    Order,
    Ordering,
    Subject,
    Text,
    bar_to_removal,
    faults_of_order,
    only_repeated,
)
from plenary.proposals.rules import Stage
from plenary.record import acts
from plenary.record.entry_types import Payload
from plenary.texts.removed import GROUNDS

DAY = date(2019, 11, 20)
SAID = Subject(n=7, type="comment.made", day=DAY, body="wgm", has_words=True)
TEXT = Text(version=2, newest=2, stage=Stage.TABLED, lasting=False)
ISSUE = replace(SAID, type="version.issued", text=TEXT)
LAW = replace(
    ISSUE, text=replace(TEXT, stage=Stage.DECIDED), adopted=Adopted("KP/2019/Plenary/AD.1", 9)
)
CHAIR = Order("chair", "wgm", "personal", "It named a child.", "en", DAY)
BODY = replace(CHAIR, office="body", decision="KP/2019/WGM/R.2")
COURT = replace(CHAIR, office="court", body="plenary")
DECIDED = Ordering(adopted=True, body="wgm", date="2019-11-20", entry=12)


def bar(subject: Subject) -> str:
    refused = bar_to_removal(subject)
    return refused.reason if refused else ""


def faults(
    order: Order, *goes: Subject, ordering: Ordering | None = None, today: date = DAY
) -> dict[str, str]:
    found = faults_of_order(order, goes or [SAID], today, {"plenary", "wgm", "grp"}, ordering)
    return {name: fault.name for name, fault in found.items()}


# --- what can go ---


def test_words_go_once_and_only_where_there_are_some() -> None:
    assert bar(SAID) == ""
    assert bar(replace(SAID, removed=9)) == "words_removed"
    assert bar(replace(SAID, has_words=False)) == "no_words_to_remove"


@pytest.mark.parametrize("kind", sorted(KEPT))
def test_what_an_outcome_rests_on_is_no_words_and_says_why(kind: str) -> None:
    assert bar(replace(SAID, type=kind, has_words=False)) == KEPT[kind]
    assert bar(replace(SAID, type=kind)) == "", "a reason beside it can go"


@pytest.mark.parametrize("kind", acts.holding(Payload.TEXT))
@pytest.mark.parametrize("stage", Stage)
def test_a_text_stays_while_a_question_is_open_on_it(stage: Stage, kind: str) -> None:
    """The newest version, and whatever of an earlier one lasts: an authentic translation."""
    asked = stage is Stage.QUESTION_PUT
    for text, in_use in (
        (TEXT, True),
        (replace(TEXT, version=1), False),
        (replace(TEXT, version=1, lasting=True), True),
    ):
        here = replace(ISSUE, type=kind, text=replace(text, stage=stage))
        assert bar(here) == ("text_is_asked_about" if asked and in_use else "")


def test_own_words_stand_where_only_a_repetition_went() -> None:
    """Entry 7 lost its payload by order 20, which was on entry 3: one of its own may follow."""
    assert only_repeated("decision.declared", 7, 20, {20: 3})
    assert not only_repeated("decision.declared", 7, 20, {20: 7})
    assert not only_repeated("decision.declared", 7, 20, {20: 3, 21: 7})
    assert not only_repeated("comment.made", 7, 20, {20: 3})


# --- whose order ---


@pytest.mark.parametrize("order", [CHAIR, COURT, replace(CHAIR, body="plenary")])
def test_an_order_stands(order: Order) -> None:
    assert faults(order) == {}


def test_an_office_a_ground_or_a_body_that_is_none_is_no_order() -> None:
    assert faults(replace(CHAIR, office="me")) == {"office": "unknown_choice"}
    assert faults(replace(CHAIR, ground="because")) == {"ground": "unknown_choice"}
    assert faults(replace(CHAIR, body="none")) == {"body": "unknown_choice"}
    assert {order.office for order in (CHAIR, BODY, COURT)} == set(OFFICES)
    assert all(faults(replace(CHAIR, ground=ground)) == {} for ground in GROUNDS)


@pytest.mark.parametrize("order", [CHAIR, BODY])
def test_a_body_orders_in_its_own_matters_and_the_plenary_in_all(order: Order) -> None:
    for body, there, stands in (
        ("wgm", "wgm", True), ("plenary", "wgm", True), ("grp", "wgm", False),
        ("wgm", "plenary", False), ("plenary", "plenary", True),
    ):  # fmt: skip
        found = faults(
            replace(order, body=body),
            replace(SAID, body=there),
            ordering=replace(DECIDED, body=body),
        )
        assert found == ({} if stands else {"body": "body_of_another"}), (body, there)


def test_an_order_is_no_older_than_the_words_and_not_still_to_come() -> None:
    for days, fault in ((-1, "day_before_entry"), (0, ""), (1, ""), (2, "day_to_come")):
        order = replace(CHAIR, day=DAY + timedelta(days=days))
        found = faults(order, today=DAY + timedelta(days=1))
        assert found == ({"day": fault} if fault else {}), days


def test_a_body_orders_by_a_decision_of_its_own_that_is_adopted_and_later_than_the_words() -> None:
    assert faults(BODY, ordering=DECIDED) == {}
    for wrong, fault in (
        (None, "unknown_decision"), (replace(DECIDED, adopted=False), "unknown_decision"),
        (replace(DECIDED, body="plenary"), "decision_of_another"),
        (replace(DECIDED, entry=6), "decision_before_words"),
        (replace(DECIDED, date="2019-11-19"), "decision_before_words"),
        (replace(DECIDED, declared=False, date="2018"), "decision_before_words"),
        (replace(DECIDED, declared=False, date="2019", entry=7), "decision_before_words"),
    ):  # fmt: skip
        assert faults(BODY, ordering=wrong) == {"decision": fault}, wrong
    assert faults(BODY, ordering=replace(DECIDED, declared=False, date="2019")) == {}


@pytest.mark.parametrize("order", [CHAIR, COURT])
def test_only_a_body_orders_by_a_decision(order: Order) -> None:
    """The record and the letters would name a decision that ordered nothing."""
    named = replace(order, decision="KP/2019/WGM/R.2")
    assert faults(named, ordering=DECIDED) == {"decision": "decision_of_no_body"}


def test_an_adopted_text_goes_by_a_decision_of_the_body_or_by_a_court() -> None:
    """What a body adopted is not its Chair's to take away."""
    assert bar(LAW) == ""
    assert faults(CHAIR, LAW) == {"office": "adopted_text"}
    assert faults(COURT, LAW) == {}
    assert faults(BODY, LAW, ordering=DECIDED) == {}


def test_what_an_adopted_translation_was_made_from_is_no_chairs_to_take() -> None:
    earlier = replace(ISSUE, followed=Adopted("KP/2019/Plenary/AD.1", 9))
    assert faults(CHAIR, earlier) == {"office": "adopted_translation_follows"}
    assert faults(COURT, earlier) == {}
    assert faults(BODY, earlier, ordering=DECIDED) == {}


def test_the_decision_that_adopts_a_text_does_not_order_it_away() -> None:
    for entry in (8, 9):
        found = faults(BODY, LAW, ordering=replace(DECIDED, entry=entry))
        assert found == {"decision": "decision_before_words"}


def test_what_came_with_another_register_orders_no_adopted_text_away() -> None:
    """It was imported later than the adoption; when it was decided is a year."""
    found = faults(BODY, LAW, ordering=replace(DECIDED, declared=False, date="2019"))
    assert found == {"decision": "decided_elsewhere"}


# --- everything that goes by it ---


def test_an_order_stands_for_every_entry_that_goes_by_it() -> None:
    """And says of which one it does not."""
    later = replace(SAID, n=11, day=DAY + timedelta(days=1))
    after = replace(SAID, n=13)
    for order, other, fault in (
        (CHAIR, replace(SAID, n=11, body="plenary"), {"body": "body_of_another"}),
        (CHAIR, later, {"day": "day_before_entry"}),
        (CHAIR, replace(LAW, n=11), {"office": "adopted_text"}),
        (BODY, after, {"decision": "decision_before_words"}),
    ):
        ordering = DECIDED if order is BODY else None
        today = DAY + timedelta(days=2)
        assert faults(order, SAID, ordering=ordering, today=today) == {}
        assert faults(order, SAID, other, ordering=ordering, today=today) == fault
        found = faults_of_order(order, [SAID, other], today, {"plenary", "wgm"}, ordering)
        assert [fault.facts["n"] for fault in found.values()] == [other.n]
