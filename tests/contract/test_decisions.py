"""The register of decisions: what a question finds, and what a decision is to a machine."""

import csv
import hashlib
import io
import re
import xml.etree.ElementTree as ElementTree
from typing import Any

import pytest

from tests.contract.floor import (
    Floor,
    Json,
    Visitor,
    blocks,
    leaf_hash,
    objection,
    position_form,
    type_of,
)

STANCES = {"support", "accept", "reservation", "stand_aside", "object"}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def everything(public: Visitor, query: str = "") -> list[Json]:
    first = public.json(f"/decisions.json?page=1{query}")
    pages = [public.json(f"/decisions.json?page={n}{query}") for n in range(2, first["pages"] + 1)]
    return [item for page in [first, *pages] for item in page["items"]]


# ---------------------------------------------------------------- the list


def test_a_list_says_how_many_and_which_page(public: Visitor) -> None:
    found = public.json("/decisions.json")
    assert {"total", "page", "pages", "items"} <= set(found)
    assert found["page"] == 1
    assert len(everything(public)) == found["total"] > 130


def test_pages_share_no_decision(public: Visitor) -> None:
    found = [(item["register"], item["source_id"]) for item in everything(public)]
    assert len(found) == len(set(found))


def test_the_year_is_the_year_of_the_date(public: Visitor) -> None:
    found = everything(public, "&year=2003")
    assert found
    assert {item["date"][:4] for item in found} == {"2003"}
    assert len(found) == sum(item["date"].startswith("2003") for item in everything(public))


@pytest.mark.parametrize("outcome", ["adopted", "no_consensus"])
def test_an_outcome_finds_those_and_all_of_those(public: Visitor, outcome: str) -> None:
    found = everything(public, f"&outcome={outcome}")
    assert {item["outcome"] for item in found} == {outcome}
    assert len(found) == sum(item["outcome"] == outcome for item in everything(public))


def test_a_body_and_a_register_find_their_own(public: Visitor) -> None:
    assert {item["body"] for item in everything(public, "&body=plenary")} == {"plenary"}
    assert {item["register"] for item in everything(public, "&register=kp")} == {"kp"}
    assert public.json("/decisions.json?register=nowhere")["total"] == 0


def test_words_find_a_decision_and_other_words_none(public: Visitor) -> None:
    found = everything(public, "&q=peer+review")
    assert ("own", "2019/1") in {(item["register"], item["source_id"]) for item in found}
    assert public.json("/decisions.json?q=zzqqxxyy")["total"] == 0


def test_questions_are_asked_together(public: Visitor) -> None:
    found = everything(public, "&register=kp&year=2019&outcome=adopted")
    assert found
    for item in found:
        assert (item["register"], item["date"][:4], item["outcome"]) == ("kp", "2019", "adopted")


@pytest.mark.parametrize("query", ["page=0", "page=-1", "page=9999", "page=x", "year=x", "q=%00"])
def test_a_senseless_question_breaks_nothing(public: Visitor, query: str) -> None:
    for ending in ("", ".json", ".csv", ".atom"):
        assert public.get(f"/decisions{ending}?{query}").status_code < 500


def test_the_page_and_the_files_answer_the_same_question(public: Visitor) -> None:
    query = "?year=2003&outcome=adopted"
    items = public.json(f"/decisions.json{query}")["items"]
    assert items
    known = [item["url"] for item in items]
    assert [row["url"] for row in rows(public.get(f"/decisions.csv{query}").text)] == known
    page = public.get(f"/decisions{query}").text
    assert all(re.sub(r"^https?://[^/]+", "", url) in page for url in known)
    feed = ElementTree.fromstring(public.get(f"/decisions.atom{query}").content)
    atom = "{http://www.w3.org/2005/Atom}"
    links = {link.get("href") for link in feed.findall(f"{atom}entry/{atom}link")}
    assert links
    assert links <= set(known)


