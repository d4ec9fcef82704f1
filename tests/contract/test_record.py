"""The record as a stranger checks it: own hashes over what the pages show."""

import hashlib
import json
import re
from typing import Any

from tests.contract.floor import (
    Floor,
    Json,
    Visitor,
    blocks,
    leaf_hash,
    new_key,
    objection,
    path_of,
    root_by_path,
    root_of,
    type_of,
)


def whole(public: Visitor) -> list[Json]:
    """Every entry of the list, oldest first."""
    first = public.json("/register.json?page=1")
    pages = [public.json(f"/register.json?page={n}") for n in range(2, first["pages"] + 1)]
    found = [item for page in [first, *pages] for item in page["items"]]
    assert len(found) == first["total"]
    return sorted(found, key=lambda item: item["n"])


def receipt(text: str) -> tuple[dict[str, str], list[bytes]]:
    head, _, path = text.partition("path:\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    return fields, [bytes.fromhex(line) for line in path.split()]


def unique(pairs: list[tuple[str, Any]]) -> Json:
    assert len(pairs) == len(dict(pairs)), "a key stands twice"
    return dict(pairs)


def test_the_root_is_the_root_of_all_leaves(floor: Floor, public: Visitor) -> None:
    floor("head.ao").post(f"{floor.asked('never')}/position", objection())
    entries = whole(public)
    root = root_of([bytes.fromhex(entry["leaf"]) for entry in entries])
    assert root.hex() in public.get("/register").text
    assert not all(entry["public"] for entry in entries)


def test_entries_are_numbered_without_a_gap_and_time_never_decreases(public: Visitor) -> None:
    entries = whole(public)
    assert [entry["n"] for entry in entries] == list(range(len(entries)))
    times = [entry["at"] for entry in entries if entry["public"]]
    assert times == sorted(times)
    hidden = [entry["at"] for entry in entries if not entry["public"]]
    assert all(len(day) == len("2019-11-20") for day in hidden)  # its day, and no more is told


def test_the_leaf_is_the_hash_of_the_bytes_that_are_shown(public: Visitor) -> None:
    entries = [entry for entry in whole(public) if entry["public"]]
    first = {entry["type"]: entry for entry in reversed(entries)}
    assert {"position.stated", "decision.declared", "question.put"} <= set(first)
    for kind, entry in first.items():
        text = blocks(public.get(f"/register/{entry['n']}"))[0]
        assert leaf_hash(text.encode()).hex() == entry["leaf"], kind
        said = json.loads(text, object_pairs_hook=unique)
        compact = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert compact == text, kind
        assert len(text.encode()) <= 4096
        assert not any(isinstance(value, float) for value in said.values())
        assert said["n"] == entry["n"]
        assert said["v"] == 1
        for name in ("actor", "at", "topic", "type"):
            assert said[name] == entry[name], kind
        assert said.get("payload") == entry["payload"], kind


def test_a_payload_is_committed_to_with_its_salt(floor: Floor, public: Visitor) -> None:
    path = floor.asked()
    floor("head.ao").post(f"{path}/position", objection(explanation="Été « salé »."))
    entry = public.json("/register.json")["items"][0]
    page = public.get(f"/register/{entry['n']}")
    payload = blocks(page)[1]
    assert "Été « salé »." in payload
    assert "Été « salé »." not in blocks(page)[0]
    salts = [
        salt
        for salt in re.findall(r"<code[^>]*>([0-9a-f]{64})</code>", page.text)
        if commitment(bytes.fromhex(salt), payload) == entry["payload"]
    ]
    assert len(salts) == 1


def commitment(salt: bytes, payload: str) -> str:
    return "sha256:" + hashlib.sha256(b"plenary/payload/v1\n" + salt + payload.encode()).hexdigest()


def test_a_receipt_proves_that_its_entry_is_in_the_record(floor: Floor, public: Visitor) -> None:
    path = floor.asked()
    answer = floor("head.ao").post(f"{path}/position", objection())
    place = path_of(answer)
    for _ in range(3):
        page = public.get(place)
        assert (page.status_code, type_of(page)) == (200, "text/html")
        text = public.get(f"{place}.txt")
        assert (text.status_code, type_of(text)) == (200, "text/plain")
        fields, steps = receipt(text.text)
        leaf = leaf_hash(fields["bytes"].encode())
        assert leaf.hex() == fields["leaf"]
        root = root_by_path(leaf, int(fields["entry"]), int(fields["size"]), steps)
        assert root.hex() == fields["root"]
        assert root.hex() in public.get("/register").text
        said = json.loads(fields["bytes"])
        assert said["actor"] == "delegation:AO"
        assert said["type"] == "position.stated"
        assert said["value"] == "object"
        assert f"/{said['topic']}" in page.text or said["topic"] in page.text
        floor.tabled()  # the record grows, the receipt stays true


def test_a_comment_has_a_receipt_too(floor: Floor, public: Visitor) -> None:
    answer = floor("wdc").post(
        f"{floor.tabled()}/comments", clause="p1", text="Heard.", language="en", key=new_key()
    )
    code = re.search(r"receipt=([\w-]+)", answer.headers["location"])
    assert code
    fields, steps = receipt(public.get(f"/receipts/{code[1]}.txt").text)
    leaf = leaf_hash(fields["bytes"].encode())
    assert (
        root_by_path(leaf, int(fields["entry"]), int(fields["size"]), steps).hex()
        == (fields["root"])
    )
    assert json.loads(fields["bytes"])["actor"] == "delegation:WDC"


def test_a_page_of_an_entry_shows_a_path_to_the_root(public: Visitor) -> None:
    size = public.json("/register.json")["total"]
    for n in (0, 1, size // 2, size - 2, size - 1):
        page = public.get(f"/register/{n}")
        steps = [bytes.fromhex(line) for line in blocks(page)[-1].split()]
        leaf = bytes.fromhex(next(e["leaf"] for e in whole(public) if e["n"] == n))
        assert root_by_path(leaf, n, size, steps).hex() in page.text


def test_what_is_refused_leaves_the_record_as_it_was(floor: Floor, public: Visitor) -> None:
    path = floor.asked()
    floor("head.ao").post(f"{path}/position", objection())
    before = public.json("/register.json")["items"][0]
    floor("chair").act(f"{path}/declaration", outcome="adopted")
    floor("delegate.ao").post(f"{path}/position", objection())
    floor("head.ao").post(f"{path}/position", objection(clause=""))
    floor("head.ao").act(f"{path}/withdrawal", reason="Not mine.")
    assert public.json("/register.json")["items"][0] == before


def test_no_name_of_a_person_and_no_free_text_is_in_an_entry(public: Visitor) -> None:
    for entry in whole(public)[-5:]:
        if entry["public"]:
            said = blocks(public.get(f"/register/{entry['n']}"))[0]
            assert "@example.org" not in said
            assert "explanation" not in said
