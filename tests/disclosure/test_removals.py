"""Words go by an order on the record; the record, its proofs and every outcome stay."""

import ast
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.models import Model

from plenary import clock
from plenary.bodies.models import Body
from plenary.disclosure.copies import COPIES
from plenary.disclosure.orders import KEPT
from plenary.disclosure.removing import remove_words
from plenary.procedures.models import Procedure
from plenary.questions.models import Position
from plenary.record import tree
from plenary.record.entry import read_entry, whole
from plenary.record.models import Entry, Head, Node, Payload, Redaction
from plenary.record.telling import told_by
from plenary.refusal import Invalid, Missing, Refused
from plenary.web.dates import loose
from tests.client import Page, Site
from tests.disclosure.nouns import NOUNS, SAID, SECRET, WRITTEN_OF_OTHERS, newest, order
from tests.world import SECRETARIAT, found_world

pytestmark = pytest.mark.anyio
CODE = Path(__file__).parents[2] / "plenary"


async def everywhere(word: str) -> list[str]:
    """Each table and column in which a word stands."""
    found = []
    for model in Tortoise.apps["plenary"].values():  # type: ignore[index]
        for row in await model.all():
            found += [f"{model.__name__}.{name}" for name in _holding(row, word)]
    return sorted(set(found))


def _holding(row: Model, word: str) -> list[str]:
    held = {name: getattr(row, name) for name in row._meta.db_fields}
    written = {
        name: bytes(value).decode("utf-8", "replace")
        if isinstance(value, bytes | memoryview)
        else json.dumps(value, ensure_ascii=False, default=str)
        for name, value in held.items()
    }
    return [name for name, text in written.items() if word.casefold() in text.casefold()]


# --- each noun ---


@pytest.mark.parametrize("noun", NOUNS)
async def test_of_each_noun_no_word_is_left_and_the_record_stays(db: str, noun: str) -> None:
    kind, make = NOUNS[noun]
    await make(await found_world())
    assert await everywhere(SECRET)
    before = {entry.n: (entry.leaf, bytes(entry.written)) for entry in await Entry.all()}
    n = await newest(kind)
    done = await remove_words(SECRETARIAT, n, order(office="court"))
    assert await everywhere(SECRET) == []
    after = {entry.n: (entry.leaf, bytes(entry.written)) for entry in await Entry.all()}
    assert {at: after[at] for at in before} == before
    assert (await Redaction.get(entry=n)).order == done
    await the_root_is_of_the_leaves()


async def the_root_is_of_the_leaves() -> None:
    peaks: tuple[bytes, ...] = ()
    for entry in await Entry.all().order_by("n"):
        peaks, _ = tree.append(entry.n, peaks, tree.leaf_hash(bytes(entry.written)))
    assert tree.root_of(peaks).hex() == (await Head.get(id=1)).root
    assert await Node.all().count()


def test_of_every_type_of_entry_that_has_a_payload_words_can_be_removed() -> None:
    """From the code itself: whatever is appended with a payload is said and removed above."""
    found = {kind for path in CODE.rglob("*.py") for kind in sealed_in(path.read_text())}
    assert len(found) > 25
    assert found == set(COPIES) == {kind for kind, _ in NOUNS.values()} | WRITTEN_OF_OTHERS


# --- what an outcome rests on ---


@pytest.mark.parametrize("kind", sorted(KEPT))
async def test_what_an_outcome_rests_on_holds_no_words(db: str, kind: str) -> None:
    world = await found_world()
    await world.put()
    with pytest.raises(Refused, match=KEPT[kind]):
        await remove_words(SECRETARIAT, await newest(kind), order())


async def test_roll_rule_and_window_go_on_to_the_order_and_are_proved_by_the_question(
    db: str,
) -> None:
    """And from an order whose own reason goes on to the next."""
    world = await found_world()
    await world.put(procedure="silence", hours=96, uneven=SAID)
    n = await newest("question.put")
    before = whole(await facts(n), await told(n))
    assert {"roll", "rule", "window"} < before.keys()
    first = await remove_words(SECRETARIAT, n, order())
    kept = (await told(first))["stays"][str(n)]
    assert whole(await facts(n), kept) == before
    assert whole(await facts(first), await told(first))["stays"] == {str(n): kept}
    second = await remove_words(SECRETARIAT, first, order(reason="The reason told it again."))
    assert (await told(second))["stays"][str(first)]["stays"][str(n)] == kept
    assert await Payload.filter(commitment=(await Entry.get(n=first)).payload).count() == 0


