"""The register and the log when they have grown: a page is found in an index, and counted once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tortoise.connection import get_connection

from plenary import clock
from plenary.bodies.viewers import PUBLIC, Viewer
from plenary.db.config import CONNECTION
from plenary.decisions.models import Decision
from plenary.front import changes, recent
from plenary.front.changes import log_of
from plenary.front.pages import machines
from plenary.front.recent import recent_changes
from plenary.record.models import Entry, Head
from plenary.record.remembered import forget
from plenary.registers.actions import import_register
from plenary.registers.finding import Wanted, choices, matching, page_of
from plenary.registers.tally import Dates, _tallies, tally
from plenary.web.paging import SIZE
from tests.client import Site
from tests.reads import Reads, reads
from tests.registers.registers import HEADER, register
from tests.world import found_world

MANY = 230
LINE = "{},Sealand,Plenary,administrative decision,Seals {},,https://example.org/1,,confirmed"


async def imported(key: str, many: int = MANY, year: int = 2003) -> None:
    rows = [LINE.format(f"{year + n % 7}-04-{10 + n % 20}", n) for n in range(many)]
    await import_register("secretariat", key, register(*rows, header=HEADER))


async def plans(found: Reads, values: list[Any]) -> list[str]:
    """How SQLite goes about what was asked of decisions and entries."""
    client, told = get_connection("default"), []
    for query, _ in [*found.asked]:
        if 'FROM "decision"' in query or "FROM entry" in query or 'FROM "entry"' in query:
            _, rows = await client.execute_query(
                f"EXPLAIN QUERY PLAN {query}", [values[0]] * query.count("?") or values[:2]
            )
            told += [f"{row['detail']} in {query}" for row in rows]
    return told


async def test_every_page_of_the_register_is_the_one_that_its_number_says(db: str) -> None:
    await found_world()
    await imported("kp")
    whole = await Decision.all().order_by("-date", "-at", "-place_in_source", "-id")
    for wanted in (Wanted(page=1), Wanted(page=3), Wanted(page=5), Wanted(page=99)):
        listed = await page_of(wanted)
        assert listed.total == MANY
        assert [*listed.items] == whole[listed.before : listed.before + 50]
    assert (await page_of(Wanted(page=99))).page == 5
    assert len((await page_of(Wanted(year=2004, page=1))).items) == 33


@pytest.mark.only("sqlite")
@pytest.mark.parametrize("filters", [{}, {"register": "kp"}, {"outcome": "adopted"}])
@pytest.mark.parametrize("page", [1, 3, 99])
async def test_a_page_of_the_register_is_found_in_an_index(
    db: str, filters: dict[str, str], page: int
) -> None:
    await found_world()
    await imported("kp")
    await page_of(Wanted(**filters))
    with reads() as found:
        await page_of(Wanted(page=page, **filters))
    assert found.rows < 2 * 50 + 10
    for plan in await plans(found, [1]):
        if 'ORDER BY "id" DESC LIMIT' in plan:
            continue  # the last one, by the key itself
        assert not plan.startswith("SCAN decision in"), plan
        assert "TEMP B-TREE" not in plan or '"id" IN' in plan, plan


@pytest.mark.parametrize(
    "filters",
    [{"register": "kp"}, {"outcome": "adopted"}, {"year": 2004}, {"body": "plenary"}, {"q": "1"}],
)
async def test_a_part_of_the_register_is_looked_through_once(
    db: str, filters: dict[str, Any]
) -> None:
    await found_world()
    await imported("kp")
    await imported("other", 3, year=2030)
    assert await matching(Wanted(**filters)).count() == (await page_of(Wanted(**filters))).total
    with reads() as found:
        await page_of(Wanted(page=2, **filters))
    assert [query for query, _ in found.asked if "COUNT(" in query] == []
    assert found.rows <= 2 * SIZE + 10
    assert (await page_of(Wanted(body="nobody"))).total == 0


async def test_a_page_far_on_is_found_from_its_date(db: str) -> None:
    await found_world()
    await imported("kp")
    with reads() as found:
        await page_of(Wanted(page=3))
    assert any('"date"<=' in query or '"date">=' in query for query, _ in found.asked)
    counted = (await tally()).dates
    dates = [decision.date for decision in await Decision.all().order_by("-date")]
    for place in range(MANY):
        date, before = counted.at(place)
        assert (date, dates.index(date) + before) == (dates[place], place)


async def test_what_there_is_to_filter_by_is_counted_on_from_the_last(db: str) -> None:
    await found_world()
    assert (await tally()).total == 0
    await imported("kp")
    assert sum(n for _, n in (await choices()).years) == MANY
    with reads() as found:
        await choices()
    assert found.rows <= 2
    await imported("other", 3, year=2030)
    offered = await choices()
    assert offered.registers == ["kp", "other"]
    assert offered.years[:3] == [(2032, 1), (2031, 1), (2030, 1)]
    assert (await tally()).total == MANY + 3 == await Decision.all().count()


async def test_a_register_that_lost_its_last_decision_is_counted_anew(db: str) -> None:
    """As after a fail-over to a database that was a moment behind."""
    await found_world()
    await imported("kp", 3, year=2030)
    before = await tally()
    # One that this database never had.
    known = replace(before, last=before.last + 1, dates=Dates({"2033-04-10": 4}))
    _tallies[get_connection(CONNECTION)] = known
    assert (await tally()).total == 3
    await imported("other", 1, year=1999)
    assert (await choices()).registers == ["kp", "other"]
    assert (await tally()).total == 4 == await Decision.all().count()


async def test_a_file_of_the_sitemap_is_found_by_the_numbers_of_what_it_names(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    await found_world()
    await imported("kp")
    monkeypatch.setattr(machines, "MAPPED", 50)
    await tally()
    browser, files = await site.browser(), []
    for n in range(1, 6):
        with reads() as found:
            files.append((await browser.get(f"/sitemap.xml?file={n}")).text.count("/decisions/kp/"))
        assert found.of("decision") <= 51
        assert not any("OFFSET" in query for query, _ in found.asked)
    ways = 2 * 4  # each language, with links to both and to the plain address
    assert files == [50 * ways, 50 * ways, 50 * ways, 50 * ways, 30 * ways]


@pytest.mark.only("sqlite")
async def test_the_log_does_not_go_past_what_an_import_brought(db: str) -> None:
    await found_world()
    await imported("kp")
    with reads() as found:
        log = await log_of(PUBLIC, 3)
    assert found.of("entry") < MANY
    assert log.changes[0].type == "register.imported"
    listed = [query for query, _ in found.asked if "FROM entry" in query]
    (plan,) = await plans(Reads([(listed[0], 0)]), [9_999, 12])
    assert "idx_entry_log" in plan


async def many_answers(many: int) -> None:
    """After the last that was given, as many like it; the record is as long as they make it."""
    said = await Entry.all().order_by("-n").first()
    assert said is not None
    row = {name: value for name, value in said if name not in ("n", "leaf")}
    await Entry.bulk_create(
        [Entry(n=said.n + k, leaf=f"{k:064}", **row) for k in range(1, many + 1)]
    )
    await Head.filter(id=1).update(size=said.n + many + 1)


async def test_what_one_line_tells_of_is_read_within_a_bound(
    db: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "READ_AT_ONCE", 20)
    monkeypatch.setattr(changes, "READ_IN_ALL", 60)
    world = await found_world()
    await world.put()
    await world.state("BEL")
    await many_answers(199)
    seen, before = [], None
    for _ in range(5):
        with reads() as found:
            log = await log_of(PUBLIC, 100, before=before)
        assert found.of("entry") <= 80
        seen += [change for change in log.changes if change.type == "position.stated"]
        if (before := log.older) is None:
            break
    assert before is None
    assert sum(change.count for change in seen) == 200


@pytest.fixture
def noon() -> Iterator[None]:
    """So that no hour ends meanwhile."""
    today = clock.now().replace(hour=12, minute=0, second=0, microsecond=0)
    with clock.pretending(today + timedelta(days=1)):
        yield


async def told(viewer: Viewer = PUBLIC, limit: int = 3) -> list[tuple[int, str, int]]:
    lines = await recent_changes(viewer, limit)
    return [(line.n, line.type, line.count) for line in lines]


async def test_the_newest_lines_are_told_on_by_what_came_since(db: str, noon: None) -> None:
    """As the log itself says, which is read anew."""
    world = await found_world()
    await world.put()
    mixed = [
        ("ALD", "accept"), ("BEL", "object"), ("COR", "support"), ("ALD", "support"),
        ("BEL", "accept"), ("COR", "object"), ("BEL", "accept"), ("ALD", "accept"),
    ]  # fmt: skip
    for code, stance in mixed:
        explanation = "It costs too much." if stance == "object" else ""
        await world.state(code, stance, explanation=explanation)
        for limit in (1, 2, 3, 9):
            kept = await told(limit=limit)
            listed = (await log_of(PUBLIC, limit)).changes
            assert kept == [(line.n, line.type, line.count) for line in listed]


async def test_after_an_answer_the_first_page_reads_what_came_since(db: str, noon: None) -> None:
    world = await found_world()
    await world.put()
    await world.state("BEL")
    await many_answers(1_000)
    with reads() as found:
        assert (await told())[0][2] == 1_001
    assert found.of("entry") > 1_000
    await world.state("COR")
    with reads() as found:
        assert (await told())[0][2] == 1_002
    assert found.of("entry") < 10
    await world.state("ALD", "object", explanation="It costs too much.")
    assert [count for _, _, count in await told()][:2] == [1, 1_002]


async def test_one_of_the_newest_lines_tells_of_no_more_than_is_read(
    db: str, noon: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent, "READ_AT_ONCE", 20)
    monkeypatch.setattr(recent, "READ_IN_ALL", 60)
    world = await found_world()
    await world.put()
    await world.state("BEL")
    await many_answers(200)
    assert [count for _, _, count in await told()] == [60]
    await world.state("COR")
    on = await told()
    assert [count for _, _, count in on] == [60]
    forget()
    assert await told() == on
