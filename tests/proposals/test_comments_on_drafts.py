"""What is said on a draft stays with the draft's readers until whoever said it publishes it.

Three capacities comment on a draft that its author shows them: a delegation, an office, and an
Observer that is shown it no longer and reads its own words alone now. It is tabled; every reader
asks at every address.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx2
import pytest

from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.disclosure.removing import remove_words
from plenary.proposals.actions import comments as comments_acts
from plenary.proposals.actions.comments import Remark
from plenary.proposals.actions.moves import refer
from plenary.proposals.comments import comments_counted
from plenary.proposals.models import Comment
from plenary.record.models import Entry, Head
from plenary.refusal import Forbidden, Missing, Refused
from tests.client import Page, Site
from tests.disclosure.nouns import order
from tests.world import ALD, BEL, CHAIR, COR, DEL, SEAT, SECRETARIAT, World, found_world

DB = pytest.mark.usefixtures("db")
GROUP = "monitoring"
GROUP_CHAIR = f"chair:{GROUP}"
SAID = {BEL: "Kumquats", DEL: "Rambutans", SECRETARIAT: "Durians"}  # a word that finds each
READERS = {  # each with the comments on the draft of the group that they read
    "": set(), "head.del@example.org": {DEL}, "other.observer@example.org": set(),
    "group.chair@example.org": set(SAID), "head.ald@example.org": set(SAID),
    "head.bel@example.org": set(SAID), "chair@example.org": set(SAID),
    "secretariat@example.org": set(SAID), "elsewhere.chair@example.org": set(),
}  # fmt: skip


@dataclass
class Tabled:
    """The proposal, once a draft; and by whom each comment was made, in which entry."""

    world: World
    entries: dict[str, int]

    @property
    def paths(self) -> list[str]:
        """Every address at which a comment, its number or its entry may show."""
        at = f"/proposals/{self.world.year}/{self.world.number}"
        clause = f"{at}/comments?on=p1"
        found = [
            at, f"{at}.json", f"{at}/history", f"{at}/v1", f"{at}/comments", clause,
            f"{at}/comments?kept", f"{at}/comments?page=2&kept=1", f"{at}/positions", "/",
            "/proposals", "/proposals/2019", "/changes", "/changes.atom", "/register",
            "/register.json", "/participants/belmark", "/participants/belmark.json",
            "/observers/delmonia", "/observers/delmonia.json", f"/groups/{GROUP}", "/meetings",
            "/decisions", "/decisions.json", "/sitemap.xml", "/deadlines", "/verify",
        ]  # fmt: skip
        found += [f"/search?q={word}" for word in SAID.values()]
        for entry in self.entries.values():
            found += [f"/register/{entry}", f"{at}/comments/{entry}"]
            found += [f"{at}/comments/{entry}/publication"]
        return [*found, *(f"/fr{path}" for path in found if at in path)]


async def draft() -> World:
    """Aldoria's draft before a group, shown to five; and another group, whose chair is not."""
    world = await found_world()
    since = date.fromisoformat(SEAT)
    await form_body(SECRETARIAT, GROUP, "WGM", {"en": "Monitoring"})
    await form_body(SECRETARIAT, "elsewhere", "WGE", {"en": "Elsewhere"})
    await appoint(
        SECRETARIAT,
        GROUP,
        "chair",
        email="group.chair@example.org",
        name="Group chair",
        since=since,
    )
    await appoint(
        SECRETARIAT,
        "elsewhere",
        "chair",
        email="elsewhere.chair@example.org",
        name="Other chair",
        since=since,
    )
    admission = Admission(
        "OTH",
        "otherland",
        kind="observer",
        constituency="civil_society",
        names={"en": "Otherland"},
        since=since,
    )
    await admit(SECRETARIAT, admission)
    await accredit(SECRETARIAT, "OTH", "other.observer@example.org", "Other", "head", since=since)
    shown = (BEL, DEL, SECRETARIAT, CHAIR, GROUP_CHAIR)
    return await world.table_proposal(draft=True, body=GROUP, shown=shown)