async def test_the_terms_of_a_procedure_go_on_to_the_order(db: str) -> None:
    make = NOUNS["a procedure"][1]
    await make(await found_world())
    n = await newest("procedure.adopted")
    before = whole(await facts(n), await told(n))["terms"]
    done = await remove_words(SECRETARIAT, n, order())
    assert whole(await facts(n), (await told(done))["stays"][str(n)])["terms"] == before
    assert (await Procedure.get(entry=n)).terms == before


async def facts(n: int) -> dict[str, Any]:
    return read_entry(bytes((await Entry.get(n=n)).written))


async def told(n: int) -> dict[str, Any]:
    return dict(await told_by(await Entry.get(n=n)))


async def test_the_check_page_shows_the_words_that_go_and_no_roll(site: Site) -> None:
    world = await found_world()
    await world.put(uneven=SAID)
    browser = await site.browser("secretariat@example.org")
    n = await newest("question.put")
    page = await browser.page(f"/register/{n}/removal")
    given = {"office": "chair", "body": "plenary", "ground": "insult", "reason": "It insulted."}
    check = Page(await browser.press_once(page, "/removal", **given))
    assert SECRET in check.words
    assert '"COR"' not in check.words


def sealed_in(source: str) -> set[str]:
    """The types that a file appends with a payload."""
    calls = [
        call
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") == "append"
        and call.args
        and any(word.arg == "payload" for word in call.keywords)
    ]
    named = [node for call in calls for node in ast.walk(call.args[0])]
    return {
        node.value
        for node in named
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value
    }


# --- who, how often, and by no other way ---


async def test_words_go_once_and_only_where_there_are_some(db: str) -> None:
    world = await found_world()
    await world.comment(text=SAID)
    n = await newest("comment.made")
    await remove_words(SECRETARIAT, n, order(), key="one")
    assert await remove_words(SECRETARIAT, n, order(), key="one") == await newest(
        "payload.redacted"
    )
    with pytest.raises(Refused, match="words_removed"):
        await remove_words(SECRETARIAT, n, order(), key="two")
    with pytest.raises(Refused, match="no_words_to_remove"):
        await remove_words(SECRETARIAT, await newest("seat.given"), order())
    with pytest.raises(Missing):
        await remove_words(SECRETARIAT, 10_000, order())


@pytest.mark.parametrize("bad", [
    {"office": "nobody"}, {"ground": "because"}, {"body": "none"}, {"day": date(2999, 1, 1)},
    {"office": "body"}, {"office": "body", "decision": "KP/2019/Plenary/AD.99"},
    {"day": date(2019, 1, 2)},
])  # fmt: skip
async def test_an_order_that_does_not_stand_removes_nothing(db: str, bad: dict[str, Any]) -> None:
    world = await found_world()
    await world.comment(text=SAID)
    with pytest.raises(Invalid):
        await remove_words(SECRETARIAT, await newest("comment.made"), order(**bad))
    assert await everywhere(SECRET)


async def test_words_are_ordered_away_on_the_day_that_it_is_at_the_seat(db: str) -> None:
    """Half past one in the night there, and still the day before in UTC."""
    world = await found_world()
    await Body.filter(key="plenary").update(zone="Asia/Kolkata")
    night = datetime(2031, 3, 1, 20, 0, tzinfo=UTC)
    with clock.pretending(night):
        await world.comment(text=SAID)
        n = await newest("comment.made")
        for day in (1, 3):
            with pytest.raises(Invalid):
                await remove_words(SECRETARIAT, n, order(day=date(2031, 3, day)))
        await remove_words(SECRETARIAT, n, order(day=date(2031, 3, 2)))
    assert await everywhere(SECRET) == []


async def test_a_body_orders_by_a_decision_that_was_adopted(db: str) -> None:
    world = await found_world()
    await world.comment(text=SAID)
    await world.put()
    await world.declare()
    given = order(office="body", decision="KP/2019/Plenary/AD.1", day=clock.now().date())
    await remove_words(SECRETARIAT, await newest("comment.made"), given)
    assert await everywhere(SECRET) == []


async def test_without_an_order_no_payload_goes_and_no_word_changes(db: str) -> None:
    world = await found_world()
    await NOUNS["a position"][1](world)
    entry = await Entry.get(n=await newest("position.stated"))
    for wrong in (
        Payload.filter(commitment=entry.payload).delete(),
        Position.filter(entry=entry.n).update(explanation="Something else."),
        Position.filter(entry=entry.n).update(stance="support"),
    ):
        with pytest.raises(Exception, match=r"order|removed|append-only"):
            await wrong
    assert await everywhere(SECRET)