def test_the_csv_holds_every_decision_in_lines_of_rfc_4180(public: Visitor) -> None:
    text = public.get("/decisions.csv").content.decode("utf-8")
    assert text.splitlines(keepends=True)[0].endswith("\r\n")
    assert len(rows(text)) == public.json("/decisions.json")["total"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_begins_a_formula(floor: Floor, public: Visitor, sign: str) -> None:
    title = f"{sign}HYPERLINK('x'),\"y\""
    decision = floor.declared(title=title)
    assert public.json(f"{decision}.json")["title"]["en"] == title
    path = floor.asked(title=title)
    floor("head.ao").post(
        f"{path}/position",
        position_form("support", explanation=f"{sign}1+1", confirmed="1"),
    )
    for file in ("/decisions.csv", "/positions/2019.csv"):
        cells = [cell for row in csv.reader(io.StringIO(public.get(file).text)) for cell in row]
        assert any(cell.endswith((title, f"{sign}1+1")) for cell in cells), file
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == [], file


# ---------------------------------------------------------------- a decision


@pytest.fixture(scope="module")
def decision(public: Visitor) -> Json:
    return public.json("/decisions/2019/1.json")


def test_a_decision_has_the_names_of_the_contract(decision: Json) -> None:
    assert {
        "symbol", "title", "register", "source_id", "body", "meeting", "date", "outcome",
        "procedure", "version", "roll", "counts", "positions", "observers", "text", "statements",
        "links", "record", "sample",
    } <= set(decision)  # fmt: skip
    assert decision["symbol"] == "KP/2019/Plenary/AD.1"
    assert decision["body"] == "plenary"
    assert decision["meeting"] == "2019-new-delhi"
    assert decision["outcome"] == "adopted"
    assert decision["procedure"]["kind"] == "consensus"
    assert decision["sample"] is True
    assert set(decision["text"]) == {"en", "fr"}
    assert {"amends", "supersedes"} <= set(decision["links"])


def test_55_participants_speak_for_82_states(decision: Json) -> None:
    assert decision["roll"] == {"participants": 55, "represents": 82}


def test_every_participant_is_counted_once_and_no_observer(decision: Json) -> None:
    counts = decision["counts"]
    assert sum(counts.values()) == 55
    assert set(counts) >= STANCES
    for stance in STANCES:
        stated = [position for position in decision["positions"] if position["stance"] == stance]
        assert counts[stance] == len(stated), stance


def test_a_position_names_the_delegation_by_code(decision: Json) -> None:
    speakers = [position["delegation"] for position in decision["positions"]]
    assert len(speakers) == len(set(speakers))
    assert {"BW", "EU"} <= set(speakers)
    assert not {"WDC", "CSC", "ADPA", "DDI"} & set(speakers)
    for position in decision["positions"]:
        assert {"delegation", "stance", "version", "clause", "explanation", "at"} <= set(position)
        assert position["stance"] in STANCES
        assert position["version"] == decision["version"]
        assert INSTANT.fullmatch(position["at"])


def test_an_observer_is_heard_in_a_ledger_of_its_own(decision: Json) -> None:
    heard = {observer["delegation"]: observer["constituency"] for observer in decision["observers"]}
    assert heard
    assert set(heard) <= {"WDC", "CSC", "ADPA", "DDI"}
    assert set(heard.values()) <= {"industry", "civil_society", "independent"}
    assert heard.get("WDC") == "industry"
    assert all(observer["stance"] in STANCES for observer in decision["observers"])


def test_a_decision_points_at_its_entry_in_the_record(public: Visitor, decision: Json) -> None:
    record = decision["record"]
    assert set(record) >= {"entry", "leaf", "payload"}
    entry = blocks(public.get(f"/register/{record['entry']}"))[0]
    assert leaf_hash(entry.encode()).hex() == record["leaf"]
    assert f'"payload":"{record["payload"]}"' in entry


def test_the_sample_is_marked_in_every_form(public: Visitor, decision: Json) -> None:
    for path in ("/decisions/2019/1", "/decisions/2019/1.md", "/decisions/2019/1.txt"):
        assert "sample" in public.get(path).text.lower(), path
    own = [row for row in rows(public.get("/decisions.csv").text) if row["source_id"] == "2019/1"]
    assert [row["sample"].lower() in ("true", "1") for row in own] == [True]


def test_a_printed_text_is_recognised_by_its_words_and_by_its_fingerprint(public: Visitor) -> None:
    text = public.get("/decisions/2019/1.txt")
    fingerprint = hashlib.sha256(text.content).hexdigest()
    page = public.get("/decisions/2019/1")
    assert fingerprint in page.text.replace(" ", "")
    for fields in ({"text": text.text}, {"fingerprint": fingerprint}):
        answer = public.post("/verify", fields)
        assert answer.status_code == 200
        assert 'href="/decisions/2019/1"' in answer.text
    altered = public.post("/verify", text=text.text.replace("31 March", "31 May"))
    assert altered.status_code == 200
    assert 'href="/decisions/2019/1"' not in altered.text


def test_an_imported_decision_keeps_its_source_and_its_id(floor: Floor, public: Visitor) -> None:
    item = public.json("/decisions.json?register=kp&year=2003")["items"][0]
    path = f"/decisions/kp/{item['source_id']}"
    assert item["url"] == floor.base + path
    proposal = public.json(f"{path}.json")
    assert (proposal["register"], proposal["source_id"]) == ("kp", item["source_id"])
    assert proposal["sample"] is False
    assert proposal["source"].startswith("http")
    assert {"entry", "leaf", "payload"} <= set(proposal["record"])
    page = public.get(path)
    assert (page.status_code, type_of(page)) == (200, "text/html")
    assert proposal["source"] in page.text.replace("&amp;", "&")


# ---------------------------------------------------------------- a proposal, and the matrix


def test_a_proposal_adds_its_stage_versions_and_question(public: Visitor) -> None:
    proposal = public.json("/proposals/2019/1.json")
    assert {"symbol", "title", "body", "positions", "observers", "sample"} <= set(proposal)
    assert proposal["stage"] == "question_put"
    assert len(proposal["versions"]) >= 3
    question = proposal["question"]
    assert {"procedure", "opens", "closes", "standing"} <= set(question)
    assert INSTANT.fullmatch(question["opens"])
    assert question["standing"] == {"name": "blocked", "objectors": ["CD", "ZA"]}
    assert question["roll"] == {"participants": 55, "represents": 82}
    assert sum(question["counts"].values()) == 55


def test_four_proposals_are_on_the_table_and_marked(public: Visitor) -> None:
    themes = set()
    for number in range(1, 5):
        proposal = public.json(f"/proposals/2019/{number}.json")
        assert proposal["symbol"] == f"KP/2019/P.{number}"
        assert proposal["sample"] is True
        themes.add(proposal["theme"])
    assert len(themes) == 4


def test_the_matrix_and_the_proposal_say_the_same(public: Visitor) -> None:
    matrix = public.json("/positions/2019.json")
    table = rows(public.get("/positions/2019.csv").text)
    for number in (1, 2, 3):
        symbol = f"KP/2019/P.{number}"
        stated = standing(public.json(f"/proposals/2019/{number}.json")["positions"])
        proposal = next(p for p in matrix["proposals"] if p["symbol"] == symbol)
        assert standing(proposal["positions"]) == stated
        written = {
            (row["delegation"], row["stance"], int(row["version"]))
            for row in table
            if row["proposal"] == symbol and row["capacity"] == "participant"
        }
        assert written >= stated


def standing(positions: list[dict[str, Any]]) -> set[tuple[str, str, int]]:
    return {
        (position["delegation"], position["stance"], position["version"]) for position in positions
    }


# ---------------------------------------------------------------- the rule of publication


@pytest.mark.parametrize("rule", ["decided", "never"])
def test_what_is_not_public_is_nowhere(floor: Floor, public: Visitor, rule: str) -> None:
    secret = f"Undisclosed{rule}"
    path = floor.asked(rule)
    said = floor("head.ao").post(f"{path}/position", objection(explanation=secret))
    quiet = objection(explanation=secret, follow_publication="1")  # an Observer's is public, else
    heard = floor("wdc").post(f"{path}/position", quiet)
    receipts = [answer.headers["location"] for answer in (said, heard)]
    size = public.json("/register.json")["total"]
    places = [
        path, f"{path}.json", f"{path}/positions", f"{path}/history", f"{path}/comments",
        "/positions/2019", "/positions/2019.json", "/positions/2019.csv", "/changes",
        "/changes.atom", "/participants/angola", "/observers/world-diamond-council", "/register",
        *receipts, *(f"{receipt}.txt" for receipt in receipts),
        *(f"/register/{n}" for n in range(size - 3, size)),
    ]  # fmt: skip
    assert [place for place in places if secret in public.get(place).text] == []
    proposal = public.json(f"{path}.json")
    assert proposal["positions"] == []
    assert proposal["observers"] == []
    assert "objectors" not in proposal["question"]["standing"]
    latest = public.json("/register.json")["items"][:2]
    assert [entry.get("actor") for entry in latest] == [None, None]
    assert f"{path}#" not in public.get(f"/search?q={secret}").text


def test_a_vote_that_is_never_by_name_has_counts_and_no_positions(floor: Floor) -> None:
    path = floor.asked("never")
    floor("head.ao").post(f"{path}/position", position_form("support", confirmed="1"))
    answer = floor("chair").act(f"{path}/declaration", outcome="adopted")
    proposal = floor().json(f"{answer.headers['location']}.json")
    assert proposal["positions"] == []
    assert proposal["observers"] == []
    assert proposal["counts"]["support"] == 1


def test_positions_are_public_when_it_is_decided(floor: Floor) -> None:
    path = floor.asked("decided")
    floor("head.ao").post(f"{path}/position", position_form("accept", confirmed="1"))
    assert floor().json(f"{path}.json")["positions"] == []
    answer = floor("chair").act(f"{path}/declaration", outcome="adopted")
    proposal = floor().json(f"{answer.headers['location']}.json")
    assert [(p["delegation"], p["stance"]) for p in proposal["positions"]] == [("AO", "accept")]