async def say(world: World, by: str, **more: Any) -> int:
    remark = Remark(**{"text": f"{SAID.get(by, 'Figs')} are sealed.", "language": "en"} | more)
    return (await comments_acts.comment(by, world.year, world.number, remark)).entry


async def tabled() -> Tabled:
    """The three comments, the tabling, and two comments that everyone may read."""
    world = await draft()
    clause = await world.clause(1)
    entries = {by: await say(world, by, clause=clause if by == BEL else "") for by in SAID}
    await world.hide(DEL)
    await world.table()
    for by in (COR, DEL):
        await say(world, by, clause=clause, text="Figs are sealed.")
    return Tabled(world, entries)


async def shown_in() -> set[int]:
    """The entries of whom the draft was shown to, which are never public."""
    entries = await Entry.filter(type__startswith="draft.").values_list("n", flat=True)
    return {int(str(n)) for n in entries}


def shows(answer: httpx2.Response, path: str, entry: int, word: str) -> list[str]:
    """What tells of a comment: its words, its entry by type, its address."""
    text = answer.text
    found = [word] if word in text and f"q={word}" not in path else []
    if f"/register/{entry}" in path and "comment.made" in text:
        found.append("type")
    if f"comments/{entry}" in text and f"comments/{entry}" not in path:
        found.append("address")
    return found


@pytest.mark.parametrize("email", READERS)
async def test_tabling_opens_no_comment_to_whoever_did_not_read_the_draft(
    site: Site, email: str
) -> None:
    made = await tabled()
    browser = await site.browser(email)
    wrong, seen = [], set()
    for path in made.paths:
        answer = await browser.get(path)
        assert answer.status_code < 500, path
        for by, entry in made.entries.items():
            told = shows(answer, path, entry, SAID[by])
            if told and by not in READERS[email]:
                wrong.append((path, by, told))
            seen |= {by} if told else set()
    assert wrong == []
    assert seen == READERS[email]
    address = f"/proposals/2019/{made.world.number}/comments"
    for by, entry in made.entries.items():
        reads = by in READERS[email]
        assert ((await browser.get(f"{address}/{entry}")).status_code == 200) is reads, by
        assert (f"{address}/{entry}" in (await browser.page(f"{address}?kept")).links()) is reads, (
            by
        )
        assert (
            f"{address}/{entry}" in (await browser.page(f"/search?q={SAID[by]}")).links()
        ) is reads


async def test_no_number_and_no_count_tells_of_what_is_not_published(site: Site) -> None:
    made = await tabled()
    browser = await site.browser()
    address = f"/proposals/2019/{made.world.number}"
    assert [c.number for c in await Comment.filter(number__isnull=False).order_by("id")] == [1, 2]
    file = (await browser.get(f"{address}.json")).json()
    assert [c["number"] for c in file["comments"]] == [1, 2]
    page = await browser.page(address)
    counts = re.findall(r"\d+ comments?", page.words)
    assert set(counts) == {"2 comments"}
    comments = await browser.page(f"{address}/comments")
    assert "on the draft" not in comments.words
    for path in ("?kept", "?kept=1&page=2"):
        assert (await browser.page(f"{address}/comments{path}")).words == comments.words
    listed = (await browser.get("/register.json")).json()["items"]
    hidden = [item for item in listed if not item["public"]]
    assert {item["n"] for item in hidden} == set(made.entries.values()) | await shown_in()
    told = {"n", "at", "leaf", "public"}
    assert all({name for name, fact in item.items() if fact is not None} == told for item in hidden)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", item["at"]) for item in hidden)


async def test_who_began_to_read_a_draft_before_its_tabling_leaves_no_count_of_its_comments(
    site: Site,
) -> None:
    """They count what the draft's readers said; the page of everyone else counts for itself."""
    world = await draft()
    await say(world, BEL)
    as_a_draft = await world.proposal()
    await world.table()
    assert (await comments_counted(as_a_draft)).total() == 1
    page = await (await site.browser()).page(f"/proposals/2019/{world.number}")
    assert set(re.findall(r"\d+ comments?", page.words)) == {"0 comments"}