async def test_an_outcome_and_its_counts_stay(db: str) -> None:
    world = await found_world()
    await NOUNS["a position"][1](world)
    await world.declare()
    row = await Position.get(delegation__code="BEL")
    await remove_words(SECRETARIAT, row.entry, order())
    after = await Position.get(id=row.id)
    assert (after.stance, after.version, after.at) == (row.stance, row.version, row.at)


# --- what a reader sees ---

PLACES = (
    "/proposals/2019/1/comments", "/fr/proposals/2019/1/comments", "/proposals/2019/1.json",
    "/decisions/2019/1", "/decisions/2019/1.txt", "/decisions/2019/1.md", "/decisions/2019/1.json",
    "/proposals/2019/1/positions",
)  # fmt: skip


async def test_each_page_and_file_says_by_whose_order_on_which_ground(site: Site) -> None:
    world = await found_world()
    await world.comment(text=SAID)
    await world.put()
    await world.state("BEL", "reservation", explanation=SAID)
    await world.hear("DEL", "object", explanation=SAID)
    await world.declare()
    browser = await site.browser()
    for kind in ("comment.made", "position.stated", "observer.heard"):
        await remove_words(SECRETARIAT, await newest(kind), order())
    for path in PLACES:
        text = (await browser.get(path)).text
        assert SECRET not in text, path
        assert "\ue000" not in text, path
        said = "Retiré par ordre" if path.startswith("/fr") else "Removed by order of the Chair on"
        assert said in text, path
    assert "ground: personal data" not in text
    assert "Ground: personal data" in text
    assert "Nothing found for" in (await browser.page(f"/search?q={SECRET}")).words


async def test_the_entry_its_receipt_and_the_log_show_the_order(site: Site) -> None:
    world = await found_world()
    receipt = await world.comment(text=SAID)
    done = await remove_words(SECRETARIAT, receipt.entry, order())
    browser = await site.browser()
    page = await browser.page(f"/register/{receipt.entry}")
    today = loose(clock.now().date().isoformat())
    assert f"Removed by order of the Chair on {today}. Ground: personal data." in page.words
    assert f"/register/{done}" in page.links()
    assert SECRET not in page.source
    assert "It named a child." in (await browser.page(f"/register/{done}")).source
    assert SECRET not in (await browser.page(f"/receipts/{receipt.code}")).source
    assert (await browser.get(f"/receipts/{receipt.code}.txt")).status_code == 200
    log = await browser.page("/changes")
    assert f"Words of entry {receipt.entry} were removed by order." in log.words


async def test_the_secretariat_removes_words_in_two_presses(site: Site) -> None:
    world = await found_world()
    n = (await world.comment(text=SAID)).entry
    browser = await site.browser("secretariat@example.org")
    assert f"/register/{n}/removal" in (await browser.page(f"/register/{n}")).links()
    page = await browser.page(f"/register/{n}/removal")
    fields = {"office": "chair", "body": "plenary", "ground": "insult", "reason": "It insulted."}
    first = await browser.press_once(page, "/removal", **fields)
    check = Page(first)
    assert "Nothing is removed yet." in check.words
    assert SECRET in check.words
    assert '"text"' not in check.words, "words, as they are read"
    assert "the Chair and the secretariat are told" in check.words
    assert await everywhere(SECRET)
    done = await browser.confirm(first)
    assert (done.status_code, done.headers["location"]) == (303, f"/register/{n}")
    assert await everywhere(SECRET) == []
    assert "Ground: insult" in (await browser.page(f"/register/{n}")).words
    assert f"Entry {n}" in (await browser.page("/secretariat/removals")).words
    assert (await browser.get(f"/register/{n}/removal")).status_code == 409


@pytest.mark.parametrize("reader", ["", "chair@example.org", "head.bel@example.org"])
async def test_nobody_else_removes_words(site: Site, reader: str) -> None:
    n = (await (await found_world()).comment(text=SAID)).entry
    browser = await site.browser(reader)
    assert (await browser.get(f"/register/{n}/removal")).status_code == 403
    assert (await browser.post(f"/register/{n}/removal", {"confirmed": "1"})).status_code == 403
    assert await everywhere(SECRET)
