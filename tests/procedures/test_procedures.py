"""The one engine: counters and conditions, exact, over a roll that no Observer is on."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plenary.bodies.rules import Roll
from plenary.procedures.conditions import SIGNS, needed
from plenary.procedures.grammar import limit_of
from plenary.procedures.published import published
from plenary.procedures.rules import Ballot, Given, Rule, Verdict, Voter, judge, read, usual

CODES = [f"P{n:02}" for n in range(60)]
GROUPS = ["countries", "companies", "civil_society", "government", "industry", "P", "O"]
NO_OBJECTION = {"at_most": 0, "count": {"answers": ["object"]}}
USUAL: list[dict[str, Any]] = [
    usual("consensus"),
    usual("consensus", quorum="1/2"),
    usual("silence"),
    usual("written"),
    usual("written", min_support=3),
    usual("written", min_support="2/3"),
    usual("vote"),
    usual("vote", threshold="2/3", base="present", quorum="1/3"),
    usual("vote", threshold="3/5", base="roll"),
    usual("consensus_minus", allowed=2),
    usual("consensus_minus", without="P01"),
    usual("double"),
    usual("double", classes={"industry": "2/3", "P": "1/2"}),
]
RULES = [read(data) for data in USUAL] + [rule.rule for rule in published()]


def say(counts: Mapping[str, int], of: int = 0, *, present: int | None = None) -> Ballot:
    """A roll of `of`, of whom the first say this, the next that; the others are silent."""
    said = [answer for answer, times in counts.items() for _ in range(times)]
    codes = CODES[: max(of, len(said))]
    return Ballot(
        tuple(Voter(code) for code in codes),
        {code: Given(answer) for code, answer in zip(codes, said, strict=False)},
        None if present is None else frozenset(codes[:present]),
    )


def verdict(kind: str, counts: Mapping[str, int], of: int = 0, **terms: Any) -> Verdict:
    present = terms.pop("present", None)
    return judge(read(usual(kind, **terms)), say(counts, of, present=present))


# ---------------------------------------------------------------- the usual six


def test_consensus_carries_with_nobody_speaking() -> None:
    assert verdict("consensus", {}, of=55).carries


@pytest.mark.parametrize("answer", ["support", "accept", "reservation", "stand_aside", "awaiting"])
def test_nothing_but_an_objection_prevents_consensus(answer: str) -> None:
    assert verdict("consensus", {answer: 55}).carries
    stopped = verdict("consensus", {answer: 54, "object": 1})
    assert not stopped.carries
    assert stopped.blockers == {"P54"}
    assert [(c.count, c.needed, c.by) for c in stopped.short] == [(1, 0, 1)]


def test_a_room_without_quorum_decides_nothing_though_nobody_objects() -> None:
    short = verdict("consensus", {"support": 5}, of=55, quorum="1/2", present=27)
    assert (short.carries, short.quorate, short.blockers) == (False, False, frozenset())
    assert (short.short[0].at, short.short[0].by, short.checks[0].needed) == ("quorum", 1, 28)
    held = verdict("consensus", {"support": 5}, of=55, quorum="1/2", present=28)
    assert (held.carries, held.quorate, held.checks[0].needed) == (True, True, 28)


def test_where_no_roll_call_was_taken_those_who_answered_are_present() -> None:
    assert not verdict("consensus", {"accept": 27}, of=55, quorum=28).quorate
    assert verdict("consensus", {"accept": 28}, of=55, quorum=28).quorate
    assert verdict("consensus", {"accept": 28}, of=55, quorum=28, present=0).checks[0].needed == 28


def test_silence_is_broken_by_the_first_objection() -> None:
    assert verdict("silence", {"support": 1}, of=55).carries
    assert verdict("silence", {"support": 54, "object": 1}).blockers == {"P54"}


def test_a_written_procedure_needs_support_said_in_so_many_words() -> None:
    assert not verdict("written", {}, of=55).carries
    assert not verdict("written", {"accept": 55}).carries
    assert not verdict("written", {"support": 27}, of=55).carries
    assert verdict("written", {"support": 28}, of=55).carries
    assert not verdict("written", {"support": 27}, of=54).carries  # half is not more than half
    assert verdict("written", {"support": 28}, of=54).carries


def test_a_written_procedure_says_by_how_many_supports_it_is_short() -> None:
    (short,) = verdict("written", {"support": 25, "accept": 9}, of=55).short
    assert (short.count, short.needed, short.by, short.of) == (25, 28, 3, 55)
    assert (short.answers, short.group, short.ceiling) == (("support",), "", False)


def test_an_objection_and_missing_supports_are_both_named() -> None:
    both = verdict("written", {"support": 10, "object": 2}, of=55, min_support=30)
    assert [(c.answers, c.by) for c in both.short] == [(("object",), 2), (("support",), 20)]
    assert both.blockers == {"P10", "P11"}


VOTE = [
    # threshold, base, yes, no, abstain, roll, present, carries
    ("1/2", "cast", 1, 0, 54, 55, None, True),
    ("1/2", "cast", 0, 0, 55, 55, None, False),  # nobody voting carries nothing
    ("2/3", "cast", 0, 0, 55, 55, None, False),
    ("1/2", "cast", 20, 20, 0, 55, None, False),  # a tie
    ("1/2", "cast", 21, 20, 14, 55, None, True),
    ("2/3", "cast", 20, 10, 25, 55, None, True),  # two thirds exactly
    ("2/3", "cast", 19, 10, 26, 55, None, False),
    ("2/3", "present", 20, 10, 0, 55, 30, True),
    ("2/3", "present", 20, 9, 1, 55, 31, False),
    ("1/2", "present", 20, 5, 15, 55, 40, False),  # abstentions are in this base
    ("1/2", "present", 21, 5, 15, 55, None, True),  # no roll call: of the 41 who answered
    ("1/2", "roll", 27, 0, 0, 55, None, False),
    ("1/2", "roll", 28, 27, 0, 55, None, True),
    ("2/3", "roll", 36, 0, 0, 54, None, True),
    ("2/3", "roll", 36, 0, 0, 55, None, False),
    ("1/1", "cast", 30, 0, 25, 55, None, True),
    ("1/1", "cast", 30, 1, 24, 55, None, False),
]


@pytest.mark.parametrize("threshold, base, yes, no, abstain, roll, present, carries", VOTE)
def test_a_recorded_vote_reaches_its_threshold_exactly(
    threshold: str,
    base: str,
    yes: int,
    no: int,
    abstain: int,
    roll: int,
    present: int | None,
    carries: bool,
) -> None:
    said = {"yes": yes, "no": no, "abstain": abstain}
    found = verdict("vote", said, of=roll, threshold=threshold, base=base, present=present)
    assert found.carries is carries
    assert not found.blockers  # in a vote nobody prevents anything alone


def test_positions_under_consensus_do_not_count_in_the_vote_that_follows() -> None:
    assert not verdict("vote", {"support": 50, "no": 1}).carries
    assert not verdict("vote", {"support": 50}).carries
    assert verdict("vote", {"object": 50, "yes": 1}).carries
    assert verdict("vote", {"support": 30, "yes": 10, "no": 5}, base="present").carries


def test_consensus_minus_two_allows_two_to_object_and_names_nobody_for_it() -> None:
    assert verdict("consensus_minus", {"accept": 53, "object": 2}, allowed=2).carries
    assert not verdict("consensus_minus", {"accept": 53, "object": 2}, allowed=2).blockers
    stopped = verdict("consensus_minus", {"accept": 52, "object": 3}, allowed=2)
    assert (stopped.carries, stopped.blockers) == (False, {"P52", "P53", "P54"})
    assert stopped.short[0].by == 1


def test_only_a_blocking_answer_is_named_though_a_ceiling_counts_others_too() -> None:
    data = {
        "answers": ["accept", "stand_aside", "object"],
        "blocking": ["object"],
        "carries": {"at_most": 2, "count": {"answers": ["stand_aside", "object"]}},
    }
    stopped = judge(read(data), say({"stand_aside": 2, "object": 1}))
    assert (stopped.carries, stopped.blockers) == (False, {"P02"})


def test_without_the_party_concerned_everybody_else_must_join() -> None:
    for term in ("without", "party"):
        rule = read(usual("consensus_minus", **{term: "P00"}, allowed=1))
        assert judge(rule, say({"object": 1}, of=55)).carries
        stopped = judge(rule, say({"object": 2}, of=55))
        assert (stopped.carries, stopped.blockers) == (False, {"P01"})


def test_a_party_left_out_is_in_no_base_either() -> None:
    rule = read(usual("vote", base="roll", threshold="2/3") | {"without": ["P00"]})
    found = judge(rule, say({"no": 1, "yes": 36}, of=55, present=55))
    assert (found.carries, found.checks[0].of, found.checks[0].count) == (True, 54, 36)


def test_a_double_majority_needs_both_halves() -> None:
    assert not verdict("double", {"yes": 27}, of=55).carries
    assert verdict("double", {"yes": 28}, of=55).carries
    assert verdict("double", {"yes": 36, "no": 18}, of=55).carries
    assert not verdict("double", {"yes": 36, "no": 19}, of=55).carries


def test_every_class_has_its_own_threshold() -> None:
    rule = read(usual("double", classes={"industry": "2/3", "civil_society": "1/2"}))

    def judged(industry: str, civil: str) -> Verdict:
        said = [("industry", a) for a in industry] + [("civil_society", a) for a in civil]
        words = {"y": "yes", "n": "no", "a": "abstain"}
        return judge(
            rule,
            Ballot(
                tuple(Voter(CODES[n], group) for n, (group, _) in enumerate(said)),
                {CODES[n]: Given(words[a]) for n, (_, a) in enumerate(said) if a in words},
            ),
        )

    assert judged("yyn", "yyn").carries
    assert [c.group for c in judged("ynn", "yyn").short] == ["industry"]
    assert [c.group for c in judged("yyna", "yn").short] == ["civil_society"]
    assert [c.group for c in judged("yyy", "").short] == ["civil_society"]  # an empty class


def test_of_alternatives_one_is_enough_and_all_that_lack_are_named() -> None:
    either = {
        "answers": ["yes", "no"],
        "carries": {
            "any": [
                {"at_least": 3, "count": {"answers": ["yes"]}},
                {"less_than": 2, "count": {"answers": ["no"]}},
            ]
        },
    }
    assert judge(read(either), say({"yes": 3, "no": 5})).carries
    assert judge(read(either), say({"no": 1})).carries
    lacking = judge(read(either), say({"yes": 1, "no": 3}))
    assert [(c.at, c.by, c.ceiling) for c in lacking.short] == [
        ("carries.any[0]", 2, False),
        ("carries.any[1]", 2, True),
    ]
    assert [c.met for c in judge(read(either), say({"yes": 3, "no": 5})).checks] == [True, False]


def test_a_weight_is_summed_and_must_be_known_of_everyone() -> None:
    rule = read(
        {
            "answers": ["yes"],
            "carries": {
                "at_least": "13/20",
                "count": {"answers": ["yes"], "weight": "population"},
                "of": {"among": "roll", "weight": "population"},
            },
        }
    )
    assert rule.weights == {"population"}
    roll = tuple(Voter(c, weights={"population": n}) for c, n in (("A", 65), ("B", 35)))
    assert judge(rule, Ballot(roll, {"A": Given("yes")})).carries
    assert not judge(rule, Ballot(roll, {"B": Given("yes")})).carries
    with pytest.raises(ValueError, match="C has no weight 'population'"):
        judge(rule, Ballot((*roll, Voter("C")), {"A": Given("yes")}))


def test_the_ballot_of_a_roll_knows_how_many_states_each_speaks_for() -> None:
    ballot = Ballot.of(
        Roll({"EU": 28, "BW": 1}), {}, groups={"BW": "producer"}, weights={"carats": {"BW": 23}}
    )
    assert ballot.roll == (
        Voter("BW", "producer", {"states": 1, "carats": 23}),
        Voter("EU", "", {"states": 28}),
    )


def test_a_roll_names_nobody_twice_and_no_weight_is_a_fraction() -> None:
    with pytest.raises(ValueError, match="twice"):
        Ballot((Voter("A"), Voter("A")))
    for weight in (-1, 1.5, True, "1"):
        with pytest.raises(ValueError, match="whole number"):
            Voter("A", weights={"population": weight})  # type: ignore[dict-item]


# ---------------------------------------------------------------- what holds whatever is said

ANSWERS = [*sorted({answer for rule in RULES for answer in rule.answers}), "awaiting"]
GIVEN = st.builds(Given, st.sampled_from(ANSWERS), st.booleans())
VOTERS = st.lists(
    st.builds(
        Voter,
        st.sampled_from(CODES[:14]),
        st.sampled_from(GROUPS),
        st.fixed_dictionaries({"population": st.integers(0, 90), "states": st.integers(1, 28)}),
    ),
    max_size=14,
    unique_by=lambda voter: voter.code,
)


@st.composite
def ballots(draw: Callable[..., Any], answers: list[str] = ANSWERS) -> Ballot:
    roll = tuple(draw(VOTERS))
    given = st.builds(Given, st.sampled_from(answers), st.booleans())
    given_ = draw(st.dictionaries(st.sampled_from(CODES[:14]), given, max_size=14))
    present = draw(st.none() | st.frozensets(st.sampled_from(CODES[:14])))
    return Ballot(roll, given_, present)


EVERY_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(RULES.index(rule)))


@EVERY_RULE
@settings(max_examples=25, deadline=None)
@given(ballot=ballots(), heard=GIVEN)
def test_whatever_an_observer_answers_nothing_moves(
    rule: Rule, ballot: Ballot, heard: Given
) -> None:
    here = None if ballot.present is None else ballot.present | {"WDC", "CSC"}
    on_it = {v.code for v in ballot.roll}
    only = {code: given for code, given in ballot.given.items() if code in on_it}
    louder = Ballot(ballot.roll, dict(ballot.given) | {"WDC": heard, "CSC": heard}, here)
    assert judge(rule, louder) == judge(rule, Ballot(ballot.roll, only, ballot.present))


@EVERY_RULE
@settings(max_examples=25, deadline=None)
@given(ballot=ballots(), data=st.data())
def test_the_order_of_the_roll_changes_nothing(
    rule: Rule, ballot: Ballot, data: st.DataObject
) -> None:
    shuffled = tuple(data.draw(st.permutations(ballot.roll)))
    said = dict(reversed(ballot.given.items()))
    assert judge(rule, Ballot(shuffled, said, ballot.present)) == judge(rule, ballot)


JOINING = [*USUAL[:6], usual("consensus_minus", allowed=2)]


@pytest.mark.parametrize("data", JOINING, ids=lambda data: json.dumps(data)[-60:])
@settings(max_examples=80, deadline=None)
@given(ballot=ballots(["support", "accept", "reservation", "stand_aside", "object"]))
def test_whoever_turns_to_support_never_undoes_what_carries(
    data: dict[str, Any], ballot: Ballot
) -> None:
    rule = read(data)
    before = judge(rule, ballot)
    for voter in ballot.roll:
        said = {**ballot.given, voter.code: Given("support")}
        after = judge(rule, Ballot(ballot.roll, said, ballot.present))
        assert after.carries or not before.carries
        assert after.blockers <= before.blockers - {voter.code}


@EVERY_RULE
@settings(max_examples=25, deadline=None)
@given(ballot=ballots())
def test_it_carries_exactly_when_nothing_is_short(rule: Rule, ballot: Ballot) -> None:
    found = judge(rule, ballot)
    assert found.carries is (not found.short)
    assert all(check.by > 0 and not check.met for check in found.short)
    assert found.quorate or not found.carries
    assert not (found.carries and found.blockers)
    assert set(found.short) <= set(found.checks)
    on_it = {v.code for v in ballot.roll} - rule.without
    assert found.blockers <= on_it
    assert all(ballot.given[code].answer in rule.blocking for code in found.blockers)


def holds(sign: str, count: int, above: int, below: int, base: int) -> bool:
    """In whole numbers only: count/base against above/below, cross-multiplied."""
    left, right = count * below, above * base
    if base == 0:
        return sign in ("at_most", "less_than")
    return {
        "at_least": left >= right,
        "more_than": left > right,
        "at_most": left <= right,
        "less_than": left < right,
    }[sign]


@settings(max_examples=250, deadline=None)
@given(
    sign=st.sampled_from(SIGNS),
    below=st.integers(1, 200),
    data=st.data(),
    base=st.integers(0, 10**15) | st.integers(0, 60),
)
def test_a_fraction_agrees_with_whole_numbers(
    sign: str, below: int, data: st.DataObject, base: int
) -> None:
    above = data.draw(st.integers(1, below))
    base *= data.draw(st.sampled_from([1, below]))  # where the edge is met exactly
    edge = base * above // below
    count = data.draw(st.integers(max(0, edge - 2), min(base, edge + 2)))
    bound = needed(sign, limit_of(f"{above}/{below}", ""), base)
    met = count <= bound if sign in ("at_most", "less_than") else count >= bound
    assert met is holds(sign, count, above, below, base)


def test_55_of_a_hundred_are_enough_where_a_float_would_ask_for_56() -> None:
    assert 0.55 * 100 > 55
    assert needed("at_least", limit_of("11/20", ""), 100) == 55
    assert needed("at_most", limit_of("1/49", ""), 49) == 1


# ---------------------------------------------------------------- reading


def with_carries(carries: object) -> dict[str, Any]:
    return {"answers": ["yes", "no"], "blocking": [], "carries": carries}


YES = {"answers": ["yes"]}
WRONG: list[tuple[object, str]] = [
    ([], "rule: is not an object"),
    ({}, "rule.answers: is missing"),
    ({"answers": ["yes"]}, "rule.carries: is missing"),
    (with_carries({"at_least": 1, "count": YES}) | {"carry": 1}, "rule.carry: is not known here"),
    (with_carries({"at_least": 1, "count": YES}) | {"blocking": ["object"]}, "blocking: 'object'"),
    (with_carries({"at_least": 1, "count": YES}) | {"quorum": {}}, "quorum: needs exactly one"),
    (with_carries({"at_least": 1, "count": YES}) | {"without": "P00"}, "without: needs a list"),
    ({"answers": "yes", "carries": {}}, "answers: needs a list of names"),
    ({"answers": ["yes", "yes"], "carries": {}}, "answers: 'yes' stands twice"),
    ({"answers": ["yes", 1], "carries": {}}, "answers[1]: needs a name"),
    (with_carries("most"), "carries: needs exactly one of"),
    (with_carries({"all": [], "any": []}), "carries: needs exactly one of"),
    (with_carries({"all": []}), "carries.all: needs a list of conditions"),
    (with_carries({"all": [{"most": 1}]}), "carries.all[0]: needs exactly one of"),
    (
        with_carries({"any": [{"all": [{"at_least": 1}]}]}),
        "carries.any[0].all[0].count: is missing",
    ),
    (with_carries({"at_least": 0.5, "count": YES, "of": {}}), "carries.at_least: 0.5 is neither"),
    (with_carries({"at_least": True, "count": YES}), "carries.at_least: True is neither"),
    (with_carries({"at_least": -1, "count": YES}), "carries.at_least: -1 is neither"),
    (with_carries({"at_least": "3/2", "count": YES, "of": {}}), "carries.at_least: '3/2' is"),
    (with_carries({"at_least": "1/0", "count": YES, "of": {}}), "carries.at_least: '1/0' is"),
    (with_carries({"at_least": "50%", "count": YES, "of": {}}), "carries.at_least: '50%' is"),
    (with_carries({"at_least": "²/₃", "count": YES, "of": {}}), "carries.at_least: '²/₃' is"),
    (with_carries({"at_least": "2/3", "count": YES}), "carries: a fraction needs ‘of’"),
    (with_carries({"at_least": 2, "count": YES, "of": {}}), "carries.of: a whole number"),
    (with_carries({"at_least": 0, "count": YES}), "carries.at_least: 0 decides nothing"),
    (with_carries({"less_than": 0, "count": YES}), "carries.less_than: 0 decides nothing"),
    (with_carries({"at_least": 1, "count": {"answers": ["aye"]}}), "carries.count.answers: 'aye'"),
    (with_carries({"at_least": 1, "count": {"answers": []}}), "carries.count.answers: needs"),
    (with_carries({"at_least": 1, "count": {"anwsers": []}}), "carries.count.anwsers: is not"),
    (with_carries({"at_least": 1, "count": YES | {"except": ["no"]}}), "carries.count: has both"),
    (with_carries({"at_least": 1, "count": {"among": "all"}}), "carries.count.among: 'all' is"),
    (with_carries({"at_least": 1, "count": {"among": ["roll"]}}), "carries.count.among: "),
    (with_carries({"at_least": 1, "count": {"group": ""}}), "carries.count.group: needs a name"),
    (with_carries({"at_least": 1, "count": {"weight": 2}}), "carries.count.weight: needs a name"),
    (with_carries({"each": [], "condition": {}}), "carries.each: needs a list of names"),
    (with_carries({"each": ["P"]}), "carries.condition: is missing"),
    (
        with_carries({"each": ["P"], "condition": {"at_least": 1, "count": {"group": "O"}}}),
        "carries.each[P].count.group: each has set it",
    ),
    (
        with_carries({"each": ["P"], "condition": {"each": ["O"], "condition": {}}}),
        "carries.each[P].each: stands within another each",
    ),
]


@pytest.mark.parametrize("data, said", WRONG, ids=[said for _, said in WRONG])
def test_a_rule_that_is_not_well_formed_says_where(data: object, said: str) -> None:
    with pytest.raises(ValueError) as wrong:  # noqa: PT011 — the words are compared below
        read(data)
    assert str(wrong.value).startswith(said)


def test_conditions_do_not_nest_without_end() -> None:
    data: dict[str, Any] = NO_OBJECTION
    for _ in range(2000):
        data = {"all": [data]}
    with pytest.raises(ValueError, match="too many"):
        read({"answers": ["object"], "carries": data})


KEYS = ["answers", "blocking", "carries", "quorum", "without", "all", "any", "each", "condition",
        "at_least", "at_most", "count", "of", "among", "group", "weight", "except"]  # fmt: skip
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["yes", "no", "1/2", "roll", "given", "", "2/3", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(carries=JSON, quorum=JSON)
def test_any_data_at_all_is_read_or_refused(carries: object, quorum: object) -> None:
    try:
        rule = read({"answers": ["yes", "no"], "carries": carries, "quorum": quorum})
    except ValueError:
        return
    judge(rule, Ballot(tuple(Voter(c, weights=dict.fromkeys(rule.weights, 1)) for c in CODES)))


@pytest.mark.parametrize("data", USUAL, ids=lambda data: json.dumps(data)[:60])
def test_a_rule_survives_json(data: dict[str, Any]) -> None:
    assert json.loads(json.dumps(data)) == data
    assert read(json.loads(json.dumps(data))) == read(data)


def test_a_rule_handed_out_may_be_changed_without_changing_the_next() -> None:
    first = usual("written")
    first["answers"].append("perhaps")
    first["carries"]["all"][0]["count"]["answers"].append("accept")
    assert usual("written") != first
    assert read(usual("written")).answers[-1] == "object"


NO_SENSE: list[tuple[str, dict[str, Any], str]] = [
    ("acclamation", {}, "kind: 'acclamation' is none of consensus"),
    ("consensus", {"threshold": "1/2"}, "threshold: is no term of consensus"),
    ("silence", {"quorum": "1/2"}, "quorum: is no term of silence"),
    ("consensus", {"quorum": 0}, "quorum: 0 asks for nothing"),
    ("consensus", {"quorum": "most"}, "quorum: 'most' is neither"),
    ("written", {"min_support": 0}, "min_support: 0 asks for nothing"),
    ("written", {"min_support": 0.5}, "min_support: 0.5 is neither"),
    ("written", {"min_support": True}, "min_support: True is neither"),
    ("vote", {"threshold": "1/3"}, "threshold: '1/3' is not a fraction from"),
    ("vote", {"threshold": 28}, "threshold: 28 is not a fraction from"),
    ("vote", {"threshold": "66%"}, "threshold: '66%' is neither"),
    ("vote", {"base": "everyone"}, "base: 'everyone' is none of cast"),
    ("vote", {"base": ["cast"]}, "base: ['cast'] is none of cast"),
    ("consensus_minus", {}, "allowed: None is no number"),
    ("consensus_minus", {"allowed": 0}, "allowed: 0 is no number"),
    ("consensus_minus", {"allowed": "1"}, "allowed: '1' is no number"),
    ("consensus_minus", {"without": 7}, "without[0]: needs a name"),
    ("double", {"all": 5}, "all: needs a list"),
    ("double", {"all": [{"at_least": 1}]}, "carries.all[0].count: is missing"),
    ("double", {"classes": ["P"]}, "classes: needs a threshold"),
    ("double", {"classes": {"P": "1/3"}}, "classes.P: '1/3' is not a fraction"),
    ("double", {"all": [NO_OBJECTION], "classes": {"P": "1/2"}}, "classes: needs a threshold"),
]


@pytest.mark.parametrize("kind, terms, said", NO_SENSE, ids=[said for *_, said in NO_SENSE])
def test_a_term_that_makes_no_sense_is_named(kind: str, terms: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError) as wrong:  # noqa: PT011 — the words are compared below
        usual(kind, **terms)
    assert str(wrong.value).startswith(said)


def test_a_term_left_empty_in_a_form_is_left_at_its_default() -> None:
    assert usual("written", min_support=None) == usual("written", min_support="1/2")
    assert usual("vote", threshold="", base=None) == usual("vote", threshold="1/2")
    assert usual("vote", threshold="2/4") == usual("vote") | {
        "carries": usual("vote")["carries"] | {"more_than": "2/4"}
    }
