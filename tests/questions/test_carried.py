"""A position stands on a text: the same version, put again under whatever rule, finds it there."""

from collections.abc import Iterable

import pytest

from plenary.bodies.powers import Role
from plenary.bodies.viewers import PUBLIC, Viewer
from plenary.decisions.actions.closing import close_due
from plenary.decisions.models import Decision
from plenary.questions.actions.from_the_room import countersign
from plenary.questions.earlier import with_earlier
from plenary.questions.models import Question
from plenary.questions.reading import current_of, standing_of
from plenary.questions.rules import Blocked
from plenary.questions.stand import Stand, stand_of, stand_on
from plenary.refusal import Refused
from tests.client import Page, Site
from tests.notices.post import at
from tests.stories.test_adopted_by_consensus import states
from tests.world import COR, World, found_world

ONE = "/proposals/2019/1"
BUREAU = Viewer(roles=frozenset({Role.CHAIR}))
INSIDE = Viewer(code="ALD", kind="participant", delegation=1)


async def seen(world: World, viewer: Viewer = BUREAU) -> Stand:
    found = await stand_of(await world.proposal(), viewer)
    assert found is not None
    return found


def stances(stand: Stand) -> dict[str, str]:
    return {code: spoken.stance.value for code, spoken in stand.spoken.items()}


async def deferred(publication: str = "now") -> World:
    """Corvania objects, Belmark joins, Delmonia is heard; and the Chair defers the question."""
    world = await found_world()
    await world.put(publication)
    await world.object("COR")
    await world.state("BEL", "support")
    await world.hear("DEL", "object")
    await world.declare("deferred")
    return world


# --- it stands ---


async def test_norway_objects_the_question_is_deferred_and_put_again_and_is_not_adopted(
    site: Site,
) -> None:
    """Case 1 whole, over HTTP: the objection is on the page, in the files, and holds the gavel."""
    await found_world()
    chair, corvania = (
        await site.browser("chair@example.org"),
        await site.browser("head.cor@example.org"),
    )
    await chair.press(await chair.page(f"{ONE}/question"), "/question")
    await states(corvania, ONE, "object", clause="p1", explanation="Our law knows no seal.")
    first = await chair.post(f"{ONE}/declaration", {"outcome": "adopted", "confirmed": "1"})
    assert first.status_code == 409
    page = await chair.page(f"{ONE}/declaration")
    await chair.press(page, "/declaration", outcome="deferred")
    await chair.press(await chair.page(f"{ONE}/question"), "/question")
    again = await chair.post(f"{ONE}/declaration", {"outcome": "adopted", "confirmed": "1"})
    assert again.status_code == 409
    assert "Corvania" in Page(again).words
    public = await site.browser()
    for path in (ONE, f"{ONE}/positions", f"{ONE}/distance"):
        assert "Our law knows no seal." in (await public.page(path)).words, path
    found = (await public.get(f"{ONE}.json")).json()
    asked = found["question"]
    assert asked["standing"] == {"name": "blocked", "objectors": ["COR"]}
    assert asked["counts"]["object"] == 1
    assert [said["delegation"] for said in found["positions"]] == ["COR"]
    assert "COR" in (await public.get("/positions/2019.csv")).text
    matrix = (await public.get("/positions/2019.json")).json()
    assert '"object"' in str(matrix).replace("'", '"')
    # It is Corvania's to change, and then the text is adopted.
    await states(corvania, ONE, "accept")
    page = await chair.page(f"{ONE}/declaration")
    done = await chair.press(page, "/declaration", outcome="adopted")
    assert done.status_code == 303


@pytest.mark.parametrize("procedure", ["consensus", "written"])
async def test_put_again_the_same_text_finds_every_position_and_view(
    db: str, procedure: str
) -> None:
    world = await deferred()
    await world.put(procedure=procedure, hours=24 * 30 if procedure == "written" else None)
    stand = await seen(world)
    assert stances(stand) == {"BEL": "support", "COR": "object"}
    assert [view.party.code for view in stand.heard] == ["DEL"]
    assert (stand.counts["object"], stand.counts["not_stated"]) == (1, 1)
    question = await world.question()
    assert await standing_of(question, 1, question.opens) == Blocked(frozenset({"COR"}))


