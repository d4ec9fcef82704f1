"""Words go by an order on the record; the record, its proofs and every outcome stay."""

import ast
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tortoise import Tortoise
from tortoise.models import Model

from plenary import clock
from plenary.archive.copies import COPIES
from plenary.archive.orders import KEPT, Order
from plenary.archive.removing import remove_words
from plenary.bodies import actions as bodies
from plenary.bodies.models import Body
from plenary.decisions.actions.blocs import answer_bloc
from plenary.decisions.actions.follow_ups import Order as Task
from plenary.decisions.actions.follow_ups import Report, open_follow_up, report_progress
from plenary.decisions.actions.statements import Draft, Note, correct_record, state_beside
from plenary.decisions.beside import Kind, Matter, Owner, Status
from plenary.decisions.models import Bloc, Position
from plenary.record import tree
from plenary.record.models import Entry, Head, Node, Payload, Redaction
from plenary.refusal import Invalid, Missing, Refused
from plenary.web.dates import loose
from tests.archive.registers import FRENCH
from tests.client import Page, Site
from tests.meetings.test_pages import call
from tests.world import BEL, SECRETARIAT, World, found_world

pytestmark = pytest.mark.anyio
SECRET = "Xylophonquatsch"
CODE = Path(__file__).parents[2] / "plenary"
SAID = f"The {SECRET} of a person."


def order(**more: Any) -> Order:
    given: dict[str, Any] = {
        "office": "chair", "body": "plenary", "ground": "personal", "language": "en",
        "reason": "It named a child.", "day": clock.now().date(),
    }  # fmt: skip
    return Order(**given | more)


async def newest(type: str) -> int:
    found = await Entry.filter(type=type).order_by("-n").first()
    assert found, type
    return found.n


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
        name: bytes(value).decode("utf-8", "replace") if isinstance(value, bytes | memoryview)
        else json.dumps(value, ensure_ascii=False, default=str)
        for name, value in held.items()
    }  # fmt: skip
    return [name for name, text in written.items() if word.casefold() in text.casefold()]


# --- each noun ---

Make = Callable[[World], Awaitable[object]]


async def _bloc(world: World) -> None:
    await world.put()
    await world.on_behalf("ALD", ["BEL"], "reservation", explanation=SAID, name="Group")


async def _decided(world: World) -> None:
    await world.put()
    await world.declare()


async def _beside(world: World) -> None:
    await _decided(world)
    await state_beside(BEL, "2019/1", Draft(Kind.EXPLANATION, SAID, "en"))


async def _correction(world: World) -> None:
    await _decided(world)
    note = Note(Matter.CLERICAL, SAID)
    await correct_record(SECRETARIAT, "2019/1", note)


async def _position(world: World) -> None:
    await world.put()
    await world.state("BEL", "reservation", explanation=SAID)


async def _observer(world: World) -> None:
    await world.put()
    await world.hear("DEL", "object", explanation=SAID, would_join=SAID)


async def _entered(world: World) -> None:
    await world.put()
    await world.from_the_room("BEL", "reservation", explanation=SAID)


async def _late(world: World) -> None:
    await world.put(procedure="silence", hours=96)
    await world.object()
    with pytest.raises(Refused, match="too_late_after"):
        await world.state("BEL", "reservation", explanation=SAID)


async def _titled(world: World) -> None:
    second = await world.table_proposal(title={"en": SAID}, sense={"en": SAID})
    await second.put()
    await second.declare()


async def _note(world: World) -> None:
    await world.put()
    await world.declare(note=SAID)


async def _moved(world: World) -> None:
    await world.put(procedure="silence", hours=96)
    question = await world.question()
    assert question.closes
    await world.extend(question.closes + timedelta(days=1), reason=SAID)


async def _owed(world: World) -> None:
    await _decided(world)
    task = Task({"en": SAID}, Owner(code="BEL"), due=None)
    await open_follow_up(SECRETARIAT, "own", "2019/1", task)


async def _reported(world: World) -> None:
    await _decided(world)
    await open_follow_up(
        SECRETARIAT, "own", "2019/1", Task({"en": "Do."}, Owner(code="BEL"), due=None)
    )
    await report_progress(BEL, 1, Report(Status.UNDER_WAY, SAID))


async def _just_translated(world: World) -> None:
    await world.revise(FRENCH.replace("Demande un rapport", SAID), language="fr")


async def _translated_title(world: World) -> None:
    await world.revise(FRENCH, language="fr", title=SAID)


async def _person(world: World) -> None:
    await bodies.accredit(SECRETARIAT, "BEL", "one@example.org", SAID, "delegate")


async def _gone(world: World) -> None:
    accredited = await bodies.accredit(SECRETARIAT, "BEL", "one@example.org", SAID, "delegate")
    await bodies.end_accreditation(SECRETARIAT, accredited.id)


