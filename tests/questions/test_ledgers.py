"""The ledgers of a question: no page reads what it does not show, and none shows what was."""

from typing import Any

import pytest
from tortoise.transactions import in_transaction

from plenary.bodies.actions.admissions import Admission, admit
from plenary.bodies.viewers import PUBLIC
from plenary.questions.ledgers import ledgers_of, parties
from plenary.questions.models import Position, Question
from plenary.questions.reading import decision_on
from plenary.questions.stand import Stand, stand_of
from plenary.record import remembered
from tests.client import Site
from tests.mandate import mandate
from tests.reads import reads
from tests.world import SECRETARIAT, World, found_world

MANY = 300
PAGES = ("/", "/proposals", "/proposals/2019/1", "/positions/2019")


async def asked() -> World:
    world = await found_world()
    await world.put()
    for code in ("ALD", "BEL", "COR"):
        await world.state(code, explanation="Our mines are far apart.")
    return world


async def stand(world: World) -> Stand:
    found = await stand_of(await world.proposal(), PUBLIC)
    assert found is not None
    return found


async def replaced(world: World) -> None:
    """So many positions that a later one replaced, as a long afternoon leaves them."""
    position = await Position.filter(question=await world.question()).order_by("id").first()
    said: dict[str, Any] = {
        name: value for name, value in dict(position or ()).items() if name != "id"
    }
    await Position.bulk_create([Position(**said | {"current": False}) for _ in range(MANY)])


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_reads_no_position_that_was_replaced(site: Site, path: str) -> None:
    world, browser = await asked(), await site.browser()
    await replaced(world)
    with reads() as found:
        await browser.page(path)
    assert 0 < found.of("position") <= 3
    assert found.rows < MANY


async def test_what_nobody_changed_is_read_once(site: Site) -> None:
    world, browser = await asked(), await site.browser()
    other = await world.table_proposal()
    await browser.page("/proposals/2019/1")
    await other.comment()  # which touches no other question
    with reads() as found:
        await browser.page("/proposals/2019/1")
    assert [found.of(table) for table in ("position", "roll_call", "view")] == [0, 0, 0]


async def test_what_was_said_since_is_there_at_once(db: str) -> None:
    world = await asked()
    assert (await stand(world)).counts["object"] == 0
    await world.object("COR")
    await world.hear("DEL")
    found = await stand(world)
    assert found.counts["object"] == 1
    assert [spoken.party.code for spoken in found.heard] == ["DEL"]


async def test_what_is_done_is_read_inside_and_what_is_given_up_is_not_kept(db: str) -> None:
    world = await asked()
    pair = await world.question(), await world.proposal()
    (before,) = (await ledgers_of([pair])).values()

    async def given_up() -> None:
        async with in_transaction():
            await ledgers_of([pair])
            await Position.filter(question=pair[0]).update(current=False)
            (inside,) = (await ledgers_of([pair])).values()
            assert inside.positions == ()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await given_up()
    (after,) = (await ledgers_of([pair])).values()
    assert after is before


async def test_any_act_that_is_no_answer_has_everything_read_anew(db: str) -> None:
    world = await asked()
    await stand(world)
    await world.table_proposal()
    with reads() as found:
        await stand(world)
    assert found.of("position") == 3


async def test_a_page_that_did_not_ask_for_what_was_said_before_does_not_look_empty(
    db: str,
) -> None:
    world = await asked()
    with pytest.raises(LookupError):
        (await stand(world)).earlier.get("ALD")


async def test_the_terms_are_of_the_record_and_not_of_a_question_that_was_read_before_it(
    db: str,
) -> None:
    """Who read the question before a name in its procedure was removed keeps nothing of it."""
    world = await asked()
    question, proposal = await world.question(), await world.proposal()
    removed = question.procedure | {"names": {"en": "Removed by order"}}
    await Question.filter(id=question.id).update(procedure=removed)
    await world.table_proposal()  # an entry, as each act has
    await ledgers_of([(question, proposal)])
    found = await stand(world)
    assert found.terms.data["names"] == removed["names"]


async def test_what_was_decided_is_looked_up_and_left_beside_the_question(db: str) -> None:
    """The row of a question is everybody's who reads it meanwhile."""
    question = await (await asked()).question()
    before = dict(vars(question))
    assert await decision_on(question) is None
    assert vars(question) == before


async def test_who_was_admitted_and_heard_since_a_reader_came_is_known_to_them(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By another process, whose bell does not ring here: the reader's look is an older one."""
    world = await asked()
    question, proposal = await world.question(), await world.proposal()
    cited = await mandate()
    turn = remembered.rung()
    monkeypatch.setattr(remembered, "rung", lambda: turn)
    with remembered.one_look():
        await parties()
        names = {"en": "Estaria"}
        admission = Admission(
            "EST", "estaria", "observer", names, "industry", decision=cited.decision
        )
        await admit(SECRETARIAT, admission)
        await world.hear("EST")
        found = await ledgers_of([(question, proposal)])
    assert [stated.party.code for stated in found[question.id].heard] == ["EST"]
