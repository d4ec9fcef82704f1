"""Every form of interface.md that this stage has, with exactly its field names."""

import httpx2
import pytest

from tests.contract.floor import (
    TEXT,
    Floor,
    Visitor,
    new_key,
    objection,
    path_of,
    position_form,
    proposal_form,
    question_form,
    words,
)

OUTCOMES = ["adopted", "no_consensus", "not_adopted", "noted", "deferred", "referred_back"]


def refused(answer: httpx2.Response, status: int) -> bool:
    """A refusal has a sentence."""
    return answer.status_code == status and "." in words(answer)


def stances(public: Visitor, path: str) -> dict[str, str]:
    return {p["delegation"]: p["stance"] for p in public.json(f"{path}.json")["positions"]}


# ---------------------------------------------------------------- proposals and tabling


def test_a_delegation_hands_in_a_draft_and_tables_it(floor: Floor, public: Visitor) -> None:
    path = floor.draft(title="From draft to table")
    for place in (path, f"{path}.json", f"{path}/v1", f"{path}/history"):
        assert public.get(place).status_code == 404, place
    assert "From draft to table" not in public.get("/proposals").text
    for place in ("/changes", "/changes.atom", "/search?q=draft", "/positions/2019.json", "/"):
        assert "From draft to table" not in public.get(place).text, place
    symbol = path.replace("/proposals/2019/", "KP/2019/P.")
    assert symbol not in {entry["topic"] for entry in public.json("/register.json")["items"]}
    assert public.get(f"/{symbol}").status_code == 404
    assert floor("head.bw").post(f"{path}/tabling").status_code == 303
    proposal = public.json(f"{path}.json")
    assert proposal["title"]["en"] == "From draft to table"
    assert proposal["stage"] == "before_plenary"
    assert [v["number"] for v in proposal["versions"]] == [1]
    assert "From draft to table" in public.get("/proposals").text


def test_a_draft_is_tabled_once_and_by_its_sponsor(floor: Floor) -> None:
    path = floor.draft()
    assert refused(floor("head.ao").post(f"{path}/tabling"), 404)
    assert floor("head.bw").post(f"{path}/tabling").status_code == 303
    assert refused(floor("head.bw").post(f"{path}/tabling"), 409)


@pytest.mark.parametrize("missing", ["title", "text"])
def test_a_proposal_without_it_is_kept_on_the_form(botswana: Visitor, missing: str) -> None:
    typed = {"title": "Typed title", "sense": "Typed sense.", "text": "Typed text."}
    answer = botswana.post("/proposals", proposal_form(**(typed | {missing: ""})))
    assert answer.status_code == 422
    for name, value in typed.items():
        assert name == missing or value in words(answer)


@pytest.mark.parametrize("field", ["body", "language"])
def test_a_choice_that_does_not_exist_is_no_choice(botswana: Visitor, field: str) -> None:
    assert botswana.post("/proposals", proposal_form(**{field: "zz"})).status_code == 422


@pytest.mark.parametrize("who", ["", "delegate.bw"])
def test_who_may_not_propose_is_told_so(floor: Floor, who: str) -> None:
    assert refused(floor(who).post("/proposals", proposal_form()), 403)


def test_a_form_from_another_site_is_refused(botswana: Visitor) -> None:
    answer = botswana.http.post(
        "/proposals", data=proposal_form(), headers={"Origin": "https://elsewhere.example"}
    )
    assert refused(answer, 403)


def test_what_is_written_is_never_markup(floor: Floor, public: Visitor) -> None:
    evil = "<script>alert(1)</script>"
    path = floor.tabled(title=evil, sense=evil, text=f"{evil}\n\n1. Decides {evil} so.")
    for place in (path, "/proposals", f"{path}/v1", "/changes", "/"):
        assert evil not in public.get(place).text, place


def test_a_draft_that_was_withdrawn_was_never_public(floor: Floor, public: Visitor) -> None:
    path = floor.draft()
    assert floor("head.bw").act(f"{path}/withdrawal", reason="Too early.").status_code == 303
    assert public.get(path).status_code == 404
    assert "Too early." not in public.get("/changes").text


