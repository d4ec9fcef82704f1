"""To check a copy costs the same in a house of many decisions as in a house of few."""

from datetime import UTC, datetime
from typing import Any

import pytest
from tortoise import connections

from plenary import clock
from plenary.db.sqlite import ImmediateClient
from plenary.decisions.actions.statements import Draft, state_beside
from plenary.decisions.models import Decision, Statement
from plenary.decisions.rules import StatementKind
from plenary.disclosure.orders import Order
from plenary.disclosure.removing import remove_words
from plenary.front.pages import prints
from plenary.meetings.models import Communique, Meeting
from plenary.proposals.models import Version
from tests.client import Browser, Page, Site
from tests.world import BEL, SECRETARIAT, World, found_world

MANY = 300
UNKNOWN = {"fingerprint": "f" * 64}
NO = "This is not a text of the Plenary."
AT = datetime(2019, 11, 20, tzinfo=UTC)


async def grow(decision: Decision) -> None:
    """Many more decisions, statements, communiqués and versions: rows as they were written."""
    await decision.fetch_related("proposal")
    delegation = (await Statement.all().prefetch_related("delegation"))[0].delegation
    rows = [dict(decision) for _ in range(MANY)]
    for n, row in enumerate(rows, 2):
        for name in ("id", "question_id"):
            row.pop(name)
        row |= {"source_id": f"2019/{n}", "number": n, "symbol": f"KP/2019/Plenary/AD.{n}"}
        row["fingerprint"] = {"en": f"{n:064x}"}
    await Decision.bulk_create([Decision(**row) for row in rows])
    await Statement.bulk_create(
        [
            Statement(
                decision=decision,
                delegation=delegation,
                number=n,
                kind="explanation",
                language="en",
                text={"en": f"Words {n}."},
                at=AT,
                entry=1,
            )
            for n in range(2, MANY)
        ]
    )
    for n in range(MANY):
        meeting = await Meeting.create(
            slug=f"m{n}",
            names={"en": "M"},
            body_id=row["body_id"],
            place={"en": "P"},
            zone="UTC",
            begins=AT,
            ends=AT,
            agenda=[],
            note={},
            entry=1,
        )
        await Communique.create(
            meeting=meeting,
            status="issued",
            issued=AT,
            changed=AT,
            entry=1,
            fingerprint={"en": f"{n + 5_000:064x}"},
        )
    await Version.bulk_create(
        [
            Version(
                proposal=decision.proposal,
                number=n,
                issued_by=BEL,
                note={},
                at=AT,
                entry=1,
                fingerprint=f"{n + 9_000:064x}",
            )
            for n in range(2, MANY)
        ]
    )


async def house() -> tuple[World, Decision]:
    world = await found_world()
    await world.put()
    decision = await world.declare()
    await state_beside(BEL, decision.source_id, Draft(StatementKind.EXPLANATION, "As we read it."))
    return await world.table_proposal(), decision


class Reads:
    """What was asked of the database, and how many rows it gave."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.asked: list[tuple[str, list[object]]] = []
        self.rows = 0
        ask = ImmediateClient._ask

        async def counted(client, query, values):  # type: ignore[no-untyped-def]
            rows = await ask(client, query, values)
            self.asked.append((query, values or []))
            self.rows += len(rows)
            return rows

        patch.setattr(ImmediateClient, "_ask", counted)

    async def of(self, browser: Browser) -> tuple[int, int]:
        self.asked, self.rows = [], 0
        assert NO in Page(await browser.post("/verify", UNKNOWN)).words
        return len(self.asked), self.rows


async def nothing(*_: object) -> frozenset[str]:
    """Files are bounded by their number, and rows that nobody declared print none."""
    return frozenset()


@pytest.mark.only("sqlite")
async def test_a_check_reads_no_more_where_there_is_more_to_compare(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prints, "MOST", 1)
    monkeypatch.setattr(prints, "_prints_of", nothing)
    world, decision = await house()
    browser, reads = await site.browser(), Reads(monkeypatch)
    found: list[list[tuple[int, int]]] = []
    for large in (False, True):
        if large:
            await grow(decision)
            await world.comment(text="The record has grown.")
        await reads.of(browser)  # which reads what is new
        await world.comment(text="Something changed.")
        found.append([await reads.of(browser), await reads.of(browser)])
    for few, many in zip(*found, strict=True):  # after a change, and without one
        assert many[0] <= few[0], f"queries: {few[0]}, and of many {many[0]}"
        assert many[1] <= few[1], f"rows: {few[1]}, and of many {many[1]}"
    for query, values in reads.asked:
        plan = await _plan(query, values)
        assert not [line for line in plan if line.startswith("SCAN")], f"{query}: {plan}"


async def _plan(query: str, values: list[object]) -> list[str]:
    client: Any = connections.get("default")
    _, rows = await client.execute_query(f"EXPLAIN QUERY PLAN {query}", values)
    return [row["detail"] for row in rows]


async def test_what_was_said_since_somebody_asked_is_known_and_what_was_removed_is_not(
    site: Site,
) -> None:
    _, decision = await house()
    browser = await site.browser()
    assert NO in Page(await browser.post("/verify", UNKNOWN)).words
    receipt = await state_beside(BEL, decision.source_id, Draft(StatementKind.EXPLANATION, "Anew."))
    fields = {"fingerprint": (await Statement.get(entry=receipt.entry)).fingerprint}
    assert "Yes." in Page(await browser.post("/verify", fields)).words
    order = Order(
        office="chair",
        body="plenary",
        ground="insult",
        reason="It named Figaro.",
        language="en",
        day=clock.now().date(),
    )
    await remove_words(SECRETARIAT, receipt.entry, order)
    assert NO in Page(await browser.post("/verify", fields)).words
    another = await state_beside(
        BEL, decision.source_id, Draft(StatementKind.EXPLANATION, "Later.")
    )
    fields = {"fingerprint": (await Statement.get(entry=another.entry)).fingerprint}
    assert "Yes." in Page(await browser.post("/verify", fields)).words
