"""A database from before steps stood with their versions: each gets what its words still tell."""

from pathlib import Path

import pytest
from tortoise import connections

from plenary.db.config import connect, disconnect
from plenary.db.migrate import migrate
from plenary.proposals.models import Version
from plenary.settings import MODELS
from tests.proposals.test_comments_before import AT, BODY, before, proposal
from tests.texts.test_parting import FIRST, SECOND

TEXTS = [  # of two proposals: the parts are joined; divided; and gone
    (1, 1, {"p1": FIRST, "p2": SECOND}), (1, 2, {"p2": f"{FIRST} {SECOND}"}),
    (1, 3, {"p2": FIRST, "p3": SECOND}), (1, 4, {"p2": "Thanks."}),
    (2, 1, {"p1": FIRST}), (2, 2, {"p1": SECOND}),
]  # fmt: skip


async def test_versions_that_were_issued_before_have_their_steps(
    empty_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    this = before("0020_steps_of_versions", tmp_path, monkeypatch)
    await migrate(empty_database_url, MODELS, migrations=this)
    await connect(empty_database_url, MODELS)
    try:
        for sql in (BODY, proposal(1, AT), proposal(2, AT), *_versions()):
            await connections.get("default").execute_query(sql)
    finally:
        await disconnect()
    await migrate(empty_database_url, MODELS)
    await connect(empty_database_url, MODELS)
    try:
        steps = await Version.all().order_by("id").values_list("step", flat=True)
        assert list(steps) == [
            {}, {"gone": {"p1": "p2"}, "divided": []}, {"gone": {}, "divided": ["p2"]},
            {"gone": {"p3": ""}, "divided": []}, {}, {},
        ]  # fmt: skip
        with pytest.raises(Exception, match="append-only"):
            await Version.filter(number=2).update(step={})
    finally:
        await disconnect()


def _versions() -> list[str]:
    made = []
    for n, (of, number, text) in enumerate(TEXTS, 1):
        made.append(f"""INSERT INTO version (id, proposal_id, number, issued_by, note, fingerprint,
            brackets, at, entry) VALUES ({n}, {of}, {number}, 'secretariat', '{{}}', '', 0, {AT},
            {n})""")
        made += [
            f"""INSERT INTO clause_text (version_id, "key", kind, number, place, text)
            VALUES ({n}, '{key}', 'operative', {place + 1}, {place}, '{words}')"""
            for place, (key, words) in enumerate(text.items())
        ]
    return made