# ---------------------------------------------------------------- versions


def test_a_new_text_is_a_new_version(floor: Floor, botswana: Visitor) -> None:
    path = floor.tabled()
    answer = botswana.post(
        f"{path}/versions",
        text=TEXT.replace("all", "[most]"),
        language="en",
        note="Shorter.",
        base="1",
    )
    assert answer.status_code == 303
    proposal = floor().json(f"{path}.json")
    assert [v["number"] for v in proposal["versions"]] == [1, 2]
    assert "keep all records" in words(floor().get(f"{path}/v1"))
    assert "[most]" in words(floor().get(f"{path}/v2")).replace(" ", "")
    assert floor().get(f"{path}/v1..v2").status_code == 200


def test_a_version_that_was_overtaken_is_refused_and_kept(floor: Floor) -> None:
    path = floor.tabled()
    first = {"text": f"{TEXT}\n\n3. First.", "language": "en", "note": "", "base": "1"}
    second = first | {"text": f"{TEXT}\n\n3. Overtaken words."}
    assert floor("head.bw").post(f"{path}/versions", first).status_code == 303
    answer = floor("head.bw").post(f"{path}/versions", second)
    assert refused(answer, 409)
    assert "Overtaken words." in words(answer)
    assert len(floor().json(f"{path}.json")["versions"]) == 2


@pytest.mark.parametrize("wrong", [{"text": ""}, {"base": "x"}, {"language": "zz"}])
def test_a_version_on_bad_input_keeps_the_note(floor: Floor, wrong: dict[str, str]) -> None:
    form = {"text": "Other text.", "language": "en", "note": "A typed note", "base": "1"}
    answer = floor("head.bw").post(f"{floor.tabled()}/versions", form | wrong)
    assert answer.status_code == 422
    assert "A typed note" in words(answer)


@pytest.mark.parametrize("who", ["", "head.ao", "delegate.bw", "wdc"])
def test_no_one_else_writes_the_next_version(floor: Floor, who: str) -> None:
    form = {"text": "Mine now.", "language": "en", "note": "", "base": "1"}
    assert refused(floor(who).post(f"{floor.tabled()}/versions", form), 403)


# ---------------------------------------------------------------- the question


def test_the_chair_puts_the_question_to_55(floor: Floor, chair: Visitor) -> None:
    path = floor.tabled()
    assert chair.act(f"{path}/question", question_form()).status_code == 303
    proposal = floor().json(f"{path}.json")
    assert proposal["stage"] == "question_put"
    question = proposal["question"]
    assert question["procedure"]["kind"] == "consensus"
    assert question["version"] == 1
    assert question["publication"] == "now"
    assert question["closes"] is None
    assert question["roll"] == {"participants": 55, "represents": 82}
    assert refused(chair.act(f"{path}/question", question_form()), 409)


def test_a_question_on_an_old_version_or_a_draft_is_refused(floor: Floor, chair: Visitor) -> None:
    path = floor.tabled()
    floor("head.bw").post(f"{path}/versions", text="A.\n\n1. New.", language="en", base="1")
    assert refused(chair.act(f"{path}/question", question_form()), 409)
    # A draft that the Chair is not shown is not there for the Chair.
    assert refused(chair.act(f"{floor.draft()}/question", question_form()), 404)


@pytest.mark.parametrize("wrong", [{"procedure": "lot"}, {"publication": "later"}])
def test_a_question_of_no_known_kind_is_bad_input(floor: Floor, wrong: dict[str, str]) -> None:
    assert (
        floor("chair").act(f"{floor.tabled()}/question", question_form(**wrong)).status_code == 422
    )


@pytest.mark.parametrize("who", ["", "head.bw", "wdc", "secretariat"])
def test_only_the_chair_puts_a_question_and_declares(floor: Floor, who: str) -> None:
    assert refused(floor(who).act(f"{floor.tabled()}/question", question_form()), 403)
    assert refused(floor(who).act(f"{floor.asked()}/declaration", outcome="adopted"), 403)


