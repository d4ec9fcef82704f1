"""A hidden act has its leaf in public, and whoever tries every answer of everyone finds nothing."""

import json
from hashlib import sha256
from typing import Any

import pytest

from plenary.record.models import Entry
from tests.client import Site
from tests.world import found_world

CODES = ("ALD", "BEL", "COR", "DEL")
ANSWERS = ("support", "accept", "reservation", "stand_aside", "object")


def guesses(hidden: Entry, bound: str | None) -> list[dict[str, Any]]:
    """What a stranger can write down of an act, who and what apart; the hour is tried as well, so
    that it is taken as found here."""
    known: dict[str, Any] = json.loads(bytes(hidden.written))
    del known["payload"]
    known |= {"payload": bound} if bound else {}
    return [
        known | {"actor": f"delegation:{code}", "value": answer}
        for code in CODES
        for answer in ANSWERS
    ]


def leaf_of(facts: dict[str, Any]) -> str:
    written = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return sha256(b"\x00" + written.encode()).hexdigest()


@pytest.mark.parametrize("publication", ["decided", "never"])
async def test_nobody_finds_by_trying_who_said_what(site: Site, publication: str) -> None:
    world = await found_world()
    await world.put(publication)
    receipt = await world.state("COR", "support")
    hidden = await Entry.get(n=receipt.entry)
    rows = (await (await site.browser("")).get("/register.json")).json()["items"]
    row = next(leaf for leaf in rows if leaf["n"] == hidden.n)
    assert row["leaf"] == hidden.leaf
    known = [leaf["payload"] for leaf in rows]  # whatever the list gives away
    found = [
        (guess["actor"], guess["value"])
        for bound in [None, *known]
        for guess in guesses(hidden, bound)
        if leaf_of(guess) == row["leaf"]
    ]
    assert found == []
    # and what is tried here is what the record hashes: whoever is told the commitment does find it
    told = [
        guess["value"] for guess in guesses(hidden, hidden.payload) if leaf_of(guess) == row["leaf"]
    ]
    assert told == ["support"]


@pytest.mark.parametrize("reader", ["", "head.ald@example.org", "head.cor@example.org"])
async def test_no_address_tells_what_a_hidden_leaf_is_blinded_with(site: Site, reader: str) -> None:
    world = await found_world()
    await world.put("never")
    receipt = await world.state("COR", "support")
    hidden = await Entry.get(n=receipt.entry)
    browser = await site.browser(reader)
    own = [f"/register/{hidden.n}", f"/receipts/{receipt.code}.txt"]
    told = [
        path for path in (*own, "/register", "/register.json", "/changes", "/changes.atom",
                          "/proposals/2019/1.json")
        if hidden.payload in (await browser.get(path)).text
    ]  # fmt: skip
    assert told == (own if reader.startswith("head.cor") else [])