async def test_a_file_and_a_feed_hold_nothing_that_is_not_published_for_anybody(
    site: Site,
) -> None:
    """They are passed on, whoever asked for them."""
    made = await tabled()
    browser = await site.browser("head.bel@example.org")
    address = f"/proposals/2019/{made.world.number}"
    for path in (
        f"{address}.json",
        "/participants/belmark.json",
        "/changes.atom",
        "/register.json",
    ):
        text = (await browser.get(path)).text
        assert not any(word in text for word in SAID.values()), path
    listed = json.loads(text)["items"]
    closed = {item["n"] for item in listed if not item["public"]}
    assert closed == set(made.entries.values()) | await shown_in()


async def test_the_file_of_a_draft_holds_its_comments_for_the_drafts_readers(site: Site) -> None:
    world = await draft()
    entry = await say(world, BEL)
    address = f"/proposals/2019/{world.number}"
    reader = await site.browser("head.ald@example.org")
    [comment] = (await reader.get(f"{address}.json")).json()["comments"]
    assert (comment["number"], comment["entry"], comment["by"]) == (None, entry, "BEL")
    assert "1 comment" in (await reader.page(address)).words
    assert f"{address}/comments/{entry}" in (await reader.page(f"{address}/comments")).links()


@pytest.mark.parametrize("by", SAID)
async def test_published_by_its_author_a_comment_shows_everywhere(site: Site, by: str) -> None:
    made = await tabled()
    word, entry = SAID[by], made.entries[by]
    receipt = await made.world.publish(entry, by=by)
    address = f"/proposals/2019/{made.world.number}"
    browser = await site.browser()
    comments = await browser.page(f"{address}/comments")
    assert word in comments.words
    assert comments.by_id("c3"), "its number is the next of those that are public"
    assert "made on the draft, published" in comments.words
    assert receipt.path == f"{address}/comments#c3"
    [told] = [
        c for c in (await browser.get(f"{address}.json")).json()["comments"] if c["number"] == 3
    ]
    assert word in told["text"]
    assert told["published"]
    for path in (f"{address}/comments/{entry}", f"{address}/comments/{entry}/publication"):
        answer = await browser.get(path)
        if path.endswith("publication"):
            assert answer.status_code == 403  # for those who comment
        else:
            assert (answer.status_code, answer.headers["location"]) == (303, receipt.path)
    assert "3 comments" in (await browser.page(address)).words
    assert word in (await browser.get(f"/register/{entry}")).text
    found = await browser.page(f"/search?q={word}")
    assert f"{address}/comments/{entry}" in found.links()
    log = await browser.page("/changes")
    assert "published a comment made on the draft" in log.words
    assert "A comment on the draft of" in log.words
    assert "published a comment" in (await browser.get("/changes.atom")).text
    assert (await browser.get("/register.json")).json()["items"][0]["type"] == "comment.published"
    for other in SAID.values():
        assert (other in (await browser.get(f"{address}/comments?kept")).text) is (other == word)


async def test_a_search_made_before_finds_a_comment_once_it_is_published(site: Site) -> None:
    """The index is kept; who may read what is asked at every search."""
    made = await tabled()
    browser = await site.browser()
    assert "Nothing found" in (await browser.page("/search?q=kumquats")).words
    await made.world.publish(made.entries[BEL], by=BEL)
    assert "Kumquats are sealed." in (await browser.page("/search?q=kumquats")).words


@DB
async def test_nobody_publishes_the_comment_of_another() -> None:
    made = await tabled()
    for by in (ALD, COR, SECRETARIAT, "chair:plenary", GROUP_CHAIR, DEL):
        with pytest.raises(Forbidden, match="not_your_comment"):
            await made.world.publish(made.entries[BEL], by=by)
    with pytest.raises(Missing, match="unknown_comment"):
        await made.world.publish(0, by=BEL)
    assert await Comment.filter(published__isnull=False).count() == 0


