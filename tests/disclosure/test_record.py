"""The public record and its veils: what is there is seen by all, what it says when it is time."""

import json
from hashlib import sha256
from typing import Any

from plenary.bodies.viewers import PUBLIC
from plenary.front.changes import log_of
from plenary.front.recent import recent_changes
from plenary.proposals.actions.moves import table
from plenary.record import tree
from plenary.record.models import Entry, Head
from tests.client import Browser, Site
from tests.world import ALD, BEL, World, found_world

SECRET = "Our capital cannot seal every stone."


async def put(publication: str) -> tuple[World, Any]:
    world = await found_world()
    await world.put(publication)
    return world, await world.object("COR")


async def everything(browser: Browser, entry: int, code: str) -> str:
    """All that the site says of one entry."""
    paths = (
        "/changes", "/changes.atom", "/changes?topic=KP/2019/P.1", f"/register/{entry}",
        f"/receipts/{code}", f"/receipts/{code}.txt", "/search?q=capital",
    )  # fmt: skip
    return "\n".join([(await browser.get(path)).text for path in paths])


async def test_a_position_under_decided_is_seen_to_exist_and_not_to_say(site: Site) -> None:
    _, receipt = await put("decided")
    said = await everything(await site.browser(), receipt.entry, receipt.code)
    assert "A position on " in said
    assert "it is published when decided" in said
    for secret in ("Corvania", "COR", SECRET, "position.stated", "objection"):
        assert secret not in said, secret
    leaf = (await Entry.get(n=receipt.entry)).leaf
    assert leaf in said
    listed = (await (await site.browser()).get("/register.json")).json()["items"][0]
    assert (listed["n"], listed["leaf"], listed["public"]) == (receipt.entry, leaf, False)
    assert [listed[fact] for fact in ("type", "actor", "topic")] == [None, None, None]
    page = await (await site.browser()).page("/register")
    assert "Not public yet" in page.words
    assert "position.stated" not in page.words


async def test_once_it_is_decided_everyone_reads_it(site: Site) -> None:
    world, receipt = await put("decided")
    await world.declare("no_consensus")
    said = await everything(await site.browser(), receipt.entry, receipt.code)
    assert "Corvania" in said
    assert SECRET in said


async def test_under_never_no_decision_opens_the_veil(site: Site) -> None:
    world, receipt = await put("never")
    await world.declare("no_consensus")
    said = await everything(await site.browser(), receipt.entry, receipt.code)
    assert "Corvania" not in said
    assert SECRET not in said
    assert "Names are not published, only counts." in said


async def test_a_delegation_reads_its_own_and_not_its_neighbours(site: Site) -> None:
    _, receipt = await put("never")
    own = await site.browser("head.cor@example.org")
    assert SECRET in (await own.get(f"/receipts/{receipt.code}")).text
    other = await site.browser("head.bel@example.org")
    assert SECRET not in await everything(other, receipt.entry, receipt.code)
    chair = await site.browser("chair@example.org")
    assert SECRET in (await chair.get(f"/register/{receipt.entry}")).text


async def test_a_draft_leaves_nothing_but_leaves(site: Site) -> None:
    world = await found_world()
    title = {"en": "Hidden seals"}
    draft = await world.table_proposal(by=BEL, draft=True, title=title, shown=(ALD,))
    public = await site.browser()
    newest = (await Head.get(id=1)).size - 1
    pages = ["/changes", "/changes.atom", "/register", "/search?q=hidden", "/sitemap.xml"]
    pages += [f"/register/{newest - n}" for n in range(3)]
    for path in [*pages, f"/changes?topic={draft.symbol}"]:
        text = (await public.get(path)).text
        assert "Hidden" not in text, path
        assert "proposals/2019/2" not in text, path
    assert "Hidden" in (await (await site.browser("head.ald@example.org")).get("/changes")).text
    await table(BEL, 2019, draft.number)
    assert "Hidden seals" in (await public.get("/changes")).text


async def test_no_person_is_named_in_public(site: Site) -> None:
    await found_world()
    entries = await Entry.filter(type__in=["person.accredited", "office.filled"])
    assert entries
    public, inside = await site.browser(), await site.browser("head.ald@example.org")
    for entry in entries:
        assert "Head (" not in (await public.get(f"/register/{entry.n}")).text
    page = (await inside.get(f"/register/{entry.n}")).text
    assert "names a person" not in page


