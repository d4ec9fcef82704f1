"""What a page offers on a text is what the rules do not refuse, and nobody is offered more."""

from itertools import product

import pytest

from plenary.bodies.powers import POWERS, Capacity, Power, Role
from plenary.proposals import rules
from plenary.proposals.offers import Hand, Text, TextOffers, text_offers
from plenary.proposals.rules import CLOSED, ON_THE_TABLE, Stage
from plenary.proposals.sponsorship import Name, Names
from plenary.proposals.sponsorship import Role as Under

AUTHOR = "delegation:ALD"


def powers(*roles: Role) -> frozenset[Power]:
    return frozenset(power for power, held in POWERS.items() if held & set(roles))


def head(code: str, kind: str = "participant", standing: str = "active") -> Hand:
    role = Role.HEAD if kind == "participant" else Role.OBSERVER
    return Hand(Capacity(f"delegation:{code}", kind, standing), powers(role), code)


HANDS = {
    "public": Hand(Capacity(""), powers(Role.PUBLIC)),
    "author": head("ALD"),
    "suspended author": head("ALD", standing="suspended"),
    "author's delegate": Hand(
        Capacity(AUTHOR, "participant", "active"), powers(Role.DELEGATE), "ALD"
    ),
    "sponsor": head("BEL"),
    "another": head("COR"),
    "observer": head("DEL", kind="observer", standing="none"),
    "group's chair": Hand(Capacity("chair:wgm"), powers(Role.GROUP_CHAIR)),
    "chair": Hand(Capacity("chair:plenary"), powers(Role.CHAIR)),
    "secretariat": Hand(Capacity("secretariat"), powers(Role.SECRETARIAT)),
}
UNDER = Names((Name("ALD", Under.AUTHOR, versions=(1,)), Name("BEL", Under.SPONSOR, versions=(1,))))
BUREAU = {"chair", "secretariat"}


def found(who: str, stage: Stage, body: str = "plenary", *, held: bool = False) -> TextOffers:
    return text_offers(Text(stage, body, frozenset({AUTHOR}), held, UNDER, AUTHOR), HANDS[who])


def those(what: str, stage: Stage, body: str = "plenary", *, held: bool = False) -> set[str]:
    return {who for who in HANDS if getattr(found(who, stage, body, held=held), what)}


def test_the_author_changes_a_text_until_it_is_closed_and_the_chair_puts_one_beside_it() -> None:
    for stage in Stage:
        open_, beside = stage not in CLOSED, {"chair"} if stage in ON_THE_TABLE else set()
        assert those("revise", stage) == ({"author"} | beside if open_ else set()), stage
        assert {who for who in those("revise", stage) if found(who, stage).rival} == beside
        assert those("withdraw", stage) == ({"author", "suspended author"} if open_ else set())
        assert those("table", stage) == ({"author"} if stage is Stage.DRAFT else set())
        assert those("closed", stage) == (set() if open_ else set(HANDS))


def test_a_group_s_chair_acts_on_what_is_before_the_group_and_on_nothing_else() -> None:
    for stage, what in product(Stage, ("revise", "refer", "translate")):
        assert "group's chair" not in those(what, stage, "plenary"), (stage, what)
        assert ("group's chair" in those(what, stage, "wgm")) == ("chair" in those(what, stage))


def test_a_text_that_is_held_is_revised_by_nobody_and_they_are_told() -> None:
    assert those("revise", Stage.QUESTION_PUT, held=True) == set()
    told = {"author", "suspended author", "chair"}
    assert those("held", Stage.QUESTION_PUT, held=True) == told
    assert those("held", Stage.QUESTION_PUT) == set()


def test_a_decided_text_is_still_translated() -> None:
    assert those("translate", Stage.DECIDED) == {"author"} | BUREAU
    assert those("translate", Stage.WITHDRAWN) == set()


@pytest.mark.parametrize("stage", Stage)
def test_a_text_on_the_table_is_sponsored_by_active_participants_once(stage: Stage) -> None:
    asks = stage in {*ON_THE_TABLE, Stage.DRAFT}  # a draft by whoever is shown it
    assert those("sponsor", stage) == ({"another"} if asks else set())
    assert those("leave", stage) == ({"sponsor"} if stage not in CLOSED else set())


@pytest.mark.parametrize("stage", Stage)
def test_the_bureau_refers_what_is_on_the_table_and_under_no_question(stage: Stage) -> None:
    assert those("refer", stage) == (BUREAU if rules.bar_to_refer(stage) is None else set())


def test_whoever_only_reads_is_offered_nothing() -> None:
    for stage in Stage:
        for who in ("public", "observer", "author's delegate"):
            assert found(who, stage) == TextOffers(closed=stage in CLOSED), (who, stage)