# ---------------------------------------------------------------- the position


@pytest.mark.parametrize("confirmed", [{}, {"confirmed": ""}, {"confirmed": "0"}])
def test_a_position_is_checked_before_it_is_recorded(
    floor: Floor, public: Visitor, confirmed: dict[str, str]
) -> None:
    path = floor.asked()
    form = objection() | {"explanation": "As typed."}
    del form["confirmed"]
    answer = floor("head.ao").post(f"{path}/position", form | confirmed)
    assert answer.status_code == 200
    assert 'name="confirmed"' in answer.text
    assert all(form[name] in words(answer) for name in ("explanation", "would_join", "key"))
    assert stances(public, path) == {}


@pytest.mark.parametrize("stance", ["support", "accept", "reservation", "stand_aside", "object"])
def test_a_confirmed_position_is_recorded_with_a_receipt(
    floor: Floor, public: Visitor, stance: str
) -> None:
    path = floor.asked()
    answer = floor("head.ao").post(f"{path}/position", objection(stance=stance))
    assert answer.status_code == 303
    assert path_of(answer).startswith("/receipts/")
    assert stances(public, path) == {"AO": stance}
    position = public.json(f"{path}.json")["positions"][0]
    assert (position["clause"], position["explanation"]) == ("p1", "It costs too much.")
    assert position["would_join"] == (
        "Half of it." if stance == "object" else position["would_join"]
    )


def test_a_later_position_takes_the_place_of_the_earlier(floor: Floor, angola: Visitor) -> None:
    path = floor.asked()
    first = angola.post(f"{path}/position", objection())
    angola.post(f"{path}/position", position_form("support", confirmed="1"))
    assert stances(floor(), path) == {"AO": "support"}
    assert floor().json(f"{path}.json")["question"]["counts"]["object"] == 0
    assert floor().get(first.headers["location"]).status_code == 200


