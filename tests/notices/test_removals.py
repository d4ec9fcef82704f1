"""Whoever wrote words that go by an order is told, and so are the Chair and the secretariat."""

import pytest

from plenary.bodies.actions.accreditations import accredit
from plenary.bodies.actions.chambers import form_body
from plenary.bodies.actions.offices import appoint
from plenary.disclosure.removing import remove_words
from plenary.notices.entries import queue_entries
from plenary.notices.models import Notice
from plenary.registers.actions import import_register
from tests.client import Site
from tests.disclosure.nouns import NOUNS, SAID, SECRET, newest, order
from tests.notices.post import BASE, Box, at, opened, send
from tests.registers.registers import SEALS, register
from tests.world import SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio
BUREAU = {"chair@example.org", "secretariat@example.org"}


async def told_of(kind: str, **by: str) -> Box:
    """The words of the newest entry of this type go; what arrives."""
    box = Box()
    with at(2):
        await remove_words(SECRETARIAT, await newest(kind), order(**by))
        await queue_entries()
        await send(box)
    return box


def readers(box: Box) -> set[str]:
    return {mail["To"] for mail in box.mails}


async def test_the_author_of_a_comment_the_chair_and_the_secretariat_are_told(db: str) -> None:
    with at():
        world = await found_world()
        n = (await world.comment(text=SAID)).entry
    box = await told_of("comment.made")
    assert readers(box) == {"head.bel@example.org", *BUREAU}
    subject = "Words were removed by order / Des mots ont été retirés par ordre"
    assert box.to("head.bel") == [f"[P.1] {subject}"]
    done = await newest("payload.redacted")
    for who in ("head.bel", "chair", "secretariat"):
        text = box.text(who)
        for part in (
            "Ordered by the Chair on 2 March 2026. Ground: personal data.", f"on entry {n}.",
            "Ordonné le 2 mars 2026 par la Présidence. Motif : données personnelles.",
            f"l’inscription {n}.", f"{BASE}/register/{n} ", f"{BASE}/register/{done} ",
        ):  # fmt: skip
            assert part in text.replace("\u202f", " ").replace("\xa0", " "), (who, part)
        assert SECRET not in text
        assert "\ue000" not in text
    assert await Notice.filter(key=f"entry:{done}").count() == 3
    with at(3):
        assert await queue_entries() == 0


async def _version(world: World) -> str:
    await world.revise(f"1. {SAID}\n", by="chair:plenary")
    return "version.issued"


async def _entered(world: World) -> str:
    await world.put()
    await world.from_the_room("BEL", "reservation", explanation=SAID)
    return "position.entered"


async def _heard(world: World) -> str:
    await world.put()
    await world.hear("DEL", "object", explanation=SAID)
    return "observer.heard"


async def _for_others(world: World) -> str:
    await world.put()
    await world.on_behalf("ALD", ["COR"], "reservation", explanation=SAID)
    return "bloc.named"


async def _accredited(world: World) -> str:
    await accredit(SECRETARIAT, "COR", "one@example.org", SAID, "adviser")
    return "person.accredited"


@pytest.mark.parametrize("say, also", [
    (_version, "ald"), (_entered, "bel"), (_heard, "del"), (_for_others, "ald cor"),
    (_accredited, "cor"),
])  # fmt: skip
async def test_so_is_whose_words_they_are_by_whatever_hand(db: str, say: object, also: str) -> None:
    """A text is its author's too; what was entered or stated for a delegation is its own."""
    with at():
        kind = await say(await found_world())  # type: ignore[operator]
        await queue_entries()
        await send(Box())
    box = await told_of(kind)
    assert readers(box) == {f"head.{name}@example.org" for name in also.split()} | BUREAU


async def test_in_a_group_its_own_chair_is_told_and_no_other_groups(db: str) -> None:
    with at():
        world = await found_world()
        for key in ("wgm", "grp"):
            await form_body(SECRETARIAT, key, key.upper(), {"en": key})
            await appoint(SECRETARIAT, key, "chair", email=f"{key}@example.org", name=key)
        other = await world.table_proposal(title={"en": "In the group"}, body="wgm")
        await other.comment(text=SAID)
    box = await told_of("comment.made", body="wgm")
    assert readers(box) == {"head.bel@example.org", "wgm@example.org", *BUREAU}
    assert "Ordered by the chair (wgm) on" in box.text("chair")


async def test_by_a_decision_the_letter_names_it(db: str) -> None:
    with at():
        world = await found_world()
        await world.comment(text=SAID)
        await world.put()
        decision = await world.declare()
    box = await told_of("comment.made", office="body", decision=decision.symbol)
    said = f"Ordered by the Plenary on 2 March 2026, by decision {decision.symbol}."
    assert said in box.text("head.bel")


