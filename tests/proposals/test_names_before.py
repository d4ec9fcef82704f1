"""A database from before names were asked for: each stands over what it wrote or joined, and a
draft is read by whoever wrote it."""

from pathlib import Path

import pytest
from tortoise import connections

from plenary.db.config import connect, disconnect
from plenary.db.migrate import migrate
from plenary.proposals.models import DraftReader, Sponsor, Version
from plenary.settings import MODELS
from tests.proposals.test_comments_before import AT, BODY, before, entry, proposal

PARTY = """INSERT INTO delegation (id, code, slug, kind, constituency, represents, names, members,
admitted, note, source, confidence)
VALUES ({id}, '{code}', '{code}', 'participant', '', 1, '{{}}', '[]', '', '{{}}', '', '')"""
AUTHOR = "UPDATE proposal SET author = 'delegation:ALD'"
SPONSOR = "INSERT INTO sponsor (proposal_id, delegation_id, entry) VALUES ({}, {}, {})"
VERSION = """INSERT INTO version (proposal_id, number, issued_by, note, fingerprint, brackets, at,
entry) VALUES ({}, {}, '{}', '{{}}', '', 0, {}, {})"""


async def test_old_names_stand_over_what_they_said_and_old_versions_keep_their_meaning(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Chair issued version 2, Belmark joined on it; Aldoria wrote 1 and 3. P.2 is a draft."""
    this = before("0023_authors_and_sponsors", tmp_path, monkeypatch)
    await migrate(empty_database_url, MODELS, migrations=this)
    rows = [BODY, proposal(1, AT), proposal(2, "NULL"), AUTHOR]
    rows += [PARTY.format(id=n, code=code) for n, code in ((1, "ALD"), (2, "BEL"))]
    rows += [
        VERSION.format(1, 1, "delegation:ALD", AT, 2), SPONSOR.format(1, 1, 3),
        VERSION.format(1, 2, "chair:plenary", AT, 4), SPONSOR.format(1, 2, 5),
        VERSION.format(1, 3, "delegation:ALD", AT, 6),
        entry(10, "proposal.drafted", "KP/2019/P.2"),
        VERSION.format(2, 1, "delegation:ALD", AT, 11), SPONSOR.format(2, 1, 12),
    ]  # fmt: skip
    await connect(empty_database_url, MODELS)
    try:
        for sql in rows:
            await connections.get("default").execute_query(sql)
    finally:
        await disconnect()
    await migrate(empty_database_url, MODELS)
    await connect(empty_database_url, MODELS)
    try:
        names = await Sponsor.all().order_by("id").values_list("role", "state", "versions")
        assert names == [
            ("author", "stands", [1, 3]),
            ("sponsor", "stands", [2]),
            ("author", "stands", [1]),
        ]
        assert set(await Version.all().values_list("hand", flat=True)) == {""}
        readers = await DraftReader.all().values_list("proposal_id", "reader", "entry")
        assert readers == [(2, "delegation:ALD", 10)]
        with pytest.raises(Exception, match="append-only"):
            await Version.filter(number=2).update(hand="chair")
    finally:
        await disconnect()
