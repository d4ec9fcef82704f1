"""What was said is found by whoever may read it, and by nobody else."""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import pytest

from plenary.bodies.viewers import PUBLIC
from plenary.decisions.actions.follow_ups import Order, Report, open_follow_up, report_progress
from plenary.decisions.actions.statements import Draft, Note, correct_record, state_beside
from plenary.decisions.rules import CorrectionMatter, Owner, StatementKind, Status
from plenary.front import searching
from plenary.front.indexed import SOURCES, Bundle, Index
from plenary.front.searching import KINDS, search
from plenary.meetings.actions.calling import call_meeting
from plenary.proposals.models import Proposal
from plenary.texts.folding import Term, holds
from tests.client import Site
from tests.world import BEL, COR, SECRETARIAT, World, found_world

READERS = {
    "public": "", "own": "head.cor@example.org", "other": "head.ald@example.org",
    "observer": "head.del@example.org", "chair": "chair@example.org",
}  # fmt: skip


async def much_was_said() -> World:
    """One word of its own in each place: those who look for it find that place."""
    world = await found_world()
    await world.comment(text="Which kumquats?")
    await world.put("now")
    await world.object("COR", explanation="Our mangosteens rot.", would_join="Without rambutans.")
    await world.hear("DEL", explanation="We heard of durians.")
    await world.declare("no_consensus")
    second = await world.table_proposal(title={"en": "Peer reviews", "fr": "Examens par les pairs"})
    await second.put()
    await second.declare("adopted")
    draft = Draft(kind=StatementKind.EXPLANATION, text="Physalis is a fruit.")
    await state_beside(COR, "2019/2", draft)
    note = Note(
        matter=CorrectionMatter.POSITION, text="For carambola read lime.", stance="stand_aside"
    )
    await correct_record(COR, "2019/2", note)
    order = Order(text={"en": "Count the salaks.", "fr": "Compter."}, owner=Owner(code="BEL"))
    await open_follow_up(SECRETARIAT, "own", "2019/2", order)
    await report_progress(BEL, 1, Report(Status.UNDER_WAY, "The longans are counted."))
    await call_meeting(
        SECRETARIAT,
        slug="spring",
        names={"en": "Spring in Tamarind"},
        body="plenary",
        place={"en": "Kigali"},
        zone="Africa/Kigali",
        begins=datetime(2027, 5, 3, tzinfo=UTC),
        ends=datetime(2027, 5, 4, tzinfo=UTC),
        agenda=[{"item": "1", "title": {"en": "Jackfruits"}}],
    )
    return world


FOUND = {
    "kumquat": ("Comments", "/proposals/2019/1/comments#c1"),
    "mangosteen": ("Positions", "/proposals/2019/1/positions#corvania"),
    "rambutans": ("Positions", "/proposals/2019/1/positions#corvania"),
    "durian": ("Observers heard", "/proposals/2019/1/positions#delmonia"),
    "physalis": ("Statements", "/decisions/2019/2/statements#s1"),
    "carambola": ("Corrections of the record", "/decisions/2019/2/corrections#k1"),
    "salak": ("Follow-up", "/follow-up/1"),
    "longan": ("Progress reports", "/follow-up/1#p1"),
    "tamarind": ("Meetings", "/meetings/spring"),
    "jackfruit": ("Meetings", "/meetings/spring"),
    "corvania": ("Delegations", "/participants/corvania"),
    "plénière": ("Bodies", "/groups/plenary"),
    "silence": ("Procedures", "/procedures/plenary/silence"),
    "peer review": ("Proposals", "/proposals/2019/2"),
    "peer-reviews": ("Decisions", "/decisions/2019/2"),
    "examen par les pair": ("Proposals", "/proposals/2019/2"),
}


async def test_everything_that_was_said_is_found_where_it_stands(site: Site) -> None:
    await much_was_said()
    browser = await site.browser()
    for query, (heading, link) in FOUND.items():
        page = await browser.page(f"/search?q={query}")
        assert heading in [tag.text for tag in page.all("h2")], query
        assert link in page.links(), query
        path, _, anchor = link.partition("#")
        target = await browser.page(path)
        assert not anchor or target.by_id(anchor) is not None, f"{link} leads to nothing"
    for reader in READERS.values():
        french = await (await site.browser(reader)).page("/fr/search?q=silence")
        assert "Procédures" in [tag.text for tag in french.all("h2")]


HIDDEN = {  # publication -> who finds Corvania's words while the question is open
    "now": set(READERS),
    "decided": set(READERS) - {"public"},
    "never": {"own", "chair"},
}