def test_the_same_key_is_one_act_with_one_receipt(floor: Floor, angola: Visitor) -> None:
    path = floor.asked()
    form = position_form("accept", confirmed="1")
    before = floor().json("/register.json")["total"]
    answers = [angola.post(f"{path}/position", form) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert len({answer.headers["location"] for answer in answers}) == 1
    assert floor().json("/register.json")["total"] == before + 1


@pytest.mark.parametrize("missing", ["clause", "explanation"])
def test_an_objection_names_a_paragraph_and_a_reason(floor: Floor, missing: str) -> None:
    path = floor.asked()
    answer = floor("head.ao").post(f"{path}/position", objection(**{missing: ""}))
    assert answer.status_code == 422
    assert "Half of it." in words(answer)
    assert stances(floor(), path) == {}


@pytest.mark.parametrize(
    "wrong", [{"stance": "yes"}, {"stance": ""}, {"clause": "p99"}, {"version": "x"}]
)
def test_a_position_on_bad_input_keeps_the_words(floor: Floor, wrong: dict[str, str]) -> None:
    answer = floor("head.ao").post(f"{floor.asked()}/position", objection(**wrong))
    assert answer.status_code == 422
    assert "It costs too much." in words(answer)


def test_a_position_on_another_version_is_refused_and_kept(floor: Floor) -> None:
    path = floor.asked()
    floor("head.bw").post(f"{path}/versions", text="A.\n\n1. New.", language="en", base="1")
    newest = floor().json(f"{path}.json")["versions"][-1]["number"]
    other = "1" if newest != 1 else "2"
    answer = floor("head.ao").post(f"{path}/position", objection(version=other))
    assert refused(answer, 409)
    assert "It costs too much." in words(answer)


def test_a_position_on_the_old_version_counts_as_not_stated(floor: Floor, angola: Visitor) -> None:
    path = floor.asked()
    angola.post(f"{path}/position", position_form("support", confirmed="1"))
    floor("head.bw").post(f"{path}/versions", text="A.\n\n1. New.", language="en", base="1")
    counts = floor().json(f"{path}.json")["question"]["counts"]
    assert (counts["support"], counts["not_stated"]) == (0, 55)
    angola.post(f"{path}/position", position_form("support", version="2", confirmed="1"))
    assert stances(floor(), path) == {"AO": "support"}
    assert floor().json(f"{path}.json")["question"]["counts"]["not_stated"] == 54


def test_a_position_where_nothing_was_asked_is_refused(floor: Floor, angola: Visitor) -> None:
    assert refused(angola.post(f"{floor.tabled()}/position", objection()), 409)


@pytest.mark.parametrize("who", ["", "delegate.ao", "chair", "secretariat"])
def test_only_a_head_of_delegation_states_a_position(floor: Floor, who: str) -> None:
    assert refused(floor(who).post(f"{floor.asked()}/position", objection()), 403)


def test_a_position_ad_referendum_says_so(floor: Floor, angola: Visitor) -> None:
    path = floor.asked()
    angola.post(f"{path}/position", position_form("support", ad_referendum="1", confirmed="1"))
    assert floor().json(f"{path}.json")["positions"][0]["ad_referendum"] is True


# ---------------------------------------------------------------- comments


@pytest.mark.parametrize("who, by", [("head.ao", "AO"), ("delegate.bw", "BW"), ("wdc", "WDC")])
def test_whoever_has_a_seat_comments_on_a_paragraph(floor: Floor, who: str, by: str) -> None:
    path = floor.tabled()
    form = {"clause": "p1", "text": f"Said by {by}.", "language": "en", "key": new_key()}
    answers = [floor(who).post(f"{path}/comments", form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    comments = floor().json(f"{path}.json")["comments"]
    assert [(c["by"], c["clause"], c["text"]) for c in comments] == [(by, "p1", f"Said by {by}.")]


@pytest.mark.parametrize("wrong", [{"text": ""}, {"clause": "p99"}, {"language": "zz"}])
def test_a_comment_on_bad_input_is_not_made(floor: Floor, wrong: dict[str, str]) -> None:
    path = floor.tabled()
    form = {"clause": "p1", "text": "Typed words", "language": "en", "key": new_key()} | wrong
    answer = floor("head.ao").post(f"{path}/comments", form)
    assert answer.status_code == 422
    assert form["text"] in words(answer)
    assert floor().json(f"{path}.json")["comments"] == []


def test_the_public_reads_and_does_not_comment(floor: Floor, public: Visitor) -> None:
    form = {"clause": "p1", "text": "Me too.", "language": "en", "key": new_key()}
    assert refused(public.post(f"{floor.tabled()}/comments", form), 403)


# ---------------------------------------------------------------- declaration


@pytest.mark.parametrize("outcome", ["adopted", "adopted_ad_referendum"])
def test_nothing_is_adopted_over_an_objection(floor: Floor, outcome: str) -> None:
    path = floor.asked()
    floor("head.ao").post(f"{path}/position", objection())
    before = floor().json("/decisions.json")["total"]
    answer = floor("chair").act(f"{path}/declaration", outcome=outcome, symbol="", note="Gavel.")
    assert refused(answer, 409)
    assert "Angola" in words(answer)
    assert "Gavel." in words(answer)
    assert floor().json("/decisions.json")["total"] == before
    assert floor().json(f"{path}.json")["question"]["open"] is True


def test_an_observer_objects_and_the_proposal_is_still_adopted(floor: Floor) -> None:
    path = floor.asked()
    assert floor("wdc").post(f"{path}/position", objection()).status_code == 303
    standing = floor().json(f"{path}.json")["question"]["standing"]
    assert standing["name"] == "carries"
    answer = floor("chair").act(f"{path}/declaration", outcome="adopted", symbol="", note="")
    assert answer.status_code == 303
    proposal = floor().json(f"{path_of(answer)}.json")
    assert proposal["outcome"] == "adopted"
    assert proposal["counts"]["object"] == 0
    assert sum(proposal["counts"].values()) == 55
    assert [(o["delegation"], o["stance"]) for o in proposal["observers"]] == [("WDC", "object")]


def test_an_objection_that_was_lifted_is_in_nobodys_way(floor: Floor, angola: Visitor) -> None:
    path = floor.asked()
    angola.post(f"{path}/position", objection())
    angola.post(f"{path}/position", position_form("stand_aside", confirmed="1"))
    assert floor("chair").act(f"{path}/declaration", outcome="adopted").status_code == 303


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_chair_declares_an_outcome_of_the_contract(floor: Floor, outcome: str) -> None:
    path = floor.asked()
    if outcome in ("no_consensus", "not_adopted"):
        floor("head.ao").post(f"{path}/position", objection())
    answer = floor("chair").act(f"{path}/declaration", outcome=outcome, symbol="", note="")
    assert answer.status_code == 303
    decision = floor().json(f"{path_of(answer)}.json")
    assert decision["outcome"] == outcome
    assert decision["roll"] == {"participants": 55, "represents": 82}
    assert decision["symbol"]


def test_no_consensus_is_a_full_record(floor: Floor) -> None:
    path = floor.asked()
    floor("head.ao").post(f"{path}/position", objection())
    answer = floor("chair").act(f"{path}/declaration", outcome="no_consensus", note="")
    assert answer.status_code == 303
    proposal = floor().json(f"{path_of(answer)}.json")
    assert [(p["delegation"], p["clause"]) for p in proposal["positions"]] == [("AO", "p1")]
    assert "keep all records" in proposal["text"]["en"]


def test_a_symbol_is_free_and_given_once(floor: Floor, public: Visitor) -> None:
    chair, symbol = floor("chair"), "KP/2019/Plenary/AD.501"
    first = chair.act(f"{floor.asked()}/declaration", outcome="adopted", symbol=symbol, note="")
    assert first.status_code == 303
    assert path_of(public.get(f"/{symbol}")) == path_of(first)
    second = chair.act(f"{floor.asked()}/declaration", outcome="adopted", symbol=symbol, note="")
    assert refused(second, 409)


@pytest.mark.parametrize("outcome", ["", "carried"])
def test_an_outcome_that_does_not_exist_keeps_the_note(floor: Floor, outcome: str) -> None:
    answer = floor("chair").act(
        f"{floor.asked()}/declaration", outcome=outcome, symbol="", note="A typed note"
    )
    assert answer.status_code == 422
    assert "A typed note" in words(answer)


def test_after_the_gavel_nothing_more_is_accepted(floor: Floor) -> None:
    path = floor.asked()
    floor("chair").act(f"{path}/declaration", outcome="adopted")
    late = floor("head.ao").post(f"{path}/position", objection(explanation="Too late."))
    assert refused(late, 409)
    assert "Too late." in words(late)
    assert refused(floor("chair").act(f"{path}/declaration", outcome="not_adopted"), 409)
    assert refused(floor("head.bw").act(f"{path}/withdrawal", reason="Too late."), 409)
    assert stances(floor(), path) == {}


def test_nothing_is_declared_where_nothing_was_asked(floor: Floor, chair: Visitor) -> None:
    assert refused(chair.act(f"{floor.tabled()}/declaration", outcome="adopted"), 409)


# ---------------------------------------------------------------- withdrawal


def test_a_sponsor_withdraws_and_the_page_stays_with_the_reason(floor: Floor) -> None:
    path = floor.asked()
    assert refused(floor("head.ao").act(f"{path}/withdrawal", reason="Not mine."), 403)
    assert floor("head.bw").act(f"{path}/withdrawal", reason="").status_code == 422
    assert floor("head.bw").act(f"{path}/withdrawal", reason="For a better one.").status_code == 303
    assert "For a better one." in words(floor().get(path))
    assert floor().json(f"{path}.json")["stage"] == "withdrawn"
    assert refused(floor("head.ao").post(f"{path}/position", objection()), 409)
    assert refused(floor("chair").act(f"{path}/declaration", outcome="adopted"), 409)