@DB
async def test_a_comment_on_a_draft_is_published_once_and_only_when_it_is_tabled() -> None:
    world = await draft()
    entry = await say(world, BEL)
    with pytest.raises(Refused, match="draft_not_tabled"):
        await world.publish(entry, by=BEL)
    await world.table()
    first = await world.publish(entry, by=BEL, key="k")
    assert (await world.publish(entry, by=BEL, key="k")).code == first.code
    with pytest.raises(Refused, match="comment_published"):
        await world.publish(entry, by=BEL, key="other")
    public = await say(world, COR)
    with pytest.raises(Refused, match="comment_published"):
        await world.publish(public, by=COR)
    assert [c.number for c in await Comment.all().order_by("id")] == [1, 2]


async def test_on_a_draft_that_is_withdrawn_comments_stay_where_they_were(site: Site) -> None:
    world = await draft()
    entry = await say(world, BEL)
    await world.withdraw()
    with pytest.raises(Refused, match="draft_not_tabled"):
        await world.publish(entry, by=BEL)
    public = await site.browser()
    assert (await public.get(f"/proposals/2019/{world.number}/comments")).status_code == 404
    assert "Kumquats" not in (await public.get(f"/register/{entry}")).text


async def test_referred_to_another_body_they_stay_with_those_who_read_the_draft(
    site: Site,
) -> None:
    made = await tabled()
    await refer("chair:plenary", 2019, made.world.number, body="elsewhere")
    address = f"/proposals/2019/{made.world.number}/comments/{made.entries[BEL]}"
    there = await site.browser("elsewhere.chair@example.org")
    assert (await there.get(address)).status_code == 404
    before = await site.browser("group.chair@example.org")
    assert "Kumquats" in (await before.page(address)).words


async def test_a_form_says_who_reads_it_and_a_tabling_meanwhile_sends_it_back(site: Site) -> None:
    """Written for the draft's readers, it is not recorded as public because of somebody else."""
    world = await draft()
    browser = await site.browser("head.bel@example.org")
    path = f"/proposals/2019/{world.number}/comments"
    page = await browser.page(path)
    assert "it stays with them until you publish it" in page.words
    assert page.form("/comments").fields["draft"] == "1"
    await world.table()
    answer = await browser.press(page, "/comments", text="Kumquats rot.", language="en")
    assert answer.status_code == 409
    again = Page(answer)
    assert "was tabled while you were writing" in again.words
    assert await Comment.all().count() == 0
    form = again.form("/comments")
    assert form.fields["text"] == "Kumquats rot."
    assert "draft" not in form.fields
    assert "Everyone can read it at once." in again.words
    assert (await browser.post(form.action, form.fields)).status_code == 303
    assert (await Comment.get()).number == 1


async def test_its_author_publishes_in_two_presses_and_nobody_else_can(site: Site) -> None:
    made = await tabled()
    author = await site.browser("head.bel@example.org")
    entry = made.entries[BEL]
    address = f"/proposals/2019/{made.world.number}/comments"
    kept = await author.page(f"{address}?kept")
    assert f"{address}/{entry}" in kept.links()
    assert [tag.text for tag in kept.all("a") if tag.text == "Publish it"] == ["Publish it"]
    page = await author.page(f"{address}/{entry}")
    size = (await Head.get(id=1)).size
    check = await author.press_once(page, "/publication")
    assert "Nothing has happened yet." in Page(check).words
    assert "Kumquats are sealed." in Page(check).words
    assert (await Head.get(id=1)).size == size
    other = await site.browser("head.ald@example.org")
    assert not Page(await other.get(f"{address}/{entry}")).forms[1:]
    sent = Page(check).form("/publication").fields | {"confirmed": "1"}
    assert (await other.post(f"{address}/{entry}/publication", sent)).status_code == 403
    stranger = await site.browser("other.observer@example.org")
    assert (await stranger.post(f"{address}/{entry}/publication", sent)).status_code == 404
    assert (await Head.get(id=1)).size == size
    done = await author.confirm(check)
    assert done.status_code == 303
    assert done.headers["location"].startswith(f"{address}?receipt=")
    assert done.headers["location"].endswith("#c3")
    assert "Kumquats" in (await (await site.browser()).page(address)).words


