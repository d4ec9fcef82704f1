"""What the tables hold after a step, read in plain SQL, beside what they must hold."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.model.facts import Said
from tests.model.ground import Ground
from tests.model.oracle import Oracle
from tests.model.replay import Replay

QUESTIONS = """SELECT q.id, p.symbol, q.version, q.closes, q.closed, q.ended, q.entry, q.absent
    FROM question q JOIN proposal p ON p.id = q.proposal_id ORDER BY q.id"""
SAID = """SELECT t.question_id, d.code, t.stance, t.version, t.current{more}
    FROM {table} t JOIN delegation d ON d.id = t.delegation_id ORDER BY t.entry"""
DECISIONS = (
    """SELECT question_id, outcome, version, declared_by, symbol FROM decision ORDER BY id"""
)
ROLLS = """SELECT r.question_id, d.code FROM roll_call r JOIN delegation d ON d.id = r.delegation_id
    ORDER BY d.code"""
ENTRIES = """SELECT e.type, e.topic, e.actor, e.at, e.written, p.content FROM entry e
    LEFT JOIN payload p ON p.commitment = e.payload WHERE e.n >= {since} ORDER BY e.n"""
PROPOSALS = "SELECT symbol, stage, held, newest FROM proposal ORDER BY number"

Row = dict[str, Any]


def same(what: str, found: object, wanted: object) -> None:
    assert found == wanted, f"{what}: {found}, not {wanted}"


def when(value: Any) -> datetime | None:
    """SQLite keeps instants as text."""
    if value is None:
        return None
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.astimezone(UTC)  # type: ignore[no-any-return]


@dataclass
class Tables:
    """One reading."""

    head: Row
    entries: list[Row]  # since the last reading
    proposals: list[Row]
    questions: list[Row]
    positions: list[Row]
    views: list[Row]
    late: list[Row]
    decisions: list[Row]
    rolls: list[Row]

    @classmethod
    def read(cls, ground: Ground, since: int) -> "Tables":
        (head,), *rest = ground.rows(
            "SELECT size, root, at FROM head",
            ENTRIES.format(since=since),
            PROPOSALS,
            QUESTIONS,
            SAID.format(table="position", more=", t.ad_referendum"),
            SAID.format(table="view", more=""),
            SAID.format(table="late", more=""),
            DECISIONS,
            ROLLS,
        )
        return cls(head, *rest)

    def of(self, rows: list[Row], question: Row) -> list[Row]:
        return [row for row in rows if row["question_id"] == question["id"]]


def against_the_oracle(tables: Tables, oracle: Oracle, written: int) -> None:
    """AssertionError where the program kept something else than it should have."""
    added = [(row["type"], row["topic"], row["actor"]) for row in tables.entries]
    same("entries", added, oracle.log[written:])
    at = [when(row["at"]) for row in tables.entries]
    same("times of entries", at, [oracle.at] * len(at))
    found = [(r["symbol"], r["stage"], bool(r["held"]), r["newest"]) for r in tables.proposals]
    wanted = [(t.symbol, t.stage, t.held, t.newest) for t in oracle.texts]
    # Withdrawn, it is out of reach whatever its hold says.
    held = [[row for row in rows if row[1] != "withdrawn"] for rows in (found, wanted)]
    same("stages, holds and texts", *held)
    same("stages", [r[:2] for r in found], [r[:2] for r in wanted])
    _questions(tables, oracle)


def _questions(tables: Tables, oracle: Oracle) -> None:
    asked = oracle.asked()
    same("questions", len(tables.questions), len(asked))
    for row, (text, q) in zip(tables.questions, asked, strict=True):
        found = (
            row["symbol"],
            when(row["closes"]),
            when(row["closed"]),
            row["ended"],
            row["version"],
        )
        wanted = text.symbol, q.closes, q.closed, q.ended, q.version
        same("a question’s end", found, wanted)
        same("whom acts keep off a roll", _absent(row["absent"]), q.absent)
        same("a frozen roll", {kept["code"] for kept in tables.of(tables.rolls, row)}, set(q.roll))
        for rows, said in (
            (tables.positions, q.said),
            (tables.views, q.heard),
            (tables.late, q.late),
        ):
            same("a ledger", [*map(_said, tables.of(rows, row))], [*map(_as_row, said)])
        decided = [
            (kept["outcome"], kept["version"], kept["declared_by"])
            for kept in tables.of(tables.decisions, row)
        ]
        same("decisions", decided, [(q.outcome, q.version, q.decided_by)] if q.outcome else [])
    symbols = [row["symbol"] for row in tables.decisions]
    assert len(set(symbols)) == len(symbols), "two decisions of one symbol"


def _absent(kept: Any) -> dict[str, str]:
    """SQLite keeps JSON as text."""
    told = json.loads(kept) if isinstance(kept, str) else kept
    return {absence["delegation"]: absence["office"] for absence in told}


def _said(row: Row) -> tuple[object, ...]:
    referred = bool(row.get("ad_referendum", False))
    return row["code"], row["stance"], row["version"], bool(row["current"]), referred


def _as_row(said: Said) -> tuple[object, ...]:
    return said.code, said.stance, said.version, said.current, said.ad_referendum


def against_the_record(tables: Tables, replay: Replay) -> None:
    """AssertionError where the tables are not what the entries alone come to."""
    same("the head", (tables.head["size"], tables.head["root"]), (replay.size, replay.root))
    for row in tables.proposals:
        told = replay.stages[row["symbol"]], replay.newest[row["symbol"]]
        same("a proposal by the record", (row["stage"], row["newest"]), told)
    same("questions by the record", [r["entry"] for r in tables.questions], [*replay.questions])
    for row in tables.questions:
        q = replay.questions[row["entry"]]
        current = {
            kept["code"]: (kept["stance"], kept["version"])
            for kept in tables.of(tables.positions, row)
            if kept["current"]
        }
        told = {code: (said["value"], said["version"]) for code, said in q.said.items()}
        same("positions by the record", current, told)
        decided = [kept["outcome"] for kept in tables.of(tables.decisions, row)]
        same("decisions by the record", decided, [q.outcome] if q.outcome else [])
