"""Whose text it is: who wrote each version, and over which versions each name stands."""

import json
from typing import Any

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from tortoise.migrations.schema_editor.base import BaseSchemaEditor

from plenary.db.ops import AppendOnly

NAMES = """SELECT sponsor.id, sponsor.entry, sponsor.proposal_id AS text, proposal.author,
    delegation.code FROM sponsor
    JOIN proposal ON proposal.id = sponsor.proposal_id
    JOIN delegation ON delegation.id = sponsor.delegation_id"""
VERSIONS = "SELECT proposal_id AS text, number, issued_by, entry FROM version ORDER BY number"


async def fill(_: object, editor: BaseSchemaEditor) -> None:
    """An author's name stands over what it wrote, a sponsor's over the text that it joined."""
    ask = editor.client.execute_query_dict
    versions, found = await ask(VERSIONS), []
    for name in await ask(NAMES):
        of_text = [v for v in versions if v["text"] == name["text"]]
        wrote = name["author"] == f"delegation:{name['code']}"
        said = _written(name, of_text) if wrote else _joined(name, of_text)
        found.append(["author" if wrote else "sponsor", json.dumps(said), name["id"]])
    marks = ("?", "?", "?") if editor.DIALECT == "sqlite" else ("$1", "$2", "$3")
    update = "UPDATE sponsor SET role = {}, versions = {} WHERE id = {}".format(*marks)
    await editor.client.execute_many(update, found)


def _written(name: dict[str, Any], versions: list[dict[str, Any]]) -> list[int]:
    return [v["number"] for v in versions if v["issued_by"] == name["author"]]


def _joined(name: dict[str, Any], versions: list[dict[str, Any]]) -> list[int]:
    return [v["number"] for v in versions if v["entry"] < name["entry"]][-1:]


class Migration(migrations.Migration):
    dependencies = [("plenary", "0022_matters")]

    operations = [
        ops.AddField("Version", "hand", fields.CharField(max_length=12, db_default="")),
        AppendOnly("version", except_update=("note",)),
        ops.AddField("Sponsor", "role", fields.CharField(max_length=12, db_default="sponsor")),
        ops.AddField("Sponsor", "state", fields.CharField(max_length=12, db_default="stands")),
        ops.AddField("Sponsor", "versions", fields.JSONField(default=list, db_default="[]")),
        ops.AddField("Sponsor", "agreed", fields.IntField(db_default=0)),
        ops.RunPython(fill, ops.RunPython.noop),
    ]
