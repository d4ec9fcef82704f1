"""The catalogue of entry types: a row for each act there is, and no list of acts beside it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plenary.disclosure.copies import COPIES
from plenary.disclosure.families import FAMILIES
from plenary.record import acts
from plenary.record.act import Uncatalogued, act, door
from plenary.record.entry_types import EntryType, Leads, Payload, Reads, Says
from plenary.record.models import Entry
from plenary.web import language
from plenary.web.static import asset_dir

PLENARY = Path(acts.__file__).parents[1]
CODE = [path for path in sorted(PLENARY.rglob("*.py")) if "migrations" not in path.parts]
ROWS = sorted(acts.CATALOGUE.items())
NAMED = re.compile(r"[a-z_]+\.[a-z_]+")
# Keyed by type, since each does something of its own with rows of the database; held to the
# catalogue below.
TABLES = {
    "plenary/record/acts.py",
    "plenary/disclosure/copies.py",
    "plenary/disclosure/families.py",
}


def trees() -> Iterator[tuple[str, ast.AST]]:
    for path in CODE:
        yield str(path.relative_to(PLENARY.parent)), ast.parse(path.read_text(encoding="utf-8"))


def texts(node: ast.AST) -> set[str]:
    return {
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    }


def appended() -> dict[str, str]:
    """Every type that the house writes, and where; of a choice between two both."""
    found = {}
    for path, tree in trees():
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "record.append":
                kinds = {text for text in texts(call.args[0]) if NAMED.fullmatch(text)}
                assert kinds, f"{path}:{call.lineno} appends what no reader of the source can name"
                found |= dict.fromkeys(kinds, f"{path}:{call.lineno}")
    return found


def test_every_act_that_is_written_has_a_row_and_every_row_is_written() -> None:
    assert sorted(appended()) == [kind for kind, _ in ROWS]


@pytest.mark.parametrize("kind, row", ROWS)
def test_a_row_has_words_in_every_language_a_page_and_readers(kind: str, row: EntryType) -> None:
    assert isinstance(row.leads, Leads)
    assert isinstance(row.reads, Reads)
    for words in filter(None, (row.words, row.receipt)):
        for other in language.LANGUAGES:
            said = language.catalogue(other).gettext(words)
            assert (said == words) == (other == language.SOURCE), (other, words)
    assert "%(symbol)s" in (row.receipt or "%(symbol)s")
    assert "%" not in row.words


def test_two_acts_are_called_differently() -> None:
    words = [row.words for _, row in ROWS]
    assert sorted(words) == sorted(set(words))


def test_what_names_a_person_is_read_by_those_in_the_room() -> None:
    inside = {kind for kind, row in ROWS if row.reads is Reads.INSIDE}
    assert inside == {"office.filled", "person.accredited", "person.left", "sessions.ended"}
    assert acts.of("later.build").reads is Reads.INSIDE


def test_what_delegations_say_lies_under_its_question_s_rule_of_publication() -> None:
    """A Participant's always; an Observer's where the Observer chose so."""
    for kind, row in ROWS:
        if row.says is not Says.NOTHING:
            past = acts.fault_of(kind, payload=False, veil="")
            assert ("rule of publication" in past) is (row.says is Says.POSITION)
            assert acts.fault_of(kind, payload=False, veil="question:1") == ""


def test_there_is_a_way_to_remove_the_words_of_every_payload() -> None:
    assert {kind for kind, row in ROWS if row.payload is not Payload.NONE} == set(COPIES)
    assert set(FAMILIES) <= set(COPIES)


def test_what_stands_out_is_a_milestone_and_so_is_all_that_is_done_to_a_question() -> None:
    for kind, row in ROWS:
        assert row.milestone or not (row.turning or row.on_question), kind


# --- no list beside it ---


def test_no_list_of_acts_stands_beside_the_catalogue() -> None:
    """Two types in one tuple, list, set or dictionary are knowledge of acts that stands twice."""
    beside = [
        f"{path}:{node.lineno} {sorted(named)}"
        for path, tree in trees()
        if path not in TABLES
        for node in ast.walk(tree)
        if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict)
        and len(named := direct(node) & acts.CATALOGUE.keys()) > 1
    ]
    assert not beside, "ask plenary.record.acts"


def direct(node: ast.Tuple | ast.List | ast.Set | ast.Dict) -> set[str]:
    parts = node.keys if isinstance(node, ast.Dict) else node.elts
    return {part.value for part in parts if isinstance(part, ast.Constant)}  # type: ignore[misc]


def test_templates_name_no_act_that_has_no_row() -> None:
    """And none of them lists acts: a list in a template is one that no test walks."""
    for path in sorted(asset_dir("templates").rglob("*.*")):
        text = path.read_text(encoding="utf-8")
        asked = re.findall(r'(?:\.|\b)type (?:==|in|not in) (\([^)]*\)|"[^"]*")', text)
        named = [NAMED.findall(text) for text in asked]
        assert not [types for types in named if len(types) > 1], (
            f"{path.name}: ask plenary.record.acts"
        )
        unknown = {kind for types in named for kind in types} - acts.CATALOGUE.keys()
        assert not unknown, path.name


# --- at the door ---


@door
async def append(kind: str, *, receipt: bool = False, veil: str = "", **more: object) -> None:
    async with act(by="secretariat") as record:
        entry = record.append(kind, "KP", veil=veil, **more)  # type: ignore[arg-type]
        if receipt:
            await record.receipt(entry, topic="KP", path="/record")


@pytest.mark.parametrize(
    "kind, more, said",
    [
        ("tea.served", {}, "no row"),
        ("seat.left", {"payload": {"note": "No."}}, "no order could remove"),
        ("position.stated", {}, "rule of publication"),
        ("comment.made", {"veil": "question:1"}, "none of its own"),
        ("seat.given", {"veil": "draft:KP/2019/P.1"}, "none of its own"),
        ("proposal.referred", {"receipt": True}, "gives no receipt"),
    ],
)
async def test_the_door_refuses_what_the_catalogue_does_not_say(
    db: str, kind: str, more: dict[str, object], said: str
) -> None:
    with pytest.raises(Uncatalogued, match=said):
        await append(kind, **more)  # type: ignore[arg-type]
    assert await Entry.all().count() == 0


async def test_what_has_a_row_is_appended(db: str) -> None:
    await append("seat.given", receipt=True)
    await append("proposal.withdrawn", veil="draft:KP/2019/P.1", payload={"reason": "No."})
    assert await Entry.all().count() == 2
