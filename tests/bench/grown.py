"""Houses that have grown: many proposals, many positions that were replaced, a long register.

The first of each kind is made by the real actions; the others are copies of its rows, written by
the database itself, for a page reads rows and asks nobody how they came to be.
"""

from dataclasses import dataclass

from tortoise.connection import get_connection
from tortoise.models import Model

from plenary.db.config import CONNECTION
from plenary.decisions.models import Decision
from plenary.proposals.models import ClauseText, Proposal, Version
from plenary.questions.models import Position, Question, RollCall
from plenary.record.models import Entry, Head
from plenary.registers.actions import import_register
from tests.bench.hall import CODES, fill
from tests.registers.registers import register
from tests.world import World

A_YEAR = 50  # proposals of an earlier year
TABLE = 4  # proposals of this one
NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"


@dataclass(frozen=True)
class Size:
    proposals: int = 4
    superseded: int = 55  # positions on the first question that a later one replaced
    imported: int = 100
    entries: int = 0  # of comments, after all of it


async def grow(size: Size) -> World:
    """A hall of 55 with so many of each. Wants a connected, empty database."""
    world = await fill()
    for code in CODES:
        await world.state(code, explanation="Our mines are small and far apart.")
    first = await world.question()
    await import_register("secretariat", "kp", register())
    past = await Decision.all().order_by("id").first()
    assert past is not None
    await _superseded(first, size.superseded)
    await _proposals(await world.proposal(), first, past, size.proposals - 1)
    await _imported(past, size.imported)
    await _entries(world, size.entries)
    head = await Entry.all().order_by("-n").first()
    await Head.filter(id=1).update(size=head.n + 1 if head else 0)
    if get_connection(CONNECTION).capabilities.dialect != "sqlite":
        await get_connection(CONNECTION).execute_script("ANALYZE")
    return world


async def _proposals(proposal: Proposal, question: Question, past: Decision, many: int) -> None:
    """Four of this year with a question that is open, the others decided in the years before."""
    old = f"n.i >= {TABLE}"
    before = f"(n.i - {TABLE})"
    year = f"CASE WHEN {old} THEN 2018 - {before} / {A_YEAR} ELSE 2019 END"
    number = f"CASE WHEN {old} THEN {before} % {A_YEAR} + 1 ELSE n.i + 1 END"
    symbol = f"'KP/' || ({year}) || '/P.' || ({number})"
    decided = f"CASE WHEN {old} THEN 'decided' ELSE o.stage END"
    numbers = NUMBERS.format(max(many, 1))
    if many < 1:
        return
    await copied(
        Proposal,
        f"o.id = {proposal.id}",
        numbers,
        "n",
        year=year,
        number=number,
        symbol=symbol,
        stage=decided,
    )
    others = f"SELECT * FROM proposal WHERE id <> {proposal.id}"
    each = f"WITH p AS ({others})"
    version = await Version.get(proposal=proposal, number=proposal.newest)
    await copied(Version, f"o.id = {version.id}", each, "p", proposal_id="p.id")
    await copied(
        ClauseText,
        f"o.version_id = {version.id}",
        f"WITH v AS (SELECT * FROM version WHERE id <> {version.id})",
        "v",
        version_id="v.id",
    )
    closed = "CASE WHEN p.stage = 'decided' THEN o.opens END"
    await copied(Question, f"o.id = {question.id}", each, "p", proposal_id="p.id", closed=closed)
    asked = f"WITH q AS (SELECT * FROM question WHERE id <> {question.id})"
    for ledger in (RollCall, Position):
        await copied(ledger, f"o.question_id = {question.id}", asked, "q", question_id="q.id")
    await _decided(proposal, past)


async def _decided(proposal: Proposal, past: Decision) -> None:
    """Each of an earlier year was adopted."""
    asked = f"""WITH q AS (SELECT q.id, q.proposal_id, p.year, p.number, p.symbol FROM question q
        JOIN proposal p ON p.id = q.proposal_id
        WHERE p.stage = 'decided' AND p.id <> {proposal.id})"""
    await copied(
        Decision,
        f"o.id = {past.id}",
        asked,
        "q",
        register="'own'",
        source_id="q.year || '/' || q.number",
        year="q.year",
        number="q.number",
        symbol="q.symbol || '/AD'",
        outcome="'adopted'",
        question_id="q.id",
        proposal_id="q.proposal_id",
        date="q.year || '-11-20'",
        version="1",
    )


async def _superseded(question: Question, many: int) -> None:
    """Each with its entry on the record; all within the hour, as before a vote."""
    mine = f"o.question_id = {question.id} AND o.current"
    rounds = NUMBERS.format(max(1, many // len(CODES)))
    await copied(Position, mine, rounds, "n", current="false")
    said = "o.type = 'position.stated'"
    await copied(
        Entry,
        said,
        rounds,
        "n",
        n=f"o.n + n.i * {len(CODES) + 9}",
        leaf="substr(o.leaf, 1, 40) || n.i",
    )


async def _imported(first: Decision, many: int) -> None:
    """A register that came in after all of it: its decisions, and an entry of each."""
    last = await Entry.all().order_by("-n").first()
    assert last is not None
    numbers = NUMBERS.format(many)
    day = "(1946 + n.i % 70) || '-' || (10 + n.i % 3) || '-' || (10 + n.i % 19)"
    await copied(
        Decision,
        f"o.id = {first.id}",
        numbers,
        "n",
        source_id="o.source_id || '-' || n.i",
        entry=f"{last.n} + n.i",
        place_in_source="n.i + 10",
        year="1946 + n.i % 70",
        date=day,
        symbol="''",
    )
    await copied(
        Entry,
        f"o.n = {first.entry}",
        numbers,
        "n",
        n=f"{last.n} + n.i",
        leaf="substr(o.leaf, 1, 40) || n.i",
    )


async def _entries(world: World, many: int) -> None:
    if not many:
        return
    await world.comment("P01")
    last = await Entry.all().order_by("-n").first()
    assert last is not None
    await copied(
        Entry,
        f"o.n = {last.n}",
        NUMBERS.format(many),
        "n",
        n=f"{last.n} + n.i",
        leaf="substr(o.leaf, 1, 40) || n.i",
    )


async def copied(model: type[Model], which: str, numbers: str, beside: str, **instead: str) -> None:
    """For each row of `beside` a copy of the rows `o`, with SQL in place of some columns."""
    meta = model._meta
    generated = {meta.db_pk_column} if meta.pk.generated else set()
    columns = sorted(set(meta.fields_db_projection.values()) - generated)
    assert set(instead) <= set(columns), set(instead) - set(columns)
    named = ", ".join(f'"{column}"' for column in columns)
    taken = ", ".join(instead.get(column, f'o."{column}"') for column in columns)
    client = get_connection(CONNECTION)
    table = f'"{meta.db_table}"'
    # The numbers stand in front on PostgreSQL and SQLite alike.
    await client.execute_script(
        f"{numbers} INSERT INTO {table} ({named}) "
        f"SELECT {taken} FROM {table} o, {beside} WHERE {which};"
    )