async def test_under_never_the_letter_says_not_whose_or_where_and_the_desk_does(site: Site) -> None:
    """A letter is passed on: which entry it was would say who had spoken on what."""
    world = await opened("vote", publication="never")
    with at(1):
        await world.state("BEL", "no", explanation=SAID)
    box = await told_of("position.stated")
    assert "head.bel@example.org" in readers(box)
    text = box.text("head.bel")
    assert not [word for word in ("P.1", "2019", "/register/", "entry") if word in text]
    assert "Ordered by the Chair on 2 March 2026." in text
    assert f"{BASE}/desk " in text
    with at(3):
        done = await newest("payload.redacted")
        browser = await site.browser("head.bel@example.org")
        page = await browser.page("/desk")
        assert f"/register/{done}" in page.links()
        page = await browser.page(f"/register/{done}")
        assert '"ground":"personal"' in page.words, "whose words went reads by whose order"
        other = await (await site.browser("head.cor@example.org")).page(f"/register/{done}")
        assert "personal" not in other.words


async def test_whoever_may_not_read_the_order_is_sent_to_no_desk_for_it(site: Site) -> None:
    """The order names the entry of one, and under “never” nobody reads who else was named, or
    who confirmed, not even who spoke for them: it opens to the one alone."""
    world = await opened("vote", publication="never")
    with at(1):
        await world.on_behalf("ALD", ["BEL", "COR"], "no", explanation=SAID)
        await queue_entries()
        await send(Box())
    box = await told_of("bloc.named")
    done = await newest("payload.redacted")
    told = {}
    for who in ("ald", "bel", "cor"):
        with at(3):
            page = await (await site.browser(f"head.{who}@example.org")).page(f"/register/{done}")
        reads, text = '"ground":"personal"' in page.words, box.text(f"head.{who}")
        assert ("stands on your desk" in text) == reads, who
        assert ("the order is not open to you" in text) == (not reads), who
        told[who] = reads
    assert told == {"ald": False, "bel": False, "cor": True}, "the last that was named"
    assert "Ordered by the Chair on 2 March 2026. Ground: personal data." in box.text("head.ald")


async def test_of_a_draft_no_other_delegation_is_told_and_no_letter_says_which(db: str) -> None:
    with at():
        await (await found_world()).table_proposal(title={"en": SAID}, draft=True)
    box = await told_of("proposal.drafted")
    assert readers(box) == {"head.ald@example.org", *BUREAU}
    letters = [f"{mail['Subject']} {mail.get_content()}" for mail in box.mails]
    assert not [letter for letter in letters if "/register/" in letter or "P.2" in letter]


async def test_a_register_is_the_secretariats_whatever_the_length_of_its_ids(db: str) -> None:
    with at():
        await found_world()
        await import_register(SECRETARIAT, "kp", register(SEALS.replace("Seals", "Seals " * 13)))
    box = await told_of("decision.imported")
    assert readers(box) == BUREAU
    assert "seals" not in box.text("chair"), "an id is made of a title"


async def test_it_stands_on_the_desk_of_each(site: Site) -> None:
    world = await found_world()
    await world.comment(text=SAID)
    await remove_words(SECRETARIAT, await newest("comment.made"), order())
    await queue_entries()
    done = await newest("payload.redacted")
    for who in ("head.bel", "chair", "secretariat"):
        page = await (await site.browser(f"{who}@example.org")).page("/desk")
        assert f"Words were removed by order Entry {done}" in page.words, who
        assert f"/register/{done}" in page.links()
    page = await (await site.browser("head.cor@example.org")).page("/desk")
    assert "Words were removed by order" not in page.words
    page = await (await site.browser("secretariat@example.org")).page("/secretariat/letters")
    assert "Words were removed by order" in page.words


@pytest.mark.parametrize("noun", NOUNS)
async def test_of_each_noun_the_bureau_is_told_and_no_letter_repeats_a_word(
    db: str, noun: str
) -> None:
    kind, make = NOUNS[noun]
    await make(await found_world())
    await remove_words(SECRETARIAT, await newest(kind), order(office="court"))
    box = Box()
    await queue_entries()
    await send(box)
    about = await Notice.filter(name="redacted").values_list("person__email", flat=True)
    assert set(about) >= BUREAU
    letters = [f"{mail['Subject']} {mail.get_content()}" for mail in box.mails]
    assert not [letter for letter in letters if SECRET in letter]