async def test_an_entry_proves_itself(site: Site) -> None:
    world = await found_world()
    for number in range(7):
        await world.comment(text=f"Comment {number}")
    browser, head = await site.browser(), await Head.get(id=1)
    for entry in await Entry.all():
        page = await browser.page(f"/register/{entry.n}")
        path = [bytes.fromhex(s) for s in page.all("pre")[-1].text.split() if len(s) == 64]
        leaf = bytes.fromhex(entry.leaf)
        assert tree.inclusion_holds(leaf, entry.n, head.size, path, bytes.fromhex(head.root))
        written = page.all("pre")[0].text
        assert sha256(b"\x00" + written.encode()).hexdigest() == entry.leaf
    assert (await browser.get(f"/register/{head.size}")).status_code == 404


async def test_the_record_is_listed_by_number_newest_first(site: Site) -> None:
    world = await found_world()
    for number in range(100):
        await world.comment(text=f"Comment {number}")
    browser, head = await site.browser(), await Head.get(id=1)
    first = (await browser.get("/register.json")).json()
    assert (first["total"], first["size"], first["root"]) == (head.size, head.size, head.root)
    assert [entry["n"] for entry in first["items"]] == list(
        range(head.size - 1, head.size - 101, -1)
    )
    last = (await browser.get(f"/register.json?page={first['pages']}")).json()
    assert last["items"][-1]["n"] == 0


async def test_a_receipt_says_what_when_for_whom_and_where_in_the_record(site: Site) -> None:
    world = await found_world()
    receipt = await world.comment(text="Which seals?")
    browser = await site.browser()
    page = await browser.page(f"/receipts/{receipt.code.lower()}")
    for words in ("A comment", "Belmark", "Which seals?", str(receipt.entry)):
        assert words in page.words
    text = (await browser.get(f"/receipts/{receipt.code}.txt")).text
    lines = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    assert json.loads(lines["bytes"])["type"] == "comment.made"
    path = [bytes.fromhex(line) for line in text.partition("path:\n")[2].split()]
    assert tree.inclusion_holds(
        bytes.fromhex(lines["leaf"]),
        int(lines["entry"]),
        int(lines["size"]),
        path,
        bytes.fromhex(lines["root"]),
    )
    assert (await browser.get("/receipts/AA-AA-AA-AA")).status_code == 404


async def test_every_line_of_the_log_has_words(site: Site) -> None:
    world = await found_world()
    await world.comment()
    await world.revise()
    await world.put()
    await world.object()
    await world.hear()
    await world.state("COR")
    await world.declare("adopted")
    second = await world.table_proposal()
    await second.withdraw()
    page = await (await site.browser()).page("/changes")
    assert "An act was recorded." not in page.words
    for words in (
        "4 delegations were entered.", "Comment 1 on P.1 by Belmark.",
        "P.2 was withdrawn by Aldoria.",
        "New text of P.1, version 2, by Aldoria.", "Corvania on P.1, version 2: object.",
        "Delmonia was heard on P.1", "Adopted: KP/2019/Plenary/AD.1 Seals.",
        "The question on P.1, version 2, was put to 3 Participants.",
    ):  # fmt: skip
        assert words in page.words, words


async def test_the_log_is_told_once_and_wholly_over_its_pages(site: Site) -> None:
    world = await found_world()
    for number in range(130):
        await world.comment(text=f"Comment {number}")
    first = await log_of(PUBLIC)
    assert len(first.changes) == 100
    second = await log_of(PUBLIC, before=first.older)
    told = [change.n for change in (*first.changes, *second.changes)]
    assert told == sorted(set(told), reverse=True)
    comments = [
        change for change in (*first.changes, *second.changes) if change.type == "comment.made"
    ]
    assert len(comments) == 130
    assert [change.n for change in await recent_changes(PUBLIC, 5)] == told[:5]
    page = await (await site.browser()).page("/changes")
    assert any("before=" in link for link in page.links())


async def test_one_proposal_can_be_followed(site: Site) -> None:
    world = await found_world()
    second = await world.table_proposal()
    await second.comment()
    log = await log_of(PUBLIC, topic=world.symbol)
    assert {change.topic for change in log.changes} == {world.symbol}
    assert (
        await (await site.browser()).get(f"/changes.atom?topic={second.symbol}")
    ).status_code == 200