async def test_an_office_publishes_whoever_holds_it_then(site: Site) -> None:
    """Said by a chair, it is the chair's, also where a delegation's head holds the office later."""
    world = await draft()
    entry = await say(world, GROUP_CHAIR)
    await world.table()
    await appoint(
        SECRETARIAT,
        GROUP,
        "chair",
        email="head.cor@example.org",
        name="Head (Corvania)",
        since=date.fromisoformat(SEAT),
    )
    browser = await site.browser("head.cor@example.org")
    address = f"/proposals/2019/{world.number}/comments/{entry}"
    done = await browser.press(await browser.page(address), "/publication")
    assert done.status_code == 303
    published = await Entry.filter(type="comment.published").get()
    assert published.actor == GROUP_CHAIR


async def test_words_removed_by_order_are_gone_from_a_comment_on_a_draft(site: Site) -> None:
    """And the order is hidden with it until it is published."""
    made = await tabled()
    entry = made.entries[BEL]
    done = await remove_words(SECRETARIAT, entry, order(reason="It named Figaro."))
    browser = await site.browser()
    for path in [*made.paths, f"/register/{done}"]:
        text = (await browser.get(path)).text
        assert "Figaro" not in text, path
        assert "payload.redacted" not in text, path
    assert "Kumquats" not in (await Comment.get(entry=entry)).text
    await made.world.publish(entry, by=BEL)
    page = await browser.page(f"/proposals/2019/{made.world.number}/comments")
    assert "Removed by order of the Chair" in page.words
    assert "Figaro" in (await browser.get(f"/register/{done}")).text


@DB
async def test_the_database_publishes_a_comment_once() -> None:
    made = await tabled()
    await made.world.publish(made.entries[BEL], by=BEL)
    comment = await Comment.get(entry=made.entries[BEL])
    for change in ({"number": None}, {"number": 9}, {"published": None}, {"readers": ""}):
        with pytest.raises(Exception, match=r"published once|append-only"):
            await Comment.filter(id=comment.id).update(**change)


# --- the desk of whoever said it -----------------------------------------------------------------


async def test_the_desk_of_its_author_says_that_a_tabled_draft_has_comments_of_theirs_unpublished(
    site: Site,
) -> None:
    world = await draft()
    made = [await say(world, BEL), await say(world, BEL, text="Kumquats again.")]
    await say(world, SECRETARIAT)
    browser = await site.browser("head.bel@example.org")
    reminder = "2 comments that you made on this draft are not published"
    assert reminder not in (await browser.page("/desk")).words, "it is a draft still"
    await world.table()
    desk = await browser.page("/desk")
    assert reminder in desk.words
    there = f"/proposals/{world.year}/{world.number}/comments?kept"
    assert there in desk.links()
    assert "Kumquats again." in (await browser.page(there)).words
    french = (await browser.page("/fr/desk")).words
    assert "2 commentaires que vous avez faits sur ce projet ne sont pas publiés" in french
    for other, mine in (("head.cor", 0), ("chair", 0), ("secretariat", 1)):
        words = (await (await site.browser(f"{other}@example.org")).page("/desk")).words
        assert ("1 comment that you made on this draft is not published" in words) == mine, other
        assert reminder not in words, other
    for entry in made:
        await world.publish(entry, by=BEL)
    assert "that you made on this draft" not in (await browser.page("/desk")).words


@pytest.mark.parametrize("end", ["removed", "withdrawn", "decided"])
async def test_the_desk_reminds_of_nothing_that_is_over(site: Site, end: str) -> None:
    world = await (await found_world()).table_proposal(draft=True, shown=(BEL,))
    made, browser = await world.comment("BEL"), await site.browser("head.bel@example.org")
    await world.table()
    reminder = "1 comment that you made on this draft is not published"
    assert reminder in (await browser.page("/desk")).words
    if end == "removed":
        await remove_words(SECRETARIAT, made.entry, order())
    elif end == "withdrawn":
        await world.withdraw()
    else:
        await world.put()
        assert reminder in (await browser.page("/desk")).words
        await world.declare()
    assert "that you made on this draft" not in (await browser.page("/desk")).words