@pytest.mark.parametrize("publication", HIDDEN)
async def test_a_hidden_explanation_is_found_by_whoever_may_read_it(
    site: Site, publication: str
) -> None:
    world = await found_world()
    await world.put(publication)
    await world.object("COR", explanation="Our mangosteens rot.", would_join="Without rambutans.")
    nothing = {}
    for name, email in READERS.items():
        browser = await site.browser(email)
        for word in ("mangosteen", "rambutan"):
            answer = (await browser.get(f"/search?q={word}")).text
            none = (await browser.get("/search?q=nothing%20at%20all")).text
            found = "/proposals/2019/1/positions#corvania" in answer
            assert found == (name in HIDDEN[publication]), (name, word)
            nothing[name] = found or _bare(answer, word) == _bare(none, "nothing at all")
    assert all(nothing.values()), "the answer of one who finds nothing tells of nothing"


def _bare(text: str, query: str) -> str:
    """A page without what was asked for."""
    for written in (query, query.replace(" ", "%20"), query.replace(" ", "+")):
        text = text.replace(written, "…")
    return re.sub(r'nonce-[^"\']+', "", text)


async def test_a_draft_and_its_comments_are_found_by_delegations_alone(site: Site) -> None:
    world = await found_world()
    draft = await world.table_proposal("The Plenary,\n\n1. Bans lychees.\n", by=BEL, draft=True)
    await draft.comment("BEL", text="And pomelos.")
    for word in ("lychee", "pomelo", "KP/2019/P.2"):
        public, inside = await site.browser(), await site.browser("head.bel@example.org")
        assert "Nothing found" in (await public.page(f"/search?q={word}")).words
        page = await inside.page(f"/search?q={word}")
        assert any(link.startswith("/proposals/2019/2") for link in page.links()), word


async def test_a_text_is_found_by_its_newest_words(site: Site) -> None:
    world = await found_world()
    browser = await site.browser()
    assert any("#p2" in link for link in (await browser.page("/search?q=report")).links())
    await world.revise("The Plenary,\n\n1. Decides that papayas are sealed.\n")
    assert "/proposals/2019/1#p1" in (await browser.page("/search?q=papaya")).links()
    assert "Nothing found" in (await browser.page("/search?q=report")).words


async def test_the_index_is_read_once_and_grows_with_the_record(db: str) -> None:
    world = await much_was_said()
    index = Index()
    first = await index.passages()
    shelves = [shelf.bundles for shelf in index.shelves]
    assert await index.passages() == first
    assert [shelf.bundles for shelf in index.shelves] == shelves
    await world.comment("BEL", text="More kiwis.")
    found = await search(PUBLIC, "kiwi", index)
    assert [group.kind for group in found.groups] == ["comment"]
    grown = [n for n, source in enumerate(SOURCES) if source.grows]
    assert all(index.shelves[n].bundles is shelves[n] for n in grown), "nothing was read anew"


async def test_what_is_put_and_answered_during_a_search_keeps_its_rule(db: str) -> None:
    world = await found_world()

    class Slow(Index):
        """A question is put and answered while the search waits for its turn to read."""

        async def bundles(self) -> Sequence[Bundle]:
            await world.put("never")
            await world.object("COR", explanation="Our feijoas rot.")
            return await super().bundles()

    assert (await search(PUBLIC, "feijoa", Slow())).nothing


async def test_many_are_counted_and_the_newest_shown(site: Site) -> None:
    world = await found_world()
    for n in range(25):
        await world.comment(text=f"Guava number {n}.")
    page = await (await site.browser()).page("/search?q=guavas")
    assert "Comments (25)" in page.words
    assert "1 to 20 of 25." in page.words
    assert "/search?q=guavas&kind=comment" in page.links()
    assert "/proposals/2019/1/comments#c25" in page.links()
    assert "/proposals/2019/1/comments#c5" not in page.links()


async def test_every_kind_of_passage_has_its_words(db: str) -> None:
    await much_was_said()
    kinds = {passage.kind for _, passage in await Index().passages()}
    assert kinds - {"proposal", "clause"} <= set(KINDS)
    assert len(kinds) >= 12
    assert await Proposal.all().count() == 2


@pytest.mark.parametrize("publication", ["now", "never"])
async def test_what_is_read_together_is_looked_for_together_and_what_is_hidden_is_not_looked_at(
    db: str, monkeypatch: pytest.MonkeyPatch, publication: str
) -> None:
    world = await found_world()
    await world.put(publication)
    for n in range(40):
        await world.state("ALD", explanation=f"Reason number {n}.")
    looked_at: list[str] = []

    def holds_counted(words: str, looked_for: Iterable[Term]) -> bool:
        looked_at.append(words)
        return holds(words, looked_for)

    monkeypatch.setattr(searching, "holds", holds_counted)
    assert (await search(PUBLIC, "nowhere", Index())).nothing
    assert len(looked_at) < 30
    assert sum("reason" in words for words in looked_at) == (1 if publication == "now" else 0)
