"""The rules that other bodies have published, each at the edges that its source names."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil
from pathlib import Path
from typing import Any

import pytest

from plenary.procedures.published import Published, published
from plenary.procedures.rules import Ballot, Given, Rule, Verdict, Voter, judge, read, usual

BY_KEY = {rule.key: rule for rule in published()}
EVERY = pytest.mark.parametrize("rule", published(), ids=list(BY_KEY))


def roll_of(count: int, group: str = "") -> list[Voter]:
    return [Voter(f"{group or 'P'}{n:03}", group) for n in range(count)]


def answered(roll: Sequence[Voter], *said: tuple[str, int]) -> dict[str, Given]:
    """The first so many of a roll say this, the next so many that; the rest are silent."""
    words = [answer for answer, times in said for _ in range(times)]
    assert len(words) <= len(roll)
    return {voter.code: Given(word) for voter, word in zip(roll, words, strict=False)}


def judged(key: str, roll: Sequence[Voter], given: Mapping[str, Given], **more: Any) -> Verdict:
    return judge(BY_KEY[key].rule, Ballot(tuple(roll), given, **more))


# ---------------------------------------------------------------- the Kimberley Process


@pytest.mark.parametrize(
    "said, carries",
    [
        ({}, True),
        ({"support": 55}, True),
        ({"stand_aside": 55}, True),
        ({"support": 54, "object": 1}, False),
        ({"object": 1}, False),
    ],
)
def test_kp_consensus_is_the_absence_of_an_objection(said: dict[str, int], carries: bool) -> None:
    roll = roll_of(55)
    assert judged("kp_consensus", roll, answered(roll, *said.items())).carries is carries


@pytest.mark.parametrize(
    "support, object, roll, carries",
    [
        (30, 0, 54, True),  # 2015: exports from the Central African Republic
        (46, 0, 55, True),  # 2020: chairmanships moved by a year
        (30, 1, 54, False),
        (53, 1, 54, False),
        (28, 0, 54, True),
        (27, 0, 54, False),
        (29, 0, 54, True),
        (28, 0, 55, True),
        (27, 0, 55, False),
        (0, 0, 54, False),  # silence is no objection, but no support either
    ],
)
def test_kp_written_procedure_carries_with_30_supports_of_54_and_no_objection(
    support: int, object: int, roll: int, carries: bool
) -> None:
    voters = roll_of(roll)
    found = judged("kp_written", voters, answered(voters, ("support", support), ("object", object)))
    assert found.carries is carries
    assert len(found.blockers) == object


# ---------------------------------------------------------------- the General Assembly


@pytest.mark.parametrize(
    "yes, no, abstain, simple, two_thirds",
    [
        (144, 2, 6, True, True),
        (97, 96, 0, True, False),
        (96, 96, 1, False, False),  # a tie
        (1, 0, 192, True, True),
        (0, 0, 193, False, False),
        (100, 50, 43, True, True),  # two thirds exactly
        (99, 50, 44, True, False),
        (128, 65, 0, True, False),
        (129, 64, 0, True, True),
        (62, 31, 100, True, True),  # more abstain than say yes
        (61, 31, 100, True, False),
    ],
)
def test_the_general_assembly_counts_members_present_and_voting(
    yes: int, no: int, abstain: int, simple: bool, two_thirds: bool
) -> None:
    roll = roll_of(193)
    given = answered(roll, ("yes", yes), ("no", no), ("abstain", abstain))
    assert judged("unga_simple", roll, given).carries is simple
    assert judged("unga_two_thirds", roll, given).carries is two_thirds


def test_silence_in_the_general_assembly_lasts_72_hours_and_one_objection_breaks_it() -> None:
    terms = BY_KEY["unga_silence"].terms
    assert terms["window"] == {"least": {"hours": 72}}
    assert terms["broken_by"] == ["objection"]
    roll = roll_of(193)
    assert judged("unga_silence", roll, {}).carries
    assert judged("unga_silence", roll, answered(roll, ("object", 1))).blockers == {"P000"}


# ---------------------------------------------------------------- OSCE and CSCE


def test_an_objection_or_an_amendment_breaks_silence_in_the_osce() -> None:
    assert BY_KEY["osce_silence"].terms["broken_by"] == ["objection", "amendment"]
    assert BY_KEY["osce_silence"].terms["closing"] == "clock"
    roll = roll_of(57)
    assert judged("osce_silence", roll, {}).carries
    assert judged("osce_silence", roll, answered(roll, ("object", 1))).blockers == {"P000"}


def test_consensus_minus_one_leaves_out_the_state_concerned_and_nobody_else() -> None:
    published_rule = BY_KEY["csce_minus_one"]
    assert published_rule.terms["party"]
    assert published_rule.terms["matters"] == ["standing", "other"]
    roll = (*roll_of(51), Voter("YUG"))

    def judged_without(*parties: str, objects: Sequence[str]) -> Verdict:
        rule = read({**published_rule.data, "without": list(parties)})
        return judge(rule, Ballot(roll, {code: Given("object") for code in objects}))

    assert judged_without("YUG", objects=["YUG"]).carries
    assert not judged_without("YUG", objects=["YUG", "P001"]).carries
    assert not judged_without(objects=["YUG"]).carries
    assert judged_without("YUG", objects=["P001"]).blockers == {"P001"}


def test_naming_the_party_makes_the_standard_rule_of_consensus_minus_one() -> None:
    own = read(usual("consensus_minus", party="YUG"))
    assert own == read({**BY_KEY["csce_minus_one"].data, "without": ["YUG"]})


# ---------------------------------------------------------------- ISO


def dis(p: Sequence[int], o: Sequence[int] = (0, 0), silent: int = 0) -> Verdict:
    """P-members and other national bodies saying (yes, no); every no has its reasons."""
    return dis_of(
        [("P", "yes", p[0]), ("P", "no", p[1]), ("O", "yes", o[0]), ("O", "no", o[1])], silent
    )


def dis_of(
    said: Sequence[tuple[str, str, int]], silent: int = 0, *, reasoned: bool = True
) -> Verdict:
    rows = [(group, answer) for group, answer, times in said for _ in range(times)]
    roll = [Voter(f"N{n:03}", group) for n, (group, _) in enumerate(rows)]
    given = {
        voter.code: Given(answer, reasoned=reasoned and answer == "no")
        for voter, (_, answer) in zip(roll, rows, strict=True)
    }
    return judged("iso_dis", [*roll, *roll_of(silent)], given)


def test_an_enquiry_draft_needs_two_thirds_of_the_p_members_exactly() -> None:
    # 10 of 15 is two thirds; O-members keep the share of no at or under a quarter.
    assert dis((10, 5), (5, 0)).carries
    assert [c.at for c in dis((9, 5), (6, 0)).short] == ["carries.all[0]"]
    assert dis((9, 5), (6, 0)).short[0].by == 1


def test_an_enquiry_draft_may_have_a_quarter_of_all_answers_against_it_exactly() -> None:
    assert dis((12, 4)).carries
    assert [c.at for c in dis((12, 5)).short] == ["carries.all[1]"]
    assert dis((12, 4), (0, 1)).short[0].ceiling  # an O-member’s no counts in the second test
    assert dis((12, 4), (3, 1)).carries


def test_iso_26000_passed_its_enquiry_and_would_have_failed_with_two_more_against() -> None:
    # 15 February 2010: P-members 56 to 15, all national bodies 60 to 18, of 105.
    assert dis((56, 15), (4, 3), silent=27).carries
    assert dis((55, 16), (4, 3), silent=27).carries  # 19 of 78
    failed = dis((54, 17), (4, 3), silent=27)  # 20 of 78
    assert [(c.count, c.of, c.needed) for c in failed.short] == [(20, 78, 19)]


def test_abstentions_and_a_no_without_reasons_do_not_count_in_an_enquiry() -> None:
    edge = [("P", "yes", 12), ("P", "no", 4)]
    assert dis_of([*edge, ("P", "abstain", 40)]).carries
    assert not dis_of([("P", "yes", 12), ("P", "no", 5)]).carries
    assert dis_of([("P", "yes", 12), ("P", "no", 12)], reasoned=False).carries
    assert [c.of for c in dis_of([("P", "yes", 2), ("P", "no", 9)], reasoned=False).checks] == [
        2,
        2,
    ]
    assert not dis_of([("P", "abstain", 40)]).carries  # nobody said yes


# ---------------------------------------------------------------- the Council


def council(yes: Sequence[int], populations: Sequence[int], said: str = "no") -> Verdict:
    """27 states, those numbered say yes; the others say no, abstain, or nothing at all."""
    roll = [Voter(f"M{n:02}", "", {"population": p}) for n, p in enumerate(populations)]
    given = {v.code: Given("yes" if n in yes else said) for n, v in enumerate(roll)}
    return judged("eu_qualified", roll, {k: g for k, g in given.items() if g.answer})


EVEN = [10] * 27
BIG_FOUR = [100, 100, 100, 50] + [650 // 23] * 22 + [650 - 22 * (650 // 23)]  # 350 of 1000


@pytest.mark.parametrize("said", ["no", "abstain", ""])
def test_fifteen_states_of_27_are_55_of_100_and_fourteen_are_not(said: str) -> None:
    large = [100] * 15 + [1] * 12
    assert council(range(15), large, said).carries
    assert not council(range(14), large, said).carries  # with more than 65 of 100 inhabitants
    assert council(range(14), large, said).short[0].needed == 15


@pytest.mark.parametrize("said", ["no", "abstain", ""])
def test_65_of_100_inhabitants_exactly_are_enough(said: str) -> None:
    assert sum(BIG_FOUR) == 1000
    assert council(range(4, 27), BIG_FOUR, said).carries  # 650 of 1000, four against
    lighter = [*BIG_FOUR[:3], 51, BIG_FOUR[4] - 1, *BIG_FOUR[5:]]
    assert sum(lighter) == 1000
    lacking = council(range(4, 27), lighter, said)
    assert (lacking.carries, lacking.blockers) == (False, frozenset())
    assert [(c.at, c.count, c.needed) for c in lacking.short] == [
        ("carries.all[1].any[0]", 649, 650),
        ("carries.all[1].any[1]", 4, 3),
    ]


@pytest.mark.parametrize("said", ["no", "abstain", ""])
def test_three_states_cannot_stop_it_however_many_inhabitants_they_have(said: str) -> None:
    heavy = [300, 300, 300, *[4] * 24]
    assert council(range(3, 27), heavy, said).carries  # 96 of 996
    assert not council(range(4, 27), heavy, said).carries
    assert council(range(27), heavy, said).carries


def test_states_alone_do_not_make_a_qualified_majority() -> None:
    assert council(range(18), EVEN).carries  # 18 of 27 is 66.6 of 100 inhabitants
    assert not council(range(17), EVEN).carries  # 62.9, though 17 states are more than 15
    assert not council(range(17), EVEN, "abstain").carries


# ---------------------------------------------------------------- EITI

CONSTITUENCIES = {"countries": 30, "companies": 18, "civil_society": 12}


def eiti_present(**here: int) -> Verdict:
    roll = [v for group, size in CONSTITUENCIES.items() for v in roll_of(size, group)]
    present = {v.code for group, some in here.items() for v in roll_of(some, group)}
    return judged("eiti_meeting", roll, {}, present=frozenset(present))


def test_eiti_members_need_half_of_all_and_a_third_of_each_constituency() -> None:
    assert eiti_present(countries=20, companies=6, civil_society=4).carries  # 30 of 60, exactly
    assert not eiti_present(countries=19, companies=6, civil_society=4).quorate  # 29 of 60
    assert eiti_present(countries=10, companies=10, civil_society=10).quorate
    assert not eiti_present(countries=9, companies=18, civil_society=12).quorate


def test_eiti_members_have_no_quorum_while_one_constituency_misses_its_third() -> None:
    missing = eiti_present(countries=30, companies=18, civil_society=3)
    assert (missing.carries, missing.quorate) == (False, False)
    assert [(c.group, c.count, c.needed, c.by) for c in missing.short] == [
        ("civil_society", 3, 4, 1)
    ]
    assert not eiti_present(countries=30, companies=18).quorate


def eiti_says(key: str, sizes: Mapping[str, int], yes: Mapping[str, int], no: int = 0) -> Verdict:
    roll = [v for group, size in sizes.items() for v in roll_of(size, group)]
    given = {v.code: Given("yes") for group, n in yes.items() for v in roll_of(n, group)}
    rest = [v.code for v in roll if v.code not in given]
    return judged(key, roll, given | {code: Given("no") for code in rest[:no]})


def test_the_eiti_board_needs_13_of_21_and_a_third_of_each_constituency() -> None:
    board = {"countries": 9, "companies": 7, "civil_society": 5}
    yes = {"countries": 8, "companies": 3, "civil_society": 2}
    assert eiti_says("eiti_board", board, yes).carries
    assert not eiti_says("eiti_board", board, yes | {"countries": 7}).carries  # 12
    fewer = eiti_says("eiti_board", board, {"countries": 9, "companies": 7, "civil_society": 1})
    assert [(c.group, c.by) for c in fewer.short] == [("civil_society", 1)]
    lacks = {"countries": 9, "companies": 2, "civil_society": 5}
    assert not eiti_says("eiti_board", board, lacks).carries
    assert not BY_KEY["eiti_board"].confirmed


def test_the_australian_group_climbs_down_a_ladder() -> None:
    seats = {"government": 7, "industry": 7, "civil_society": 7}
    both = {"government": 7, "industry": 5, "civil_society": 2}
    assert eiti_says("eiti_au_modified", seats, both, no=7).carries  # 14 of 21
    assert not eiti_says("eiti_au_modified", seats, both | {"industry": 4}, no=7).carries
    lone = {"government": 7, "industry": 7, "civil_society": 1}
    assert not eiti_says("eiti_au_modified", seats, lone).carries
    assert eiti_says("eiti_au_majority", seats, lone, no=6).carries
    assert not eiti_says("eiti_au_majority", seats, {"government": 7}, no=7).carries
    assert BY_KEY["eiti_au_modified"].terms["then"] == "eiti_au_majority"
    assert BY_KEY["eiti_au_majority"].terms["after"] == "eiti_au_modified"


# ---------------------------------------------------------------- IESG


@pytest.mark.parametrize("active", [13, 14, 15])
@pytest.mark.parametrize("recused", [0, 1, 2, 3])
def test_the_iesg_needs_two_thirds_rounded_up_of_those_not_recused(
    active: int, recused: int
) -> None:
    needed = ceil((active - recused) * 2 / 3)
    roll = roll_of(active)

    def ballot(passing: int) -> Verdict:
        said = ("recuse", recused), ("yes", 1), ("no_objection", passing - 1)
        return judged("iesg", roll, answered(roll, *said))

    assert ballot(needed).carries
    assert [(c.needed, c.by) for c in ballot(needed - 1).short] == [(needed, 1)]


def test_the_iesg_needs_a_yes_and_nobody_holding_it_back() -> None:
    roll = roll_of(15)
    assert not judged("iesg", roll, answered(roll, ("no_objection", 15))).carries
    assert judged("iesg", roll, answered(roll, ("yes", 1), ("no_objection", 9))).carries
    held = judged("iesg", roll, answered(roll, ("discuss", 1), ("yes", 14)))
    assert (held.carries, held.blockers) == (False, {"P000"})
    aside = answered(roll, ("abstain", 5), ("yes", 10))
    assert judged("iesg", roll, aside).carries  # who abstains stays in the base
    assert not judged("iesg", roll, answered(roll, ("abstain", 6), ("yes", 9))).carries


# ---------------------------------------------------------------- the file itself

# The words that pages about consensus, silence and written procedure do without.
NOT_OURS = re.compile(
    r"\b(?:vot(?:e|ing)|veto|block|disagree|majorit|users?\b|submit|please note)|%", re.IGNORECASE
)


@EVERY
def test_a_published_procedure_is_told_in_both_languages_with_its_sources(rule: Published) -> None:
    assert set(rule.names) == set(rule.explained) == {"en", "fr"}
    for words in (*rule.names.values(), *rule.explained.values()):
        assert words.strip() == words
        assert "'" not in words
        assert "  " not in words
    for french in (rule.names["fr"], rule.explained["fr"]):
        assert not re.search(r"(?<!\u00a0)[:;?!»]|«(?!\u00a0)", french)
    assert rule.sources
    assert all(source.startswith("https://") for source in rule.sources)
    assert "%" not in "".join((*rule.names.values(), *rule.explained.values()))
    if rule.kind not in ("vote", "double"):
        assert not NOT_OURS.search(rule.names["en"] + rule.explained["en"])


@EVERY
def test_a_published_procedure_can_be_kept_with_a_question(rule: Published) -> None:
    kept = json.loads(json.dumps(rule.procedure))
    assert isinstance(rule.rule, Rule)
    assert read(kept["rule"]) == rule.rule
    assert kept["kind"] in ("consensus", "silence", "written", "vote", "consensus_minus", "double")
    assert kept["closing"] in ("chair", "clock")
    assert kept["text"] in ("moves", "fixed")
    for rung in ("then", "after"):
        assert kept.get(rung, "consensus") in {*BY_KEY, "consensus"}


def test_every_published_key_stands_once() -> None:
    assert len(BY_KEY) == len(published()) == 14


@EVERY
def test_a_roll_with_nobody_on_it_adopts_nothing_that_must_be_counted(rule: Published) -> None:
    counted = any(not check.ceiling for check in judge(rule.rule, Ballot(())).checks)
    assert judge(rule.rule, Ballot(())).carries is not counted


def test_what_a_rule_leaves_out_it_leaves_out_everywhere() -> None:
    rule = replace(BY_KEY["eu_qualified"].rule, without=frozenset({"M00"}))
    roll = [Voter(f"M{n:02}", "", {"population": 10}) for n in range(27)]
    found = judge(rule, Ballot(tuple(roll), answered(roll, ("no", 1), ("yes", 17))))
    assert [(c.count, c.of) for c in found.checks[:2]] == [(17, 26), (170, 260)]


def test_the_published_rules_are_packaged_with_the_code() -> None:
    root = Path(__file__).parents[2]
    assert (root / "plenary/procedures/published.toml").is_file()
    assert "*.toml" not in (root / ".gitignore").read_text(encoding="utf-8")