async def test_what_ended_stays_as_it_was(db: str) -> None:
    world = await deferred()
    await world.put()
    await world.state("COR", "support")
    again = await seen(world)
    assert stances(again) == {"BEL": "support", "COR": "support"}
    (whole,) = await with_earlier([again], BUREAU)
    assert [past.stance.value for past in whole.earlier["COR"]] == ["object"]
    first = await Question.filter(proposal=await world.proposal()).order_by("id").first()
    assert first is not None
    assert stances(await stand_on(first, await world.proposal(), BUREAU))["COR"] == "object"


async def test_with_the_text_it_goes_and_is_shown_as_of_an_earlier_version(db: str) -> None:
    world = await deferred()
    await world.revise()
    await world.put()
    stand = await seen(world)
    assert stances(stand) == {}
    assert {code: said.version for code, said in stand.stale.items()} == {"BEL": 1, "COR": 1}


async def test_what_came_too_late_stands_on_the_text_when_it_is_put_again(db: str) -> None:
    with at(-80):
        world = await found_world()
        await world.put(procedure="silence", hours=73)
        await world.object("BEL")
        with pytest.raises(Refused, match="too_late_after"):
            await world.object("COR")
        assert (await seen(world)).counts["object"] == 1
        await world.put()
        await world.state("BEL", "support")
        with pytest.raises(Refused, match="objection_stands"):
            await world.declare("adopted")


async def test_nobody_is_asked_to_keep_silent_over_an_objection(db: str) -> None:
    world = await deferred()
    with pytest.raises(Refused, match="objected_already"):
        await world.put(procedure="silence", hours=73)
    await world.put()
    await world.state("COR", "accept")
    await world.declare("deferred")
    await world.put(procedure="silence", hours=73)


async def test_a_written_procedure_ends_on_an_objection_that_was_there_before(db: str) -> None:
    with at(-24 * 12):
        world = await deferred()
        await world.put(procedure="written", hours=24 * 10, chosen={"min_support": 1})
    with at():
        assert await close_due() == 1
        assert (await seen(world)).standing.name == "blocked"
        assert (await seen(world)).ended == "ran_out"
        assert not await is_adopted(world)


async def is_adopted(world: World) -> bool:
    return await Decision.filter(outcome="adopted").exists()


# --- a vote and a consensus do not convert ---


async def test_a_vote_counts_votes_and_the_objection_stands_beside_it(site: Site) -> None:
    world = await deferred()
    await world.put(procedure="vote")
    await world.state("ALD", "yes")
    await world.state("COR", "yes")
    stand = await seen(world)
    assert stances(stand) == {"ALD": "yes", "COR": "yes"}
    assert (stand.counts["yes"], stand.counts["not_stated"]) == (2, 1)
    assert [said.party.code for said in stand.beside.said] == ["COR"]
    page = await (await site.browser()).page(ONE)
    assert "Objections that stand on this text, beside the count" in page.words
    await world.declare("deferred")
    await world.put()  # by consensus: a yes in a vote has lifted nothing
    assert stances(await seen(world)) == {"BEL": "support", "COR": "object"}
    with pytest.raises(Refused, match="objection_stands"):
        await world.declare("adopted")


async def test_a_second_vote_on_the_same_text_finds_the_votes(db: str) -> None:
    world = await found_world()
    await world.put(procedure="vote")
    await world.state("ALD", "no")
    await world.declare("deferred")
    await world.put(procedure="vote")
    assert stances(await seen(world)) == {"ALD": "no"}


# --- from the room ---


async def test_an_officer_is_shown_what_was_said_before_and_does_not_overtake_it(db: str) -> None:
    world = await deferred()
    await world.put()
    with pytest.raises(Refused, match="spoke_meanwhile"):
        await world.from_the_room("COR", "support")