async def _kept_apart(world: World) -> None:
    await world.put()
    await world.on_behalf("ALD", ["BEL"], "reservation", explanation=SAID)
    bloc = await Bloc.all().first()
    assert bloc
    await answer_bloc(BEL, world.year, world.number, bloc.id, confirmed=True)


NOUNS: dict[str, tuple[str, Make]] = {
    "a comment": ("comment.made", lambda world: world.comment(text=SAID)),
    "a position": ("position.stated", _position),
    "a position for others": ("bloc.named", _bloc),
    "an Observer's view": ("observer.heard", _observer),
    "a position from the room": ("position.entered", _entered),
    "a position for others, confirmed": ("position.stated", _kept_apart),
    "a late position": ("position.late", _late),
    "a reason for moving a closing": ("question.extended", _moved),
    "what is owed": ("follow_up.opened", _owed),
    "a report": ("follow_up.reported", _reported),
    "a translation": ("translation.issued", _just_translated),
    "a translated title": ("proposal.named", _translated_title),
    "a person": ("person.accredited", _person),
    "a person who left": ("person.left", _gone),
    "a body": (
        "body.formed",
        lambda world: bodies.form_body(
            SECRETARIAT,
            "grp",
            names={"en": SAID},
            symbol="GRP",
            parent="plenary",
            mandate={"en": SAID},
        ),
    ),
    "a meeting": (
        "meeting.called",
        lambda world: call(
            names={"en": SAID},
            place={"en": SAID},
            agenda=[{"item": "1", "title": {"en": SAID}, "proposal": 1}],
        ),
    ),
    "a holiday": (
        "holidays.entered",
        lambda world: bodies.set_holidays(SECRETARIAT, "plenary", {date(2027, 1, 1): {"en": SAID}}),
    ),
    "a statement": ("statement.made", _beside),
    "a correction": ("record.corrected", _correction),
    "a title": ("proposal.tabled", _titled),
    "a version": ("version.issued", lambda world: world.revise(f"1. {SAID}\n")),
    "a note of a decision": ("decision.declared", _note),
    "a reason of a withdrawal": ("proposal.withdrawn", lambda world: world.withdraw(reason=SAID)),
}


@pytest.mark.parametrize("noun", NOUNS)
async def test_of_each_noun_no_word_is_left_and_the_record_stays(db: str, noun: str) -> None:
    kind, make = NOUNS[noun]
    await make(await found_world())
    assert await everywhere(SECRET)
    before = {one.n: (one.leaf, bytes(one.written)) for one in await Entry.all()}
    n = await newest(kind)
    done = await remove_words(SECRETARIAT, n, order())
    assert await everywhere(SECRET) == []
    after = {one.n: (one.leaf, bytes(one.written)) for one in await Entry.all()}
    assert {at: after[at] for at in before} == before
    assert (await Redaction.get(entry=n)).order == done
    await the_root_is_of_the_leaves()


async def the_root_is_of_the_leaves() -> None:
    peaks: tuple[bytes, ...] = ()
    for one in await Entry.all().order_by("n"):
        peaks, _ = tree.append(one.n, peaks, tree.leaf_hash(bytes(one.written)))
    assert tree.root_of(peaks).hex() == (await Head.get(id=1)).root
    assert await Node.all().count()


def test_every_type_of_entry_with_a_payload_can_be_redacted() -> None:
    """From the code itself: whatever is appended with a payload stands in the table."""
    found = {kind for path in CODE.rglob("*.py") for kind in sealed_in(path.read_text())}
    assert len(found) > 25
    assert found - set(COPIES) == set(KEPT)


async def test_what_an_outcome_rests_on_stays(db: str) -> None:
    world = await found_world()
    await world.put()
    with pytest.raises(Refused, match="outcome_rests_on_it"):
        await remove_words(SECRETARIAT, await newest("question.put"), order())


def sealed_in(source: str) -> set[str]:
    """The types that a file appends with a payload."""
    calls = [
        call for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "append" and call.args
        and any(word.arg == "payload" for word in call.keywords)
    ]  # fmt: skip
    named = [one for call in calls for one in ast.walk(call.args[0])]
    return {
        one.value for one in named
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and "." in one.value
    }  # fmt: skip


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
    await _decided(world)
    given = order(office="body", decision="KP/2019/Plenary/AD.1", day=clock.now().date())
    await remove_words(SECRETARIAT, await newest("comment.made"), given)
    assert await everywhere(SECRET) == []


async def test_without_an_order_no_payload_goes_and_no_word_changes(db: str) -> None:
    world = await found_world()
    await _position(world)
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
    await _position(world)
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
