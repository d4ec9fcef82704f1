"""A database from before rules were adopted: its bodies go on deciding by those that they had."""

import json
from pathlib import Path

import pytest
from tortoise import connections

from plenary.bodies.models import Body
from plenary.db.config import connect, disconnect
from plenary.db.migrate import migrate, pending
from plenary.procedures.in_force import procedures_of
from plenary.procedures.models import Procedure
from plenary.procedures.terms import KINDS, Terms, complete
from plenary.record.models import Entry
from plenary.settings import MODELS
from tests.proposals.test_comments_before import before, entry

THIS = "0028_rules_adopted"
BODIES = (("plenary", 1, "NULL"), ("experts", 2, "1"), ("monitoring", 3, "1"))
VOTE = {"kind": "vote", "closing": "chair", "text": "fixed", "threshold": "2/3"}


def body(key: str, id: int, parent: str) -> str:
    return f"""INSERT INTO body (id, "key", symbol, names, organisation, sample, mandate, zone,
    place, source, as_of, parent_id)
    VALUES ({id}, '{key}', 'B{id}', '{{}}', '{{}}', false, '{{}}', 'UTC', '{{}}', '', '{{}}',
    {parent})"""


def adopted(body: int, number: int, decision: str) -> str:
    terms = json.dumps(VOTE | {"key": "vote", "number": number})
    return f"""INSERT INTO procedure (body_id, "key", number, names, terms, decision, since, entry)
    VALUES ({body}, 'vote', {number}, '{{"en": "Vote"}}', '{terms}', '{decision}', '2019-03-01',
    {number})"""


async def test_a_body_keeps_the_rules_that_it_had_and_says_so(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = empty_database_url
    await migrate(url, MODELS, migrations=before(THIS, tmp_path, monkeypatch))
    rows = [body(*line) for line in BODIES]
    rows += [adopted(1, 1, "AD.1"), adopted(2, 1, ""), entry(0, "body.formed", "plenary")]
    await connect(url, MODELS)
    try:
        for sql in rows:
            await connections.get("default").execute_query(sql)
    finally:
        await disconnect()
    assert THIS in await pending(url, MODELS)
    await migrate(url, MODELS)
    await connect(url, MODELS)
    try:
        grounds = {
            key: {row.key: row.ground for row in await Procedure.filter(body__key=key)}
            for key, _, _ in BODIES
        }
        standing = dict.fromkeys(KINDS, "before")
        assert grounds["plenary"] == standing | {"vote": "decision"}
        assert grounds["experts"] == standing
        assert grounds["monitoring"] == {}
        bodies = {key: await Body.get(key=key) for key, _, _ in BODIES}
        found = {key: await procedures_of(chamber) for key, chamber in bodies.items()}
        assert all(set(ways) == set(KINDS) for ways in found.values())
        assert found["experts"]["vote"]["threshold"] == "2/3"
        assert all(Terms(complete(data, {})).rule for data in found["plenary"].values())
        row = await Procedure.get(body=bodies["plenary"], key="consensus")
        assert (row.number, row.entry, str(row.since)) == (0, None, "2019-02-01")
        assert await Entry.all().count() == 1  # nobody did anything
    finally:
        await disconnect()
