"""Rules of procedure as tables, and what holds whatever anybody says."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenary.bodies.rules import Roll
from plenary.procedures.rules import usual
from plenary.procedures.terms import KINDS, Terms, terms_of
from plenary.questions import bars, rules
from plenary.questions.rules import (
    ADOPTIONS,
    ANYWHERE,
    DECLARABLE,
    FAILURES,
    PUT_OFF,
    Blocked,
    Carries,
    CurrentAnswer,
    Outcome,
    Publication,
    Stance,
    Standing,
)
from plenary.refusal import Forbidden, Refused, Whose

ROLL = Roll({"ALD": 1, "BEL": 28, "COR": 1})
CODES = st.text("ABCDEFGH", min_size=2, max_size=3)
SAID = st.builds(
    CurrentAnswer, st.sampled_from(Stance), version=st.integers(1, 4), ad_referendum=st.booleans()
)
ROLLS = st.dictionaries(CODES, st.integers(1, 40), min_size=1, max_size=12).map(Roll)
POSITIONS = st.dictionaries(CODES, SAID, max_size=16)
TERMS = {kind: terms_of({"kind": kind}) for kind in KINDS}
RULES = pytest.mark.parametrize("terms", TERMS.values(), ids=TERMS)


def consensus(roll: Roll, said: dict[str, CurrentAnswer], version: int) -> Standing:
    return rules.standing(TERMS["consensus"], roll, said, version)


@RULES
@given(roll=ROLLS, said=POSITIONS, heard=SAID)
def test_an_observer_never_changes_a_standing_or_a_count(
    terms: Terms, roll: Roll, said: dict[str, CurrentAnswer], heard: CurrentAnswer
) -> None:
    rule = partial(rules.standing, terms)
    for version in (1, 2, heard.version):
        for observer in ("WDC", "zz", ""):
            louder = said | {observer: heard}
            assert rule(roll, louder, version) == rule(roll, said, version)
            assert rules.counts(roll, louder, version, terms) == rules.counts(
                roll, said, version, terms
            )


@RULES
@pytest.mark.parametrize("stance", Stance)
def test_whatever_an_observer_says_nothing_moves(terms: Terms, stance: Stance) -> None:
    rule = partial(rules.standing, terms)
    assert rule(ROLL, {"DEL": CurrentAnswer(stance, 1)}, 1) == rule(ROLL, {}, 1)
    assert rules.counts(ROLL, {"DEL": CurrentAnswer(stance, 1)}, 1, terms) == rules.counts(
        ROLL, {}, 1, terms
    )


@RULES
@given(roll=ROLLS, said=POSITIONS)
def test_a_position_on_another_version_counts_as_not_stated(
    terms: Terms, roll: Roll, said: dict[str, CurrentAnswer]
) -> None:
    rule = partial(rules.standing, terms)
    fresh = {code: position for code, position in said.items() if position.version == 3}
    assert rule(roll, said, 3) == rule(roll, fresh, 3)
    assert rules.counts(roll, said, 3, terms) == rules.counts(roll, fresh, 3, terms)


@RULES
@given(roll=ROLLS, said=POSITIONS, version=st.integers(1, 4))
def test_the_counts_sum_to_the_roll(
    terms: Terms, roll: Roll, said: dict[str, CurrentAnswer], version: int
) -> None:
    counts = rules.counts(roll, said, version, terms)
    assert sum(counts.values()) == len(roll)
    assert min(counts.values()) >= 0
    assert set(counts) == {*terms.answers, "not_stated"}


@RULES
@given(roll=ROLLS, said=POSITIONS, version=st.integers(1, 4))
def test_adoption_and_failure_exclude_each_other(
    terms: Terms, roll: Roll, said: dict[str, CurrentAnswer], version: int
) -> None:
    allowed = set(bars.allowed(terms, rules.standing(terms, roll, said, version)))
    assert bool(allowed & ADOPTIONS) != bool(allowed & FAILURES)
    assert allowed & ADOPTIONS in (ADOPTIONS, set())
    assert allowed <= set(DECLARABLE)


@given(roll=ROLLS, said=POSITIONS, version=st.integers(1, 4))
def test_consensus_is_blocked_by_whoever_objects_and_by_nobody_else(
    roll: Roll, said: dict[str, CurrentAnswer], version: int
) -> None:
    objectors = {
        code
        for code, position in said.items()
        if code in roll.participating
        and position.version == version
        and position.stance is Stance.OBJECT
    }
    standing = consensus(roll, said, version)
    assert standing == Blocked(frozenset(objectors)) if objectors else isinstance(standing, Carries)


TABLE: list[tuple[dict[str, CurrentAnswer], Any]] = [
    ({}, Carries()),  # silence is no objection
    ({"ALD": CurrentAnswer(Stance.SUPPORT, 1)}, Carries()),
    ({"ALD": CurrentAnswer(Stance.STAND_ASIDE, 1)}, Carries()),
    (
        {"ALD": CurrentAnswer(Stance.RESERVATION, 1), "BEL": CurrentAnswer(Stance.ACCEPT, 1)},
        Carries(),
    ),
    ({"ALD": CurrentAnswer(Stance.SUPPORT, 1, True)}, Carries(ad_referendum=frozenset({"ALD"}))),
    ({"COR": CurrentAnswer(Stance.OBJECT, 1)}, Blocked(frozenset({"COR"}))),
    ({"COR": CurrentAnswer(Stance.OBJECT, 2)}, Carries()),  # of another version
    ({"DEL": CurrentAnswer(Stance.OBJECT, 1)}, Carries()),  # not on the roll
    # A state that speaks for 28 blocks like any other, and no more.
    (
        {c: CurrentAnswer(Stance.OBJECT, 1) for c in ("BEL", "COR")},
        Blocked(frozenset({"BEL", "COR"})),
    ),
]


@pytest.mark.parametrize("said, standing", TABLE)
def test_the_table_of_consensus(said: dict[str, CurrentAnswer], standing: Any) -> None:
    assert consensus(ROLL, said, 1) == standing


def test_who_joined_ad_referendum_is_listed_unless_the_text_moved() -> None:
    said = {
        "ALD": CurrentAnswer(Stance.ACCEPT, 1, True),
        "BEL": CurrentAnswer(Stance.SUPPORT, 2, True),
    }
    assert consensus(ROLL, said, 1) == Carries(ad_referendum=frozenset({"ALD"}))


def test_an_objection_forbids_adoption_and_its_absence_forbids_failure() -> None:
    blocked, carries = Blocked(frozenset({"COR"})), Carries()
    for outcome in DECLARABLE:
        over_an_objection = bars.bar_to_declare(outcome, TERMS["consensus"], blocked)
        assert (over_an_objection is not None) == (outcome in ADOPTIONS)
        without_one = bars.bar_to_declare(outcome, TERMS["consensus"], carries)
        assert (without_one is not None) == (outcome in FAILURES)
    refusal = bars.bar_to_declare(Outcome.ADOPTED, TERMS["consensus"], blocked)
    assert refusal is not None
    assert (refusal.reason, refusal.facts) == ("objection_stands", {"objectors": Whose(["COR"])})


def test_a_silence_that_was_broken_is_not_adopted_whatever_is_said_afterwards() -> None:
    for outcome in DECLARABLE:
        bar = bars.bar_to_declare(outcome, TERMS["silence"], Carries(), ended="broken")
        assert (bar is not None) == (outcome in ADOPTIONS)
        assert bar is None or bar.reason == "silence_broken"


# In the room, of a quorum of two of three; how Corvania answers; what may be declared.
QUORUM: list[tuple[int, str, set[str]]] = [
    (present, stance, everything if present >= 2 else set(PUT_OFF))
    for present in range(4)
    for stance, everything in (
        ("support", {*ADOPTIONS, "noted", *PUT_OFF}),
        ("object", {*FAILURES, "noted", *PUT_OFF}),
    )
]


@pytest.mark.parametrize("present, stance, declarable", QUORUM)
def test_without_a_quorum_a_question_is_only_put_off_whoever_objects(
    present: int, stance: str, declarable: set[str]
) -> None:
    terms = terms_of({"kind": "consensus", "rule": usual("consensus", quorum=2)})
    room, said = (
        frozenset(("ALD", "BEL", "COR")[:present]),
        {"COR": CurrentAnswer(Stance(stance), 1)},
    )
    standing = rules.standing(terms, ROLL, said, 1, room)
    assert set(bars.allowed(terms, standing)) == declarable
    for outcome in DECLARABLE:
        bar = bars.bar_to_declare(outcome, terms, standing)
        assert (bar is None) == (outcome in declarable)
        assert bar is None or present >= 2 or bar.reason == "no_quorum"


def test_withdrawn_and_disputed_are_not_the_chairs_to_declare() -> None:
    assert set(Outcome) - set(ANYWHERE) == {Outcome.WITHDRAWN, Outcome.DISPUTED}
    for outcome in (Outcome.WITHDRAWN, Outcome.DISPUTED):
        assert bars.bar_to_declare(outcome, TERMS["consensus"], Carries()) is not None


ANSWERS: list[tuple[dict[str, Any], tuple[type, str] | None]] = [
    ({}, None),
    ({"open": False}, (Refused, "question_closed")),
    ({"open": False, "entitled": False}, (Refused, "question_closed")),
    ({"entitled": False}, (Forbidden, "not_on_the_roll")),
    ({"version": 1}, (Refused, "version_moved")),
    ({"version": 3}, (Refused, "unknown_version")),
    ({"version": 0}, (Refused, "unknown_version")),
    ({"stance": Stance.YES}, (Refused, "answer_not_asked")),
]


@pytest.mark.parametrize("said, bar", ANSWERS)
def test_the_table_of_bars_to_an_answer(said: dict[str, Any], bar: tuple[type, str] | None) -> None:
    asked = {"open": True, "asked": 2, "version": 2, "entitled": True, "latest": 2}
    asked |= {"stance": Stance.SUPPORT, "answers": TERMS["silence"].answers}
    found = bars.bar_to_answer(**asked | said)
    assert (found and (type(found), found.reason)) == bar


# publication -> who reads names: (public, in the room, bureau), before and after
READABLE = {
    Publication.NOW: ((True, True, True), (True, True, True)),
    Publication.DECIDED: ((False, True, True), (True, True, True)),
    Publication.NEVER: ((False, False, True), (False, False, True)),
}
COUNTABLE = {  # and who reads counts: (public, in the room), before and after
    Publication.NOW: ((True, True), (True, True)),
    Publication.DECIDED: ((False, True), (True, True)),
    Publication.NEVER: ((False, True), (True, True)),
}


@pytest.mark.parametrize("publication", Publication)
def test_the_table_of_publication(publication: Publication) -> None:
    readers = ((False, False), (True, False), (True, True))
    for decided in (False, True):
        named = tuple(
            rules.readable(publication, decided=decided, inside=inside, bureau=bureau)
            for inside, bureau in readers
        )
        counted = tuple(
            rules.countable(publication, decided=decided, inside=inside) for inside in (False, True)
        )
        assert named == READABLE[publication][decided]
        assert counted == COUNTABLE[publication][decided]
