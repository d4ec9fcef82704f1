"""A key of a form stands for the act, its sender, its address and its words, and nothing else."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from plenary.questions.actions.answers import Answer
from plenary.questions.actions.blocs import OnBehalf
from plenary.questions.rules import Stance
from plenary.record.sent import Sent, sent

ANSWER = Answer(Stance.OBJECT, 2, "p1", "Not every stone.", key="k")


def of(answer: Answer = ANSWER, act: str = "state", **more: Any) -> Sent:
    return sent(act, {"by": "delegation:ALD", "year": 2019, "answer": answer} | more)


def test_the_key_is_found_wherever_it_was_handed_in() -> None:
    assert of().key == "k"
    assert sent("seat", {"by": "secretariat", "key": "k"}).key == "k"
    assert sent("form_body", {"key": "monitoring", "once": "k"}).key == "k"
    assert sent("on_behalf", {"said": OnBehalf(ANSWER, ("BEL",))}).key == "k"
    assert sent("close", {"by": "secretariat"}).key == ""


def test_the_key_itself_is_no_part_of_what_it_stands_for() -> None:
    assert of().content == of(replace(ANSWER, key="another")).content


@pytest.mark.parametrize(
    "other",
    [
        of(replace(ANSWER, stance=Stance.ACCEPT)),
        of(replace(ANSWER, explanation="Not every stone")),
        of(replace(ANSWER, version=3)),
        of(by="delegation:BEL"),
        of(year=2020),
        of(act="be_heard"),
        of(more=("BEL",)),
    ],
)
def test_whatever_else_is_sent_is_another_content(other: Sent) -> None:
    assert (other.key, other.content != of().content) == ("k", True)


def test_the_same_is_the_same_however_it_is_held() -> None:
    days = {date(2030, 5, 1): {"en": "Labour Day", "fr": "Fête"}, date(2030, 1, 1): {"en": "New"}}
    turned = dict(reversed(days.items()))
    assert sent("set", {"days": days}).content == sent("set", {"days": turned}).content
    assert sent("set", {"codes": ["A"]}).content == sent("set", {"codes": ("A",)}).content
    assert sent("set", {"codes": {"B", "A"}}).content == sent("set", {"codes": {"A", "B"}}).content


def test_where_the_content_is_the_key_the_same_words_are_always_one_act() -> None:
    sending = sent("countersign", {"by": "delegation:ALD", "entry": 5}, natural=True)
    assert sending.key == sending.content
    assert sending != sent("countersign", {"by": "delegation:ALD", "entry": 6}, natural=True)