async def test_what_was_entered_on_an_earlier_question_is_countersigned_there(db: str) -> None:
    world = await found_world()
    await world.put("never")
    entered = await world.from_the_room("COR", "support")
    await world.declare("deferred")
    await world.put("now")
    await countersign(COR, world.year, world.number, entered.entry)
    row = await current_of(await world.question(), "COR")
    assert row is not None
    assert row.countersigned is not None


# --- and leaks nothing ---


async def both(first: str, second: str, *, decided: bool) -> World:
    """Under one rule of publication, then under another; the first has an outcome or is broken."""
    world = await found_world()
    if decided:
        await world.put(first)
        await world.object("COR")
        await world.declare("deferred")
    else:
        await world.put(first, procedure="silence", hours=73)
        await world.object("COR")
    await world.put(second)
    await world.state("BEL", "support")
    return world


def names(stand: Stand) -> Iterable[str]:
    return {*stand.spoken, *stand.stale, *(view.party.code for view in stand.heard)}


@pytest.mark.parametrize(
    "first, decided, second, reads",
    [
        ("never", True, "now", False),
        ("never", False, "now", False),
        ("decided", False, "now", False),
        ("decided", True, "now", True),
        ("now", True, "never", False),
        ("now", True, "now", True),
    ],
)
async def test_who_may_not_read_the_first_reads_no_list_in_which_one_is_missing(
    db: str, *, first: str, decided: bool, second: str, reads: bool
) -> None:
    stand = await seen(await both(first, second, decided=decided), PUBLIC)
    assert stand.named == reads
    assert ("COR" in names(stand)) == reads
    assert ("BEL" in names(stand)) == reads
    assert stand.counted == reads, "a count that moves with a public act tells what stood before"


async def test_the_chair_reads_all_of_it_and_a_delegation_its_own(db: str) -> None:
    world = await both("never", "now", decided=True)
    assert stances(await seen(world)) == {"BEL": "support", "COR": "object"}
    own = await seen(world, Viewer(code="COR", kind="participant", delegation=3))
    assert [*own.spoken] == ["COR"]
    assert own.named is False


async def test_a_file_of_the_chairs_names_nobody_of_a_question_that_never_does(db: str) -> None:
    stand = (await seen(await both("never", "now", decided=True))).for_file()
    assert stand.spoken == {}
    assert stand.named is False


async def test_before_a_new_text_the_list_is_whole_again_but_for_what_is_kept_back(
    db: str,
) -> None:
    world = await both("never", "now", decided=True)
    await world.revise()
    stand = await seen(world, PUBLIC)
    assert (stand.named, stand.counted) == (True, True)
    assert [*stand.stale] == ["BEL"]


async def test_a_refusal_names_nobody_of_a_question_that_never_does(site: Site) -> None:
    world = await both("never", "now", decided=True)
    group = await site.browser("head.ald@example.org")
    page = await group.page(ONE)
    assert "objects" not in page.by_id("consensus").text  # type: ignore[union-attr]
    words = (await (await site.browser()).page(f"{ONE}/positions")).words
    assert "Corvania" not in words
    assert world.symbol in words


# --- the form of the next position ---


async def test_whoever_lifts_an_objection_does_not_state_its_reason_anew(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR", explanation="Our law knows no seal.", would_join="Without seals.")
    corvania = await site.browser("head.cor@example.org")
    page = await corvania.page(f"{ONE}/position")
    assert "Our law knows no seal." in page.words
    assert page.form("/position").fields["explanation"] == ""
    await states(corvania, ONE, "accept")
    (answer,) = (await seen(world)).spoken.values()
    assert (answer.stance, answer.explanation, answer.would_join) == ("accept", "", "")


async def test_whoever_means_the_same_again_begins_with_the_same_words(site: Site) -> None:
    world = await found_world()
    await world.put()
    await world.object("COR", explanation="Our law knows no seal.")
    corvania = await site.browser("head.cor@example.org")
    page = await corvania.page(f"{ONE}/position?again=1")
    assert page.form("/position").fields["explanation"] == "Our law knows no seal."
